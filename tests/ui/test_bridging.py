"""The bridge below a comparison: its sentence, a row a lever, each leading to its definition."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_screens import html, page


@pytest.mark.parametrize(
    ("lang", "title", "lever"),
    [
        ("en", "Why? Sales, lever by lever", "Orders per customer"),
        ("zh", "为什么？销售额逐个杠杆看", "每位客户订单数"),
    ],
)
def test_levers_of_sales_with_the_mix_of_the_dimension(front: AppTest, lang, title, lever) -> None:
    front.query_params["lang"] = lang
    front.query_params["by"] = "region"
    page(front.run(), "comparison")
    shown = html(front)
    assert title in shown
    assert shown.count('class="sd-way"') == 5  # no list prices there
    levers = [each.label for each in front.button if str(each.key).startswith("bridge-open-")]
    assert lever in levers
    assert not front.exception


def test_a_lever_opens_its_definition_and_rows(front: AppTest) -> None:
    page(front.run(), "comparison")
    front.button(key="bridge-open-orders_per_customers").click().run()
    assert "Rows behind it" in html(front)


def test_a_metric_without_levers_has_no_such_card(front: AppTest) -> None:
    front.query_params["metric"] = "gross_margin"
    page(front.run(), "comparison")
    assert "lever by lever" not in html(front)
    assert not front.exception
