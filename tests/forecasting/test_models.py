"""The models: hand-made rows, plain loops beside the vectors, and no look ahead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.forecasting.models import MODELS, Past, line, seasonal_naive, theta, trend_season
from salesdash.forecasting.seasonal import adjust
from salesdash.forecasting.smoothing import (
    DAMPED,
    SEASONAL,
    WEIGHTS,
    damped,
    exponential,
    seasonally_damped,
)
from tests.forecasting.plain import damped_path, holt_winters_path, theta_path

WAVY = np.array([10.0, 14, 8, 12, 15, 21, 11, 17, 17, 25, 14, 22, 21, 30, 16, 25, 24, 35, 19, 29])
NOISE = np.random.default_rng(5).normal(20, 4, 20).round(1)


def past(values, origins, season=1):
    values, origins = np.asarray(values, float), np.array(origins)
    return Past(values, origins, season, adjust(values, origins, season))


def test_seasonal_naive_repeats_the_last_season():
    assert seasonal_naive(past([1, 2, 3, 4, 5, 6], [6], 3), 5).tolist() == [[4, 5, 6, 4, 5]]


def test_with_less_than_a_season_the_newest_value_stays():
    assert seasonal_naive(past([1, 2, 3], [2, 3], 4), 2).tolist() == [[2, 2], [3, 3]]


def test_the_line_by_hand():
    assert line(np.array([1.0, 3, 5]), np.ones(3)) == pytest.approx((2, 1))
    # weights 0, 1, 1: the line through the last two alone
    assert line(np.array([9.0, 3, 5]), np.array([0.0, 1, 1])) == pytest.approx((2, 1))


def test_a_straight_line_goes_on():
    values = np.arange(10.0, 22)
    assert trend_season(past(values, [12]), 3)[0] == pytest.approx([22, 23, 24])


def test_trend_times_season():
    """A level of 10, 11, 12 ... times 2, 1, 0.5, 0.5: the season is found and put back."""
    values = np.array([(10 + t) * (2, 1, 0.5, 0.5)[t % 4] for t in range(40)])
    found = trend_season(past(values, [40], 4), 4)[0]
    assert found == pytest.approx([50 * 2, 51, 52 / 2, 53 / 2], rel=0.02)


def test_theta_of_a_line_lags_half_its_slope_behind():
    """Smoothing a line of slope 1 with a = 0.99 stays (1 - a) / a below it; theta takes half."""
    found = theta(past(np.arange(60.0), [60]), 2)[0]
    level = 59 - 0.01 / 0.99
    assert found == pytest.approx([(level + 60) / 2, (level + 61) / 2])


@pytest.mark.parametrize("values", [WAVY, NOISE, WAVY - 18])
def test_theta_in_plain_loops(values):
    found = theta(past(values, [12, 20]), 6)
    assert found[0] == pytest.approx(theta_path(values[:12].tolist(), 6, WEIGHTS))
    assert found[1] == pytest.approx(theta_path(values.tolist(), 6, WEIGHTS))


def test_theta_divides_the_season_away_first():
    seen = past(WAVY, [20], 4)
    assert seen.adjusted.multiplies.all()
    plain = theta_path(seen.adjusted.values[0].tolist(), 4, WEIGHTS)
    assert theta(seen, 4)[0] == pytest.approx(np.array(plain) * seen.adjusted.indices[0])


@pytest.mark.parametrize("values", [WAVY, NOISE, WAVY - 18])
def test_damped_trend_in_plain_loops(values):
    candidates = list(zip(DAMPED.level, DAMPED.trend, DAMPED.damping, strict=True))
    found = damped(np.stack([values, values]), np.array([11, 20]), 6)
    assert found[0] == pytest.approx(damped_path(values[:11].tolist(), 6, candidates))
    assert found[1] == pytest.approx(damped_path(values.tolist(), 6, candidates))


@pytest.mark.parametrize(("values", "kinds"), [(WAVY, (0, 1)), (NOISE, (0, 1)), (WAVY - 18, (0,))])
def test_holt_winters_in_plain_loops(values, kinds):
    grid = SEASONAL
    rows = zip(grid.level, grid.trend, grid.damping, grid.season, grid.multiplies, strict=True)
    candidates = [row for row in rows if row[4] in kinds]
    found = seasonally_damped(values, np.array([13, 20]), 4, 6)
    assert found[0] == pytest.approx(holt_winters_path(values[:13].tolist(), 4, 6, candidates))
    assert found[1] == pytest.approx(holt_winters_path(values.tolist(), 4, 6, candidates))


def test_a_season_that_grows_with_the_level_multiplies():
    values = np.array([(100 + 5 * t) * (1.5, 1, 0.5, 1)[t % 4] for t in range(40)])
    found = seasonally_damped(values, np.array([40]), 4, 4)[0]
    assert found == pytest.approx([300 * 1.5, 305, 310 / 2, 315], rel=0.05)


def test_holt_winters_waits_for_two_seasons():
    paths = MODELS["holt_winters"](past(WAVY, [8, 9, 20], 4), 3)
    assert np.isnan(paths[0]).all()
    assert np.isfinite(paths[1:]).all()
    assert np.isnan(MODELS["holt_winters"](past(WAVY, [20], 1), 3)).all()


def test_exponential_smoothing_by_hand():
    """10, 20, 20: with 0.99 the level is 19.9, then 19.999; less weight errs more."""
    found = exponential(np.array([[10.0, 20, 20]]), np.array([3]))
    assert found == pytest.approx([19.9 + 0.99 * 0.1])


numbers = st.lists(st.floats(-1, 1).map(lambda v: round(v, 6)), min_size=24, max_size=40)


@pytest.mark.parametrize("name", MODELS)
@given(values=numbers, later=st.floats(-1, 1), season=st.sampled_from([1, 3, 4]))
def test_no_model_looks_ahead(name, values, later, season):
    """What an origin says does not change with what came after it."""
    changed = [*values[:20], *(later for _ in values[20:])]
    origins = [14, 20, len(values)]
    first = MODELS[name](past(values, origins, season), 5)
    second = MODELS[name](past(changed, origins, season), 5)
    assert np.array_equal(first[:2], second[:2], equal_nan=True)
