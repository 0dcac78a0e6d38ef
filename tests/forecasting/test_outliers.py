"""Outliers: what is one, and what only looks like one."""

import numpy as np
import pytest

from salesdash.forecasting.history import history
from salesdash.forecasting.outliers import outliers

STEADY = np.array([100.0, 98, 103, 101, 99, 102, 97, 100] * 4)


def marked(values, season=12):
    return np.flatnonzero(outliers(np.asarray(values, float), season)).tolist()


def test_a_wild_value_is_one_and_becomes_a_gap():
    values = STEADY.copy()
    values[15] = 2000
    assert marked(values) == [15]
    found = history(values, 12)
    assert (found.outliers, found.filled, found.known[15]) == ((15,), (), False)
    assert found.values[15] * found.unit == pytest.approx(98.5)  # between 97 and 100
    assert found.unit == 2000


def test_also_downwards_and_of_losses():
    values = -STEADY
    values[10] = 900
    assert marked(values) == [10]


def test_three_times_as_much_is_none():
    values = STEADY.copy()
    values[15] = 300
    assert marked(values) == []


def test_a_peak_every_season_is_none():
    values = np.tile(STEADY, 2)
    values[[7, 19]] = 2000
    assert marked(values, 12) == []
    assert marked(values, 5) == [7, 19]


def test_the_newest_values_may_be_a_new_level():
    values = STEADY.copy()
    values[-2:] = 2000
    assert marked(values) == []
    values[16:] = 2000
    assert marked(values) == []


def test_where_values_jump_anyway_none_is_wild():
    jumping = np.exp(np.random.default_rng(1).normal(0, 1, 60))
    assert marked(jumping) == []


@pytest.mark.parametrize("values", [[], [5.0] * 6, [0.0] * 20, [7.0] * 20, [0.0] * 19 + [5]])
def test_nothing_to_compare_with(values):
    assert marked(values) == []
