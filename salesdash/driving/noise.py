"""What would happen without a cause: how far cells and members are off by chance.

The error of a cell grows with its size: variance = a + b size + c size^2, an amount that any cell
is off by, counts, and a factor. Beside it all members of a dimension may differ by some spread.
"""

import numpy as np

from salesdash.driving.arrays import Flags, Floats

SHAPES = ((0,), (1,), (2,), (0, 1), (1, 2), (0, 2), (0, 1, 2))
"""Which terms of the variance are tried together, by their powers of the size."""

BINS, PER_BIN = 24, 5
ROUNDS, STEPS = 4, 12
FAR = 9.0
"""Squared standard errors beyond which a cell says no more of the noise (3 standard errors)."""

SEEN = 1.02
"""What is left of a normal variance when it is cut there: 0.98 of it."""

TINY, LEAST = 1e-300, 1e-100
STEADY = 1e-6
"""Cells are never taken for steadier than by this part of their size."""

CUT = 4.0
"""Members further off than two standard errors say only that they are."""

EXPECTED = (0.17, 0.31, 0.40, 0.45, 0.51, 0.54)
"""The mean square of 3, 4 ... 8 normal members about their median, cut, without the largest; of
more members it is about 0.9 - 3 / members. Both by simulation."""

CLEAR = 1.0
"""How clearly members must differ for a spread: standard errors of their mean square, about."""

SMALLEST_FAMILY = 3

HALVINGS = 25


def variances(size: Floats, squares: Floats, known: Flags, order: float | None) -> Floats:
    """The variance of each cell, fitted to squared errors of known cells of its size, robustly.

    `order`: where rows are single orders, the size of one; the variance of their sums is that much
    for each of both sums (a compound Poisson process), and nothing need be fitted.
    """
    if order is not None:
        return np.asarray(np.maximum(2 * order * size, TINY))
    scale = float(size.mean()) or 1.0
    place, error = size[known] / scale, squares[known] / scale**2
    bins = np.array_split(np.argsort(place, kind="stable"), _bins(len(place)))
    count = np.array([len(each) for each in bins], dtype=float)
    powers = np.array([[(place[b] ** power).mean() for b in bins] for power in range(3)])
    means = np.array([error[b].mean() for b in bins])
    everywhere = np.array([place**power for power in range(3)])
    weights = np.zeros(3)
    for _ in range(ROUNDS):
        weights = _fitted(powers, means, count)
        found = weights @ everywhere
        cut = np.minimum(error, FAR * np.maximum(found, TINY))
        means = SEEN * np.array([cut[b].mean() for b in bins])
    least = (STEADY * (size + scale / 1000)) ** 2
    every = weights @ np.array([(size / scale) ** power for power in range(3)])
    return np.asarray(np.maximum(every * scale**2, least + TINY))


def _bins(cells: int) -> int:
    return int(np.clip(cells // PER_BIN, 1, BINS))


def _fitted(powers: Floats, means: Floats, count: Floats) -> Floats:
    """The weights of the three powers: gamma likelihood, its terms chosen by BIC."""
    floor = 1e-12 * float(means.mean()) + LEAST
    best, found = np.inf, np.zeros(3)
    for shape in SHAPES:
        if len(shape) > len(means):
            continue
        terms = powers[list(shape)]
        weight = max(float(means.mean()), LEAST) / np.maximum(terms.mean(axis=1), TINY) / len(shape)
        for _ in range(STEPS):  # multiplicative updates keep weights positive
            now = np.maximum(weight @ terms, floor)
            up, down = terms @ (count * means / now**2), terms @ (count / now)
            weight = weight * up / np.maximum(down, TINY)
        now = np.maximum(weight @ terms, floor)
        loss = float((count * (np.log(now) + means / now)).sum())
        loss += len(shape) * float(np.log(count.sum()))
        if loss < best:
            best, found = loss, np.zeros(3)
            found[list(shape)] = weight
    return found


def spread(off: Floats, weight: Floats, noise: float) -> float:
    """The variance by which members differ beyond `noise` / `weight`, as DerSimonian, Laird 1986.

    Robustly: about their median, squares cut, and without the member that is furthest off, which
    may have a cause of its own. 0 for too few members.
    """
    if len(off) < SMALLEST_FAMILY:
        return 0.0
    apart, errors = off - np.median(off), noise / weight
    place = len(off) - SMALLEST_FAMILY
    expected = EXPECTED[place] if place < len(EXPECTED) else 0.9 - 3 / len(off)

    def seen(extra: float) -> float:
        return float(np.sort(np.minimum(apart**2 / (errors + extra), CUT))[:-1].mean())

    if seen(0.0) <= expected * (1 + CLEAR / np.sqrt(len(off))):
        return 0.0
    low, high = 0.0, 5 * float((apart**2).max()) + TINY
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if seen(middle) > expected else (low, middle)
    return high


def as_normal(t: float, freedom: float) -> float:
    """How many normal standard errors are as rare as `t` of Student's (Wallace 1959)."""
    straight = np.sqrt(freedom * np.log1p(t * t / freedom))
    return float((8 * freedom + 1) / (8 * freedom + 3) * straight)


def surprise(z: float) -> float:
    """-log of the chance of a normal error of either sign beyond `z`, by Mills' ratio."""
    return z / 2 if z < 1 else z * z / 2 + float(np.log(z)) + 0.2258
