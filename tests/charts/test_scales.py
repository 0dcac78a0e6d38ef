"""Ticks and distances."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.charts.scales import span, spread, ticks

NUMBERS = st.integers(-(10**13), 10**13).map(lambda number: number / 10_000)


@pytest.mark.parametrize(
    ("low", "high", "marks", "limits"),
    [
        (0, 8_000_000, (0, 2e6, 4e6, 6e6, 8e6), (0, 8e6)),
        (0, 7_900_000, (0, 2e6, 4e6, 6e6, 8e6), (0, 8e6)),
        (0, 6_400_000, (0, 2e6, 4e6, 6e6), (0, 6_784_000)),  # 8M would waste a fifth: 6 % air
        (-30, 100, (-50, 0, 50, 100), (-50, 100)),
        (0.31, 0.33, (0.31, 0.315, 0.32, 0.325, 0.33), (0.31, 0.33)),
        (0, 0, (0, 0.25, 0.5, 0.75, 1), (0, 1)),
        (5, 5, (0, 2, 4, 6), (0, 6)),
        (-5, -5, (-6, -4, -2, 0), (-6, 0)),
    ],
)
def test_ticks_are_round(low, high, marks, limits):
    found, ends = ticks(low, high)
    assert found == pytest.approx(marks)
    assert ends == pytest.approx(limits)


@given(NUMBERS, NUMBERS)
def test_limits_hold_all_and_ticks_lie_inside(one, other):
    low, high = min(one, other), max(one, other)
    marks, (bottom, top) = ticks(low, high)
    slack = 1e-9 * max(abs(low), abs(high), 1e-300)
    assert bottom - slack <= low <= high <= top + slack
    assert all(bottom - slack <= mark <= top + slack for mark in marks)
    assert 2 <= len(marks) <= 8


def test_span():
    assert span([3, None, 5], zero=False) == (3, 5)
    assert span([3, None, 5], zero=True) == (0, 5)
    assert span([-3, -5], zero=True) == (-5, 0)
    assert span([None], zero=False) == (0, 0)


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([], ()),
        ([10, 50], (10, 50)),  # room enough: nothing moves
        ([50, 51], (50, 60)),
        ([51, 50], (60, 50)),  # the order of values is kept
        ([99, 100], (90, 100)),  # pushed back from the top
        ([-5, 120], (0, 100)),  # held inside
        ([50] * 12, tuple(n * 100 / 11 for n in range(12))),  # too many: the gap shrinks
    ],
)
def test_labels_are_moved_apart(places, found):
    assert spread(places, 10, 0, 100) == pytest.approx(found)


@given(st.lists(st.floats(0, 100, allow_nan=False), min_size=2, max_size=8))
def test_neighbours_keep_their_distance(places):
    moved = sorted(spread(places, 10, 0, 100))
    assert all(b - a >= 10 - 1e-9 for a, b in pairwise(moved))
    assert moved[0] >= -1e-9
    assert moved[-1] <= 100 + 1e-9
