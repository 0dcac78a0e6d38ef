"""Actions through app.py: the page of one, in both languages and with two sessions."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.ui import context
from salesdash.ui.actions import rows
from salesdash.workspace import (
    Occasion,
    Point,
    Priority,
    Promise,
    Source,
    Stamp,
    Standing,
    Terms,
    Workspace,
)
from tests.browser.homes import NOW, ROOT
from tests.ui.conftest import PATIENCE_SECONDS
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui
ANA, CLEO = Stamp("Ana Ruiz", NOW), Stamp("Cleo", NOW)
NORTH = (Filter("region", ("North",)),)
WEEK = Occasion("weekly", "week:2026-W47", date(2026, 11, 16), date(2026, 11, 22))


@pytest.fixture
def named(fresh: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return own(fresh)


def workspace() -> Workspace:
    return context.open_home("own").workspace


def one(app: AppTest, number: int, lang: str = "en") -> str:
    """The page of an action; its HTML."""
    app.query_params["lang"] = lang
    app.query_params["action"] = str(number)
    page(app, "actions")
    assert not app.exception
    return html(app)


def promised(**more) -> int:
    """An action from the third line of a weekly meeting; its number."""
    agenda = [Point("text", {"en": str(n), "zh": str(n)}, {}, (), n) for n in range(4)]
    meeting = workspace().meetings.open(WEEK, 0, agenda, CLEO)
    line = workspace().meetings.lines(meeting.id)[2].id
    facts = {"owner": "Bo", "due": date(2026, 12, 4), "line": line, **more}
    return workspace().actions.make(Promise("Call *all* <b>customers</b>", **facts), CLEO)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "Due on 4 Dec 2026 · from the weekly sales meeting of 16–22 Nov, line 3",
                "Expected effect",
                "+$50.0K",
                "North / South",
                "12 Jan 2027",
                "Written down; Owner: Bo; Due on: 4 Dec 2026",
            ),
        ),
        (
            "zh",
            (
                "截止 2026年12月4日 · 来自销售周会（11月16日–22日）第 3 项议题",
                "预期效果",
                "2027年1月12日",
                "新建；负责人：Bo；到期日：2026年12月4日",
            ),
        ),
    ],
)
def test_the_page_of_an_action_says_what_was_promised_and_where(named, lang, told):
    number = promised(
        metric="sales",
        scope=(Filter("region", ("North", "South")),),
        expected=Decimal(50_000),
        check=date(2027, 1, 12),
    )
    shown = one(named, number, lang)
    for words in told:
        assert words in shown
    assert "Call *all* &lt;b&gt;customers&lt;/b&gt;" in shown


def test_a_comment_is_kept_and_shown_as_it_was_typed(named):
    number = promised()
    workspace().comments.add(number, "first", CLEO)
    one(named, number)
    named.text_input(key=f"w.comment-{number}").input("<i>They</i> want *two* weeks")
    named.button(key=f"comment-{number}").click().run()
    assert [(each.text, each.who) for each in workspace().comments.of(number)] == [
        ("first", "Cleo"),
        ("<i>They</i> want *two* weeks", "Ana Ruiz"),
    ]
    shown = html(named)
    assert shown.index("first") < shown.index("&lt;i&gt;They&lt;/i&gt; want *two* weeks")
    assert "2 comments" in shown
    assert named.text_input(key=f"w.comment-{number}").value == ""
    named.button(key=f"comment-{number}").click().run()
    assert "A comment needs words" in named.error[0].value


def test_the_way_back_leads_to_all_actions(named):
    number = promised()
    one(named, number)
    assert named.query_params["action"] == str(number)
    named.button(key="all-actions").click().run()
    assert "action" not in named.query_params
    assert [each.label for each in named.checkbox] == ["Call \\*all\\* \\<b\\>customers\\<\\/b\\>"]


def test_an_action_that_there_is_not_leaves_the_list(named):
    promised()
    one(named, 99)
    assert len(named.checkbox) == 1


@pytest.fixture
def filled(stocked: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """An own home with a few orders."""
    monkeypatch.setenv("SALESDASH_AS", "Ana Ruiz")
    return own(stocked)


def another(number: int) -> AppTest:
    """A second session on the page of an action."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_SECONDS)
    app.query_params["home"] = "own"
    app.query_params["action"] = str(number)
    return page(app, "actions")


