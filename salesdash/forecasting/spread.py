"""How far off a forecast may be: learned from the errors of the back-test, growing by the step."""

from dataclasses import dataclass, replace

import numpy as np

from salesdash.forecasting.arrays import Floats

PRIOR_GROWTH = 0.4
PRIOR_WEIGHT = 5.0
"""Errors of a random walk grow with the square root of the step (0.5), those around a steady level
don't (0). What little a few errors say of it leans on this."""

OVERLAP = 0.5
"""How much an error that is seen from few origins without overlap widens its variance: 0 if it
were known, 1 if the forecasts' bias had to be estimated along with it."""

FADINGS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0)
NOTHING = 1e-12


@dataclass(frozen=True)
class Spread:
    """Standard errors: of step k `size` k^`growth`; steps i < j correlate by (i / j)^`fading`.

    A level that was missed misses all steps alike (0); in a random walk each step keeps the square
    root of what it shares (0.5); where each step errs by itself, little is shared (large).

    `origins`: from how many past moments that was learned. An error k steps long is seen
    origins / k times without overlap; its variance is widened by the factor 1 + k / (2 origins).
    """

    size: float
    growth: float
    origins: int
    fading: float = FADINGS[-1]

    def steps(self, horizon: int) -> Floats:
        """Standard errors of the steps 1 to `horizon`."""
        return self._plain(horizon) * self._allowance(horizon)

    def sums(self, horizon: int) -> Floats:
        """Standard errors of the sums of the first 1 to `horizon` steps."""
        return _sums(self._plain(horizon), self.fading) * self._allowance(horizon)

    def times(self, unit: float) -> "Spread":
        """The same in another unit."""
        return replace(self, size=self.size * unit)

    def correlated(self, errors: Floats) -> "Spread":
        """With the fading at which sums of errors (origins, steps) are as large as seen."""
        known = np.isfinite(errors)
        whole = np.cumprod(known, axis=1).astype(bool)  # a sum needs all of its steps
        if self.size <= NOTHING or not whole.any():
            return self
        sums, steps = np.cumsum(np.where(known, errors, 0.0), axis=1), self._plain(errors.shape[1])

        def fit(fading: float) -> float:
            found = np.mean((sums / _sums(steps, fading))[whole] ** 2)
            return abs(float(np.log(max(found, NOTHING))))

        return replace(self, fading=min(FADINGS, key=fit))

    def _plain(self, horizon: int) -> Floats:
        return np.asarray(self.size * np.arange(1, horizon + 1) ** self.growth)

    def _allowance(self, horizon: int) -> Floats:
        return np.sqrt(1 + OVERLAP * np.arange(1, horizon + 1) / self.origins)


def spread(errors: Floats) -> Spread:
    """What errors (origins, steps; NaN: unknown, but not all) teach of single steps.

    The growth is the slope of their root mean squares by step, both as logarithms.
    """
    tested = np.isfinite(errors)
    count, squares = tested.sum(axis=0), (np.where(tested, errors, 0.0) ** 2).sum(axis=0)
    steps = np.arange(1.0, errors.shape[1] + 1)
    growth = _growth(steps, count, squares)
    size = np.sqrt((squares / steps ** (2 * growth)).sum() / count.sum())
    return Spread(float(size), growth, int(tested.any(axis=1).sum()))


def _growth(steps: Floats, count: Floats, squares: Floats) -> float:
    some = squares > 0
    if not some.any():
        return PRIOR_GROWTH
    weight, place = count[some], np.log(steps[some])
    height = np.log(squares[some] / weight) / 2
    apart = place - weight @ place / weight.sum()
    slope = (weight * apart) @ height + PRIOR_WEIGHT * PRIOR_GROWTH
    return float(np.clip(slope / (weight @ apart**2 + PRIOR_WEIGHT), 0.0, 1.0))


def _sums(steps: Floats, fading: float) -> Floats:
    """Standard errors of the sums of the first steps, from those of the steps.

    Var(S_n) = Var(S_n-1) + s_n^2 + 2 s_n (s_1 (1/n)^f + s_2 (2/n)^f + ... + s_n-1 ((n-1)/n)^f).
    """
    places = np.arange(1, len(steps) + 1) / len(steps)  # at most 1: high powers stay finite
    weighed = np.cumsum(steps * places**fading) - steps * places**fading
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = np.where(weighed > 0, weighed / places**fading, 0.0)
    return np.asarray(np.sqrt(np.cumsum(steps**2 + 2 * steps * shared)))
