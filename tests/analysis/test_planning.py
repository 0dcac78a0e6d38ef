"""From wishes to goals, on Wednesday 18 November 2026, data to the 17th."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis.planning import (
    Plan,
    Wish,
    amount,
    following,
    occurrences,
    percent,
    period_from,
)
from salesdash.errors import UsageError
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Terms
from tests.analysis.company import EDGE, FISCAL, TODAY, sale, settings, warehouse

Q3 = Period.through(date(2026, 7, 1), date(2026, 9, 30))
Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
YEAR = Period.through(date(2026, 1, 1), date(2026, 12, 31))
NEXT = Period.through(date(2027, 1, 1), date(2027, 3, 31))

ROWS = (
    sale("2025-10-10", 100, region="North", cost=40),
    sale("2025-12-10", 50, region="South", cost=10),
    sale("2026-07-10", 301, region="North", cost=100),
    sale("2026-11-17", 7, region="North", cost=7),
)


def plan(wish: Wish) -> tuple[Terms, ...]:
    return Plan(warehouse(ROWS), settings(), TODAY).terms(wish)


def terms(metric: str = "sales", period: Period = Q4, target: str = "500", **more) -> Terms:
    return Terms(metric, period, Decimal(target), **more)


def relative(of: str, percents: str = "5", **more) -> Wish:
    return Wish(terms(target="0", **more), percent=Decimal(percents), of=of)


def refused(action, *arguments) -> str:
    with pytest.raises(UsageError) as error:
        action(*arguments)
    return error.value.key


def test_a_stated_target_stays_as_it_is():
    assert plan(Wish(terms())) == (terms(),)


@pytest.mark.parametrize(
    ("of", "target", "base"),
    [
        ("last-year", "157.50", "150"),  # 100 + 50, and 5 % on top
        ("previous", "316.05", "301"),
        ("2026-Q3", "316.05", "301"),
    ],
)
def test_a_relative_target_is_worked_out_when_it_is_set_and_keeps_its_basis(of, target, base):
    (found,) = plan(relative(of))
    assert found.target == Decimal(target)
    assert found.basis is not None
    assert (found.basis.of, found.basis.percent) == (of, 5)
    assert found.basis.value == Decimal(base)


def test_the_basis_is_of_the_same_scope():
    south = (Filter("region", ("South",)),)
    (found,) = plan(relative("last-year", scope=south))
    assert found.target == Decimal("52.5")


def test_whole_things_stay_whole_and_shares_have_four_places():
    (orders,) = plan(relative("last-year", "30", metric="orders"))
    assert orders.target == 3  # two orders, 2.6
    (margin,) = plan(relative("last-year", "-10", metric="margin"))
    assert margin.target == Decimal("0.6000")  # (150 - 50) / 150, a tenth less


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        (relative("previous", period=NEXT), "goal.base_runs"),
        (relative("2024-Q1"), "goal.base_empty"),
        (Wish(terms("nothing")), "metric.unknown"),
        (Wish(terms("extra")), "metric.broken"),
        (Wish(terms(scope=(Filter("colour", ("red",)),))), "dimension.unknown"),
        (Wish(terms(floor=Decimal(600))), "goal.bounds"),
        (Wish(terms("cost", stretch=Decimal(600))), "goal.bounds"),
        (
            Wish(terms(period=Period(date(2026, 1, 2), EDGE)), Grain.MONTH),
            "goal.not_whole",
        ),
    ],
)
def test_what_cannot_be_a_goal_is_refused(wish, key):
    assert refused(plan, wish) == key


def test_what_should_stay_low_has_its_stretch_below():
    bounds = {"floor": Decimal(600), "stretch": Decimal(400)}
    assert plan(Wish(terms("cost", **bounds))) == (terms("cost", **bounds),)


def test_a_year_is_cut_into_months_with_a_goal_each():
    found = plan(Wish(terms(period=YEAR, target="5"), Grain.MONTH))
    assert [t.period.start.month for t in found] == list(range(1, 13))
    assert {t.target for t in found} == {Decimal(5)}
    patterned = FiscalCalendar(pattern="4-4-5")
    months = occurrences(patterned.year(2026), Grain.MONTH, patterned)
    assert [m.days // 7 for m in months[:3]] == [4, 4, 5]


def test_last_periods_goals_are_copied_with_something_on_top():
    whole = Plan(warehouse(ROWS), settings(), TODAY)
    old = (
        terms(target="500", floor=Decimal(400), stretch=Decimal(600), series=1, owner="Chen"),
        terms("orders", target="9"),
        terms("gone", target="1"),
    )
    first, second, third = whole.copies(old, Decimal(10))
    assert first == terms(
        target="550", floor=Decimal(440), stretch=Decimal(660), owner="Chen", period=NEXT
    )
    assert second.target == 10  # 9.9
    assert third == replace(old[2], period=NEXT, target=Decimal("1.1"))


def test_the_period_after_a_period():
    assert following(Q3, FISCAL) == Q4
    days = Period.through(date(2026, 1, 5), date(2026, 1, 9))
    assert following(days, FISCAL) == Period.through(date(2026, 1, 10), date(2026, 1, 14))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026-Q4", Q4),
        ("2026Q4", Q4),
        ("quarter:2026Q4", Q4),
        ("qtd", Q4),
        ("2026", YEAR),
        ("2026-11", Period.through(date(2026, 11, 1), date(2026, 11, 30))),
        ("2026-W41", Period.through(date(2026, 10, 5), date(2026, 10, 11))),
        ("2026-10-01..2026-12-31", Q4),
        ("last:2", Period.through(date(2026, 11, 16), EDGE)),
    ],
)
def test_a_period_is_whole_however_it_is_written(text, period):
    assert period_from(text, EDGE, FISCAL) == period


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-12-31..2026-10-01", "goal.ends_first"),
        ("2026-13-01..2026-14-01", "period.unknown"),
        ("all", "period.unknown"),
        ("soon", "period.unknown"),
    ],
)
def test_what_is_no_period_is_refused(text, key):
    assert refused(period_from, text, EDGE, FISCAL) == key


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500000", "500000"),
        (" 500,000 ", "500000"),
        ("1 234 567.5", "1234567.5"),
        ("1.2M", "1200000"),
        ("50万", "500000"),
        ("0.5 亿", "50000000"),
        ("12k", "12000"),
        ("35%", "0.35"),
        ("-3", "-3"),
    ],
)
def test_a_target_as_people_type_it(text, value):
    assert amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1,5", "ten", "5 apples", "1e9", "nan", "--5"])
def test_what_is_no_number_is_refused(text):
    assert refused(amount, text) == "goal.number"


@pytest.mark.parametrize("text", ["5", "5%", "5 %", "5％"])
def test_so_many_per_cent(text):
    assert percent(text) == 5
