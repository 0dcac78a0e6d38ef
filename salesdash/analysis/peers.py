"""How the trained changed against peers who were not yet: an estimate, and its chance. Pure.

For each trained person the change in weeks around the day is set against that of the peers in the
same weeks. Weak figures tend to recover by themselves, and it is often the weak who are sent to a
course: so the change to be expected is read from the peers as a line over where they stood before
(analysis of covariance). How far that may be off is found by giving the roles, who was trained when
and who was not, to other people at random, many times (a permutation test of the estimate in units
of its standard error, which grows where the trained stood apart from the peers). The interval comes
from the same with the estimate taken off the trained.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesdash.forecasting.arrays import Floats, Ints

FEWEST = 3
"""Trained people, and peers of each: with fewer it is too few to say."""

SLOPED = 5
"""From so many peers on the line may have a slope."""

DRAWS = 1000
SEED = 7
"""The same people give the same answer."""

AT_ONCE = 1_000_000
"""So many figures of people in other roles are looked at together."""

LEVEL = 0.8


@dataclass(frozen=True)
class Roles:
    """Who was trained, and who is a peer of whom.

    `trained`: the rows of those who were, a column each of `peers` (people, trained): True for who
    had not finished when the weeks after were over.
    """

    trained: Ints
    peers: NDArray[np.bool_]


@dataclass(frozen=True)
class Schooled:
    """The mean change of `count` trained people beyond the expected, its interval, and its chance.

    `as_high`, `as_low`: the part of random roles in which it is at least as high or low.
    """

    count: int
    middle: float
    low: float
    high: float
    as_high: float
    as_low: float


def symmetric(before: Floats, after: Floats) -> Floats:
    """The change as a part of the mean of both: from -2 (to nothing) to 2 (from nothing)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(2 * (after - before) / (after + before))


def as_ratio(change: float) -> float:
    """A symmetric change as the ratio people say: 0.4 is from 80 to 120, a half more; below 2."""
    return (2 + change) / (2 - change) - 1


def schooled(before: Floats, change: Floats, roles: Roles) -> Schooled | None:
    """Of figures (people, trained) in the weeks of each trained one; NaN: unknown.

    None with fewer than `FEWEST` trained people that have as many peers.
    """
    (count,), (middle,), (error,) = _surprises(before[None], change[None], roles)
    if error <= 0:
        return None
    rates = _drawn(before, change, roles)
    if not len(rates):
        return None
    rate = middle / error
    alike = _drawn(before, np.where(roles.peers, change, change - middle), roles)
    below, above = np.quantile(alike, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Schooled(
        int(count),
        float(middle),
        float(middle - above * error),
        float(middle - below * error),
        float(np.mean(rates >= rate)),
        float(np.mean(rates <= rate)),
    )


def _drawn(before: Floats, change: Floats, roles: Roles) -> Floats:
    """The estimate in units of its error, with the roles given to others at random."""
    dice = np.random.default_rng(SEED)
    orders = np.stack([dice.permutation(len(before)) for _ in range(DRAWS)])
    drawn = []
    for some in np.array_split(orders, 1 + DRAWS * before.size // AT_ONCE):
        _, middle, error = _surprises(before[some], change[some], roles)
        drawn.append(middle[error > 0] / error[error > 0])
    return np.concatenate(drawn)


def _surprises(before: Floats, change: Floats, roles: Roles) -> tuple[Ints, Floats, Floats]:
    """Of each order of the people (orders, people, trained): what there is to tell of the trained.

    How many, their mean surprise, and its standard error, which is 0 where they are too few.
    """
    known = roles.peers & np.isfinite(before) & np.isfinite(change)
    count = known.sum(axis=1)
    least = np.maximum(count, 1)
    place = slice(None), roles.trained, np.arange(len(roles.trained))
    middle = [_only(values, known).sum(axis=1) / least for values in (before, change)]
    further, moved = before[place] - middle[0], change[place] - middle[1]
    told = np.isfinite(further) & np.isfinite(moved) & (count >= FEWEST)
    trained = told.sum(axis=1)
    each = np.maximum(trained, 1)
    further, moved = _only(further, told), _only(moved, told)
    peers = known & told[:, None, :]
    wide, high = (
        _only(v - m[:, None, :], peers) for v, m in zip((before, change), middle, strict=True)
    )
    width = (wide**2).sum(axis=(1, 2)) / each  # the peers of all are mostly the same people
    sloped = (width > 0) & (_only(least, told).sum(axis=1) / each >= SLOPED)
    slope = _where(sloped, (wide * high).sum(axis=(1, 2)), width * each)
    left = ((high - slope[:, None, None] * wide) ** 2).sum(axis=1)
    noise = (left / np.maximum(least - 1 - sloped[:, None], 1)).sum(axis=1) / each
    apart = _where(sloped, (further.sum(axis=1) / each) ** 2, width)
    shared = _only(1 / least, told).sum(axis=1) / each + apart
    error = np.sqrt(noise * (1 / each + shared))
    surprise = (moved - slope[:, None] * further).sum(axis=1) / each
    return trained, surprise, np.where(trained >= FEWEST, error, 0.0)


def _only(values: Floats | Ints, known: NDArray[np.bool_]) -> Floats:
    return np.where(known, values, 0.0)


def _where(known: NDArray[np.bool_], values: Floats, divisor: Floats) -> Floats:
    """The ratio where it is known, else 0."""
    return np.divide(values, divisor, out=np.zeros_like(values), where=known)
