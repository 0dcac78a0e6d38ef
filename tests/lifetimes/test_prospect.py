"""What customers are expected to bring, and the back-test, of customers whose truth is known."""

import numpy as np
import pytest

from salesdash import lifetimes
from salesdash.lifetimes import Frequency, Ledger, Models, Spend
from tests.lifetimes import simulated

END = simulated.DAYS - 1
MODELS = Models(Frequency(0.5, 8.0, 0.8, 4.0, 0, 1, 1), Spend(6.0, 4.0, 45.0, 0, 1, None))


@pytest.fixture(scope="module")
def rows():
    return simulated.rows(4_000)


@pytest.fixture(scope="module")
def ledger(rows):
    return made(*rows)


def made(customers, days, amounts):
    return Ledger.of(customers, days, np.ones(len(days), dtype=bool), amounts)


def prospect(ledger, months, rate):
    return lifetimes.prospect(MODELS, ledger, END, months, rate)


def test_sums_of_months_and_their_discount(ledger):
    """Without a rate the present value is the amount; 10 % a year over 12 months take about 5 %."""
    plain, dear = prospect(ledger, 12, 0.0), prospect(ledger, 12, 0.1)
    assert plain.present == pytest.approx(plain.amount)
    assert plain.amount == pytest.approx(plain.staying * plain.alive)
    assert dear.amount == pytest.approx(plain.amount)
    # more falls to the first months, as customers leave: a little above 1.1^-0.5
    assert 1.1**-0.5 < dear.present.sum() / dear.amount.sum() < 1.1**-0.5 + 0.004


def test_one_month_by_hand(ledger):
    found = prospect(ledger, 1, 0.21)
    known = ledger.purchases(END, 7.0)
    orders = MODELS.frequency.expected(known, np.array([365.25 / 12 / 7]))[:, 0]
    worth = MODELS.spend.expected(ledger.times, ledger.means)
    assert found.orders == pytest.approx(orders)
    assert found.present == pytest.approx(orders * worth * 1.21 ** (-0.5 / 12))


def test_longer_is_more_but_ever_less(ledger):
    one, two, three = (prospect(ledger, months, 0.1).amount.sum() for months in (12, 24, 36))
    assert one > two - one > three - two > 0


@pytest.fixture(scope="module")
def held(ledger):
    return lifetimes.holdout(ledger, END, 365)


def test_the_back_test_comes_true(rows, ledger, held):
    customers, days, amounts = rows
    known = np.isin(customers, customers[days <= held.split])
    after = known & (days > held.split)
    assert held.split == END - 273  # half of what there is
    assert held.customers == len(np.unique(customers[known]))
    expected, came = held.orders
    assert came == after.sum()
    assert held.amounts[1] == pytest.approx(amounts[after].sum())
    assert expected == pytest.approx(came, rel=0.08)
    assert held.amounts[0] == pytest.approx(held.amounts[1], rel=0.1)


def test_the_back_test_week_by_week(held):
    weeks, path, real = zip(*held.course, strict=True)
    assert weeks == tuple(range(1, 40))
    assert (path[-1], real[-1]) == (pytest.approx(held.orders[0]), held.orders[1])
    assert list(path) == sorted(path)


def test_the_back_test_knows_nothing_of_what_came(rows, held):
    """One enormous purchase instead of all that came: what was expected stays the same."""
    customers, days, amounts = (each[rows[1] <= held.split] for each in rows)
    place = np.count_nonzero(customers == 0)
    other = made(
        np.insert(customers, place, 0), np.insert(days, place, END), np.insert(amounts, place, 1e6)
    )
    again = lifetimes.holdout(other, END, 365)
    assert (again.orders, again.amounts) == (
        (held.orders[0], 1),
        (held.amounts[0], 1e6),
    )


def test_too_short_a_time_has_no_back_test():
    short = made(np.zeros(2, int), np.array([0, 20]), np.ones(2))
    assert lifetimes.holdout(short, 54, 365) is None
