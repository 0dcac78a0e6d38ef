"""The rolling back-test: every model forecasts from past origins; what came then is known now.

The average of the models replays its own past, too: at each origin a model weighs as much as its
errors known by then allow.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from salesdash.forecasting.arrays import Floats, Ints
from salesdash.forecasting.history import History, origins
from salesdash.forecasting.models import MODELS, REFERENCE, Past
from salesdash.forecasting.seasonal import adjust

AVERAGE = "average"

EXACT = 1e-9
"""An error that is none, beside values of at most 1."""


@dataclass(frozen=True)
class Backtest:
    """Paths of models from all origins, of which the last is now.

    `paths`: by model (origins, steps). `actual`: what came (origins, steps), NaN where nobody
    knows. `origins`: how many values each knew. `weights`: of each model in the average now.
    """

    paths: Mapping[str, Floats]
    actual: Floats
    origins: Ints
    weights: Mapping[str, float]

    def errors(self, model: str) -> Floats:
        """What came minus what was forecast (origins, steps); NaN where either is unknown."""
        return np.asarray(self.actual - self.paths[model])

    def relative(self, model: str) -> float:
        """Mean absolute error of a model by that of the reference on the same outcomes.

        Infinite for one that was never tried.
        """
        if not np.isfinite(self.errors(model)).any():
            return math.inf
        return float(_relative(self.errors(model), self.errors(REFERENCE), self.known)[-1])

    @cached_property
    def known(self) -> Floats:
        """1 where (origin, past origin, step) an origin knows what came of a past one, else 0."""
        return _known(self.actual, self.origins)


def backtest(past: History, season: int, horizon: int) -> Backtest:
    """All models from all origins, and their average; what filled a gap is nothing that came."""
    starts = origins(len(past.values), season, horizon)
    seen = Past(past.values, starts, season, adjust(past.values, starts, season))
    paths = {name: model(seen, horizon) for name, model in MODELS.items()}
    came = np.where(past.known, past.values, np.nan)
    beyond = np.concatenate([came, np.full(horizon, np.nan)])
    actual = beyond[starts[:, None] + np.arange(horizon)]
    weights = _weights(paths, actual, starts)
    stacked = np.nan_to_num(np.stack(list(paths.values())))
    average = np.einsum("om,mos->os", weights, stacked)
    now = dict(zip(paths, weights[-1].tolist(), strict=True))
    return Backtest({**paths, AVERAGE: average}, actual, starts, now)


def _known(actual: Floats, starts: Ints) -> Floats:
    """1 where (origin, past origin, step) an origin knows what came of a past one, else 0."""
    place = starts[:, None] + np.arange(actual.shape[1])
    return ((place < starts[:, None, None]) & np.isfinite(actual)).astype(float)


def _relative(errors: Floats, reference: Floats, known: Floats) -> Floats:
    """Mean absolute error by that of the reference on the same outcomes, by origin.

    `known`: see `_known`. 1 where an origin knows nothing yet.
    """
    tested = np.isfinite(errors) & np.isfinite(reference)
    both = np.stack([np.where(tested, np.abs(each), 0.0) for each in (errors, reference)])
    sums = np.einsum("ops,eps->oe", known, both) + EXACT
    return np.asarray(sums[:, 0] / sums[:, 1])


def _weights(paths: Mapping[str, Floats], actual: Floats, starts: Ints) -> Floats:
    """Shares of the models (origins, models) in the average, by what each origin knows.

    In proportion to 1 / error^2, as Bates and Granger (1969), Operational Research Quarterly 20,
    combine forecasts whose errors are taken as uncorrelated.
    """
    known, reference = _known(actual, starts), actual - paths[REFERENCE]
    every = list(paths.values())
    found = np.stack([_relative(actual - each, reference, known) for each in every], axis=1)
    there = np.stack([np.isfinite(each[:, 0]) for each in every], axis=1)
    best = np.where(there, found, np.inf).min(axis=1, keepdims=True)
    shares = np.where(there, (best / found) ** 2, 0.0)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
