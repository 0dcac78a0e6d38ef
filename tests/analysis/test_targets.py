"""Targets beside a trend: only where the periods shown are the goal's own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import targets, trend
from salesdash.analysis.answers import Target
from salesdash.analysis.asking import Choice
from salesdash.periods import Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Terms
from tests.analysis.company import FISCAL, TODAY, sale, selection, settings, warehouse

ROWS = tuple(sale(f"2026-{m:02}-05", 100, region="North") for m in range(1, 12))
OCTOBER = Period.through(date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = Period.through(date(2026, 11, 1), date(2026, 11, 30))
Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
NORTH = (Filter("region", ("North",)),)


def goal(period: Period, target: int = 120, metric: str = "sales", scope=()) -> Terms:
    return Terms(metric, period, Decimal(target), scope)


GOALS = (
    goal(OCTOBER, 110),
    goal(NOVEMBER),
    goal(Q4, 400),
    goal(OCTOBER, 9, "orders"),
    goal(OCTOBER, 70, scope=NORTH),
)


def shown(choice: Choice, grain: Grain = Grain.YEAR, filters=()) -> tuple[Target, ...]:
    asked = replace(selection(grain), filters=filters)
    answer = trend.build(warehouse(ROWS), settings(), asked, TODAY, choice)
    return targets.beside(answer, GOALS, filters, FISCAL).targets


def test_months_show_the_goals_of_months_and_the_running_one_its_whole_target():
    assert shown(Choice("sales", Grain.MONTH)) == (
        Target(OCTOBER, Decimal(110)),
        Target(NOVEMBER, Decimal(120)),
    )


def test_quarters_show_the_goals_of_quarters_and_weeks_none():
    assert shown(Choice("sales", Grain.QUARTER)) == (Target(Q4, Decimal(400)),)
    assert shown(Choice("sales", Grain.WEEK)) == ()


def test_another_metric_and_a_scope_have_their_own():
    assert shown(Choice("orders", Grain.MONTH)) == (Target(OCTOBER, Decimal(9)),)
    assert shown(Choice("sales", Grain.MONTH), filters=NORTH) == (Target(OCTOBER, Decimal(70)),)


@pytest.mark.parametrize(
    ("grain", "found"), [(Grain.QUARTER, (Target(Q4, Decimal(400)),)), (Grain.YEAR, ())]
)
def test_running_totals_show_the_target_of_the_whole_window(grain, found):
    assert shown(Choice("sales", Grain.WEEK, cumulative=True), grain) == found


def test_a_breakdown_has_no_target():
    assert shown(Choice("sales", Grain.MONTH, by="region")) == ()