class TestForm:
    def test_three_fields_are_enough(self, named):
        page(named, "actions")
        named.text_input(key="w.what-new-actions").input("Call Bergmann")
        named.button(key="add-actions").click().run()
        (made,) = workspace().actions.all()
        assert (made.text, made.priority, made.metric, made.check) == (
            "Call Bergmann",
            Priority.NORMAL,
            None,
            None,
        )
        assert named.text_input(key="w.what-new-actions").value == ""

    @pytest.mark.parametrize(
        ("lang", "typed", "told"),
        [
            ("en", "+50k", "Sales of North: +$50.0K until 1 Jan 2027"),
            ("zh", "+5万", "North的销售额：到2027年1月1日 +$50,000"),
        ],
    )
    def test_what_it_is_to_move_is_typed_and_told(self, filled, lang, typed, told):
        filled.query_params["lang"] = lang
        page(filled, "actions")
        filled.text_input(key="w.what-new-actions").input("Call Bergmann")
        filled.date_input(key="w.due-new-actions").set_value(date(2026, 12, 4))
        filled.button(key="more-new-actions").click().run()
        filled.selectbox(key="w.metric-new-actions").set_value("sales").run()
        filled.multiselect(key="w.aim-new-actions-scope-sales").set_value(["region"]).run()
        filled.multiselect(key="w.aim-new-actions-members-region").set_value(["North"]).run()
        filled.text_input(key="w.expected-new-actions").input(typed).run()
        assert told in html(filled)
        filled.segmented_control(key="w.priority-new-actions").set_value(Priority.HIGH)
        filled.button(key="add-actions").click().run()
        assert not filled.error
        (made,) = workspace().actions.all()
        assert (made.priority, made.metric, made.scope) == (
            Priority.HIGH,
            "sales",
            (Filter("region", ("North",)),),
        )
        assert (made.expected, made.due, made.check) == (
            Decimal(50_000),
            date(2026, 12, 4),
            date(2027, 1, 1),
        )

    def test_an_effect_in_another_unit_is_refused_in_words_and_nothing_is_lost(self, filled):
        page(filled, "actions")
        filled.text_input(key="w.what-new-actions").input("Call Bergmann")
        filled.button(key="more-new-actions").click().run()
        filled.selectbox(key="w.metric-new-actions").set_value("orders").run()
        filled.text_input(key="w.expected-new-actions").input("3 points").run()
        assert "points are for shares such as a win rate" in html(filled)
        filled.button(key="add-actions").click().run()
        assert workspace().actions.all() == ()
        assert filled.text_input(key="w.what-new-actions").value == "Call Bergmann"
        filled.text_input(key="w.expected-new-actions").input("-3").run()
        assert "That would be a change for the worse" in html(filled)
        filled.button(key="add-actions").click().run()
        assert [each.expected for each in workspace().actions.all()] == [Decimal(-3)]

    def test_an_action_is_changed_on_its_page(self, filled):
        number = promised(metric="sales", expected=Decimal("50000.5"), check=date(2027, 1, 12))
        one(filled, number)
        filled.button(key=f"change-{number}").click().run()
        assert filled.text_input(key=f"w.expected-change-{number}").value == "+50000.5"
        filled.date_input(key=f"w.due-change-{number}").set_value(date(2026, 12, 11))
        filled.button(key=f"save-{number}").click().run()
        found = workspace().actions.get(number)
        assert (found.due, found.expected, found.check) == (
            date(2026, 12, 11),
            Decimal("50000.5"),
            date(2027, 1, 12),
        )
        assert "Due on: 4 Dec 2026 → 11 Dec 2026" in html(filled)
        newest = workspace().history.of("actions", number)[-1]
        assert newest.content == {"due": "2026-12-11"}

    def test_done_on_its_page(self, named):
        number = promised()
        one(named, number)
        named.button(key=f"done-{number}").click().run()
        assert workspace().actions.get(number).state is Standing.DONE
        assert not [each for each in named.button if each.key == f"done-{number}"]


