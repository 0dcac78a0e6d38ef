"""Goals on Wednesday 18 November 2026, data to the 17th; weekends are off.

Q4 2026 has 66 working days (22 + 21 + 23), 34 of them up to 17 November (22 + 12): 32 are left.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import goals
from salesdash.analysis.answers import Amount, Reason
from salesdash.analysis.pace import Pace
from salesdash.analysis.progress import Clock, Progress, State, Subject
from salesdash.metrics import Unit
from salesdash.periods import Period, WorkCalendar
from salesdash.selection import Filter
from salesdash.workspace import Goal, Origin, Terms
from tests.analysis.company import EDGE, TODAY, sale, settings
from tests.analysis.company import warehouse as company
from tests.warehouse.build import build

Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
OCTOBER = Period.through(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period.through(date(2026, 9, 1), date(2026, 9, 30))
NEXT = Period.through(date(2027, 1, 1), date(2027, 3, 31))
NORTH, SOUTH = (Filter("region", ("North",)),), (Filter("region", ("South",)),)

ROWS = (
    sale("2026-09-30", 999, region="North", cost=1, quantity=1),  # before the quarter
    sale("2026-10-05", 200, region="North", cost=150, quantity=2),
    sale("2026-11-02", 100, region="South", cost=50, quantity=1),
    sale("2026-11-17", 40, region="North", cost=20, quantity=1),
    sale("2026-11-20", 777, region="North", cost=1, quantity=1),  # after today
)


def goal(target: object, metric: str = "sales", period: Period = Q4, number: int = 1, **more):
    return Goal(Terms(metric, period, Decimal(str(target)), **more), number, 1, "Ana")


def progress(*asked: Goal, rows=ROWS, today: date = TODAY, **more) -> tuple[Progress, ...]:
    return goals.build(company(rows), settings(**more), asked, today)


def one(asked: Goal, **more) -> Progress:
    (found,) = progress(asked, **more)
    return found


def independent(rows, period: Period, last: date, **where: str) -> Decimal:
    """The second opinion: a loop over the typed rows."""
    total = Decimal(0)
    for row in rows:
        day = date.fromisoformat(str(row["order_date"]))
        if not (period.start <= day < period.end and day <= last):
            continue
        if all(row.get(name) == value for name, value in where.items()):
            total += Decimal(str(row["amount"]))
    return total


def workdays(first: date, last: date) -> int:
    return sum(1 for day in Period.through(first, last) if day.weekday() < 5)


def test_a_running_goal_beside_the_linear_pace_of_its_working_days():
    found = one(goal(660))
    assert found.pace == Pace(66, 34)
    assert (found.pace.days, found.pace.done) == (
        workdays(date(2026, 10, 1), date(2026, 12, 31)),
        workdays(date(2026, 10, 1), EDGE),
    )
    assert found.actual.value == independent(ROWS, Q4, EDGE) == 340  # 200 + 100 + 40
    assert found.expected == 340  # 660 / 66 * 34
    assert (found.gap, found.reached) == (0, 340 / 660)
    assert found.state is State.ON_PACE
    assert found.needed == 10  # (660 - 340) / 32
    assert found.daily == 10  # 340 / 34
    assert found.told == Reason("goals.gap.level", found.told.values)


@pytest.mark.parametrize(
    ("target", "state"),
    [
        ("340", State.REACHED),
        ("659", State.ON_PACE),  # expected 339.5
        ("660.01", State.AT_RISK),  # expected 340.01
        ("733.33", State.AT_RISK),  # 90 % of the expected 377.77 is 339.996
        ("733.34", State.OFF_PACE),  # and here it is 340.0003
    ],
)
def test_states_of_a_running_goal(target, state):
    assert one(goal(target)).state is state


def test_a_scope_is_a_filter_and_names_the_goal():
    north, south = (one(goal(500, scope=scope)) for scope in (NORTH, SOUTH))
    assert north.actual.value == independent(ROWS, Q4, EDGE, region="North") == 240
    assert south.actual.value == independent(ROWS, Q4, EDGE, region="South") == 100
    assert north.subject.scope == ("North",)
    assert north.subject.title.key == "goals.scoped"
    both = one(goal(500, scope=(Filter("region", ("North", "South")),)))
    assert both.actual.value == 340
    assert both.subject.scope == ("North / South",)


@pytest.mark.parametrize(("target", "state"), [("200", "reached"), ("200.01", "missed")])
def test_a_period_that_has_passed_is_reached_or_missed(target, state):
    found = one(goal(target, period=OCTOBER))
    assert (found.over, found.state.value, found.actual.value) == (True, state, 200)
    assert (found.needed, found.pace.left) == (None, 0)
    assert found.gap == 200 - Decimal(target)


def test_a_period_still_waits_for_its_last_days_of_data_but_not_for_ever():
    rows = ROWS[:3]  # data end on Monday 2 November
    november = Period.through(date(2026, 11, 1), date(2026, 11, 30))
    waiting = one(goal(500, period=november), rows=rows, today=date(2026, 12, 7))
    assert (waiting.over, waiting.state) == (False, State.ON_PACE)
    late = one(goal(500, period=november), rows=rows, today=date(2026, 12, 8))
    assert (late.over, late.state) == (True, State.MISSED)


def test_a_weekend_at_the_end_is_not_waited_for():
    clock = Clock(date(2026, 11, 2), date(2026, 10, 30), WorkCalendar())
    assert clock.is_over(OCTOBER)  # the 31st is a Saturday
    assert not replace(clock, today=date(2026, 10, 31)).is_over(OCTOBER)


def test_a_period_to_come_has_not_started():
    found = one(goal(500, period=NEXT))
    assert (found.state, found.status, found.pace.done) == (State.NOT_STARTED, None, 0)


def test_a_period_without_working_days_is_counted_by_its_days():
    clock = Clock(TODAY, date(2026, 11, 14), WorkCalendar())
    weekend = Period.through(date(2026, 11, 14), date(2026, 11, 15))
    assert clock.pace(weekend) == Pace(2, 1)


def test_a_ratio_is_compared_as_it_is():
    # margin of the quarter so far: (340 - 220) / 340 = 0.3529
    good, near, bad = (one(goal(t, "margin")) for t in ("0.35", "0.39", "0.4"))
    assert good.actual.value == pytest.approx(120 / 340)
    assert (good.expected, good.needed) == (None, None)
    assert (good.state, near.state, bad.state) == (State.ON_PACE, State.AT_RISK, State.OFF_PACE)
    assert good.gap == pytest.approx(120 / 340 - 0.35)


def test_what_should_stay_low_may_have_used_up_no_more_than_its_pace():
    # cost so far: 150 + 50 + 20 = 220, after 34 of 66 working days
    good, near, bad = (one(goal(t, "cost")) for t in ("428", "427", "384"))
    assert (good.expected, good.actual.value) == (Decimal(428) * 34 / 66, 220)
    assert (good.state, near.state, bad.state) == (State.ON_PACE, State.AT_RISK, State.OFF_PACE)
    assert bad.told is not None
    assert (bad.told.key, good.told.key) == ("goals.gap.more", "goals.gap.less")
    assert (good.spare, good.needed) == (Decimal(428 - 220) / 32, None)
    assert one(goal(150, "cost", OCTOBER)).state is State.REACHED
    assert one(goal("149.99", "cost", OCTOBER)).state is State.MISSED


def test_different_orders_and_derived_sums_have_a_pace():
    orders, profit, average = (one(goal(10, name)) for name in ("orders", "gross_profit", "aov"))
    assert (orders.actual.value, orders.gap) == (3, 3 - Decimal(10) * 34 / 66)
    assert profit.expected is not None
    assert average.expected is None


def test_what_is_counted_is_told_in_whole_things():
    days, done = 66, 34  # working days of the quarter, those up to the edge
    behind, level = one(goal(9, "orders")), one(goal(6, "orders"))
    assert (behind.actual.value, behind.pace) == (3, Pace(days, done))
    assert float(behind.gap) == pytest.approx(3 - 9 * done / days)  # 1.64 behind: 2
    assert behind.told == Reason("goals.gap.behind", (("gap", Amount(2, Unit.COUNT)),))
    assert level.told == Reason("goals.gap.level", (("gap", Amount(0, Unit.COUNT)),))


def test_no_rows_in_days_with_data_are_a_zero_for_sums_only():
    rows = (sale("2026-09-30", 5, region="South"), *ROWS[1:2], ROWS[3])
    found = one(goal(100, scope=SOUTH), rows=rows)
    assert (found.actual.value, found.state) == (0, State.OFF_PACE)
    ratio = one(goal("0.4", "margin", scope=SOUTH), rows=rows)
    assert (ratio.actual.value, ratio.state) == (None, State.NO_DATA)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (goal(5, "gone"), "goals.reason.no_metric"),
        (goal(5, "extra"), "analysis.reason.broken"),
        (goal(5, scope=(Filter("region", ("East",)),)), "goals.reason.no_member"),
        (goal(5, scope=(Filter("x_shape", ("round",)),)), "goals.reason.no_member"),
    ],
)
def test_a_goal_whose_metric_or_member_is_gone_stays_with_the_reason(given, reason):
    found = one(given)
    assert (found.state, found.actual.value) == (State.NO_DATA, None)
    assert found.actual.reason is not None
    assert found.actual.reason.key == reason
    assert found.told == found.actual.reason


def test_of_several_members_none_may_be_gone():
    found = one(goal(500, scope=(Filter("region", ("East", "North")),)))
    assert found.actual.reason == Reason("goals.reason.no_member", (("member", "East"),))


def test_without_data_or_before_them_there_is_the_reason_too():
    assert one(goal(5), rows=()).actual.reason == Reason("goals.reason.empty")
    old = one(goal(5), rows=ROWS[:1])
    assert old.actual.reason == Reason("goals.reason.before_edge", (("edge", date(2026, 9, 30)),))


def test_the_riskiest_come_first_and_what_is_over_last():
    asked = [
        goal(300, number=1),  # reached
        goal(660, metric="sales", scope=NORTH, number=2),  # 240 of 340 expected: off pace
        goal(999, scope=SOUTH, number=3),  # 100 of 515 expected: off pace, further behind
        goal(600, period=OCTOBER, number=4),  # missed, over
        goal(5, period=NEXT, number=5),
        goal(5, "gone", number=6),
        goal("0.39", "margin", number=7),  # at risk
        goal(900, period=SEPTEMBER, number=8),  # reached, over before
    ]
    assert [p.goal.number for p in progress(*asked)] == [3, 2, 7, 6, 1, 5, 4, 8]


def test_imported_targets_are_goals_unless_one_was_set_by_hand():
    targets = (
        {"period_start": "2026-10-01", "period_end": "2026-12-31", "target": "700"},
        {"period_start": "2026-10-01", "metric": "orders", "target": "2", "region": "North"},
        {"period_start": "2026-10-01", "metric": "orders", "target": "3", "region": "North"},
        {"period_start": "2026-10-01", "target": "0"},
        {"period_start": "2026-11-01", "target": "9", "counts": False},
    )
    rows = [{"document": f"D{n}", **row} for n, row in enumerate(ROWS)]
    data = build(rows, targets=targets)
    found = goals.build(data, settings(), (), TODAY)
    kept = {(p.goal.terms.metric, p.goal.terms.target, p.goal.origin) for p in found}
    assert kept == {
        ("sales", Decimal(700), Origin.IMPORT),
        ("orders", Decimal(3), Origin.IMPORT),  # the newer row; a month without a last day
        ("sales", Decimal(0), Origin.IMPORT),
    }
    zero = next(p for p in found if not p.goal.terms.target)
    assert zero.told == Reason("goals.reason.not_positive")
    orders = next(p for p in found if p.subject.metric == "orders")
    assert (orders.goal.terms.period, orders.actual.value) == (OCTOBER, 1)
    assert orders.notes == (Reason("goals.note.stated", (("count", 2),)),)
    by_hand = goals.build(data, settings(), (goal(660),), TODAY)
    sales = [p.goal for p in by_hand if p.subject.metric == "sales" and p.goal.terms.target]
    assert [(g.number, g.terms.target) for g in sales] == [(1, Decimal(660))]


def test_an_imported_target_is_about_what_its_row_says():
    target = {"period_start": "2026-10-01", "target": "700", "person": "Ann"}
    people = [{"person": "Ann", "team": "North"}]
    data = build([sale("2026-10-05", 200, person="Ann")], targets=[target], people=people)
    found = goals.build(data, settings(), (), TODAY)[0]
    assert found.goal.terms.scope == (Filter("person", ("Ann",)),)  # not also her team of today
    assert found.actual.value == 200


def test_a_goal_at_a_cut_sees_the_rows_of_then():
    rows = [sale("2026-10-05", 200, document="A"), sale("2026-10-06", 50, document="B", event=2)]
    data = build(rows)
    now, then = (goals.build(data, settings(), (goal(660),), TODAY, cut)[0] for cut in (None, 1))
    assert (now.actual.value, then.actual.value) == (250, 200)


def test_a_unit_of_its_own_for_a_metric_that_is_gone():
    assert one(goal(5, "gone")).subject == Subject("gone", Unit.NUMBER)
