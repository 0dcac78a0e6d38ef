"""Last year's figures and targets for the same periods of this year, on 18 November 2026."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis.carrying import Carrier, Places, Source
from salesdash.errors import UsageError
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms
from tests.analysis.company import TODAY, sale, settings, warehouse

FISCAL = FiscalCalendar()
Q1, Q2, Q3, Q4 = FISCAL.units(Grain.QUARTER, FISCAL.unit(Grain.YEAR, date(2027, 1, 1)))
LAST = FISCAL.year_ago(Grain.QUARTER, Q1)
NORTH, SOUTH = ((Filter("region", (name,)),) for name in ("North", "South"))

ROWS = (
    sale("2026-01-02", 100, region="North", cost=40),
    sale("2026-02-02", 50, region="South", cost=30),
    sale("2026-03-02", 7),
    sale("2026-04-02", 80, region="North", cost=20),
    sale("2026-05-02", -9, region="South", cost=1),
    sale("2026-11-17", 500, region="North", cost=9),
)


def goal(target: str, period: Period = LAST, scope=(), metric: str = "sales", **more) -> Goal:
    return Goal(Terms(metric, period, Decimal(target), scope, **more), 1, 1)


def carry(places: Places, source: Source = Source.ACTUALS, percent: str = "10", goals=()):
    found = Carrier(warehouse(ROWS), settings(), TODAY, goals).carry(
        places, source, Decimal(percent)
    )
    told = [(p.scope, p.period, p.target) for p in found.parts]
    return told, found


def test_what_was_reached_and_so_much_more():
    told, found = carry(Places("sales", (Q1, Q2, Q4)))
    assert told == [((), Q1, Decimal("172.70")), ((), Q2, Decimal("78.10"))]
    assert found.parts[0].basis.value == 157
    assert found.parts[0].basis.period == LAST
    assert [n.key for n in found.notes] == ["split.note.runs"]  # the fourth quarter still runs


def test_by_member_nobody_and_what_fell_below_zero_make_no_target():
    told, _ = carry(Places("sales", (Q1, Q2), "region"))
    assert told == [(NORTH, Q1, 110), (NORTH, Q2, 88), (SOUTH, Q1, 55)]
    told, _ = carry(Places("sales", (Q1,), "region", ("South", "West")))
    assert told == [(SOUTH, Q1, 55)]


def test_a_ratio_is_the_ratio_of_then_not_a_sum():
    told, _ = carry(Places("margin", (Q1,), scope=NORTH), percent="5")
    assert told == [(NORTH, Q1, Decimal("0.63"))]  # (100 - 40) / 100, and 5 % of that


def test_targets_come_with_floor_stretch_and_owner():
    goals = [
        goal("200", floor=Decimal(100), stretch=Decimal(300)),
        goal("90", scope=NORTH, owner="Ana"),
        goal("5", metric="orders"),
        goal("8", scope=(Filter("region", ("North", "South")),)),
    ]
    told, found = carry(Places("sales", (Q1, Q2)), Source.TARGETS, "10", goals)
    assert told == [((), Q1, 220)]
    assert (found.parts[0].floor, found.parts[0].stretch) == (110, 330)
    told, found = carry(Places("sales", (Q1,), "region"), Source.TARGETS, "-10", goals)
    assert told == [(NORTH, Q1, 81)]
    assert found.parts[0].owner == "Ana"
    told, _ = carry(Places("sales", (Q1,), "region", ("North", "West")), Source.TARGETS, "0", goals)
    assert told == [(NORTH, Q1, 90)]


def test_of_what_there_is_not():
    with pytest.raises(UsageError):
        carry(Places("sales", (Q1,), "colour"))
    with pytest.raises(UsageError):
        carry(Places("nothing", (Q1,)))
