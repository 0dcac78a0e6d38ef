"""The lever board on the page of a goal, through app.py, without a browser.

Data end on 10 November 2026; November has 14 working days left, the last 14 are from 22 October on.
In them two customers made two orders, 5 units, 999.50.
"""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.periods import Period
from salesdash.ui import context
from salesdash.workspace import Action, Source
from tests.ui.test_goals import NORTH, add, app
from tests.ui.test_screens import html, page

__all__ = ["app"]
pytestmark = pytest.mark.ui

NOVEMBER = Period.through(date(2026, 11, 1), date(2026, 11, 30))


def single(app: AppTest, code: str, lang: str = "en") -> str:
    """The page of a goal; its HTML."""
    app.query_params["lang"] = lang
    app.query_params["goal"] = code
    page(app, "goals")
    assert not app.exception
    return html(app)


def actions() -> tuple[Action, ...]:
    return context.home().workspace.actions.all()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "What would close the gap?",
                "In the 14 working days left $1,999 is still to be made; the last 14 (22 Oct – 10 "
                "Nov) made $1,000.",
                "Orders per customer",
                "Never reached before",
                "now $200, needed $400, in 12 months $200 to $250",
                "Left out: Sales at list price (",
            ),
        ),
        (
            "zh",
            (
                "靠什么补上差距？",
                "剩余 14 个工作日还需完成 $1,999",
                "每位客户订单数",
                "从未达到过",
                "未列入：原价销售额（",
            ),
        ),
    ],
)
def test_a_goal_shows_its_levers(app, lang, told):
    add("2998.50", period=NOVEMBER)
    shown = single(app, "1", lang)
    for words in told:
        assert words in shown
    assert shown.count('class="sd-track"') == 4


def test_a_lever_becomes_an_action_with_one_click(app):
    add("2998.50", period=NOVEMBER, owner="Chen Wei")
    single(app, "1")
    app.session_state["propose-lever-customers"] = True
    app.run()
    app.button(key="promise-lever-customers").click().run()
    assert not app.exception
    (made,) = actions()
    assert made.text == "Raise customers from 2 to 4 by 30 Nov (Sales)"
    assert (made.owner, made.due, made.made_by) == ("Chen Wei", date(2026, 11, 30), "Ana")
    assert (made.page, made.query) == ("goals", {"goal": ["1"]})
    assert made.origin == Source("lever", "1:customers")
    # 1,999 is missing in the 14 days left, the last 14 brought 999.50
    assert (made.metric, made.scope, made.expected) == ("sales", (), Decimal("999.50"))
    assert made.check == date(2026, 12, 28)
    page(app, "actions")
    assert not app.exception
    (tick,) = app.checkbox
    assert tick.label.startswith("Raise customers from 2 to 4 by 30 Nov")
    links = {each.proto.label: each.proto.query_string for each in app.get("page_link")}
    assert links["Lever"] == "goal=1"


def test_what_is_proposed_may_be_changed_before(app):
    add("2998.50", period=NOVEMBER)
    single(app, "1", "zh")
    app.session_state["propose-lever-sales_per_units"] = True
    app.run()
    field = app.text_input(key="w.what-lever-sales_per_units")
    assert field.value == "11月30日前把单件均价从 $200 提高到 $400（销售额）"
    field.set_value("涨价")
    app.button(key="promise-lever-sales_per_units").click().run()
    assert [each.text for each in actions()] == ["涨价"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_goal_without_levers_says_so_and_has_no_card(app, lang):
    add("5", "average_order_value", NOVEMBER)
    add("9999")  # more days are left than there are with data
    add("10", period=NOVEMBER, scope=NORTH)  # reached
    told = {
        "1": {"en": "No levers are known of this metric", "zh": "这个指标没有可拆解的因素"},
        "2": {"en": "The data do not yet reach back", "zh": "现有数据还不够"},
        "3": {"en": "The target is reached", "zh": "目标已达成"},
    }
    for code, words in told.items():
        shown = single(app, code, lang)
        assert words[lang] in shown
        assert 'class="sd-lever' not in shown
