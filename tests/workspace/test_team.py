"""Training, meetings and actions: saved at once, conflicts that show both, histories that stay."""

import threading
from datetime import date, datetime

import pytest

from salesdash.errors import Conflict, StorageError, UsageError
from salesdash.workspace import (
    Occasion,
    Point,
    Promise,
    Stamp,
    Standing,
    State,
    Workspace,
)
from salesdash.workspace.databases import Database

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana", NOW)
BO = Stamp("Bo", datetime(2026, 11, 23, 9, 5))
WEEK = Occasion("weekly", "week:2026-W47", date(2026, 11, 16), date(2026, 11, 22))
MONTH = Occasion("monthly", "month:2026-10", date(2026, 10, 1), date(2026, 10, 31))
AGENDA = (
    Point("figures", {"en": "Last week", "zh": "上周"}, {"en": "", "zh": ""}, ("sales",), 0),
    Point("text", {"en": "Next week", "zh": "下周"}, {"en": "", "zh": ""}, (), 1),
)


@pytest.fixture
def workspace(place: Database):
    workspace = Workspace.open(place, NOW)
    yield workspace
    workspace.close()


@pytest.fixture
def opened(workspace):
    return workspace.meetings.open(WEEK, 7, AGENDA, ANA)


def note(workspace, line: int):
    return next(t for t in workspace.meetings.texts(1) if (t.line, t.field) == (line, "note"))


class TestTraining:
    def test_a_tick_says_who_and_when_and_can_be_taken_back(self, workspace):
        workspace.training.tick(("Cleo", "crm", "log"), ANA, done=True)
        (tick,) = workspace.training.ticks()
        assert (tick.done, tick.who, tick.at, tick.version) == (True, "Ana", NOW, 1)
        workspace.training.tick(("Cleo", "crm", "log"), BO, done=False)
        (tick,) = workspace.training.ticks()
        assert (tick.done, tick.who, tick.version) == (False, "Bo", 2)

    def test_two_who_tick_the_same_agree(self, workspace):
        workspace.training.tick(("Cleo", "crm", "log"), ANA, done=True, version=0)
        workspace.training.tick(("Cleo", "crm", "log"), BO, done=True, version=0)
        (tick,) = workspace.training.ticks()
        assert (tick.who, tick.version) == ("Ana", 1)

    def test_a_tick_of_an_older_state_is_a_conflict(self, workspace):
        for done in (True, False, True):
            workspace.training.tick(("Cleo", "crm", "log"), ANA, done=done)
        with pytest.raises(Conflict) as error:
            workspace.training.tick(("Cleo", "crm", "log"), BO, done=False, version=1)
        assert error.value.values["who"] == "Ana"

    def test_nothing_to_take_back_writes_nothing(self, workspace):
        workspace.training.tick(("Cleo", "crm", "log"), ANA, done=False)
        assert workspace.training.ticks() == ()

    def test_courses_are_assigned_all_at_once_and_only_changes_count(self, workspace):
        due = date(2026, 12, 31)
        wanted = [("Cleo", "crm", due), ("Dan", "crm", due)]
        assert workspace.training.assign(wanted, ANA) == 2
        assert workspace.training.assign([*wanted, ("Dan", "crm", None)], BO) == 1
        found = {each.person: (each.due, each.version) for each in workspace.training.assignments()}
        assert found == {"Cleo": (due, 1), "Dan": (None, 2)}
        history = workspace.history.of("assignments", 2)
        assert [each.content for each in history] == [{"due": "2026-12-31"}, {"due": None}]

    def test_people_are_those_named_assigned_or_ticked(self, workspace):
        assert workspace.training.add("  Eva   Ｌi ", ANA) == "Eva Li"
        workspace.training.add("Eva Li", BO)
        workspace.training.assign([("Dan", "crm", NOW.date())], ANA)
        workspace.training.tick(("Cleo", "crm", "log"), ANA, done=True)
        assert workspace.training.people() == ("Cleo", "Dan", "Eva Li")


