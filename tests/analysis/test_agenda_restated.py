"""The line of the agenda: what is different from what the meetings before had shown."""

from datetime import date, datetime
from decimal import Decimal

from salesdash.analysis.agenda.restated import PERIODS
from salesdash.periods import Period
from tests.analysis.company import sale
from tests.analysis.meeting import MONDAY, agenda, built, held, line
from tests.warehouse.build import build

EARLIER = datetime(2026, 11, 16, 9, 0)
ROWS = (
    sale("2026-11-10", 80, document="A", valid_to=2),
    sale("2026-11-10", 95, document="A", event=2),
    sale("2026-11-04", 20, document="B", event=3),
    sale("2026-11-17", 100, document="C", event=2),
    sale("2026-11-11", 7, document="D", event=4),
)
"""Event 1: A 80 in week 46. Until event 3: A is 95, B comes late to week 45, C is new in week 47.
Event 4 is later than the meeting."""


def before(number: int, first: date, opened: datetime, cut: int = 1, **more):
    days = Period(first, first.replace(day=first.day + 7))
    facts = {"first_day": days.start, "last_day": days.last_day, **more}
    return held(number, opened, cut, **facts)


WEEK_46 = before(1, date(2026, 11, 9), EARLIER)
WEEK_45 = before(9, date(2026, 11, 2), datetime(2026, 11, 9, 9, 0), cut=0)
OWN = held(2, MONDAY, 3)


def filled(*meetings, meeting=OWN, kind="restated"):
    lines = (*agenda(), line(30, kind, 7))
    known = build(ROWS)
    found = built(known, meeting=meeting, meetings=(*meetings, meeting), lines=lines)
    return next(each for each in found.lines if each.line == 30).restated


def test_it_compares_the_cut_of_the_meeting_before_with_this_one_in_all_periods_shown():
    found = filled(WEEK_45, WEEK_46)
    assert (found.cuts, found.since) == ((1, 3), EARLIER)
    assert [(t.window.period.start, t.metric, t.then.value, t.now.value) for t in found.totals] == [
        (date(2026, 11, 9), "sales", Decimal(80), Decimal(95)),
        (date(2026, 11, 2), "sales", None, Decimal(20)),
        (date(2026, 11, 2), "orders", None, 1),
    ]
    (part,) = found.lists
    assert [(unit.how, unit.key) for unit in part.units] == [("late", "B"), ("amount", "A")]


def test_the_own_period_and_what_came_in_after_the_cut_are_not_restated():
    found = filled(WEEK_46)
    assert [unit.key for part in found.lists for unit in part.units] == ["A"]


def test_the_first_meeting_of_its_kind_says_that_nothing_was_shown():
    for others in ((), (before(4, date(2026, 11, 9), EARLIER, kind="monthly"),)):
        found = filled(*others)
        assert (found.headline.key, found.is_empty) == ("restated.first", True)


def test_without_an_import_since_then_all_stands():
    found = filled(before(1, date(2026, 11, 9), EARLIER, cut=3))
    assert (found.headline.key, found.is_empty) == ("restated.no_import", True)


def test_a_meeting_opened_before_any_import_keeps_to_that():
    found = filled(before(1, date(2026, 11, 9), EARLIER, cut=0), meeting=held(2, MONDAY, cut=0))
    assert (found.cuts, found.headline.key) == ((0, 0), "restated.no_import")


def test_no_day_is_told_twice_and_old_periods_are_left_out():
    same = before(5, date(2026, 11, 12), datetime(2026, 11, 12, 9, 0))
    assert filled(same, WEEK_46).windows == filled(WEEK_46).windows
    many = [
        before(20 + n, date(2026, month, 1 + 7 * week), datetime(2026, month, 1 + 7 * week, 8, 0))
        for n, (month, week) in enumerate((m, w) for m in (8, 9, 10) for w in range(4))
    ]
    assert len(filled(*many, WEEK_46).windows) == PERIODS


def test_other_lines_are_not_restated():
    assert filled(WEEK_46, kind="text") is None
