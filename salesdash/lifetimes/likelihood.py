"""Maximum likelihood: parameters above zero, looked for in logarithms from several starts.

The search goes along axes of its own, products and ratios of parameters that the data tell apart (a
mean rate, how unlike customers are): what fits as well in a whole valley lies along one of them.

Of many customers the search runs on a rough likelihood (rounded histories, or every so many-th
customer), whose curvature then leads to the exact top in a few steps.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from salesdash.errors import DataRefused
from salesdash.lifetimes.arrays import Floats

Likelihood = Callable[[Floats], tuple[float, Floats]]
"""Of parameters: the log-likelihood and its derivatives by them."""

REACH = 9.0
"""Axes stay within exp(-9) and exp(9): beyond, nothing a customer does tells values apart."""

STILL = 1e-5
"""A likelihood a customer that no longer rises by more than this per unit of any axis."""

STEPS = 12
_NUDGE = 1e-4


@dataclass(frozen=True, eq=False)
class Search:
    """Where to look: places to start from, by parameter, and how the axes make the parameters.

    The logarithms of the parameters are `axes` times the place. `customers`: how many there are.
    """

    starts: Sequence[tuple[float, ...]]
    axes: Floats
    customers: int

    def places(self) -> list[Floats]:
        """The starts as places."""
        logs = (np.log(np.array(start, dtype=np.float64)) for start in self.starts)
        return [np.asarray(np.linalg.solve(self.axes, each), dtype=np.float64) for each in logs]

    def parameters(self, place: Floats) -> Floats:
        """The parameters at a place."""
        return np.asarray(np.exp(self.axes @ place))

    def descent(self, likelihood: Likelihood) -> Likelihood:
        """What is to become least, of a place: the negative log-likelihood a customer."""

        def descent(place: Floats) -> tuple[float, Floats]:
            parameters = self.parameters(place)
            value, slopes = likelihood(parameters)
            return -value / self.customers, -self.axes.T @ (slopes * parameters) / self.customers

        return descent


def highest(
    likelihood: Likelihood, search: Search, rough: Likelihood | None = None
) -> tuple[Floats, float]:
    """The parameters with the highest log-likelihood, and that; the best of all starts.

    `rough`: nearly the same likelihood, much faster. Raises DataRefused where no search comes to
    rest.
    """
    exact, places = search.descent(likelihood), search.places()
    best = None
    if rough is not None:
        near = search.descent(rough)
        found = _lowest(near, places)
        places = [] if found is None else [found]
        best = None if found is None else _polished(exact, near, found)
    if best is None:
        best = _lowest(exact, places)
    if best is None:
        raise DataRefused("lifetimes.unfitted")
    return search.parameters(best), -exact(best)[0] * search.customers


def _lowest(descent: Likelihood, starts: Sequence[Floats]) -> Floats | None:
    """The least of the places where searches came to rest."""
    from scipy.optimize import minimize  # 400 ms: only when something is fitted

    best: tuple[float, Floats] | None = None
    for start in starts:
        found = minimize(
            descent,
            np.clip(start, -REACH, REACH),
            jac=True,
            method="L-BFGS-B",
            bounds=[(-REACH, REACH)] * len(start),
            options={"maxiter": 1000, "ftol": 1e-15, "gtol": STILL / 1000},
        )
        rests = np.isfinite(found.fun) and _slope(found.x, found.jac) <= STILL
        if rests and (best is None or found.fun < best[0]):
            best = float(found.fun), np.asarray(found.x, dtype=np.float64)
    return None if best is None else best[1]


def _polished(exact: Likelihood, near: Likelihood, place: Floats) -> Floats | None:
    """Newton's steps on the exact likelihood by the curvature of the near one; None: no rest.

    Only between the limits: at one of them the curvature says nothing.
    """
    bend = np.array([_bend(near, place, axis) for axis in range(len(place))])
    bend = (bend + bend.T) / 2
    if np.linalg.eigvalsh(bend)[0] <= 0:
        return None
    for _ in range(STEPS):
        slopes = exact(place)[1]
        if np.abs(slopes).max() <= STILL / 1000:
            return place
        place = place - np.linalg.solve(bend, slopes)
        if np.abs(place).max() >= REACH:
            return None
    return None


def _bend(descent: Likelihood, place: Floats, axis: int) -> Floats:
    """How the slopes change along one axis."""
    nudge = np.zeros(len(place))
    nudge[axis] = _NUDGE
    change: Floats = descent(place + nudge)[1] - descent(place - nudge)[1]
    return change / (2 * _NUDGE)


def _slope(place: Floats, slopes: Floats) -> float:
    """The steepest way down that the limits leave open."""
    low, high = place <= -REACH, place >= REACH
    shut = (low & (slopes > 0)) | (high & (slopes < 0))
    return float(np.abs(np.where(shut, 0.0, slopes)).max())
