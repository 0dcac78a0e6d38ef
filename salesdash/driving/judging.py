"""Whether a slice is off by more than chance: held against all other cells, and their members."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from salesdash.driving.arrays import Flags, Floats, Ints
from salesdash.driving.families import Family
from salesdash.driving.noise import as_normal, spread, variances

OWN_NOISE = 5
"""Cells that the noise of all others counts for, where a slice's own noise is estimated."""

LEAN, LITTLE = 10, 2
"""Members that the usual spread counts for beside a family's own; fewer where that is larger."""

ENOUGH = 60
"""More members than these teach no more of the spread of others."""

FEWEST = 3
"""A family with fewer members tells no spread."""

MOST = 20
"""A dimension counts for no more members than that when the usual spread is told."""

PEER, PEERS = 0.2, 8
"""Members of at least that part of a slice's weight, and at least so many, are its peers."""

TELLING = 10
"""A slice of fewer cells says nothing of their noise once its own mean is taken out."""

FAR = 25.0
"""Squared standard errors beyond which a cell is no noise but has a cause of its own."""

STEADY = 1e-4
"""Members of any dimension differ by a hundredth of their size: the least variance of spread."""

ALL = 1e6
"""What is taken as given is known of any number of members."""

NOTHING = 1e-12


@dataclass(frozen=True)
class Stand:
    """Cells beside what they would be had they all grown alike: their size, how far they are off.

    The size is the mean of both sums, so that a cell that is new or gone is off by twice its size,
    and to rise and to fall count the same (the deviation score of Squeeze and RiskLoc).
    """

    size: Floats
    off: Floats


def growth(before: Floats, after: Floats) -> float:
    """By what factor sums grew; 1 where that tells nothing: no sales before, or mostly refunds."""
    then, now = float(before.sum()), float(after.sum())
    plain = all(
        total > 0.5 * float(np.abs(side).sum())  # most of it is of one sign
        for total, side in ((then, before), (now, after))
    )
    return now / then if plain and then > 0 else 1.0


def held(before: Floats, after: Floats, factor: float) -> Stand:
    """The cells beside what they would be had all grown by that factor."""
    return Stand((np.abs(before) * factor + np.abs(after)) / 2, after - factor * before)


@dataclass(frozen=True)
class Verdict:
    """How many standard errors a slice is off, and by how much of the sums."""

    strength: float
    excess: float


@dataclass(frozen=True)
class Court:
    """What slices are held against: the cells that no other cause took out."""

    families: Sequence[Family]
    cells: Ints
    before: Floats
    after: Floats
    squares: Floats | None

    @cached_property
    def order(self) -> float | None:
        """The size of one order, larger ones counting more: the variance of sums is in it."""
        return None if self.squares is None else self._order(np.ones(len(self.cells), dtype=bool))

    def _order(self, some: Flags) -> float:
        assert self.squares is not None
        sizes = np.abs(self.before[some]) + np.abs(self.after[some])
        return float(self.squares[some].sum() / sizes.sum())

    def judged(self, family: Family, slice_: Flags) -> Verdict | None:
        """The slice against all others (Welch's test); None where there is nothing to compare.

        Its variance: that of the cells' noise on both sides, at least as large inside as outside,
        and the spread of members of its kind. Few or heavy-tailed cells make chance wider.
        """
        others = ~slice_
        stand = held(self.before, self.after, growth(self.before[others], self.after[others]))
        if not (stand.size[slice_].sum() > 0 and stand.size[others].sum() > 0):
            return None
        moved = stand.off[slice_].sum() / stand.size[slice_].sum()
        plain = stand.off - np.where(slice_, moved * stand.size, 0.0)
        known = others if slice_.sum() < TELLING else np.ones(len(slice_), dtype=bool)
        variance = variances(stand.size, plain**2, known, self.order)
        weight = stand.size / variance
        told, weight = stand.off * weight, stand.size * weight
        within, without = float(weight[slice_].sum()), float(weight[others].sum())
        here, there = told[slice_].sum() / within, told[others].sum() / without
        error = (stand.off - np.where(slice_, here, there) * stand.size) / np.sqrt(variance)
        squares = np.minimum(error**2, FAR)
        noise = max(float(weight @ squares / weight.sum()), 1.0)
        own = _own(squares[slice_], weight[slice_], noise)
        if self.order is not None:  # a few large orders come and go by chance
            own = max(own, noise * self._order(slice_) / self.order)
        chance = own / within + noise / without
        outside = _Members(self.cells[others], told - there * weight, weight, others, noise, within)
        extra, members = outside.spread(family, self.families)
        freedom = _freedom(squares[others], weight[slice_], len(error))
        shared = chance**2 / freedom + extra**2 / max(members / 2, 1)
        t = (here - there) / np.sqrt(chance + extra)
        z = as_normal(float(t), float((chance + extra) ** 2 / shared))
        return Verdict(z, float(stand.off[slice_].sum()))


