"""Which meeting is due, and which one takes what people want to discuss."""

from dataclasses import replace
from datetime import date

import pytest

from salesdash.analysis import occasions
from salesdash.periods import FiscalCalendar, Grain
from salesdash.workspace import State
from tests.analysis.meeting import PLAN, held

FISCAL = FiscalCalendar()
MONTHLY = replace(PLAN, id="monthly", every=Grain.MONTH)
PLANS = {"weekly": PLAN, "monthly": MONTHLY}
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


@pytest.mark.parametrize("day", [MONDAY, date(2026, 11, 25), SUNDAY])
def test_all_week_the_meeting_is_about_the_week_before(day):
    found = occasions.occasion(PLAN, day, FISCAL)
    assert (found.period, found.first_day, found.last_day) == (
        "week:2026-W47",
        date(2026, 11, 16),
        date(2026, 11, 22),
    )


def test_weeks_and_months_across_a_year():
    assert occasions.occasion(PLAN, date(2027, 1, 4), FISCAL).period == "week:2026-W53"
    assert occasions.occasion(MONTHLY, date(2027, 1, 4), FISCAL).period == "month:2026-12"


def test_what_is_due_knows_whether_it_was_held():
    meeting = held(1, period="week:2026-W47", state=State.CLOSED)
    weekly, monthly = occasions.upcoming(PLANS, [meeting], MONDAY, FISCAL)
    assert (weekly.state, weekly.held) == (State.CLOSED, meeting)
    assert (monthly.state, monthly.held, monthly.occasion.period) == (
        State.PLANNED,
        None,
        "month:2026-10",
    )


@pytest.mark.parametrize(
    ("states", "key"),
    [
        ((State.PLANNED, State.OPEN), "open"),
        ((State.CLOSED, State.PLANNED), "due"),
        ((State.CLOSED, State.CLOSED), "held"),
    ],
)
def test_the_sentence_names_what_is_to_be_done(states, key):
    meetings = [
        held(1, period="week:2026-W47", state=states[0]),
        held(2, period="month:2026-10", kind="monthly", state=states[1]),
    ]
    nexts = occasions.upcoming(PLANS, meetings, MONDAY, FISCAL)
    assert occasions.sentence(nexts, (3, 1))[0].key == f"team.meetings.{key}"


class TestTaking:
    def period(self, *meetings) -> str:
        return occasions.taking(PLAN, meetings, MONDAY, FISCAL).period

    def test_the_one_that_is_due(self):
        assert self.period() == "week:2026-W47"
        assert self.period(held(1, period="week:2026-W47", state=State.PLANNED)) == "week:2026-W47"

    def test_an_open_one_even_of_an_earlier_week(self):
        assert self.period(held(1, period="week:2026-W46")) == "week:2026-W46"

    def test_after_this_weeks_the_next_one(self):
        closed = held(1, period="week:2026-W47", state=State.CLOSED)
        assert self.period(closed) == "week:2026-W48"

    def test_an_open_one_of_another_kind_does_not(self):
        assert self.period(held(1, kind="monthly", period="month:2026-10")) == "week:2026-W47"


def test_the_agenda_is_written_down_in_both_languages_in_its_order():
    points = occasions.agenda(PLAN)
    assert [(p.kind, p.place, p.tiles) for p in points][:2] == [
        ("figures", 0, ("sales", "orders")),
        ("actions", 1, ()),
    ]
    assert points[0].title == {"en": "Last week", "zh": "Last week"}


def taken(*meetings, plans=PLANS):
    found = occasions.takers(plans, meetings, MONDAY, FISCAL)
    return [(each.plan.id, each.occasion.person, each.occasion.period) for each in found]


def test_a_line_is_taken_by_what_is_due_first_then_by_what_comes():
    due = [("weekly", "", "week:2026-W47"), ("monthly", "", "month:2026-10")]
    assert taken() == due
    closed = held(1, period="week:2026-W47", state=State.CLOSED)
    assert taken(closed) == [due[1], ("weekly", "", "week:2026-W48")]


def test_one_to_ones_that_were_held_and_meetings_held_once_take_lines_too():
    plans = {
        "alone": replace(PLAN, id="alone", one_to_one=True),
        "offsite": replace(PLAN, id="offsite", once=True),
    }
    assert taken(plans=plans) == []
    with_bo = held(1, kind="alone", person="Bo", period="week:2026-W40", state=State.CLOSED)
    planned = held(2, kind="offsite", period="2026-11-01..2026-11-20@2026-12-01", opened=None)
    planned = replace(planned, state=State.PLANNED)
    over = held(3, kind="offsite", period="x", state=State.CLOSED)
    assert taken(with_bo, planned, over, plans=plans) == [
        ("alone", "Bo", "week:2026-W47"),
        ("offsite", "", planned.period),
    ]
