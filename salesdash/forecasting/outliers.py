"""Outliers: single values so far off their neighbours that they say nothing of what comes next."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from salesdash.forecasting.arrays import Floats

SIDE = 3
"""Neighbours on either side; a value with fewer may be the first of a new level."""

FAR, ALSO_FAR = 8.0, 4.0
"""Robust standard deviations: how far an outlier is, and one a season away that excuses it."""

LEAST = 1.2
"""No outlier is nearer, however steady its neighbours are: about four times as much as they."""

MOST = 0.05
"""With a larger share of them such values belong to the series."""

MAD = 1.4826
"""A normal standard deviation by the median absolute deviation (Hampel 1974)."""


def outliers(values: Floats, season: int) -> NDArray[np.bool_]:
    """Which values are outliers, by their distance from the running median of seven.

    Distances are taken of asinh(value / median size), which is like a logarithm for large values
    of either sign. A peak that comes every season is none.
    """
    none = np.zeros(len(values), dtype=bool)
    sizes = np.abs(values[values != 0])
    if len(values) <= 2 * SIDE or not len(sizes):
        return none
    bent = np.arcsinh(values / np.median(sizes))
    padded = np.pad(bent, SIDE, mode="reflect")
    apart = bent - np.median(sliding_window_view(padded, 2 * SIDE + 1), axis=1)
    deviation = MAD * float(np.median(np.abs(apart)))
    far = np.abs(apart) > max(FAR * deviation, LEAST)
    far[:SIDE] = far[-SIDE:] = False
    far &= ~_excused(apart, ALSO_FAR * deviation, season)
    return far if deviation > 0 and far.mean() <= MOST else none


def _excused(apart: Floats, distance: float, season: int) -> NDArray[np.bool_]:
    """Whether the value a season before or after is far to the same side."""
    found = np.zeros(len(apart), dtype=bool)
    if 1 < season < len(apart):
        side = np.where(np.abs(apart) > distance, np.sign(apart), 0.0)
        same = (side[season:] == side[:-season]) & (side[season:] != 0)
        found[season:] |= same
        found[:-season] |= same
    return found