@dataclass(frozen=True)
class _Members:
    """The members of families over the other cells: how far off they are, how well that is known.

    `off` and `weight` are of all cells, `others` says which ones are told of. `like`: the weight of
    the slice; small members come and go, and say nothing of what one of its size does.
    """

    cells: Ints
    off: Floats
    weight: Floats
    others: Flags
    noise: float
    like: float

    def spread(self, family: Family, families: Sequence[Family]) -> tuple[float, float]:
        """By what variance members differ, and of how many that is known.

        That of the family itself leans on what is usual for dimensions, of a pair on twice that.
        """
        singles = [self._of(each) for each in families if not each.is_pair]
        usual, count = _usual([each for each in singles if each[1] >= FEWEST])
        own, members, alike = self._of(family)
        if members < FEWEST:
            own, members = 0.0, 0
        lean = LEAN if own < usual else LITTLE
        common = usual * len(family.columns)
        extra = (members * own + lean * common) / (members + lean) * (1 + alike)
        if extra <= STEADY:
            return STEADY, ALL
        return extra, (members**2 + lean * min(count, ENOUGH)) / (members + lean)

    def _of(self, family: Family) -> tuple[float, int, float]:
        """The spread of a family, its members, and which part of them all the largest ones are."""
        known = family.sums(self.cells, self.weight[self.others])
        there = known > 0
        known = known[there]
        if not len(known):
            return 0.0, 0, 0.0
        far = family.sums(self.cells, self.off[self.others])[there] / known
        alike = float((known**2).sum() / known.sum() ** 2)
        least = PEER * self.like
        if len(known) > PEERS:
            least = min(least, float(np.partition(known, -PEERS)[-PEERS]))
        peers = known >= least
        if peers.sum() < min(len(known), PEERS):
            peers = np.ones(len(known), dtype=bool)
        return spread(far[peers], known[peers], self.noise), int(peers.sum()), alike


def _usual(families: Sequence[tuple[float, int, float]]) -> tuple[float, int]:
    """The median spread of families, large ones counting more, and how many members tell it."""
    if not families:
        return 0.0, 0
    ordered = sorted((spread_, min(count, MOST)) for spread_, count, _ in families)
    counts = np.cumsum([count for _, count in ordered])
    return ordered[int(np.searchsorted(counts, counts[-1] / 2))][0], int(counts[-1])


def _own(squares: Floats, weight: Floats, noise: float) -> float:
    """The noise inside the slice, leaning on that of all; never less than that."""
    cells = float(weight.sum() ** 2 / (weight**2).sum())
    seen = float(weight @ squares / weight.sum()) * cells
    return max(noise, (OWN_NOISE * noise + seen) / (OWN_NOISE + max(cells - 1, 0)))


def _freedom(squares: Floats, known: Floats, count: int) -> float:
    """Degrees of freedom: of so many cells, of tails as heavy as the others have.

    Tails average out over the cells of the slice; a t of 4 + 6 / k degrees has excess kurtosis k.
    """
    squares = np.sort(squares)[:-1]  # the largest may have a cause of its own
    mean = float(squares.mean()) if len(squares) else 0.0
    tails = max(float((squares**2).mean()) / mean**2 - 3, 0.0) if mean > NOTHING else 0.0
    tails *= float((known**2).sum() / known.sum() ** 2)
    return 1 / (1 / max(count - 2, 1) + (1 / (4 + 6 / tails) if tails > 0 else 0.0))
