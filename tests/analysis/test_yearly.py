"""The goals of a year as rows and squares; the company's year is the calendar's."""

from datetime import date
from decimal import Decimal

from salesdash.analysis import yearly
from salesdash.analysis.answers import Figure
from salesdash.analysis.pace import Pace
from salesdash.analysis.progress import Progress, State, Subject
from salesdash.analysis.yearly import Year
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.workspace import Goal, Terms

FISCAL = FiscalCalendar()


def goal(first: str, last: str, metric: str = "sales", *scope: str) -> Progress:
    period = Period.through(date.fromisoformat(first), date.fromisoformat(last))
    subject = Subject(metric, scope=scope)
    terms = Terms(metric, period, Decimal(1))
    return Progress(Goal(terms, 1), subject, State.ON_PACE, False, None, Figure(None), Pace(1, 0))


def told(found: Year) -> list[tuple[object, ...]]:
    return [
        (
            ", ".join((row.squares[0].goal.subject.metric, *row.squares[0].goal.subject.scope)),
            row.grains,
            [(square.first, square.months) for square in row.squares],
        )
        for row in found.rows
    ]


def test_a_row_for_each_metric_and_scope_the_company_first():
    found = [
        goal("2026-02-01", "2026-02-28", "sales", "North"),
        goal("2026-11-01", "2026-11-30"),
        goal("2026-01-01", "2026-01-31"),
        goal("2026-10-01", "2026-12-31"),
        goal("2026-01-01", "2026-12-31", "orders"),
    ]
    year = yearly.build(found, FISCAL, 2026)
    assert told(year) == [
        ("orders", (Grain.YEAR,), [(0, 12)]),
        ("sales", (Grain.QUARTER, Grain.MONTH), [(0, 1), (9, 3)]),
        ("sales", (Grain.MONTH,), [(10, 1)]),
        ("sales, North", (Grain.MONTH,), [(1, 1)]),
    ]
    assert [month.start.month for month in year.months] == list(range(1, 13))


def test_goals_that_touch_the_same_month_stand_in_rows_of_their_own():
    """Both end or begin in March, so they cannot share its column."""
    found = [
        goal("2026-01-15", "2026-03-10"),
        goal("2026-03-11", "2026-04-20"),
        goal("2026-05-02", "2026-05-20"),
    ]
    assert told(yearly.build(found, FISCAL, 2026)) == [
        ("sales", (None,), [(0, 3), (4, 1)]),
        ("sales", (None,), [(2, 2)]),
    ]


def test_a_goal_over_new_year_stands_in_both_years():
    found = [goal("2026-12-01", "2027-01-31")]
    assert yearly.years(found, FISCAL) == (2026, 2027)
    assert told(yearly.build(found, FISCAL, 2026)) == [("sales", (None,), [(11, 1)])]
    assert told(yearly.build(found, FISCAL, 2027)) == [("sales", (None,), [(0, 1)])]
    assert yearly.build(found, FISCAL, 2025).rows == ()
    assert yearly.years([], FISCAL) == ()


def test_a_fiscal_year_has_its_own_months():
    spring = FiscalCalendar(start_month=4)
    year = yearly.build([goal("2026-10-01", "2026-12-31")], spring, 2027)
    assert year.months[0].start == date(2026, 4, 1)
    assert told(year) == [("sales", (Grain.QUARTER,), [(6, 3)])]
    weeks = FiscalCalendar(pattern="4-4-5")
    assert len(yearly.build([goal("2026-10-01", "2026-12-31")], weeks, 2026).months) == 12
