"""Where a bridge may start: at the goal of exactly these figures, or at its pace while it runs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import goals
from salesdash.analysis.starting import Start, promised
from salesdash.periods import Grain, Period, between
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms
from tests.analysis.company import FISCAL, TODAY, sale, selection, settings, warehouse

NOVEMBER, OCTOBER = (Period(date(2026, n, 1), date(2026, n + 1, 1)) for n in (11, 10))
ROWS = (sale("2026-10-05", 60, region="North"), sale("2026-11-17", 40, region="North"))


def goal(period, *scope, target=2100) -> Goal:
    return Goal(Terms("sales", period, Decimal(target), tuple(scope)), 1)


def start(chosen, *made) -> Start | None:
    found = goals.build(warehouse(ROWS), settings(), made, TODAY)
    return promised(found, "sales", chosen)


def test_a_running_period_starts_at_its_pace():
    """1 to 17 November are 12 of 21 working days: 1,200 of 2,100."""
    assert start(selection(), goal(NOVEMBER)) == Start(Decimal("1200.00"), paced=True)


def test_a_period_that_is_over_starts_at_its_target():
    october = replace(selection(), window=between(OCTOBER.start, OCTOBER.last_day, FISCAL))
    assert start(october, goal(OCTOBER)) == Start(Decimal(2100), paced=False)


def test_the_scope_of_the_goal_is_that_of_the_filters():
    north = Filter("region", ("North",))
    within = selection().where("region", "North")
    assert start(within, goal(NOVEMBER, north)) is not None
    assert start(within, goal(NOVEMBER)) is None
    assert start(selection(), goal(NOVEMBER, north)) is None


@pytest.mark.parametrize("chosen", [selection(Grain.QUARTER), replace(selection(), window=None)])
def test_other_days_have_no_goal(chosen):
    assert start(chosen, goal(NOVEMBER)) is None
