"""Exponential smoothing, run for all origins and all parameters of a grid at once.

One pass over time keeps level, trend and the sum of squared one-step errors for each pair of origin
and parameters; at each origin the parameters with the least sum are taken.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from salesdash.forecasting.arrays import Floats, Ints


@dataclass(frozen=True)
class Grid:
    """Parameters tried together, one entry a candidate.

    `level`, `trend` (a part of `level`'s), `season`: weights of the newest error; `damping` of the
    trend a step; `multiplies`: whether the season does.
    """

    level: Floats
    trend: Floats
    damping: Floats
    season: Floats
    multiplies: Floats

    @classmethod
    def of(cls, *choices: tuple[float, ...]) -> "Grid":
        """All combinations of the choices, in the order of the fields."""
        return cls(*np.array(list(product(*choices))).T)


WEIGHTS = np.array([0.01, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])

DAMPED = Grid.of(
    (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99),
    (0.001, 0.02, 0.05, 0.1, 0.2, 0.4),
    (0.8, 0.9, 0.95, 0.98),
    (0.0,),
    (0.0,),
)

SEASONAL = Grid.of(
    (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9),
    (0.0, 0.03, 0.1, 0.3),
    (0.85, 0.95, 0.98),
    (0.0, 0.1, 0.3),
    (0.0, 1.0),
)


def exponential(rows: Floats, origins: Ints) -> Floats:
    """Simple exponential smoothing: the level of each row (origins, time) at its origin."""
    level = np.repeat(rows[:, :1], len(WEIGHTS), axis=1)
    squares = np.zeros_like(level)
    found = np.empty(len(origins))
    ends = {int(origin) - 1: row for row, origin in enumerate(origins)}
    for time in range(int(origins[-1])):
        error = rows[:, time, None] - level
        squares += error * error
        level += WEIGHTS * error
        if (row := ends.get(time)) is not None:
            found[row] = level[row, squares[row].argmin()]
    return found


def damped(rows: Floats, origins: Ints, horizon: int) -> Floats:
    """Holt's method with a damped trend: paths (origins, steps) of rows (origins, time).

    The level begins with the first value, the trend with none.
    """
    grid = DAMPED
    level = np.repeat(rows[:, :1], len(grid.level), axis=1)
    trend, squares = np.zeros_like(level), np.zeros_like(level)
    paths = np.empty((len(origins), horizon))
    ends = {int(origin) - 1: row for row, origin in enumerate(origins)}
    for time in range(int(origins[-1])):
        trend *= grid.damping
        level += trend
        error = rows[:, time, None] - level
        squares += error * error
        error *= grid.level
        level += error
        error *= grid.trend
        trend += error
        if (row := ends.get(time)) is not None:
            best = squares[row].argmin()
            growth = trend[row, best] * _damping(grid.damping[best], horizon)
            paths[row] = level[row, best] + growth
    return paths


def seasonally_damped(values: Floats, origins: Ints, season: int, horizon: int) -> Floats:
    """Holt-Winters with a damped trend: paths (origins, steps) of values (time).

    Level, trend and season begin with what the first two seasons show; each origin knows them.
    """
    grid, paths = SEASONAL, np.empty((len(origins), horizon))
    level, trend, indices = _beginning(values[: 2 * season], season, grid)
    multiplies = grid.multiplies > 0
    squares = np.zeros_like(level)
    ends = {int(origin) - 1: row for row, origin in enumerate(origins)}
    steps = np.arange(horizon)
    for time in range(int(origins[-1])):
        place = time % season
        trend *= grid.damping
        level += trend
        factor = indices[place].copy()
        made = np.where(multiplies, level * factor, level + factor)
        # a season cannot multiply what is not there, nor raise it out of all bounds
        lost = multiplies & ((made <= TINY) | (level > VAST) | (values[time] <= 0))
        squares[lost] = np.inf
        error = np.where(np.isinf(squares), 0.0, values[time] - made)
        squares += error * error
        apart = error / np.where(multiplies, np.maximum(level, TINY), 1.0)
        gain = grid.level * error / np.where(multiplies, np.maximum(factor, TINY), 1.0)
        indices[place] += grid.season * (1 - grid.level) * apart
        level += gain
        trend += grid.trend * gain
        if (row := ends.get(time)) is not None:
            best = squares.argmin()
            line = level[best] + trend[best] * _damping(grid.damping[best], horizon)
            cycle = indices[(time + 1 + steps) % season, best]
            paths[row] = line * cycle if multiplies[best] else line + cycle
    return paths


TINY, VAST = 1e-9, 1e6
"""Beside values of at most 1: nothing, and more than there can be."""


def _beginning(first: Floats, season: int, grid: Grid) -> tuple[Floats, Floats, Floats]:
    """Level, trend (candidates) and season (season, candidates) of two first seasons."""
    halves = first.reshape(2, season)
    slope = (halves[1].mean() - halves[0].mean()) / season
    middle = halves[0].mean() - slope * (season - 1) / 2
    straight = middle + slope * np.arange(2 * season)
    added = (first - straight).reshape(2, season).mean(axis=0)
    added -= added.mean()
    times = np.ones(season)
    if first.min() > 0 and straight.min() > 0:
        times = (first / straight).reshape(2, season).mean(axis=0)
        times *= season / times.sum()
    size = len(grid.level)
    indices = np.where(grid.multiplies > 0, times[:, None], added[:, None])
    return np.full(size, middle - slope), np.full(size, slope), indices


def _damping(factor: float, horizon: int) -> Floats:
    """What a trend adds up to after 1, 2, ... steps: factor + factor^2 + ..."""
    return np.cumsum(factor ** np.arange(1, horizon + 1))
