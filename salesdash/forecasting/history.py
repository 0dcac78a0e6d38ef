"""A history of evenly spaced values: checked, its gaps filled, and the moments it is seen from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesdash.errors import DataRefused
from salesdash.forecasting.arrays import Floats, Ints
from salesdash.forecasting.outliers import outliers
from salesdash.forecasting.seasonal import adjust

FEWEST = 4
"""Values a forecast needs: two to begin with, two to be tried on."""

LONGEST = 1500
"""Older values say nothing of tomorrow; they are left out."""

LARGEST = 1e100
"""Beyond it squares of values have no floating point number."""

NOTHING = 1e-15
"""Beside a largest value of 1 less than that is none, and nothing can be divided by it."""

ROUNDS = 3
"""A gap is filled along the season, which is known better once the gap is filled."""


@dataclass(frozen=True)
class History:
    """Values that a forecast can start from, divided by `unit`, the largest of them.

    `known` is False where something was put in place of a gap (`filled`) or of an outlier
    (`outliers`); both are places among the values given.
    """

    values: Floats
    known: NDArray[np.bool_]
    unit: float
    filled: tuple[int, ...] = ()
    outliers: tuple[int, ...] = ()


def history(values: Sequence[float], season: int) -> History:
    """The values with gaps (NaN) filled; DataRefused for what no forecast can be made of.

    Gaps at the beginning are left out. Those within are filled on the straight line between their
    neighbours, drawn through the seasonally adjusted values where there is a season; so are
    outliers. A gap at the end is refused: only the caller knows whether time goes on there.
    """
    given = np.asarray(values, dtype=np.float64)
    left = max(len(given) - LONGEST, 0)
    known = ~np.isnan(given[left:])
    count = int(known.sum())
    if count < FEWEST:
        raise DataRefused("forecasting.too_short", count=count, fewest=FEWEST)
    if not known[-1]:
        raise DataRefused("forecasting.open_end")
    left += int(known.argmax())
    given, known = given[left:], known[int(known.argmax()) :]
    unit = float(np.abs(given[known]).max())
    if unit > LARGEST:
        raise DataRefused("forecasting.too_large", largest=f"{LARGEST:g}")
    unit = unit or 1.0
    parts = given / unit
    parts[np.abs(parts) < NOTHING] = 0.0
    whole = _filled(parts, known, season)
    odd = outliers(whole, season) & known
    if odd.any():
        whole = _filled(whole, known & ~odd, season)
    return History(whole, known & ~odd, unit, _places(~known, left), _places(odd, left))


def _places(marked: NDArray[np.bool_], left: int) -> tuple[int, ...]:
    return tuple((np.flatnonzero(marked) + left).tolist())


def _filled(values: Floats, known: NDArray[np.bool_], season: int) -> Floats:
    if known.all():
        return values
    places, now = np.arange(len(values)), np.array([len(values)])
    found = np.interp(places, places[known], values[known])
    for _ in range(ROUNDS):
        seen = adjust(found, now, season)
        level = np.interp(places, places[known], seen.values[0, known])
        found = np.where(known, values, seen.seasoned(level[None, :], np.array([0]))[0])
    return found


def origins(count: int, season: int, horizon: int, most: int = 36) -> Ints:
    """The moments to forecast from: up to `most` evenly spaced past ones, and now.

    An origin of 30 knows the first 30 values. The oldest lies two horizons back, so that the last
    step is seen as well as the first, but leaves two seasons (or half the values) to learn from.
    """
    learned = max(2, min(2 * season + 2, count // 2))
    span = min(max(most, 2 * horizon), count - learned)
    past = np.arange(count, count - span - 1, -max(1, -(-span // most)), dtype=np.int64)
    return past[::-1].copy()
