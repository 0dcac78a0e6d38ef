"""Days and amounts become what models need, by rows one can count."""

import numpy as np

from salesdash.lifetimes import Ledger

ROWS = (
    # customer, day, bought, amount
    (0, 0, True, 100),
    (0, 7, True, 30),
    (0, 21, True, 50),
    (0, 24, False, -20),  # a credit note: no purchase, but worth less
    (1, 3, True, 40),
    (2, 5, False, -9),  # never bought
    (3, 10, False, -5),  # returned what was bought before the data begin
    (3, 12, True, 60),
    (3, 19, True, 0),  # for free: still there
)


def ledger(rows=ROWS):
    customers, days, bought, amounts = (np.array(column) for column in zip(*rows, strict=True))
    return Ledger.of(customers, days, bought, amounts.astype(float))


def test_how_often_how_lately_and_for_how_much():
    found = ledger()
    known = found.purchases(28, 7.0)
    assert found.customers == 3
    assert known.times.tolist() == [2, 0, 1]
    assert known.recency.tolist() == [3, 0, 1]
    assert known.age.tolist() == [4, 25 / 7, 16 / 7]
    assert found.means.tolist() == [(30 + 50 - 20) / 2, 0, 0]
    assert (known.customers, known.returning) == (3, 2)


def test_what_was_known_earlier():
    then = ledger().until(18)
    assert then.purchases(18, 1.0).times.tolist() == [1, 0, 0]
    assert then.means.tolist() == [30, 0, 0]
    assert ledger().until(2).customers == 1
    assert ledger().until(-1).customers == 0
    assert ledger().known_at(5).tolist() == [True, True, False]


def test_what_came_within_days_of_some():
    some = np.array([True, False, True])
    assert ledger().within(8, 24, some) == (3, 50 - 20 - 5 + 60)


def test_equal_histories_are_one_row():
    rows = [(n, day, True, 10 + n) for n in range(4) for day in (0, 7 + n // 3)]
    known = ledger(rows).purchases(14, 7.0).grouped()
    assert known.count.tolist() == [3, 1]
    assert known.customers == 4
    assert known.recency.tolist() == [1, 8 / 7]


def test_nobody():
    nobody = Ledger.of(*(np.array([], dtype=kind) for kind in (int, int, bool, float)))
    assert (nobody.customers, len(nobody.days)) == (0, 0)
