"""Trends through the front door: an index, small charts, and what the address says of them."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_screens import html, page


@pytest.mark.parametrize(("lang", "title"), [("en", "= 100"), ("zh", "= 100")])
def test_an_index_by_members_in_small_charts(front: AppTest, lang: str, title: str) -> None:
    front.query_params["lang"] = lang
    codes = {"by": "region", "show": "index", "lines": "panels", "scale": "free", "grain": "month"}
    for name, code in {**codes, "period": "last:12m"}.items():
        front.query_params[name] = code
    page(front.run(), "trends")
    assert not front.exception
    assert title in html(front)
    for name, code in codes.items():
        assert front.query_params[name] in (code, [code])


def test_the_month_that_is_100_can_be_chosen(front: AppTest) -> None:
    front.query_params["period"] = "last:12m"
    front.query_params["grain"] = "month"
    page(front.run(), "trends")
    shown = next(each for each in front.selectbox if each.label == "Shown")
    shown.select("index").run()
    base = next(each for each in front.selectbox if each.label == "= 100")
    first, chosen = base.options[0], base.options[3]
    assert f"{first} = 100" in html(front)
    base.select_index(3).run()
    assert f"{chosen} = 100" in html(front)
    assert not front.exception
