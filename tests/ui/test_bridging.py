"""The bridge below a comparison: its sentence, a row a lever, each leading to its definition."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.periods import Period
from salesdash.ui import context
from salesdash.workspace import Stamp, Terms
from tests.browser.homes import NOW, ORDERS
from tests.ui.test_screens import drop, html, own, page


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
    page(front, "comparison")
    shown = html(front)
    assert title in shown
    assert shown.count('class="sd-way"') == 5  # no list prices there
    levers = [each.label for each in front.button if str(each.key).startswith("bridge-open-")]
    assert lever in levers
    assert not front.exception


def test_a_lever_opens_its_definition_and_rows(front: AppTest) -> None:
    page(front, "comparison")
    front.button(key="bridge-open-orders_per_customers").click().run()
    assert "Rows behind it" in html(front)


def test_a_metric_without_levers_has_no_such_card(front: AppTest) -> None:
    front.query_params["metric"] = "gross_margin"
    page(front, "comparison")
    assert "lever by lever" not in html(front)
    assert not front.exception


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "against the pace of the target: Asked for beyond that"),
        ("zh", "销售额与目标进度相比"),
    ],
)
def test_it_starts_from_the_goal_of_the_period_and_the_goal_leads_here(
    fresh: AppTest, monkeypatch: pytest.MonkeyPatch, lang, told
) -> None:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    page(own(fresh), "imports")
    drop(fresh, "orders.csv", ORDERS + "A-0,2026-09-01,Bergmann,North,Pumps,1,10.00\n")
    fresh.button(key="commit").click().run()
    november = Period(date(2026, 11, 1), date(2026, 12, 1))
    terms = Terms("sales", november, Decimal(9000))
    (goal,) = context.open_home("own").workspace.goals.add([terms], Stamp("Ana", NOW))
    fresh.query_params.update({"home": "own", "lang": lang, "goal": goal.code})
    page(fresh, "goals")
    (link,) = (
        each.proto.query_string for each in fresh.get("page_link") if "start=" in str(each.proto)
    )
    codes = parse_qs(link)
    assert (codes["start"], codes["metric"], codes["period"]) == (
        ["target"], ["sales"], ["month:2026-11"],
    )  # fmt: skip
    fresh.query_params.clear()
    fresh.query_params.update({**codes, "compare": "previous"})
    page(fresh, "comparison")
    assert not fresh.exception
    assert told in html(fresh)
    fresh.segmented_control(key="w.start").set_value("").run()
    assert told not in html(fresh)
