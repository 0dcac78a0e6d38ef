"""A forecast: the model that a series' own past speaks for, with intervals its errors justify."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from salesdash.forecasting.accuracy import Accuracy, accuracy, naive_error
from salesdash.forecasting.arrays import Floats
from salesdash.forecasting.backtest import AVERAGE, EXACT, Backtest, backtest
from salesdash.forecasting.distribution import Distribution
from salesdash.forecasting.history import history
from salesdash.forecasting.models import MODELS
from salesdash.forecasting.spread import Spread, spread

LEVELS = (0.5, 0.8)
TESTED = 0.8
"""The level whose coverage is told."""

ALONE = 0.75
"""A single model is taken when its error is at most so much of the average's."""

FEWEST_ORIGINS = 4
FEWEST_OUTCOMES = 12
"""What a coverage needs: so many past errors for each band, so many outcomes to hold against."""

MOST_SEASON, MOST_STEPS = 400, 1000

LEAST_TESTED, MOST_TESTED = 6, 13
"""Models are tried over a season, at least and at most so many steps, or the horizon if it is
longer: so the next month is the same whether three are asked for or twelve."""


@dataclass(frozen=True)
class Band:
    """An interval a step: the outcome lies inside with the chance `level`."""

    level: float
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Tried:
    """A model, how wrong it was in the back-test, and its weight in the average.

    `error` is None where too little is known for the model to be tried.
    """

    model: str
    error: Accuracy | None
    weight: float | None = None


@dataclass(frozen=True)
class Forecast:
    """What comes next, one figure a step.

    `model`: a key of `MODELS`, or "average". `bands`: 50 % and 80 %. `error`: of the model in the
    rolling back-test, None where only gaps could be held against it. `coverage`: the share of its
    outcomes inside 80 % bands, each made of what was known when it was forecast; None where that
    was too little. `tried`: the best first.
    `filled`, `outliers`: places among the values given that were gaps, or so far off that they
    were treated as gaps. `floor`: no figure lies below it.
    """

    model: str
    mean: tuple[float, ...]
    bands: tuple[Band, ...]
    error: Accuracy | None
    coverage: float | None
    tried: tuple[Tried, ...]
    filled: tuple[int, ...]
    outliers: tuple[int, ...]
    spread: Spread
    floor: float | None

    def step(self, number: int) -> Distribution:
        """The predictive distribution of one step, counted from 1."""
        scale = self.spread.steps(number)[-1]
        return Distribution(self.mean[number - 1], float(scale), self.spread.origins, self.floor)

    def total(self, steps: int) -> Distribution:
        """The predictive distribution of the sum of the first steps."""
        mean, scale = sum(self.mean[:steps]), self.spread.sums(steps)[-1]
        return Distribution(mean, float(scale), self.spread.origins, self.floor)


def forecast(values: Sequence[float], season: int, horizon: int) -> Forecast:
    """Forecast the next `horizon` values of an evenly spaced series; NaN is a gap.

    `season`: values a season, 1 for none. All models forecast from past origins; their average,
    each weighing 1 / error^2, is taken unless one of them alone was clearly better. Nothing
    negative is forecast of a history without negative values. DataRefused: fewer than four values,
    too large ones, a gap at the end. ValueError: a season or horizon that cannot be.
    """
    if not 1 <= season <= MOST_SEASON or not 1 <= horizon <= MOST_STEPS:
        raise ValueError(f"season {season} or horizon {horizon} out of range")
    past = history(values, season)
    steps = max(horizon, min(max(season, LEAST_TESTED), MOST_TESTED))
    test = backtest(past, season, steps)
    model, floor = _chosen(test), 0.0 if past.values.min() >= 0 else None
    errors, scale = test.errors(model), naive_error(past.values, season)
    found = spread(errors).correlated(errors).times(past.unit)
    tried = _tried(test, scale, horizon)
    mean = test.paths[model][-1, :horizon] * past.unit
    mean = mean if floor is None else np.maximum(mean, floor)
    return Forecast(
        model,
        tuple(mean.tolist()),
        _bands(mean.tolist(), found, floor),
        next(each.error for each in tried if each.model == model),
        _coverage(errors, test.known, horizon),
        tried,
        past.filled,
        past.outliers,
        found,
        floor,
    )


def _chosen(test: Backtest) -> str:
    """The average, unless a single model made at most `ALONE` of its errors, or none at all."""
    errors = {name: test.relative(name) for name in test.paths}
    best = min(MODELS, key=errors.__getitem__)
    exact = np.nanmax(np.abs(test.errors(best))) <= EXACT
    return best if exact or errors[best] <= ALONE * errors[AVERAGE] else AVERAGE


def _tried(test: Backtest, scale: float, horizon: int) -> tuple[Tried, ...]:
    """All models, the least wrong first, with their errors up to the horizon."""
    actual = test.actual[:, :horizon]
    return tuple(
        Tried(
            name,
            accuracy(test.paths[name][:, :horizon], actual, scale),
            test.weights.get(name),
        )
        for name in sorted(test.paths, key=test.relative)
    )


def _bands(mean: list[float], found: Spread, floor: float | None) -> tuple[Band, ...]:
    steps = [
        Distribution(middle, scale, found.origins, floor)
        for middle, scale in zip(mean, found.steps(len(mean)).tolist(), strict=True)
    ]
    pairs = {level: [step.interval(level) for step in steps] for level in LEVELS}
    return tuple(
        Band(level, tuple(low for low, _ in each), tuple(high for _, high in each))
        for level, each in pairs.items()
    )


def _coverage(errors: Floats, known: Floats, horizon: int) -> float | None:
    """The share of errors up to the horizon inside the bands of their origins.

    `known`: see `Backtest`.
    """
    inside = []
    for row, seen in enumerate(known[:-1]):
        learned = np.where(seen > 0, errors, np.nan)
        if np.isfinite(learned).any(axis=1).sum() < FEWEST_ORIGINS:
            continue
        found = spread(learned)
        half = Distribution(0.0, 1.0, found.origins).interval(TESTED)[1]
        came = errors[row, :horizon]
        wide = half * found.steps(horizon) + EXACT
        inside += (np.abs(came) <= wide)[np.isfinite(came)].tolist()
    return sum(inside) / len(inside) if len(inside) >= FEWEST_OUTCOMES else None
