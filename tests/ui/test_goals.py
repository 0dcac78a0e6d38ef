"""The Goals screen through app.py, without a browser."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.ui import context
from salesdash.workspace import Stamp, Terms
from salesdash.workspace.goals import Goals
from tests.browser.homes import NOW, ROOT, own_copy
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

DEALS = """Deal Id,Deal Name,Stage,Amount,Created Time,Closing Date,Deal Owner
D-1,Pumps for Bergmann,Closed Won,900.00,2026-10-01,2026-11-18,Ana Ruiz
"""

Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
NEXT = Period.through(date(2027, 1, 1), date(2027, 3, 31))
NORTH = (Filter("region", ("North",)),)
BO = Stamp("Bo", NOW)


@pytest.fixture
def app(stocked: AppTest) -> AppTest:
    """One's own home: 2,000.00 in the quarter to 10 November, 1,749.75 of it in the North."""
    return by_ana(stocked)


def by_ana(app: AppTest) -> AppTest:
    """An own home with Ana before it, who has said so."""
    app.session_state["slot.who"] = "Ana"
    return own(app)


def store() -> Goals:
    return context.home().workspace.goals


def add(target: str, metric: str = "sales", period: Period = Q4, **more):
    (goal,) = store().add([Terms(metric, period, Decimal(target), **more)], BO, "plan")
    return goal


def form(app: AppTest, name: str) -> str:
    """The key of a field of the drawer, which carries the number of its opening."""
    keys = [
        str(w.key) for kind in ("text_input", "selectbox", "multiselect") for w in app.get(kind)
    ]
    return next(key for key in keys if key.startswith("goal-form-") and key.endswith(f"-{name}"))


@pytest.mark.parametrize(
    ("lang", "title", "button"),
    [("en", "No goals yet", "Set a goal"), ("zh", "还没有目标", "设定目标")],
)
def test_a_board_without_goals_says_what_to_do(app, lang, title, button):
    app.query_params["lang"] = lang
    page(app, "goals")
    assert app.info[0].proto.title == title
    assert app.button(key="goal-first").label == button


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "1 of 3 running goals is off pace: Sales · North",
                "Off pace",
                "Reached",
                "To reach $9,000, Sales · North needs",
                "behind pace",
                "the data have no “West”",
            ),
        ),
        (
            "zh",
            (
                "3 个进行中的目标里有 1 个落后进度",
                "落后进度",
                "已达成",
                "每个工作日还需",
                "没有“West”",
            ),
        ),
    ],
)
def test_goals_stand_in_rows_riskiest_first(app, lang, told):
    add("1900")
    add("9000", scope=NORTH, owner="Chen Wei")
    add("5", scope=(Filter("region", ("West",)),))
    add("7", "orders", NEXT)
    app.query_params["lang"] = lang
    page(app, "goals")
    assert not app.exception
    shown = html(app)
    for words in told:
        assert words in shown
    places = [shown.index(f"<b>{name}</b>") for name in ("S", "S") if f"<b>{name}</b>" in shown]
    assert places == sorted(places)
    assert shown.index("Chen Wei") < shown.index("West")
    app.button_group(key="w.goals-group").set_value("coming").run()
    assert not app.exception
    assert "Chen Wei" not in html(app)


def test_goals_behind_are_put_on_the_agenda_by_who_says_their_name(app):
    add("9000", scope=NORTH)
    add("5000", period=Period.through(date(2026, 7, 1), date(2026, 12, 31)))
    add("1900")  # reached
    stranger = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page(own(stranger), "goals")
    assert not stranger.exception
    offered = {b.key for b in stranger.menu_button if str(b.key).startswith("put-")}
    assert offered == {"put-goal-1", "put-goal-2"}
    stranger.menu_button(key="put-goal-1").click_index(0).run()
    assert "Please say who you are first" in stranger.error[0].value
    stranger.text_input(key="who-agenda-goal-1").set_value("Eve")
    stranger.menu_button(key="put-goal-1").click_index(0).run()
    (planned,) = context.home().workspace.meetings.all()
    (topic,) = context.home().workspace.meetings.lines(planned.id)
    assert (topic.who, topic.page) == ("Eve", "comparison")
    assert topic.title == {"en": "Sales · Q4 2026 · North", "zh": "销售额 · 2026年四季度 · North"}
    assert topic.query["where"] == ["region:North"]
    assert (topic.query["metric"], topic.query["period"]) == (["sales"], ["quarter:2026Q4"])


