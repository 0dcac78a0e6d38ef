"""Unusual values: so far from what neighbours and other seasons let expect that one should ask why.

The level of a value is a line through its neighbours (repeated medians, Siegel 1982), its season
the median of what the same place in other cycles has above their levels; both without the value
itself, so that no value excuses itself, and both by medians, so that others as odd do not either.
Distances are taken of asinh(value / size), which is like a logarithm for large values of either
sign, unless differences are what counts, as between shares; their spread is 1.4826 times the
median absolute distance (Hampel 1974).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesdash.forecasting.arrays import Floats, Ints
from salesdash.forecasting.outliers import MAD

FAR = 3.0
"""So many robust standard deviations are unusual; 3 in 1,000 normal values are as far."""

USUAL = 2.0
"""What is usual reaches so far: 95 of 100."""

LEAST = 0.1
"""Nothing nearer than a tenth is worth a word, however steady the values are."""

FEWEST = 12
"""With fewer values nothing is unusual."""

CYCLES = 2
"""A season needs the same place in so many other cycles to be known; with fewer all is silent."""

NEIGHBOURS = 12
"""The level of a value is known by so many around it, at the ends by so many beside it."""

ROUNDS = 3
"""Level and season are worked out in turns."""

FINE = 0.1
"""What counts as small beside the median size: below it distances are differences."""


PLAIN = 1e4
"""Beside so much all distances are differences."""


@dataclass(frozen=True)
class Usual:
    """What each value should be: middle, from, to; NaN where that cannot be said.

    `far`: how many robust standard deviations a value is above (or, negative, below) its middle;
    `unusual` where that is far. `spread`: that deviation, of logarithms about.
    """

    expected: Floats
    low: Floats
    high: Floats
    far: Floats
    unusual: NDArray[np.bool_]
    spread: float


def usual(values: Floats, places: Ints, cycles: Ints, *, differences: bool = False) -> Usual | None:
    """What is usual at each value, evenly spaced; NaN is no value.

    `places`: the place of each in its season (all 0: there is none), `cycles` which season it is.
    `differences`: 30 is as far from 20 as 20 from 10; else 40 is as far as 10.
    None with too little history: fewer than `FEWEST` values, or a season seen too rarely.
    """
    known = np.isfinite(values)
    sizes = np.abs(values[known & (values != 0)])
    if known.sum() < FEWEST or not len(sizes):
        return None
    size = (PLAIN if differences else FINE) * float(np.median(sizes))
    bent = np.where(known, np.arcsinh(values / size), np.nan)
    seasonal = len(np.unique(places)) > 1
    season = np.zeros(len(values))
    level = np.full(len(values), np.nan)
    for _ in range(ROUNDS):
        level = _levels(bent - season)
        if not seasonal:
            break
        season = _seasons(bent - level, places, cycles)
        if not np.isfinite(season[known]).any():
            return None
        season = season - np.nanmedian(season)
    expected = level + season
    apart = bent - expected
    judged = np.isfinite(apart)
    if judged.sum() < FEWEST:
        return None
    spread = MAD * float(np.median(np.abs(apart[judged])))
    return _told(values, expected, apart, (spread, size))


def _told(values: Floats, expected: Floats, apart: Floats, scale: tuple[float, float]) -> Usual:
    """Back from bent values to those that people know."""
    spread, size = scale
    reach = USUAL * spread
    middle = np.sinh(expected) * size
    far = apart / spread if spread > 0 else np.sign(apart) * np.where(apart == 0, 0.0, np.inf)
    with np.errstate(invalid="ignore", divide="ignore"):
        enough = np.abs(values - middle) >= LEAST * np.abs(middle)
        unusual = np.isfinite(apart) & (np.abs(apart) > FAR * spread) & enough
    low, high = np.sinh(expected - reach) * size, np.sinh(expected + reach) * size
    return Usual(middle, low, high, far, unusual, spread)


def _levels(values: Floats) -> Floats:
    """The height at each value of a robust line through its neighbours, without itself."""
    places = np.flatnonzero(np.isfinite(values))
    apart = np.abs(places[None, :] - np.arange(len(values))[:, None]).astype(float)
    apart[apart == 0] = np.inf
    near = places[np.argsort(apart, axis=1, kind="stable")[:, :NEIGHBOURS]]
    return _lines(near - np.arange(len(values))[:, None], values[near])


def _lines(x: Ints, y: Floats) -> Floats:
    """The heights at 0 of lines of repeated medians, one a row."""
    gaps = (x[:, None, :] - x[:, :, None]).astype(float)
    steep = np.full(gaps.shape, np.nan)
    np.divide(y[:, None, :] - y[:, :, None], gaps, out=steep, where=gaps != 0)
    slopes = np.median(_without_self(steep), axis=1)
    return np.asarray(np.median(y - slopes[:, None] * x, axis=1))


def _without_self(steep: Floats) -> Floats:
    """The median of each point's slopes to the others; that to itself stands last when sorted."""
    ordered, count = np.sort(steep, axis=2), steep.shape[2] - 1
    return np.asarray((ordered[:, :, (count - 1) // 2] + ordered[:, :, count // 2]) / 2)


def _seasons(apart: Floats, places: Ints, cycles: Ints) -> Floats:
    """The median above the level at the same place of other cycles; NaN where too few are known."""
    found = np.full(len(apart), np.nan)
    known = np.isfinite(apart)
    for at in range(len(apart)):
        same = known & (places == places[at]) & (cycles != cycles[at])
        if same.sum() >= CYCLES:
            found[at] = np.median(apart[same])
    return found
