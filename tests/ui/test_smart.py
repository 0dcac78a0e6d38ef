"""The SMART check in the drawer of a goal, through app.py, without a browser."""

import re
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.analysis import record
from salesdash.periods import Period
from salesdash.workspace import Rhythm
from tests.ui.test_goals import Q4, add, app, form, store
from tests.ui.test_screens import html, page

pytestmark = pytest.mark.ui
__all__ = ["app"]

YEAR = Period.through(date(2026, 1, 1), date(2026, 12, 31))
LINE = re.compile(
    r"<dt>(.*?)</dt><dd><span class=\"sd-chip sd-(\w+)\"><i.*?</i>(.*?)</span><span>(.*?)</span>"
)


def lines(app: AppTest) -> dict[str, tuple[str, str, str]]:
    """Judgement, word and sentence of each line, by its name."""
    return {name: tuple(rest) for name, *rest in LINE.findall(html(app))}


@pytest.mark.parametrize(
    ("lang", "names", "told"),
    [
        (
            "en",
            ["Specific", "Measurable", "Achievable", "Relevant", "Time-bound"],
            "No history",
        ),
        ("zh", ["具体", "可衡量", "可实现", "相关", "有时限"], "没有历史"),
    ],
)
def test_five_lines_follow_what_is_typed(app, lang, names, told):
    app.query_params["lang"] = lang
    page(app, "goals")
    app.button(key="goal-first").click().run()
    before = lines(app)
    assert list(before) == names
    assert "3" in before[names[0]][2]
    app.text_input(key=form(app, "target")).set_value("1.9k").run()
    assert lines(app)[names[2]][1] == told
    app.text_input(key=form(app, "target")).set_value("-3").run()
    assert lines(app)[names[2]][0] == "bad"
    app.text_input(key=form(app, "reason")).set_value("<b>plan").run()
    assert "&lt;b&gt;plan" in lines(app)[names[3]][2]
    assert not app.exception


def test_typing_a_target_asks_the_data_nothing(app, monkeypatch):
    asked = []
    build = record.build
    monkeypatch.setattr(record, "build", lambda *given: asked.append(given) or build(*given))
    page(app, "goals")
    app.button(key="goal-first").click().run()
    for text in ("1", "12", "12k", "many", "5%"):
        app.text_input(key=form(app, "target")).set_value(text).run()
    assert len(asked) == 1
    app.selectbox(key=form(app, "metric")).set_value("orders").run()
    assert len(asked) == 2


def test_a_goal_is_put_under_another_and_says_how_often_it_is_reviewed(app):
    year = add("9000", period=YEAR)
    add("10", "orders")
    page(app, "goals")
    app.button(key="goal-set").click().run()
    assert "Nothing says what it is good for" in lines(app)["Relevant"][2]
    app.selectbox(key=form(app, "parent")).set_value(year.number).run()
    assert lines(app)["Relevant"][2] == "It stands under goal 1 (2026)."
    app.selectbox(key=form(app, "rhythm")).set_value("month").run()
    assert "reviewed every month" in lines(app)["Time-bound"][2]
    app.text_input(key=form(app, "target")).set_value("1900").run()
    app.button(key="goal-save").click().run()
    goal = store().revisions(3)[-1]
    assert (goal.terms.parent, goal.terms.rhythm) == (1, Rhythm.MONTH)

    app.button(key="change-goal-1").click().run()
    offered = app.selectbox(key=form(app, "parent")).options
    assert offered == ["none", "Orders · Q4 2026"]  # neither itself nor what stands below it
    app.button(key="goal-save").click().run()
    app.button(key="change-goal-3").click().run()
    app.selectbox(key=form(app, "parent")).set_value(0).run()
    app.button(key="goal-save").click().run()
    assert store().revisions(3)[-1].terms.parent is None


def test_a_goal_that_stands_already_is_told_before_it_is_saved_twice(app):
    add("1900", period=Q4)
    page(app, "goals")
    app.button(key="goal-set").click().run()
    assert lines(app)["Specific"][:2] == ("bad", "There already")
    app.text_input(key=form(app, "target")).set_value("2000").run()
    app.button(key="goal-save").click().run()
    assert app.error[0].value.startswith("Goal 1 has this metric")
    assert [goal.terms.target for goal in store().standing()] == [Decimal(1900)]


def test_a_goal_whose_figure_is_gone_can_still_be_looked_at(app):
    add("5", "gone")
    page(app, "goals")
    app.button(key="change-goal-1").click().run()
    assert not app.exception
    assert lines(app)["Specific"][1] == "Not in the data"
