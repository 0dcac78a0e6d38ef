"""Who a goal is behind by: parts against each member's share of earlier days, exact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import frozen, goals, shortfall
from salesdash.analysis.asking import Question
from salesdash.analysis.progress import State
from salesdash.periods import Comparison, Period
from salesdash.selection import Filter, Selection
from salesdash.workspace import Goal, Terms
from tests.analysis.company import TODAY, sale, settings, warehouse

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
BEGIN = sale("2025-01-01", 1, region="South", channel="Web")
THEN = (("North", "Web", 60), ("South", "Web", 20), ("South", "Shop", 20))
NOW = (("North", "Web", 15), ("South", "Web", 21), ("South", "Shop", 24))


def rows(now=NOW, then=THEN):
    """Sales of the first five days of November: 100 a year before, 60 now."""
    return (
        BEGIN,
        *(sale("2025-11-05", a, region=r, channel=c) for r, c, a in then),
        sale("2025-11-25", 50, region="North", channel="Web"),
        *(sale("2026-11-05", a, region=r, channel=c) for r, c, a in now),
        sale("2026-11-17", 0, region="South", channel="Web"),
    )


def build(given, target=200, metric="sales", period=NOVEMBER, today=TODAY, **more):
    house, known = warehouse(given), more.pop("known", settings())
    goal = Goal(Terms(metric, period, Decimal(target), **more), 1, 1, "Ana")
    (progress,) = goals.build(house, known, (goal,), today)
    asked = Question(house, known, Selection(None), today)
    return progress, shortfall.build(asked, progress)


def test_parts_are_measured_by_the_shares_of_the_same_days_a_year_before():
    """12 of 21 working days: 114.2857 of 200 expected, 60 there. North had 60% of last year."""
    progress, found = build(rows())
    assert progress.state is State.OFF_PACE
    assert progress.expected is not None
    assert found is not None
    assert (found.dimension, found.selection.comparison) == ("region", Comparison.LAST_YEAR)
    (north,) = found.parts
    expected = (progress.expected * Decimal("0.6")).quantize(shortfall.STEP)
    assert north.member == "North"
    assert abs(Decimal(north.change) - (15 - expected)) <= shortfall.STEP
    assert north.share == pytest.approx(float(north.change) / float(progress.gap))
    assert found.gap == progress.gap


def test_all_parts_sum_to_the_gap_exactly():
    odd = tuple((f"R{n}", "Web", amount) for n, amount in enumerate((3, 7, 11, 13)))
    progress, found = build(rows(then=odd, now=(("R0", "Web", 1), *odd[1:])), target=1000)
    assert found is not None
    parts = shortfall._movers(  # the tail that is not told belongs to the sum
        Question(
            warehouse(rows(then=odd, now=(("R0", "Web", 1), *odd[1:]))),
            settings(),
            found.selection,
            TODAY,
            ("sales",),
        ),
        "sales",
        "region",
        (Decimal(progress.actual.value), progress.expected),
    )
    assert parts is not None
    assert sum(part.change for part in parts.parts) == progress.gap


def test_nobody_is_named_where_nobody_stands_out():
    many = tuple((f"R{n}", f"C{n}", 10) for n in range(10))
    few = tuple((region, channel, 5) for region, channel, _ in many)
    progress, found = build(rows(now=few, then=many))
    assert (progress.state, found) == (State.OFF_PACE, None)


def test_a_goal_on_pace_is_behind_nobody():
    progress, found = build(rows(), target=60)
    assert (progress.state, found) == (State.REACHED, None)


def test_where_a_year_before_has_no_data_the_days_before_count():
    given = (
        sale("2026-10-01", 80, region="North", channel="Web"),
        sale("2026-10-06", 20, region="South", channel="Web"),
        sale("2026-11-05", 10, region="North", channel="Web"),
        sale("2026-11-17", 20, region="South", channel="Web"),
    )
    _, found = build(given)
    assert found is not None
    assert found.selection.comparison is Comparison.PREVIOUS
    assert [part.member for part in found.parts] == ["North"]
    progress, none = build((sale("2026-11-05", 10, region="North"),))
    assert (progress.state, none) == (State.OFF_PACE, None)


def test_of_a_goal_that_was_missed_the_target_is_the_measure():
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    given = (
        BEGIN,
        sale("2025-10-05", 50, region="North", channel="Web"),
        sale("2025-10-06", 50, region="South", channel="Shop"),
        sale("2026-10-05", 10, region="North", channel="Web"),
        sale("2026-10-06", 50, region="South", channel="Web"),
        sale("2026-11-17", 5, region="South", channel="Web"),
    )
    progress, found = build(given, target=100, period=october)
    assert (progress.state, progress.gap) == (State.MISSED, Decimal(-40))
    assert found is not None
    assert [(p.member, p.change) for p in found.parts] == [("North", Decimal(-40))]


def test_within_a_scope_other_dimensions_are_looked_through():
    _, found = build(
        rows(now=(("South", "Shop", 1), ("South", "Web", 90))),
        scope=(Filter("region", ("South",)),),
    )
    assert found is not None
    assert (found.dimension, [part.member for part in found.parts]) == ("channel", ["Shop"])
    assert found.selection.filters == (Filter("region", ("South",)),)


def test_a_ratio_has_no_parts_and_large_dimensions_are_left_out():
    _, found = build(rows(), metric="aov", target=1000)
    assert found is None
    known = settings(movers=("region",))
    many = tuple((f"R{n}", "Web", 1) for n in range(shortfall.MANY + 1))
    _, found = build(rows(now=(("R0", "Web", 1),), then=many), known=known)
    assert found is None


def test_it_is_told_and_kept():
    _, found = build(rows())
    assert found is not None
    assert [told.key for told in found.told] == ["goals.shortfall.part"]
    assert frozen.loads(frozen.dumps(found)) == found
    assert replace(found, parts=()).told == ()
