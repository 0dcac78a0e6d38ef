"""Which slices explain most: by likelihood, less what so many of them would reach by chance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from salesdash.driving.arrays import Flags
from salesdash.driving.families import Family, Scan, inside, scanner
from salesdash.driving.judging import Court, growth, held
from salesdash.driving.noise import variances

LOOKS = 3
"""How often noise is estimated anew, without the slice that seems best."""

PER_FAMILY = 10
"""Slices of a family that are ranked."""


@dataclass(frozen=True)
class Ranked:
    """A slice of a family, and which of the court's cells it holds."""

    family: Family
    number: int
    cells: Flags


def penalty(family: Family) -> float:
    """What a slice must be beyond chance for there being so many.

    Half of the chance of a false one goes to single conditions, half to pairs; there each family
    has the same part, shared by its slices.
    """
    return float(np.log(2 * family.kinds * max(family.size, 2)))


def ranked(court: Court) -> Iterator[Ranked]:
    """The slices beyond their penalty, the likeliest first; identical ones once, the simplest."""
    best = np.zeros(len(court.cells), dtype=bool)
    found: list[tuple[float, Family, int]] = []
    for _ in range(1 if court.order is not None else LOOKS):
        found = [each for scan in _scans(court, best) for each in _largest(scan)]
        if not found:
            return
        found.sort(key=lambda each: (-each[0], each[1].is_pair, each[1].size))
        now = inside(*found[0][1:], court.cells)
        if (now == best).all():
            break
        best = now
    seen: list[Flags] = []
    for _, family, number in found:
        now = inside(family, number, court.cells)
        if not any((now == each).all() for each in seen):
            seen.append(now)
            yield Ranked(family, number, now)


def _largest(scan: Scan) -> Iterator[tuple[float, Family, int]]:
    cost = penalty(scan.family)
    for number in np.argsort(-scan.gain, kind="stable")[:PER_FAMILY]:
        if scan.gain[number] > cost:
            yield float(scan.gain[number]) - cost, scan.family, int(number)


def _scans(court: Court, best: Flags) -> list[Scan]:
    """All families, with the noise that is left beside the best slice."""
    others = ~best
    stand = held(court.before, court.after, growth(court.before[others], court.after[others]))
    size = float(stand.size[best].sum())
    moved = float(stand.off[best].sum()) / size if size else 0.0
    plain = stand.off - np.where(best, moved * stand.size, 0.0)
    every = np.ones(len(best), dtype=bool)
    variance = variances(stand.size, plain**2, every, court.order)
    scan = scanner(court.cells, stand.size, stand.off, variance).scan
    return [scan(family) for family in court.families]
