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
    found = _surprise(before, change, roles)
    if found is None:
        return None
    count, middle, error = found
    rates = _drawn(before, change, roles)
    if error <= 0 or not len(rates):
        return None
    rate = middle / error
    alike = _drawn(before, np.where(roles.peers, change, change - middle), roles)
    below, above = np.quantile(alike, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Schooled(
        count,
        middle,
        middle - float(above) * error,
        middle - float(below) * error,
        float(np.mean(rates >= rate)),
        float(np.mean(rates <= rate)),
    )


def _drawn(before: Floats, change: Floats, roles: Roles) -> Floats:
    """The estimate in units of its error, with the roles given to others at random."""
    dice, drawn = np.random.default_rng(SEED), []
    for _ in range(DRAWS):
        order = dice.permutation(len(before))
        found = _surprise(before[order], change[order], roles)
        if found is not None and found[2] > 0:
            drawn.append(found[1] / found[2])
    return np.asarray(drawn, dtype=np.float64)


def _surprise(before: Floats, change: Floats, roles: Roles) -> tuple[int, float, float] | None:
    """How many trained people there are to tell of, their mean surprise, and its standard error."""
    known = roles.peers & np.isfinite(before) & np.isfinite(change)
    count = known.sum(axis=0)
    place = roles.trained, np.arange(len(roles.trained))
    least = np.maximum(count, 1)
    middle = [_only(values, known).sum(axis=0) / least for values in (before, change)]
    apart = [_only(v - m, known) for v, m in zip((before, change), middle, strict=True)]
    further, moved = before[place] - middle[0], change[place] - middle[1]
    told = np.isfinite(further) & np.isfinite(moved) & (count >= FEWEST)
    trained = int(told.sum())
    if trained < FEWEST:
        return None
    further, moved, least = further[told], moved[told], least[told]
    wide, high = (each[:, told] for each in apart)
    width = float((wide**2).sum()) / trained  # the peers of all are mostly the same people
    sloped = width > 0 and float(least.mean()) >= SLOPED
    slope = float((wide * high).sum()) / (width * trained) if sloped else 0.0
    noise = ((high - slope * wide) ** 2).sum(axis=0) / np.maximum(least - 1 - sloped, 1)
    shared = float((1 / least).mean()) + (float(further.mean()) ** 2 / width if sloped else 0.0)
    error = float(np.sqrt(noise.mean() * (1 / trained + shared)))
    return trained, float((moved - slope * further).mean()), error


def _only(values: Floats, known: NDArray[np.bool_]) -> Floats:
    return np.where(known, values, 0.0)
