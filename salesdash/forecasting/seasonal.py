"""Seasonal adjustment: is there a season, how much does it lift or lower, what is left without it.

Classical decomposition by a centred moving average (Makridakis, Wheelwright, Hyndman 1998, section
3.4) after a test of the autocorrelation at the season's lag, as in Assimakopoulos and Nikolopoulos
(2000), "The theta model".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesdash.forecasting.arrays import Floats, Ints

FEWEST_SEASONS = 3
CRITICAL = 1.645
"""Autocorrelation beyond so many standard errors counts (90 %, two-sided)."""

SMALLEST_INDEX = 0.02
"""Dividing by less would blow noise up; such a season is subtracted."""


@dataclass(frozen=True)
class Adjusted:
    """A history without its season, as each origin sees it: one row an origin.

    `values`: (origins, time). `indices`: (origins, season), what a position in the season
    multiplies (where `multiplies`) or adds.
    """

    values: Floats
    indices: Floats
    multiplies: NDArray[np.bool_]

    def seasoned(self, paths: Floats, starts: Ints) -> Floats:
        """Paths (origins, steps) that begin at `starts`, with the season put back."""
        places = (starts[:, None] + np.arange(paths.shape[1])) % self.indices.shape[1]
        season = np.take_along_axis(self.indices, places, axis=1)
        return np.where(self.multiplies[:, None], paths * season, paths + season)


def adjust(values: Floats, starts: Ints, season: int) -> Adjusted:
    """The history without its season, judged at each origin by the values before it alone."""
    indices = np.zeros((len(starts), season))
    multiplies = np.zeros(len(starts), dtype=bool)
    for row, start in enumerate(starts):
        past = values[:start]
        if is_seasonal(past, season):
            multiplies[row], indices[row] = _indices(past, season)
    cycle = indices[:, np.arange(len(values)) % season]
    divided = values / np.where(multiplies[:, None], cycle, 1.0)
    return Adjusted(np.where(multiplies[:, None], divided, values - cycle), indices, multiplies)


def is_seasonal(values: Floats, season: int) -> bool:
    """Whether values one season apart move together more than chance allows.

    The standard error is Bartlett's: sqrt((1 + 2 (r_1^2 + ... + r_(season-1)^2)) / n).
    """
    count = len(values)
    if season == 1 or count < FEWEST_SEASONS * season:
        return False
    apart = values - values.mean()
    spread = apart @ apart
    if spread <= np.finfo(float).eps * count:
        return False
    lags = [apart[lag:] @ apart[: count - lag] / spread for lag in range(1, season + 1)]
    error = np.sqrt((1 + 2 * np.square(lags[:-1]).sum()) / count)
    return bool(abs(lags[-1]) > CRITICAL * error)


def _indices(values: Floats, season: int) -> tuple[bool, Floats]:
    """Whether the season multiplies, and its indices: of mean 1, or adding up to 0."""
    if values.min() > 0:
        found = _by_position(values, season, divide=True)
        found *= season / found.sum()
        if found.min() >= SMALLEST_INDEX:
            return True, found
    found = _by_position(values, season, divide=False)
    return False, found - found.mean()


def _by_position(values: Floats, season: int, *, divide: bool) -> Floats:
    """Mean ratio to (or difference from) the centred moving average, by position in the season."""
    weights = np.full(season + 1 - season % 2, 1 / season)
    if season % 2 == 0:
        weights[[0, -1]] /= 2
    average = np.convolve(values, weights, "valid")
    begin = (len(values) - len(average)) // 2
    middle = values[begin : begin + len(average)]
    parts = middle / average if divide else middle - average
    places = (begin + np.arange(len(average))) % season
    return np.bincount(places, parts, season) / np.bincount(places, minlength=season)
