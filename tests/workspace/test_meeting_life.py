"""The life of a meeting: one-to-ones, templates, clocks, carry-over, ratings, reopening."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from salesdash.errors import Conflict, StorageError, UsageError
from salesdash.workspace import (
    TOPIC,
    Attendance,
    Occasion,
    Outcome,
    Point,
    Rating,
    Run,
    Stamp,
    State,
    Template,
    Workspace,
)
from salesdash.workspace.databases import Database

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana", NOW)
BO = Stamp("Bo", datetime(2026, 11, 23, 9, 5))
WEEK = Occasion("weekly", "week:2026-W47", date(2026, 11, 16), date(2026, 11, 22))
NEXT = Occasion("weekly", "week:2026-W48", date(2026, 11, 23), date(2026, 11, 29))
WITH_CLEO = Occasion("one_to_one", *(WEEK.period, WEEK.first_day, WEEK.last_day), person="Cleo")
AGENDA = (
    Point("figures", {"en": "Last week"}, {"en": ""}, ("sales",), 0, minutes=10),
    Point("text", {"en": "Next week"}, {"en": ""}, (), 1),
)
NORTH = Point(TOPIC, {"en": "North"}, {"en": ""}, page="trends", query={"where": ["region:North"]})


def later(minutes: int, who: str = "Ana") -> Stamp:
    return Stamp(who, NOW + timedelta(minutes=minutes))


@pytest.fixture
def workspace(place: Database):
    """An empty one, in each kind of database."""
    workspace = Workspace.open(place, NOW)
    yield workspace
    workspace.close()


@pytest.fixture
def opened(workspace):
    return workspace.meetings.open(WEEK, 7, AGENDA, ANA)


def closed(workspace, number: int, following: Occasion | None = NEXT, at: Stamp = BO):
    return workspace.meetings.close(number, lambda: '{"a": 1.0}', at, following)


def key_of(ask) -> str:
    with pytest.raises(UsageError) as error:
        ask()
    return error.value.key


class TestOneToOnes:
    def test_several_people_meet_in_one_week(self, workspace, opened):
        cleo = workspace.meetings.open(WITH_CLEO, 7, AGENDA, ANA)
        dan = workspace.meetings.open(replace(WITH_CLEO, person="Dan"), 7, AGENDA, ANA)
        assert len({opened.id, cleo.id, dan.id}) == 3
        assert [(m.kind, m.person, m.period) for m in (cleo, dan)] == [
            ("one_to_one", "Cleo", "week:2026-W47"),
            ("one_to_one", "Dan", "week:2026-W47"),
        ]
        assert cleo.series != dan.series
        assert {m.series for m in workspace.meetings.all()} == {
            ("weekly", ""),
            ("one_to_one", "Cleo"),
            ("one_to_one", "Dan"),
        }

    def test_the_same_person_meets_once_a_week(self, workspace):
        first = workspace.meetings.plan(WITH_CLEO, ANA)
        again = workspace.meetings.plan(replace(WITH_CLEO, person=" Ｃleo "), BO)
        later_on = workspace.meetings.plan(replace(WITH_CLEO, period=NEXT.period), BO)
        assert (again.id, later_on.series) == (first.id, first.series)
        assert later_on.id != first.id

    def test_a_meeting_without_rhythm_has_a_day(self, workspace):
        once = replace(WEEK, kind="own:1", period="week:2026-W47@2026-11-25")
        planned = workspace.meetings.plan(replace(once, day=date(2026, 11, 25)), ANA)
        assert (planned.kind, planned.day) == ("own:1", date(2026, 11, 25))
        assert workspace.meetings.get(planned.id) == planned


class TestClocks:
    def test_time_is_kept_when_the_next_line_begins(self, workspace, opened):
        first, second = (line.id for line in workspace.meetings.lines(opened.id))
        workspace.runs.start(first, later(0))
        workspace.runs.start(first, later(3))  # it runs already
        workspace.runs.start(second, later(12))
        runs = workspace.runs.of(opened.id)
        assert runs[first] == Run(first, None, None, 12 * 60)
        assert (runs[second].started, runs[second].seconds(later(14).at)) == (later(12).at, 120)
        workspace.runs.start(first, later(15))
        workspace.runs.stop(opened.id, later(16))
        spent = {line: run.spent for line, run in workspace.runs.of(opened.id).items()}
        assert spent == {first: 13 * 60, second: 3 * 60}

    def test_done_stops_the_clock_and_closing_too(self, workspace, opened):
        first, second = (line.id for line in workspace.meetings.lines(opened.id))
        workspace.runs.start(first, later(0))
        workspace.runs.mark(first, Outcome.DONE, later(2))
        workspace.runs.start(second, later(2))
        closed(workspace, opened.id, at=later(7))
        runs = workspace.runs.of(opened.id)
        assert runs[first] == Run(first, Outcome.DONE, None, 120)
        assert runs[second] == Run(second, None, None, 300)

    def test_a_clock_that_nobody_stopped_counts_four_hours(self, workspace, opened):
        first = workspace.meetings.lines(opened.id)[0].id
        workspace.runs.start(first, later(0))
        workspace.runs.stop(opened.id, later(60 * 24))
        assert workspace.runs.of(opened.id)[first].spent == 4 * 3600

    def test_a_clock_set_back_takes_nothing_away(self, workspace, opened):
        first = workspace.meetings.lines(opened.id)[0].id
        workspace.runs.start(first, later(10))
        workspace.runs.stop(opened.id, later(0))
        assert workspace.runs.of(opened.id)[first].spent == 0

    def test_only_an_open_meeting_has_a_clock(self, workspace):
        planned = workspace.meetings.plan(WEEK, ANA)
        line = workspace.meetings.put(planned.id, NORTH, ANA)
        assert key_of(lambda: workspace.runs.start(line, BO)) == "meeting.not_open"
        assert key_of(lambda: workspace.runs.stop(planned.id, BO)) == "meeting.not_open"
        assert key_of(lambda: workspace.runs.mark(line, Outcome.DONE, BO)) == "meeting.not_open"
        assert key_of(lambda: workspace.runs.start(99, BO)) == "meeting.no_line"


class TestCarryOver:
    def waiting(self, workspace, occasion: Occasion = NEXT):
        return workspace.meetings.lines(workspace.meetings.plan(occasion, ANA).id)

    def test_what_people_added_goes_on_unless_it_is_done(self, workspace, opened):
        north = workspace.meetings.put(opened.id, NORTH, ANA)
        done = workspace.meetings.put(opened.id, replace(NORTH, title={"en": "South"}), ANA)
        workspace.runs.mark(done, Outcome.DONE, ANA)
        closed(workspace, opened.id)
        (line,) = self.waiting(workspace)
        assert (line.title, line.origin, line.kind) == ({"en": "North"}, north, TOPIC)
        assert (line.page, line.query, line.who) == ("trends", NORTH.query, "Bo")

    def test_any_line_that_is_marked_goes_on_as_a_topic(self, workspace, opened):
        figures = workspace.meetings.lines(opened.id)[0].id
        workspace.runs.mark(figures, Outcome.CARRY, ANA)
        closed(workspace, opened.id)
        (line,) = self.waiting(workspace)
        assert (line.title, line.kind, line.origin) == ({"en": "Last week"}, TOPIC, figures)
        assert (line.tiles, line.minutes, line.place) == ((), 10, None)

    def test_it_goes_on_from_meeting_to_meeting(self, workspace, opened):
        north = workspace.meetings.put(opened.id, NORTH, ANA)
        closed(workspace, opened.id)
        second = workspace.meetings.open(NEXT, 8, AGENDA, ANA)
        third = replace(NEXT, period="week:2026-W49")
        closed(workspace, second.id, third)
        (line,) = self.waiting(workspace, third)
        (before,) = [each for each in workspace.meetings.lines(second.id) if each.origin]
        assert (line.origin, before.origin) == (before.id, north)

    def test_without_a_next_meeting_nothing_goes_on(self, workspace, opened):
        workspace.meetings.put(opened.id, NORTH, ANA)
        closed(workspace, opened.id, None)
        assert len(workspace.meetings.all()) == 1

    def test_closing_again_carries_nothing_twice(self, workspace, opened):
        workspace.meetings.put(opened.id, NORTH, ANA)
        closed(workspace, opened.id)
        workspace.meetings.reopen(opened.id, "a figure was missing", BO)
        closed(workspace, opened.id)
        assert len(self.waiting(workspace)) == 1

    def test_what_was_done_after_reopening_is_taken_off_the_next_agenda(self, workspace, opened):
        north = workspace.meetings.put(opened.id, NORTH, ANA)
        closed(workspace, opened.id)
        workspace.meetings.reopen(opened.id, "we talked on", BO)
        workspace.runs.mark(north, Outcome.DONE, BO)
        closed(workspace, opened.id)
        assert self.waiting(workspace) == ()
        workspace.meetings.reopen(opened.id, "not done after all", BO)
        workspace.runs.mark(north, None, BO)
        closed(workspace, opened.id)
        assert [line.origin for line in self.waiting(workspace)] == [north]

    def test_what_has_begun_elsewhere_stays_there(self, workspace, opened):
        north = workspace.meetings.put(opened.id, NORTH, ANA)
        closed(workspace, opened.id)
        second = workspace.meetings.open(NEXT, 8, AGENDA, ANA)
        workspace.meetings.reopen(opened.id, "we talked on", BO)
        workspace.runs.mark(north, Outcome.DONE, BO)
        closed(workspace, opened.id)
        assert [line.origin for line in workspace.meetings.lines(second.id)].count(north) == 1

    def test_a_topic_can_be_taken_off_before_the_meeting(self, workspace):
        planned = workspace.meetings.plan(NEXT, ANA)
        line = workspace.meetings.put(planned.id, NORTH, ANA)
        workspace.runs.mark(line, Outcome.OFF, BO)
        assert workspace.meetings.lines(planned.id) == ()
        meeting = workspace.meetings.open(NEXT, 8, AGENDA, ANA)
        assert len(workspace.meetings.lines(meeting.id)) == 2


class TestAttendance:
    def test_who_was_invited_and_did_not_come_is_absent(self, workspace, opened):
        workspace.meetings.invite(opened.id, ["Ana", "Bo", "Cleo"], ANA)
        workspace.meetings.attend(opened.id, ["Ana", "Dan"], ANA)
        found = workspace.meetings.attendance(opened.id)
        assert found == Attendance(("Ana", "Dan"), ("Ana", "Bo", "Cleo"))
        assert found.absent == ("Bo", "Cleo")
        workspace.meetings.invite(opened.id, ["Ana", "Bo"], ANA)
        assert workspace.meetings.attendance(opened.id).absent == ("Bo",)
        assert workspace.meetings.all_attendance() == {
            opened.id: workspace.meetings.attendance(opened.id)
        }


class TestRatings:
    def test_a_person_rates_once_and_may_think_again(self, workspace, opened):
        workspace.ratings.rate(Rating(opened.id, " Ana ", 6, ""), ANA)
        workspace.ratings.rate(Rating(opened.id, "Ana", 8, " short "), ANA)
        workspace.ratings.rate(Rating(opened.id, "Bo", 7, ""), ANA)
        assert workspace.ratings.of(opened.id) == (
            Rating(opened.id, "Ana", 8, "short"),
            Rating(opened.id, "Bo", 7, ""),
        )
        assert workspace.ratings.all() == workspace.ratings.of(opened.id)

    @pytest.mark.parametrize(("person", "rating"), [("Ana", 0), ("Ana", 11), (" ", 5)])
    def test_other_numbers_are_refused(self, workspace, opened, person, rating):
        given = Rating(opened.id, person, rating, "")
        assert key_of(lambda: workspace.ratings.rate(given, ANA)) == "meeting.rating"

    def test_a_closed_meeting_is_rated_no_more(self, workspace, opened):
        closed(workspace, opened.id)
        given = Rating(opened.id, "Ana", 5, "")
        assert key_of(lambda: workspace.ratings.rate(given, ANA)) == "meeting.closed"


class TestReopening:
    def test_the_earlier_closing_stays_with_its_reason(self, workspace, opened):
        workspace.meetings.close(opened.id, lambda: '{"first":1}', BO)
        again = workspace.meetings.reopen(opened.id, " a deal was missing ", later(30))
        assert (again.state, again.cut, again.closed_by, again.answers) == (
            State.OPEN,
            7,
            None,
            None,
        )
        (earlier,) = workspace.reopenings.of(opened.id)
        assert (earlier.version, earlier.closed_by, earlier.closed_at) == (1, "Bo", BO.at)
        assert (earlier.reason, earlier.who, earlier.at) == (
            "a deal was missing",
            "Ana",
            later(30).at,
        )
        workspace.meetings.close(opened.id, lambda: '{"second":2}', later(40))
        workspace.meetings.reopen(opened.id, "once more", later(50))
        assert [each.version for each in workspace.reopenings.of(opened.id)] == [1, 2]
        assert workspace.reopenings.answers(opened.id, 1) == '{"first":1}'
        assert workspace.reopenings.answers(opened.id, 2) == '{"second":2}'

    def test_a_reason_is_needed_and_something_closed(self, workspace, opened):
        meetings = workspace.meetings
        assert key_of(lambda: meetings.reopen(opened.id, "why", BO)) == "meeting.not_closed"
        closed(workspace, opened.id)
        assert key_of(lambda: meetings.reopen(opened.id, "  ", BO)) == "meeting.no_reason"
        assert meetings.get(opened.id).state is State.CLOSED
        assert key_of(lambda: workspace.reopenings.answers(opened.id, 1)) == "meeting.no_version"

    @pytest.mark.parametrize(
        "change", ["delete from reopenings", "update reopenings set reason = 'x'"]
    )
    def test_what_was_kept_cannot_be_changed(self, workspace, opened, change):
        closed(workspace, opened.id)
        workspace.meetings.reopen(opened.id, "why", BO)
        with pytest.raises(StorageError), workspace.writing() as connection:
            connection.exec_driver_sql(change)

    def test_what_a_meeting_kept_is_read_only_where_it_is_asked_for(self, workspace, opened):
        closed(workspace, opened.id)
        assert workspace.meetings.all()[0].answers is None
        assert workspace.meetings.get(opened.id).answers == '{"a": 1.0}'


class TestTemplates:
    TEMPLATE = Template({"en": " Pipeline talk "}, "once", "previous", AGENDA)

    def test_a_template_is_made_edited_and_withdrawn(self, workspace):
        number = workspace.templates.make(self.TEMPLATE, ANA)
        (made,) = workspace.templates.all()
        assert (made.key, made.name, made.every) == ("own:1", {"en": "Pipeline talk"}, "once")
        assert [(p.kind, p.title, p.tiles, p.place, p.minutes) for p in made.agenda] == [
            ("figures", {"en": "Last week"}, ("sales",), 0, 10),
            ("text", {"en": "Next week"}, (), 1, None),
        ]
        workspace.templates.edit(number, replace(self.TEMPLATE, every="week"), BO, made.version)
        workspace.templates.withdraw(number, BO)
        (found,) = workspace.templates.all()
        assert (found.every, found.withdrawn, found.version) == ("week", True, 3)
        workspace.templates.withdraw(number, BO, withdrawn=False)
        assert not workspace.templates.all()[0].withdrawn

    def test_two_editors_lose_nothing(self, workspace):
        number = workspace.templates.make(self.TEMPLATE, ANA)
        workspace.templates.edit(number, replace(self.TEMPLATE, every="week"), BO, 1)
        with pytest.raises(Conflict):
            workspace.templates.edit(number, replace(self.TEMPLATE, every="month"), ANA, 1)
        assert workspace.templates.all()[0].every == "week"
        history = workspace.history.of("meeting_templates", number)
        assert [(each.content["every"], each.kept) for each in history] == [
            ("once", True),
            ("week", True),
            ("month", False),
        ]

    @pytest.mark.parametrize(
        ("change", "key"),
        [
            ({"name": {"en": " "}}, "template.no_name"),
            ({"agenda": ()}, "template.no_lines"),
            ({"agenda": (replace(NORTH, title={"zh": ""}),)}, "template.no_title"),
        ],
    )
    def test_what_is_missing_is_said(self, workspace, change, key):
        template = replace(self.TEMPLATE, **change)
        assert key_of(lambda: workspace.templates.make(template, ANA)) == key
        assert workspace.templates.all() == ()
        assert key_of(lambda: workspace.templates.withdraw(5, ANA)) == "template.unknown"