class TestMeetings:
    def test_opening_pins_the_cut_and_writes_the_agenda_down(self, workspace, opened):
        assert (opened.state, opened.cut, opened.opened_by) == (State.OPEN, 7, "Ana")
        lines = workspace.meetings.lines(opened.id)
        assert [(line.kind, line.title["zh"], line.tiles) for line in lines] == [
            ("figures", "上周", ("sales",)),
            ("text", "下周", ()),
        ]

    def test_opening_twice_is_opening_once(self, workspace, opened):
        again = workspace.meetings.open(WEEK, 9, AGENDA, BO)
        assert (again.id, again.cut, again.opened_by) == (opened.id, 7, "Ana")
        assert len(workspace.meetings.lines(opened.id)) == 2

    def test_two_who_open_at_once_open_one_meeting(self, workspace):
        threads = [
            threading.Thread(target=workspace.meetings.open, args=(WEEK, cut, AGENDA, ANA))
            for cut in (1, 2, 3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (meeting,) = workspace.meetings.all()
        assert len(workspace.meetings.lines(meeting.id)) == 2

    def test_a_line_can_be_put_on_the_agenda_before_the_meeting(self, workspace):
        planned = workspace.meetings.plan(WEEK, BO)
        query = {"where": ["region:North"], "period": ["quarter:2026Q4"]}
        topic = Point("topic", {"en": "North"}, {"en": ""}, page="comparison", query=query)
        number = workspace.meetings.put(planned.id, topic, BO)
        assert workspace.meetings.plan(WEEK, ANA).id == planned.id
        meeting = workspace.meetings.open(WEEK, 7, AGENDA, ANA)
        assert meeting.id == planned.id
        found = workspace.meetings.line(number)
        assert (found.page, found.query, found.who) == ("comparison", query, "Bo")
        assert len(workspace.meetings.lines(meeting.id)) == 3

    def test_meetings_come_newest_first(self, workspace, opened):
        workspace.meetings.plan(MONTH, ANA)
        assert [m.kind for m in workspace.meetings.all()] == ["weekly", "monthly"]

    def test_a_text_keeps_every_version(self, workspace, opened):
        line = workspace.meetings.lines(opened.id)[0].id
        workspace.meetings.write((line, "note"), "first", ANA, 0)
        workspace.meetings.write((line, "note"), "second", BO, 1)
        workspace.meetings.write((line, "note"), "second", ANA, 2)  # nothing new
        found = note(workspace, line)
        assert (found.text, found.who, found.version) == ("second", "Bo", 2)
        history = workspace.history.of("meeting_texts", found.id)
        assert [(r.content["text"], r.who, r.kept) for r in history] == [
            ("first", "Ana", True),
            ("second", "Bo", True),
        ]

    def test_two_editors_lose_nothing_and_the_second_sees_both(self, workspace, opened):
        line = workspace.meetings.lines(opened.id)[0].id
        workspace.meetings.write((line, "note"), "price", ANA, 0)
        with pytest.raises(Conflict) as error:
            workspace.meetings.write((line, "note"), "delivery", BO, 0)
        assert error.value.values["mine"] == {"text": "delivery"}
        theirs = error.value.values["theirs"]
        assert isinstance(theirs, dict)
        assert (theirs["text"], theirs["version"]) == ("price", 1)
        found = note(workspace, line)
        assert found.text == "price"
        history = workspace.history.of("meeting_texts", found.id)
        assert [(r.content["text"], r.kept) for r in history] == [
            ("price", True),
            ("delivery", False),
        ]
        workspace.meetings.write((line, "note"), "price\n\ndelivery", BO, theirs["version"])
        assert note(workspace, line).version == 2

    def test_note_and_decision_do_not_stand_in_each_others_way(self, workspace, opened):
        line = workspace.meetings.lines(opened.id)[0].id
        workspace.meetings.write((line, "note"), "a", ANA, 0)
        workspace.meetings.write((line, "decision"), "b", BO, 0)
        assert {t.field: t.text for t in workspace.meetings.texts(1)} == {
            "note": "a",
            "decision": "b",
        }

    @pytest.mark.parametrize("change", ["delete from revisions", "update revisions set who = 'x'"])
    def test_revisions_stay_as_they_were_written(self, workspace, opened, change):
        with pytest.raises(StorageError), workspace.writing() as connection:
            connection.exec_driver_sql(change)

    def test_who_is_there_can_change(self, workspace, opened):
        workspace.meetings.attend(opened.id, ["Bo", "Ana"], ANA)
        workspace.meetings.attend(opened.id, ["Ana", "Cleo", " "], BO)
        assert workspace.meetings.present(opened.id) == ("Ana", "Cleo")

    def test_a_closed_meeting_takes_nothing_more(self, workspace, opened):
        line = workspace.meetings.lines(opened.id)[0].id
        closed = workspace.meetings.close(opened.id, lambda: '{"a": 1.0}', BO)
        assert (closed.state, closed.answers, closed.closed_by) == (
            State.CLOSED,
            '{"a": 1.0}',
            "Bo",
        )
        for write in (
            lambda: workspace.meetings.put(opened.id, AGENDA[0], ANA),
            lambda: workspace.meetings.attend(opened.id, ["Ana"], ANA),
            lambda: workspace.meetings.close(opened.id, lambda: "{}", ANA),
        ):
            with pytest.raises(UsageError) as error:
                write()
            assert error.value.key == "meeting.closed"
        assert workspace.meetings.get(opened.id).answers == '{"a": 1.0}'
        with pytest.raises(UsageError) as error:
            workspace.meetings.write((line, "note"), "late", ANA, 0)
        assert (error.value.key, error.value.values["text"]) == ("meeting.too_late", "late")

    def test_a_planned_meeting_takes_no_notes_yet(self, workspace):
        planned = workspace.meetings.plan(WEEK, ANA)
        line = workspace.meetings.put(planned.id, AGENDA[1], ANA)
        with pytest.raises(UsageError) as error:
            workspace.meetings.write((line, "note"), "early", ANA, 0)
        assert error.value.key == "meeting.not_open"

    def test_what_is_not_there_is_said(self, workspace):
        for ask, key in (
            (lambda: workspace.meetings.get(5), "meeting.unknown"),
            (lambda: workspace.meetings.line(5), "meeting.no_line"),
            (lambda: workspace.meetings.write((5, "note"), "x", ANA, 0), "meeting.no_line"),
            (lambda: workspace.actions.get(5), "action.unknown"),
            (lambda: workspace.actions.amend(5, {"text": "x"}, ANA, 1), "action.unknown"),
        ):
            with pytest.raises(UsageError) as error:
                ask()
            assert error.value.key == key


class TestActions:
    def test_an_action_knows_its_meeting(self, workspace, opened):
        line = workspace.meetings.lines(opened.id)[1].id
        number = workspace.actions.make(
            Promise(" Call the key accounts ", " Chen  Wei", date(2026, 11, 27), line), ANA
        )
        found = workspace.actions.get(number)
        assert (found.text, found.owner, found.meeting) == (
            "Call the key accounts",
            "Chen Wei",
            opened.id,
        )
        assert (found.state, found.made_by, found.made_at) == (Standing.OPEN, "Ana", NOW)

    def test_done_and_open_again(self, workspace):
        number = workspace.actions.make(Promise("x"), ANA)
        workspace.actions.settle(number, Standing.DONE, BO)
        done = workspace.actions.get(number)
        assert (done.state, done.settled_by, done.settled_at) == (Standing.DONE, "Bo", BO.at)
        workspace.actions.settle(number, Standing.DONE, ANA, 1)  # the same again
        assert workspace.actions.get(number) == done
        workspace.actions.settle(number, Standing.OPEN, ANA)
        assert workspace.actions.get(number).settled_by is None

    def test_an_edit_of_an_older_state_is_a_conflict_and_kept(self, workspace):
        number = workspace.actions.make(Promise("call"), ANA)
        workspace.actions.amend(number, {"text": "call twice", "owner": "Bo"}, ANA, 1)
        with pytest.raises(Conflict) as error:
            workspace.actions.amend(number, {"text": "visit", "owner": "Cleo"}, BO, 1)
        theirs = error.value.values["theirs"]
        assert isinstance(theirs, dict)
        assert theirs["text"] == "call twice"
        history = workspace.history.of("actions", number)
        assert [(r.content["text"], r.kept) for r in history] == [
            ("call", True),
            ("call twice", True),
            ("visit", False),
        ]

    def test_an_action_without_words_is_refused(self, workspace):
        with pytest.raises(UsageError) as error:
            workspace.actions.make(Promise("  "), ANA)
        assert error.value.key == "action.empty"
        assert workspace.actions.all() == ()