class TestTwoEditors:
    @pytest.mark.parametrize(("choice", "owner"), [("mine", "Dan"), ("theirs", "Cleo")])
    def test_the_second_sees_both_and_chooses(self, named, choice, owner):
        number = promised()
        one(named, number)
        second = another(number)
        for app in (named, second):
            app.button(key=f"change-{number}").click().run()
        for app, name in ((named, "Cleo"), (second, "Dan")):
            workspace().training.add(name, CLEO)
            app.run()
            app.selectbox(key=f"w.owner-change-{number}").set_value(name)
            app.button(key=f"save-{number}").click().run()
        assert "Ana Ruiz has changed this in the meantime." in html(second)
        assert workspace().actions.get(number).owner == "Cleo"
        second.button(key=f"keep-{choice}-action-page-{number}").click().run()
        assert workspace().actions.get(number).owner == owner
        assert "in the meantime" not in html(second)

    def test_different_parts_stand_together(self, named):
        number = promised()
        one(named, number)
        second = another(number)
        for app in (named, second):
            app.button(key=f"change-{number}").click().run()
        named.date_input(key=f"w.due-change-{number}").set_value(date(2026, 12, 11))
        named.button(key=f"save-{number}").click().run()
        second.segmented_control(key=f"w.priority-change-{number}").set_value(Priority.HIGH)
        second.button(key=f"save-{number}").click().run()
        found = workspace().actions.get(number)
        assert (found.due, found.priority) == (date(2026, 12, 11), Priority.HIGH)
        assert "in the meantime" not in html(second)


class TestOrigins:
    def test_a_figure_becomes_an_action_with_its_filters(self, filled):
        filled.query_params["where"] = ["region:North"]
        filled.query_params["home"] = "own"
        page(filled, "comparison")
        filled.session_state["propose-figure-comparison"] = True
        filled.run()
        assert "Sales of North, looked at on" in html(filled)
        filled.text_input(key="w.what-figure-comparison").input("Ask North why")
        filled.button(key="promise-figure-comparison").click().run()
        assert not filled.exception
        (made,) = workspace().actions.all()
        assert (made.metric, made.scope) == ("sales", (Filter("region", ("North",)),))
        assert (made.origin, made.page) == (Source("metric", "sales"), "comparison")
        assert made.query is not None
        assert made.query["where"] == ["region:North"]
        assert made.query["period"] == ["quarter:2026Q4"]
        assert "from the figure Sales" in one(filled, made.id)

    def test_a_goal_becomes_an_action_of_its_owner(self, filled):
        quarter = Period.through(date(2026, 10, 1), date(2026, 12, 31))
        terms = Terms("sales", quarter, Decimal(5000), owner="Bo", scope=NORTH)
        workspace().goals.add([terms], CLEO)
        filled.query_params["goal"] = "1"
        page(filled, "goals")
        filled.session_state["propose-action-single"] = True
        filled.run()
        filled.text_input(key="w.what-action-single").input("Call Bergmann")
        filled.button(key="promise-action-single").click().run()
        assert not filled.exception
        (made,) = workspace().actions.all()
        assert (made.origin, made.owner, made.scope) == (Source("goal", "1"), "Bo", NORTH)
        assert "from the goal Sales · North · Q4 2026" in one(filled, made.id)
        assert "来自目标“销售额 · North · " in one(filled, made.id, "zh")


def crowd() -> None:
    """One action for each column of the board, and one done long ago."""
    store = workspace().actions
    for text, facts in (
        ("late one", {"due": date(2026, 11, 20), "owner": "Bo", "priority": Priority.LOW}),
        ("this week", {"due": date(2026, 11, 29), "owner": "Cleo"}),
        ("later on", {"due": date(2026, 12, 24), "owner": "Bo", "priority": Priority.HIGH}),
        ("some day", {"origin": Source("goal", "1")}),
        ("just done", {"owner": "Bo"}),
    ):
        store.make(Promise(text, **facts), CLEO)
    store.settle(5, Standing.DONE, CLEO)


def listing(app: AppTest, **codes: str) -> AppTest:
    """The screen at an address."""
    for name, code in codes.items():
        app.query_params[name] = code
    page(app, "actions")
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.checkbox]