def test_a_goal_is_set_in_the_drawer_and_stands_with_its_author(app):
    page(app, "goals")
    app.button(key="goal-first").click().run()
    app.text_input(key=form(app, "target")).set_value("1.9k").run()
    app.button(key="goal-save").click().run()
    assert not app.exception
    assert not app.error
    (goal,) = store().standing()
    assert (goal.terms.metric, goal.terms.period, goal.terms.target) == ("sales", Q4, 1900)
    assert goal.who == "Ana"
    assert "The running goal is on pace." in html(app)


def test_a_new_goal_begins_with_a_figure_whose_rows_are_there(fresh):
    page(own(fresh), "imports")
    drop(fresh, "deals.csv", DEALS)
    fresh.text_input(key="who").set_value("Ana")
    fresh.button(key="commit").click().run()
    page(fresh, "goals")
    fresh.button(key="goal-first").click().run()
    assert fresh.selectbox(key=form(fresh, "metric")).value == "won_amount"


@pytest.mark.parametrize(("lang", "told"), [("en", "is not a number"), ("zh", "不是数字")])
def test_what_cannot_be_a_goal_is_told_in_the_drawer(app, lang, told):
    app.query_params["lang"] = lang
    page(app, "goals")
    app.button(key="goal-first").click().run()
    app.text_input(key=form(app, "target")).set_value("ten").run()
    app.button(key="goal-save").click().run()
    assert told in app.error[0].value
    assert store().standing() == ()


def test_a_goal_for_each_month_of_a_quarter(app):
    page(app, "goals")
    app.button(key="goal-first").click().run()
    app.selectbox(key=form(app, "metric")).set_value("orders").run()
    app.selectbox(key=form(app, "each")).set_value("month").run()
    app.text_input(key=form(app, "target")).set_value("5").run()
    app.button(key="goal-save").click().run()
    standing = store().standing()
    assert [g.terms.period.start.month for g in standing] == [10, 11, 12]
    assert {g.terms.series for g in standing} == {1}


def test_the_second_of_two_editors_sees_both_versions(app):
    goal = add("1900")
    page(app, "goals")
    app.button(key="change-goal-1").click().run()
    store().revise(goal, Terms("sales", Q4, Decimal(2100)), BO, "a client came")
    app.text_input(key=form(app, "target")).set_value("2300").run()
    app.button(key="goal-save").click().run()
    assert app.warning[0].proto.title == "Bo changed this goal in the meantime"
    assert "2,100.00" in app.warning[0].value
    assert "a client came" in app.warning[0].value
    assert app.text_input(key=form(app, "target")).value == "2300"
    assert store().revisions(1)[-1].terms.target == 2100
    app.button(key="goal-save").click().run()
    assert [g.terms.target for g in store().revisions(1)] == [1900, 2100, 2300]


def test_a_goal_is_taken_back_and_its_revisions_are_shown(app):
    add("1900")
    page(app, "goals")
    app.button(key="change-goal-1").click().run()
    assert "Revisions" in html(app)
    assert "$1,900.00" in html(app)
    app.button(key="goal-withdraw").click().run()
    assert store().standing() == ()
    assert app.info[0].proto.title == "No goals yet"


def test_last_periods_goals_are_copied(app):
    add("1900")
    add("9000", scope=NORTH)
    page(app, "goals")
    app.button(key="goal-copy").click().run()
    assert "2 goals of Q4 2026 become goals of Q1 2027." in html(app)
    app.button(key="copy-do").click().run()
    assert not app.error
    copies = [g.terms for g in store().standing() if g.terms.period == NEXT]
    assert {t.target for t in copies} == {Decimal(1995), Decimal(9450)}
    assert {t.series for t in copies} == {None}


