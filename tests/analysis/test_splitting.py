"""Splits add up to the cent, whatever is split."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.analysis.splitting import completed, crossed, pattern, split

CENT, ONE = Decimal("0.01"), Decimal(1)
TOTALS = st.decimals(0, 10**9, places=2, allow_nan=False)
WEIGHTS = st.lists(st.fractions(0, 10**6), min_size=1, max_size=40).filter(any)


def weights(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


def test_a_hundred_by_thirds_is_a_hundred():
    assert split(Decimal(100), weights(1, 1, 1), CENT) == (
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    )


def test_the_largest_remainders_get_what_is_left():
    # 10 by 5 : 3 : 1 is 5.56, 3.33, 1.11; the one left over goes to the .56
    assert split(Decimal(10), weights(5, 3, 1), ONE) == (6, 3, 1)


def test_what_is_less_than_a_step_goes_to_the_largest():
    assert split(Decimal("10.5"), weights(1, 3), ONE) == (3, Decimal("7.5"))  # 2.5, 7.5: the first


@pytest.mark.parametrize(
    ("total", "given_weights"), [("-1", [1]), ("1", []), ("1", [0, 0]), ("1", [2, -1])]
)
def test_what_cannot_be_split(total, given_weights):
    with pytest.raises(ValueError, match="zero or more"):
        split(Decimal(total), weights(*given_weights), CENT)


@given(TOTALS, WEIGHTS, st.sampled_from([CENT, ONE, Decimal("0.0001")]))
def test_parts_add_up_and_stay_within_a_step_of_their_share(total, some, step):
    parts = split(total, some, step)
    assert sum(parts) == total
    assert all(part >= 0 for part in parts)
    whole = sum(some)
    largest = max(parts)
    for part, weight in zip(parts, some, strict=True):
        share = Fraction(total) * weight / whole
        slack = Fraction(step) * (2 if part == largest else 1)
        assert abs(Fraction(part) - share) < slack
        assert weight or part in (0, largest)


@given(TOTALS, WEIGHTS)
def test_a_larger_weight_never_gets_less(total, some):
    parts = split(total, sorted(some, reverse=True), CENT)
    assert list(parts) == sorted(parts, reverse=True)


@given(TOTALS, WEIGHTS)
def test_the_same_is_split_the_same_whatever_the_scale_of_the_weights(total, some):
    assert split(total, some, CENT) == split(total, [weight * 7 for weight in some], CENT)


def test_a_pattern_is_the_mean_share_not_the_share_of_the_sum():
    # 25 % and 75 %, then 50 % and 50 % in a year twice as large: 37.5 % and 62.5 %
    found = pattern([[Decimal(1), Decimal(3)], [Decimal(4), Decimal(4)]])
    assert found == (Fraction(3, 8), Fraction(5, 8))


def test_years_without_anything_tell_nothing():
    assert pattern([[Decimal(0), Decimal(-5)]]) == ()
    assert pattern([[Decimal(0), Decimal(0)], [Decimal(-3), Decimal(2)]]) == (0, 1)


def test_those_without_history_get_their_share_and_the_others_the_rest():
    # two without history get 10 % each; 3 : 1 of the other 80 %
    found = completed(weights(3, 0, 1, 0), Fraction(1, 10))
    assert found == (Fraction(3, 5), Fraction(1, 10), Fraction(1, 5), Fraction(1, 10))
    assert completed(weights(3, 0, 1), Fraction(0)) == (Fraction(3, 4), 0, Fraction(1, 4))


@pytest.mark.parametrize(("some", "share"), [([0], "0"), ([1, 0, 0], "1/2"), ([1, 0], "-1/9")])
def test_something_must_be_left_for_the_others(some, share):
    with pytest.raises(ValueError, match="left"):
        completed(weights(*some), Fraction(share))


def test_pairs():
    assert crossed(weights(1, 2), weights(3, 4)) == (3, 4, 6, 8)