class TestBoardAndList:
    @pytest.mark.parametrize(
        ("lang", "columns"),
        [
            (
                "en",
                ("Overdue", "This week", "Later", "Without a day", "Done in the last 14 days"),
            ),
            ("zh", ("已逾期", "本周", "以后", "未定日期", "最近 14 天完成")),
        ],
    )
    def test_the_board_has_a_column_for_each_stretch_of_time(self, named, lang, columns):
        crowd()
        shown = html(listing(named, view="board", whose="team", lang=lang))
        places = [shown.index(f">{each}<") for each in columns]
        assert places == sorted(places)
        assert labels(named) == ["late one", "this week", "later on", "some day", "just done"]

    def test_columns_may_be_owners_and_the_address_says_so(self, named):
        crowd()
        listing(named, view="board", whose="team")
        named.segmented_control(key="w.lanes").set_value("owner").run()
        assert named.query_params["lanes"] == "owner"
        assert labels(named) == ["later on", "late one", "just done", "this week", "some day"]
        assert "Nobody yet" in html(named)

    def test_a_tick_on_the_board_is_saved_and_moves_the_action(self, named):
        crowd()
        listing(named, view="board", whose="team")
        named.checkbox(key="w.done.board.1").check().run()
        assert workspace().actions.get(1).state is Standing.DONE
        assert labels(named)[-2:] == ["late one", "just done"]

    @pytest.mark.parametrize(
        ("codes", "left"),
        [
            ({"owner": "bo"}, ["late one", "later on"]),
            ({"priority": "high"}, ["later on"]),
            ({"from": "goal"}, ["some day"]),
            ({"q": "ONE late"}, ["late one"]),
            ({"owner": "Bo", "q": "later"}, ["later on"]),
            ({"order": "newest"}, ["some day", "later on", "this week", "late one"]),
            ({"order": "owner"}, ["late one", "later on", "this week", "some day"]),
            ({"owner": "nobody", "priority": "??", "order": "??"}, []),
        ],
    )
    def test_the_address_says_what_is_looked_for(self, named, codes, left):
        crowd()
        listing(named, whose="team", **codes)
        assert labels(named) == left
        if not left:
            assert "Nothing matches" in html(named)

    def test_choices_go_into_the_address_and_out_of_it(self, named):
        crowd()
        listing(named, whose="team")
        named.text_input(key="w.action-text").input("late").run()
        named.session_state["sieve"] = True
        named.run()
        named.selectbox(key="w.action-priority").set_value("low").run()
        assert (named.query_params["q"], named.query_params["priority"]) == ("late", "low")
        assert labels(named) == ["late one"]
        named.session_state["sieve"] = True
        named.run()
        named.button(key="sieve-all").click().run()
        assert "priority" not in named.query_params
        assert labels(named) == ["late one", "later on"]

    def test_owner_day_and_priority_are_changed_in_place(self, named):
        crowd()
        workspace().training.add("Dan", CLEO)
        listing(named, whose="team")
        for field, value in (
            ("owner", "Dan"),
            ("due", date(2026, 12, 1)),
            ("priority", Priority.NORMAL),
        ):
            named.session_state["edit-actions-1"] = True
            named.run()
            for kind in ("selectbox", "date_input", "segmented_control"):
                for each in getattr(named, kind):
                    if each.key == f"w.{field}-actions-1":
                        each.set_value(value).run()
        found = workspace().actions.get(1)
        assert (found.owner, found.due, found.priority) == (
            "Dan",
            date(2026, 12, 1),
            Priority.NORMAL,
        )
        assert not named.error

    def test_the_second_who_ticks_sees_what_the_first_did(self, named):
        crowd()
        listing(named, whose="team")
        second = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_SECONDS)
        second.query_params["home"] = "own"
        listing(second.run(), whose="team")
        named.session_state["edit-actions-1"] = True
        named.run()
        named.button(key="drop-actions-1").click().run()
        second.checkbox(key="w.done.actions.1").check().run()
        assert workspace().actions.get(1).state is Standing.DROPPED
        assert "in the meantime" in html(second)

    def test_of_many_the_first_are_drawn_until_all_are_asked_for(self, named):
        for number in range(rows.MOST + 3):
            workspace().actions.make(Promise(f"x{number}"), CLEO)
        listing(named, whose="team")
        assert len(labels(named)) == rows.MOST
        (more,) = [each for each in named.button if each.key == "whole-actions"]
        assert more.label == "3 more"
        more.click().run()
        assert len(labels(named)) == rows.MOST + 3

    def test_a_page_opens_without_leaving_the_list(self, named):
        crowd()
        listing(named, whose="team")
        named.button(key="open-actions-3").click().run()
        assert named.query_params["action"] == "3"
        assert "later on" in html(named)
        assert not named.checkbox
