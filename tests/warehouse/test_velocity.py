"""Metrics over the months that end with a period, and those that need enough rows."""

from datetime import date, timedelta

import pytest

from salesdash.metrics import Figure
from salesdash.periods import Period
from tests.warehouse.build import build
from tests.warehouse.test_deals_metrics import deal, figures
from tests.warehouse.test_questions import bound

MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
OLD = deal("2025-03-01", "2025-03-31", "won", 9999)  # a day more than 12 months before April


def won(count: int) -> list[dict[str, object]]:
    """Deals of 100 that took 10 days each, one a day from 1 January."""
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(count)]
    return [deal(str(day), str(day + timedelta(days=10)), "won", 100) for day in days]


ROWS = [
    OLD, *won(20), *(deal("2026-01-01", "2026-02-01", "lost", None) for _ in range(5)),
    deal("2026-03-01", None, "open", 1), deal("2026-03-05", None, "open", 1),
]  # fmt: skip


def test_velocity_is_open_deals_by_amount_by_win_rate_over_the_cycle():
    found = figures(build(deals=ROWS), ("sales_velocity", "won_deals_year"), MARCH)
    # 2 open deals x 100 x 20 / 25 / 10 days = 16 a day; the deal won a year and a day ago is out
    assert found["won_deals_year"].value == 20
    assert found["sales_velocity"].value == pytest.approx(16)


def test_it_is_blank_under_20_won_deals():
    found = figures(build(deals=[*won(19), *ROWS[-2:]]), ("sales_velocity",), MARCH)
    facts = (("count", 19), ("least", 20), ("metric", "won_deals_year"))
    assert found["sales_velocity"] == Figure(None, "metrics.reason.too_few", facts)


def test_periods_that_look_back_do_not_add_up():
    store = build(deals=ROWS)
    assert not bound(store).is_additive("won_amount_year")
    assert bound(store).is_additive("won_amount")
