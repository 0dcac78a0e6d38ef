"""The grid of targets through app.py, without a browser."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.periods import Period
from salesdash.selection import Filter
from tests.ui.test_goals import BO, NEXT, NORTH, add, app, store
from tests.ui.test_screens import drop, html, own, page

__all__ = ["app"]

pytestmark = pytest.mark.ui

SOUTH = (Filter("region", ("South",)),)
LATER = Period.through(date(2027, 10, 1), date(2027, 12, 31))
COMPANY, FIRST, SECOND = range(3)


def grid(app: AppTest, **codes: str) -> AppTest:
    """The quarters of 2027 by region: the company, then South and North as the data list them."""
    app.query_params["view"] = "targets"
    for name, code in codes.items():
        app.query_params[name] = code
    page(app, "goals")
    assert not app.exception
    return app


def put(app: AppTest, cells: Mapping[int, Mapping[str, str | None]]) -> AppTest:
    """Type into cells, by row and column; None empties one."""
    edited = {"edited_rows": cells, "added_rows": [], "deleted_rows": []}
    app.session_state[str(app.data_editor[0].key)] = edited
    app.run()
    assert not app.exception
    return app


def cells(app: AppTest, column: str = "u0") -> list[str]:
    return list(app.data_editor[0].value[column])


def targets() -> dict[tuple[str | None, Period], Decimal]:
    return {
        (g.terms.scope[0].values[0] if g.terms.scope else "", g.terms.period): g.terms.target
        for g in store().standing()
    }


def told(app: AppTest) -> str:
    return " ".join([html(app), *(e.value for e in (*app.error, *app.warning))])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Targets: Sales", "the 2 members add up to $1,000, $200 less than the company’s")),
        ("zh", ("目标表：销售额", "2 个成员合计 $1,000，比全公司的 $1,200 少 $200")),
    ],
)
def test_the_grid_shows_what_stands_and_the_gap_while_one_types(app, lang, words):
    app.query_params["lang"] = lang
    add("1200", period=NEXT)
    add("600", period=NEXT, scope=NORTH)
    grid(app)
    names = list(app.data_editor[0].value["member"])
    assert sorted(names[1:]) == ["North", "South"]
    assert cells(app)[COMPANY] == "1,200"
    put(app, {names.index("South"): {"u0": "400"}})
    for text in words:
        assert text in html(app)
    assert list(app.data_editor[0].value["sum"])[names.index("South")] == "$400.00"


def test_a_split_fills_the_cells_and_saving_sets_all_of_them_then_back_in_one_step(app):
    grid(app, by="region")
    app.selectbox(key="fill-when").set_value(Period.through(date(2027, 10, 1), date(2027, 12, 31)))
    app.run()
    app.text_input(key="fill-total-2027-10-01-2028-01-01").set_value("2万").run()
    app.button(key="fill-do").click().run()
    assert not app.exception
    # October to December of 2026 still run: the shares are those of October 2026, all North
    assert store().standing() == ()
    filled = cells(app, "u3")
    assert filled[COMPANY] == "20,000"
    assert "nothing is saved yet" in html(app)
    app.button(key="targets-save").click().run()
    assert not app.exception
    standing = store().standing()
    assert {g.terms.parent for g in standing} == {None, standing[0].number}
    assert {g.who for g in standing} == {"Ana"}
    app.button(key="targets-undo").click().run()
    assert store().standing() == ()
    assert all(g.withdrawn for g in (store().revisions(n)[-1] for n in (1, 2)))


def test_rubbish_in_a_cell_is_named_and_nothing_is_saved(app):
    grid(app)
    put(app, {FIRST: {"u0": "abc"}, SECOND: {"u1": "0"}, COMPANY: {"u0": "5k"}})
    shown = told(app)
    assert "Q1 2027: “abc” is not a number" in shown.replace("\\", "")
    assert "is no target" in shown
    assert app.button(key="targets-save").disabled
    put(app, {FIRST: {"u0": "1k"}, SECOND: {"u1": "2k"}, COMPANY: {"u0": "5k"}})
    app.button(key="targets-save").click().run()
    assert sorted(targets().values()) == [1000, 2000, 5000]


def test_what_was_typed_survives_another_page_other_data_and_the_other_language(app):
    grid(app)
    put(app, {FIRST: {"u0": "1234"}})
    page(app, "trends")
    add("7", "orders", NEXT)
    app.query_params["lang"] = "zh"
    grid(app)
    assert cells(app)[FIRST] == "1234"
    assert "目标表" in html(app)


def test_both_versions_of_a_cell_and_nothing_is_lost(app):
    goal = add("1200", period=NEXT)
    grid(app)
    put(app, {COMPANY: {"u0": "1300"}, FIRST: {"u1": "5"}})
    store().revise(goal, goal.terms.__class__("sales", NEXT, Decimal(1250)), BO, "a client came")
    app.button(key="targets-save").click().run()
    assert not app.exception
    warning = app.warning[0].value.replace("\\", "")
    assert "You typed 1300" in warning
    assert "Bo set $1,250.00 (reason: a client came)" in warning
    assert app.button(key="targets-save").disabled
    assert targets() == {("", NEXT): 1250}
    app.button(key="clash-mine-0").click().run()
    app.button(key="targets-save").click().run()
    assert targets()["", NEXT] == 1300
    assert [g.terms.target for g in store().revisions(1)] == [1200, 1250, 1300]


def test_theirs_can_be_taken_instead(app):
    goal = add("1200", period=NEXT)
    grid(app)
    put(app, {COMPANY: {"u0": "1300"}})
    store().withdraw(goal, BO)
    app.button(key="targets-save").click().run()
    assert "somebody took this target back" in app.warning[0].value
    app.button(key="clash-theirs-0").click().run()
    assert not app.warning
    assert cells(app)[COMPANY] == ""
    assert targets() == {}


def test_an_emptied_cell_is_asked_about_first(app):
    add("1200", period=NEXT)
    grid(app)
    put(app, {COMPANY: {"u0": None}})
    app.button(key="targets-save").click().run()
    assert app.warning[0].proto.title == "Take 1 target back?"
    assert targets() == {("", NEXT): 1200}
    app.button(key="gone-no").click().run()
    assert cells(app)[COMPANY] == "1,200"
    put(app, {COMPANY: {"u0": ""}})
    app.button(key="targets-save").click().run()
    app.button(key="gone-yes").click().run()
    assert targets() == {}


def test_last_year_is_copied_into_the_cells(app):
    add("1000", period=Period.through(date(2026, 1, 1), date(2026, 3, 31)), floor=Decimal(800))
    grid(app)
    app.text_input(key="carry-plus").set_value("10%").run()
    app.selectbox(key="carry-source").select_index(1).run()
    app.button(key="carry-do").click().run()
    assert not app.exception
    assert cells(app)[COMPANY] == "1,100"
    app.button(key="targets-save").click().run()
    (copy,) = (g for g in store().standing() if g.terms.period == NEXT)
    assert (copy.terms.target, copy.terms.floor) == (1100, 880)


@pytest.mark.parametrize(("lang", "word"), [("en", "is not a number"), ("zh", "不是数字")])
def test_what_cannot_be_split_is_said(app, lang, word):
    app.query_params["lang"] = lang
    grid(app)
    app.button(key="fill-do").click().run()
    assert word in told(app)


def test_the_company_alone_by_months_and_a_metric_that_does_not_add_up(app):
    grid(app, by="-", grain="month", metric="average_order_value")
    assert len(app.data_editor[0].value) == 1
    assert len(app.data_editor[0].value.columns) == 13  # no sum
    put(app, {COMPANY: {"u0": "450"}})
    app.button(key="targets-save").click().run()
    (goal,) = store().standing()
    assert (goal.terms.metric, goal.terms.period.start) == ("average_order_value", date(2027, 1, 1))


def test_names_from_files_do_no_harm(app):
    add("5", period=NEXT, scope=(Filter("region", ("![x](http://h/p.png)",)),))
    grid(app)
    names = list(app.data_editor[0].value["member"])
    row = names.index("![x](http://h/p.png)")
    put(app, {row: {"u0": "=1+1"}})
    assert "](http" not in app.error[0].value


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Region: 2 goals add up to $1,000, $200 less than this"), ("zh", "比本目标少 $200")],
)
def test_goals_within_a_goal_are_made_its_parts(app, lang, words):
    top = add("1200", period=NEXT)
    add("600", period=NEXT, scope=NORTH)
    add("400", period=NEXT, scope=SOUTH)
    app.query_params["lang"] = lang
    app.query_params["goal"] = top.code
    page(app, "goals")
    assert not app.exception
    assert words in html(app)
    app.button(key="kin-0").click().run()
    assert not app.exception
    assert {g.number: g.terms.parent for g in store().standing()} == {1: None, 2: 1, 3: 1}
    assert "kin-0" not in {button.key for button in app.button}


def test_floor_and_stretch_are_thin_marks_on_the_bar(app):
    add("2000", floor=Decimal(1500), stretch=Decimal(2500))
    add("9000", scope=NORTH, stretch=Decimal(90000))
    page(app, "goals")
    shown = html(app)
    # 2,500 is the end of the bar: the floor at 60 %, the target at 80 %
    for mark in ("60.0%", "80.0%", "100.0%"):
        assert f'<u style="left:{mark}"></u>' in shown
    assert shown.count("<u ") == 3
    assert "floor $1,500 · stretch $2,500" in shown


def test_the_year_of_months_is_asked_on_imports(app):
    page(app, "imports")
    drop(app, "plan.csv", "Region,Jan,Feb,Mar\nNorth,10,20,30\nSouth,1,2,3\n")
    (asked,) = (radio for radio in app.radio if str(radio.key).startswith("question-year"))
    assert asked.options == ["2027", "2026", "2025"]
    asked.set_value("2027").run()
    assert not app.exception
    app.button(key="commit").click().run()
    assert not app.exception
    grid(app, grain="quarter")
    # months of a file are no quarters: they stand in the grid of months
    assert cells(app) == ["", "", ""]
    grid(app, grain="month")
    assert sorted(cells(app, "u2")) == ["", "3", "30"]


def test_a_board_without_goals_leads_to_the_grid_and_back(app):
    page(app, "goals")
    app.button(key="goal-grid").click().run()
    assert not app.exception
    assert len(app.data_editor) == 1
    app.button_group(key="w.view").set_value("board").run()
    assert app.button(key="goal-first").label == "Set a goal"


def test_floor_and_stretch_of_the_company_are_split_along(app):
    add("1000", period=LATER, floor=Decimal(500), stretch=Decimal(1500))
    grid(app, by="region")
    app.selectbox(key="fill-when").set_value(LATER).run()
    app.text_input(key=f"fill-total-{LATER.start}-{LATER.end}").set_value("2000").run()
    app.selectbox(key="fill-step").select_index(1).run()
    app.button(key="fill-do").click().run()
    assert not app.exception
    app.button(key="targets-save").click().run()
    standing = [g.terms for g in store().standing()]
    assert {(t.floor, t.stretch) for t in standing if not t.scope} == {(1000, 3000)}
    parts = [t for t in standing if t.scope]
    assert sum(t.target for t in parts) == 2000
    assert all(t.target % 100 == 0 for t in parts)
    assert sum(t.floor for t in parts) == 1000


@pytest.mark.parametrize("view", ["targets", "nothing-like-it"])
def test_a_view_in_an_address_never_breaks_the_page(fresh, view):
    fresh.query_params["view"] = view
    page(own(fresh), "goals")
    assert not fresh.exception