@pytest.mark.parametrize(("lang", "told"), [("en", "of $9,000"), ("zh", "/ $9,000")])
def test_the_overview_shows_running_goals_and_what_is_off_pace(app, lang, told):
    app.query_params["lang"] = lang
    page(app, "overview")
    assert 'class="sd-goal-short"' not in html(app)
    add("9000", scope=NORTH)
    add("7", "orders", NEXT)
    page(app, "overview")
    assert not app.exception
    shown = html(app)
    assert shown.count('class="sd-goal-short"') == 1
    assert told in shown


@pytest.mark.parametrize(("lang", "period"), [("en", "Q4 2026"), ("zh", "2026年四季度")])
def test_a_goal_without_data_names_its_period_alone(app, lang, period):
    app.query_params["lang"] = lang
    add("9000", "won_amount")
    page(app, "overview")
    assert f"<small>{period}</small>" in html(app)


def test_trends_show_the_target_of_the_goal_of_the_same_periods(app):
    add("9000")
    app.query_params["period"] = "ytd"
    for grain, drawn in (("quarter", True), ("month", False)):
        app.query_params["grain"] = grain
        page(app, "trends")
        spec = app.get("vega_lite_chart")[0].proto.spec
        assert ("Goal $9,000" in spec) is drawn


@pytest.mark.parametrize(("lang", "told"), [("en", "behind pace."), ("zh", "落后进度")])
def test_one_goal_has_a_page_of_its_own(app, lang, told):
    worst = add("9000", scope=NORTH)
    add("1900")
    app.query_params["lang"] = lang
    app.query_params["goal"] = worst.code
    page(app, "goals")
    assert not app.exception
    shown = html(app)
    assert told in shown
    assert "$9,000" in shown
    assert "1,900" not in shown
    app.button(key="all-goals").click().run()
    assert "1,900" in html(app)


HISTORY = "Order ID,Order Date,Customer,Region,Sales\n" + "".join(
    f"H-{month}-{day},{2024 + month // 12}-{month % 12 + 1:02}-{day:02},C-{day},North,{amount}\n"
    for month in range(8, 35)
    for day, amount in ((4, 500 + month % 5 * 10), (25, 500 - month % 3 * 20))
    if (month, day) != (34, 25)
)
"""Two orders a month from September 2024 to 4 November 2026."""


@pytest.fixture
def seasoned(fresh: AppTest, tmp_path: Path) -> AppTest:
    """One's own home with more than two years of orders."""
    own_copy(tmp_path / "own", ("orders.csv", HISTORY, "sales"))
    return by_ana(fresh)


@pytest.mark.parametrize(
    ("lang", "told", "learned", "tried"),
    [
        ("en", "Will probably end at about $", "Pace learned from", "inside the 80% band."),
        ("zh", "预计最终约", "进度参照", "落在 80% 范围内"),
    ],
)
def test_a_goal_shows_where_it_will_end_and_how_that_was_tried(
    seasoned, lang, told, learned, tried
):
    goal = add("3000")
    seasoned.query_params["lang"] = lang
    seasoned.query_params["goal"] = goal.code
    page(seasoned, "goals")
    assert not seasoned.exception
    shown = html(seasoned)
    assert told in shown
    assert learned in shown
    assert tried in shown
    assert "sd-value" in shown
    spec = next(chart.proto.spec for chart in seasoned.get("vega_lite_chart"))
    assert '"wide"' in spec
    seasoned.button(key="view-outlook").click().run()
    assert "2026" in html(seasoned)
    assert not seasoned.exception


@pytest.mark.parametrize(("lang", "told"), [("en", "Chance "), ("zh", "达成概率 ")])
def test_the_board_and_the_overview_show_the_chance(seasoned, lang, told):
    add("3000")
    seasoned.query_params["lang"] = lang
    for screen in ("goals", "overview"):
        page(seasoned, screen)
        assert not seasoned.exception
        assert told in html(seasoned)


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "a forecast needs more than"), ("zh", "不足以预测")]
)
def test_without_a_history_the_card_says_why_there_is_no_chance(app, lang, told):
    goal = add("9000")
    app.query_params["lang"] = lang
    app.query_params["goal"] = goal.code
    page(app, "goals")
    assert not app.exception
    assert told in html(app)
