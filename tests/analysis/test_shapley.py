"""Parts of a change, worked out by hand, and properties that make them the only fair ones."""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from salesdash.analysis.shapley import parts, rounded

NUMBER = st.fractions(-50, 50, max_denominator=20)


def product(then, now):
    """The worth of a product of factors."""
    return lambda changed: prod(
        (now[n] if n in changed else then[n] for n in range(len(then))), start=Fraction(1)
    )


def test_two_factors_share_what_they_made_together():
    # 4 x 5 = 20 -> 6 x 8 = 48: 2 more at 5 and at 8, 3 more at 4 and at 6
    assert parts(2, product([4, 5], [6, 8])) == (
        Fraction(2 * 5 + 2 * 8, 2),
        Fraction(3 * 4 + 3 * 6, 2),
    )


def test_what_did_not_change_has_no_part_even_beside_zero():
    assert parts(3, product([0, 7, 3], [5, 7, 3])) == (105, 0, 0)


@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=4))
def test_it_is_the_mean_over_all_orders_and_leaves_no_rest(pairs):
    then, now = zip(*pairs, strict=True)
    worth = product(then, now)
    found = parts(len(pairs), worth)
    assert sum(found) == worth(frozenset(range(len(pairs)))) - worth(frozenset())
    orders = list(permutations(range(len(pairs))))
    for cause in range(len(pairs)):
        added = [
            worth(frozenset(order[: order.index(cause) + 1]))
            - worth(frozenset(order[: order.index(cause)]))
            for order in orders
        ]
        assert found[cause] == sum(added, Fraction(0)) / len(orders)


@given(st.lists(NUMBER, min_size=1, max_size=6), st.integers(-3, 3))
def test_rounded_parts_sum_to_the_total_and_stay_near(exact, more):
    step = Decimal("0.01")
    total = Decimal(round(sum(exact) * 100) + more) / 100
    found = rounded(exact, total, step)
    assert sum(found) == total
    pairs = zip(found, exact, strict=True)
    assert all(abs(Fraction(part) - each) < Fraction(5, 100) for part, each in pairs)


def test_what_is_left_goes_to_the_largest_remainders():
    thirds = [Fraction(1, 3)] * 3
    assert rounded(thirds, Decimal(1), Decimal("0.01")) == (
        Decimal("0.34"),
        Decimal("0.33"),
        Decimal("0.33"),
    )
    assert rounded([Fraction(-1, 2), Fraction(3, 2)], Decimal(1), Decimal(1)) == (0, 1)
    assert rounded([], Decimal(0), Decimal(1)) == ()
