"""The slices that are searched, in families: the members of a dimension, or of a pair of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from salesdash.driving.arrays import Flags, Floats, Ints
from salesdash.driving.leaves import SMALLEST, Coded, Leaves

ALMOST = 1e-9


@dataclass(frozen=True)
class Family:
    """Slices by the same `columns`; `key`: the slice of each cell, `size` for those too small.

    `kinds`: how many families of as many columns there are.
    """

    columns: tuple[int, ...]
    key: Ints
    size: int
    kinds: int = 1

    @property
    def is_pair(self) -> bool:
        """Whether its slices have two conditions."""
        return len(self.columns) > 1

    def sums(self, cells: Ints, weights: Floats) -> Floats:
        """Of each slice, over some cells."""
        return np.bincount(self.key[cells], weights, self.size + 1)[: self.size].astype(float)


@dataclass(frozen=True)
class Scan:
    """How well each slice of a family, held against all other cells, explains what they did.

    `gain`: the logarithm of the likelihood ratio.
    """

    family: Family
    gain: Floats


def families(leaves: Leaves) -> tuple[Family, ...]:
    """Each column, then each pair of which neither tells the other."""
    mass = np.abs(leaves.before.astype(float)) + np.abs(leaves.after.astype(float))
    every = range(len(leaves.columns))
    singles = [_single(leaves.columns[number], number) for number in every]
    tried = (_pair(leaves, both, mass) for both in combinations(every, 2))
    pairs = [pair for pair in tried if pair is not None]
    return tuple(replace(each, kinds=len(kind)) for kind in (singles, pairs) for each in kind)


def _single(column: Coded, number: int) -> Family:
    return Family((number,), column.codes, len(column.members))


def _pair(leaves: Leaves, both: tuple[int, int], mass: Floats) -> Family | None:
    first, second = (leaves.columns[number] for number in both)
    wide = len(second.members) + 1
    key = first.codes * wide + second.codes
    there = np.bincount(key, minlength=(len(first.members) + 1) * wide)
    count = int((there > 0).sum())
    if count <= max(len(np.unique(each.codes)) for each in (first, second)):
        return None  # city and region: a pair would be the city again
    heavy = np.bincount(key, mass, len(there)) >= SMALLEST * mass.sum()
    named = np.zeros((len(first.members) + 1, wide), dtype=bool)
    named[:-1, :-1] = True
    known = np.flatnonzero(heavy & named.reshape(-1))
    place = np.full(len(there), len(known), dtype=np.int64)
    place[known] = np.arange(len(known))
    return Family(both, place[key], len(known)) if len(known) else None


@dataclass(frozen=True)
class Scanner:
    """Cells, and how far each is off what it should be, to scan families of slices by.

    `least`: the size of slices that are worth a look.
    """

    cells: Ints
    size: Floats
    known: Floats
    told: Floats
    left: float
    least: float

    def scan(self, family: Family) -> Scan:
        """Each slice against the other cells, as two groups that are off by different factors.

        This is Kulldorff's scan statistic (1997) with a normal likelihood.
        """
        whole, told = float(self.known.sum()), float(self.told.sum())
        weight, found = family.sums(self.cells, self.known), family.sums(self.cells, self.told)
        large = family.sums(self.cells, self.size) >= self.least
        worth = large & (weight > 0) & (weight < whole * (1 - ALMOST))
        gain = np.zeros(family.size)
        if worth.any() and self.left > 0:
            w = weight[worth]
            explained = (found[worth] - w * told / whole) ** 2 / (w * (whole - w) / whole)
            part = np.minimum(explained / self.left, 1 - ALMOST)
            gain[worth] = -len(self.cells) / 2 * np.log1p(-part)
        return Scan(family, gain)


def scanner(cells: Ints, size: Floats, off: Floats, variance: Floats) -> Scanner:
    """Cells of that size, off by so much, which has that variance by chance."""
    known, told = size**2 / variance, size * off / variance
    left = float((off**2 / variance).sum()) - float(told.sum()) ** 2 / float(known.sum())
    return Scanner(cells, size, known, told, max(left, 0.0), SMALLEST * float(size.sum()))


def inside(family: Family, number: int, cells: Ints) -> Flags:
    """Which of some cells a slice holds."""
    return np.asarray(family.key[cells] == number)


def members(leaves: Leaves, family: Family, cell: int) -> Iterator[tuple[str, str | None]]:
    """The conditions of the slice that a cell is in."""
    for number in family.columns:
        column = leaves.columns[number]
        yield column.name, column.members[column.codes[cell]]
