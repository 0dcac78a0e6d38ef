"""The models: each forecasts from many origins at once, from the values before each alone.

A model takes a `Past` and a horizon and gives paths (origins, steps); NaN where an origin knows too
little for it. Parameters are chosen per origin by the least squared error of one-step forecasts,
on a grid whose points are all run together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from salesdash.forecasting.arrays import Floats, Ints
from salesdash.forecasting.seasonal import Adjusted
from salesdash.forecasting.smoothing import damped, exponential, seasonally_damped


@dataclass(frozen=True)
class Past:
    """A history, the origins to forecast from, the season, and the history without its season."""

    values: Floats
    origins: Ints
    season: int
    adjusted: Adjusted


Model = Callable[[Past, int], Floats]

HALF_LIFE_SEASONS, HALF_LIFE_VALUES = 2, 24
"""A value this old counts half in the trend: two seasons, at least 24 values."""


def seasonal_naive(past: Past, horizon: int) -> Floats:
    """The value one season before; with less than a season known, the newest value.

    Hyndman and Athanasopoulos, "Forecasting: principles and practice", 3rd ed., section 5.2.
    """
    steps = np.arange(horizon)
    paths = np.empty((len(past.origins), horizon))
    for row, origin in enumerate(past.origins):
        season = past.season if origin >= past.season else 1
        paths[row] = past.values[origin - season + steps % season]
    return paths


def theta(past: Past, horizon: int) -> Floats:
    """Theta: halfway between a straight line and simple exponential smoothing of twice the bends.

    Assimakopoulos and Nikolopoulos (2000), International Journal of Forecasting 16: the theta line
    0 is the linear trend a + b t, the theta line 2 is 2 x - (a + b t).
    """
    rows, origins = past.adjusted.values, past.origins
    slope, level = np.empty(len(origins)), np.empty(len(origins))
    for row, origin in enumerate(origins):
        slope[row], level[row] = line(rows[row, :origin], np.ones(origin))
    times = np.arange(rows.shape[1])
    bent = 2 * rows - (level[:, None] + slope[:, None] * times)
    ahead = origins[:, None] + np.arange(horizon)
    straight = level[:, None] + slope[:, None] * ahead
    paths = (exponential(bent, origins)[:, None] + straight) / 2
    return past.adjusted.seasoned(paths, origins)


def damped_trend(past: Past, horizon: int) -> Floats:
    """Level and damped trend, smoothed exponentially on seasonally adjusted values.

    Gardner and McKenzie (1985), Management Science 31; "Dampen" of the M3 competition.
    """
    paths = damped(past.adjusted.values, past.origins, horizon)
    return past.adjusted.seasoned(paths, past.origins)


def holt_winters(past: Past, horizon: int) -> Floats:
    """Damped Holt-Winters: level, damped trend and a season that adds or multiplies, all smoothed.

    Hyndman and Athanasopoulos, section 8.3. Needs a season and two of them.
    """
    paths = np.full((len(past.origins), horizon), np.nan)
    ripe = past.origins > 2 * past.season
    if past.season > 1 and ripe.any():
        paths[ripe] = seasonally_damped(past.values, past.origins[ripe], past.season, horizon)
    return paths


def trend_season(past: Past, horizon: int) -> Floats:
    """Trend x season: a straight line through seasonally adjusted values, times the season.

    Discounted least squares (Brown 1963, "Smoothing, forecasting and prediction", chapter 11):
    older values count less.
    """
    half_life = max(HALF_LIFE_SEASONS * past.season, HALF_LIFE_VALUES)
    paths = np.empty((len(past.origins), horizon))
    for row, origin in enumerate(past.origins):
        weights = 0.5 ** (np.arange(origin - 1, -1, -1) / half_life)
        slope, level = line(past.adjusted.values[row, :origin], weights)
        paths[row] = level + slope * (origin + np.arange(horizon))
    return past.adjusted.seasoned(paths, past.origins)


def line(values: Floats, weights: Floats) -> tuple[float, float]:
    """Slope and value at time 0 of the straight line through values by weighted least squares."""
    times = np.arange(len(values))
    share = weights / weights.sum()
    middle, mean = share @ times, share @ values
    apart = times - middle
    slope = (share * apart) @ (values - mean) / ((share * apart) @ apart)
    return float(slope), float(mean - slope * middle)


REFERENCE = "seasonal_naive"
"""What the errors of the others are measured against."""

MODELS: Mapping[str, Model] = {
    REFERENCE: seasonal_naive,
    "theta": theta,
    "damped_trend": damped_trend,
    "holt_winters": holt_winters,
    "trend_season": trend_season,
}
