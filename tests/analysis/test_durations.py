"""Ranges, means and quantiles read off a count by days."""

import random
import statistics

import pytest

from salesdash.analysis import durations
from salesdash.analysis.durations import Length
from salesdash.warehouse.deals import Lasted


def test_four_deals():
    """1, 1, 4 and 10 days: mean 4, median between 1 and 4, nine of ten within 10."""
    found = [Lasted(1, 2, None), Lasted(4, 1, None), Lasted(10, 1, None)]
    assert durations.length(found) == Length(4, 4.0, 2.5, 10)
    assert durations.longer(found, 1) == 2


def test_nothing_lasts_no_time():
    assert durations.length([]) == Length(0)
    assert durations.ranges([]) == ()


def test_ranges_touch_without_overlap_and_leave_out_empty_ends():
    days = [8, 14, 15, 61, 90]
    found = durations.ranges([Lasted(day, 1, None) for day in days])
    assert [(r.low, r.high, r.deals) for r in found] == [
        (8, 14, 2),
        (15, 30, 1),
        (31, 60, 0),
        (61, 90, 2),
    ]


def test_the_outer_ranges_are_open():
    first, *_, last = durations.ranges([Lasted(-3, 1, None), Lasted(9999, 1, None)])
    assert (first.low, first.high, first.deals) == (None, 7, 1)
    assert (last.low, last.high, last.deals) == (366, None, 1)


@pytest.mark.parametrize("seed", range(5))
def test_against_the_statistics_of_the_language(seed):
    dice = random.Random(seed)
    days = sorted(dice.randint(0, 400) for _ in range(dice.randint(1, 300)))
    found = durations.length([Lasted(day, days.count(day), None) for day in sorted(set(days))])
    assert found.mean == pytest.approx(statistics.mean(days))
    assert found.median == statistics.median(days)
    within = sum(day <= (found.usual or 0) for day in days)
    before = sum(day < (found.usual or 0) for day in days)
    assert within / len(days) >= 0.9 > before / len(days)
