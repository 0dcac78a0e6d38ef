"""The picture of a file before it is committed, through app.py in both languages."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

BEFORE = (
    "Order No,Order Date,Salesperson,Amount\nA-1,2026-10-05,Li,100.00\nA-2,2026-11-03,Li,50.00\n"
)
STAFF = "Salesperson,Team\nLi,North\n"
AFTER = """Order No,Order Date,Salesperson,Amount
A-1,2026-10-05,Li,80.00
B-1,2026-11-20,Lee,-30.00
B-2,2026-12-24,Li,1.00
"""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "One month that was reported already would change",
                "Order date after today",
                "24 Dec 2026 · record 3",
                "Amount negative, −\u2060$30.00 together",
                "In no list",
            ),
        ),
        (
            "zh",
            (
                "有 1 个已报告的月份会变化",
                "订单日期晚于今天",
                "2026年12月24日 · 第3条",
                "不在名单中",
            ),
        ),
    ],
)
def test_what_is_seen_of_a_file(fresh: AppTest, lang: str, said: tuple[str, ...]) -> None:
    fresh.query_params["lang"] = lang
    page(own(fresh), "imports")
    for name, text in (("orders.csv", BEFORE), ("staff.csv", STAFF)):
        drop(fresh, name, text)
        if name == "orders.csv":
            fresh.text_input("who").set_value("Ana")
        fresh.button(key="commit").click().run()
    drop(fresh, "more.csv", AFTER)
    assert not fresh.exception
    assert not fresh.error
    assert [each for each in said if each not in html(fresh)] == []
    assert len(fresh.get("vega_lite_chart")) == 1
    fresh.button(key="view-sums-sales").click().run()
    assert not fresh.get("vega_lite_chart")
    assert "$80.00" in html(fresh)
