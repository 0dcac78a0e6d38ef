"""Share, rank, Pareto: few numbers, worked out by eye."""

from decimal import Decimal

import pytest

from salesdash.analysis import standing
from salesdash.analysis.standing import Pareto


def test_a_share_needs_a_positive_whole():
    assert standing.share(Decimal(3), Decimal(12)) == 0.25
    assert standing.share(Decimal(-3), Decimal(12)) == -0.25
    for value, whole in ((3, 0), (3, -12), (None, 12), (3, None)):
        assert standing.share(value, whole) is None


def test_equal_figures_share_the_better_place_and_blanks_have_none():
    found = standing.ranks({"a": 5, "b": 9, "c": 5, "d": None, "e": -1})
    assert found == {"b": 1, "a": 2, "c": 2, "e": 4}


def test_cumulative_shares_follow_the_size_not_the_order_given():
    """50 of 100, then 30, then 20; the return of −0 adds nothing."""
    assert standing.cumulative([20, 50, None, 30], 100) == (1.0, 0.5, None, 0.8)
    assert standing.cumulative([1, 2], None) == (None, None)


def test_few_members_make_most_of_it():
    assert standing.pareto([20, 50, None, 30], 100) == Pareto(2, 3)
    assert standing.pareto([Decimal("0.1")] * 10, Decimal(1)) == Pareto(8, 10)
    assert standing.pareto([5, -5], 0) is None
    assert standing.pareto([], None) is None


def test_returns_may_make_the_largest_more_than_the_whole():
    """120 − 20 = 100: the first alone has 120 %."""
    assert standing.cumulative([120, -20], 100) == (1.2, 1.0)
    assert standing.pareto([120, -20], 100) == Pareto(1, 2)


@pytest.mark.parametrize(("count", "part"), [(1, 0.5), (2, 0.8), (9, 1.0), (0, 0.0)])
def test_the_share_of_the_largest(count, part):
    assert standing.top([20, 50, None, 30], count, 100) == part
