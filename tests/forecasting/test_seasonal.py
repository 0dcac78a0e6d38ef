"""Seasonal adjustment on rows one can work out by eye."""

import numpy as np
import pytest

from salesdash.forecasting.seasonal import adjust, is_seasonal

DOUBLE_WINTER = np.array([20.0, 10, 10, 10] * 4)  # the first quarter is 1.6 of the mean of 12.5
NOW = np.array([16])


def test_the_season_of_a_level_series_is_its_share_of_the_mean():
    seen = adjust(DOUBLE_WINTER, NOW, 4)
    assert seen.multiplies.tolist() == [True]
    assert seen.indices[0] == pytest.approx([1.6, 0.8, 0.8, 0.8])
    assert seen.values[0] == pytest.approx(np.full(16, 12.5))


def test_with_zero_or_less_a_season_adds():
    seen = adjust(DOUBLE_WINTER - 12, NOW, 4)
    assert seen.multiplies.tolist() == [False]
    assert seen.indices[0] == pytest.approx([7.5, -2.5, -2.5, -2.5])
    assert seen.values[0] == pytest.approx(np.full(16, 0.5))


def test_a_season_that_all_but_vanishes_adds_too():
    seen = adjust(np.array([1e-9, 1, 1, 1] * 4), NOW, 4)
    assert not seen.multiplies.any()
    assert seen.values[0] == pytest.approx(np.full(16, 0.75))


def test_an_odd_season_needs_no_halves():
    seen = adjust(np.array([3.0, 1, 2] * 4), np.array([12]), 3)
    assert seen.indices[0] == pytest.approx([1.5, 0.5, 1])


def test_a_path_gets_its_season_back_where_it_begins():
    seen = adjust(DOUBLE_WINTER[:15], np.array([15]), 4)
    path = seen.seasoned(np.full((1, 3), 10.0), np.array([15]))
    assert path[0] == pytest.approx(10 * seen.indices[0, [3, 0, 1]])


@pytest.mark.parametrize(
    ("values", "season", "found"),
    [
        (DOUBLE_WINTER, 4, True),
        (DOUBLE_WINTER[:11], 4, False),  # three seasons are needed
        (DOUBLE_WINTER, 1, False),
        (np.full(24, 7.0), 4, False),
        (np.arange(24.0), 4, False),  # a trend alone is no season
    ],
)
def test_what_counts_as_a_season(values, season, found):
    assert is_seasonal(values, season) is found


def test_the_test_is_bartletts():
    values = np.array([5.0, 3, 4, 9, 5, 3, 4, 9, 5, 3, 4, 8])
    apart = values - values.mean()
    r = [sum(apart[k:] * apart[: 12 - k]) / sum(apart**2) for k in (1, 2, 3, 4)]
    error = ((1 + 2 * (r[0] ** 2 + r[1] ** 2 + r[2] ** 2)) / 12) ** 0.5
    assert r[3] > 1.645 * error
    assert is_seasonal(values, 4)


def test_each_origin_knows_its_own_past_only():
    values = np.concatenate([DOUBLE_WINTER, np.array([99.0, -5, 3, 4])])
    early, late = adjust(values, np.array([16, 20]), 4).indices
    assert early == pytest.approx([1.6, 0.8, 0.8, 0.8])
    assert late.tolist() != early.tolist()
