"""The search: the slice that explains most, taken out; then the next, until none stands out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice

import numpy as np

from salesdash.driving.arrays import Flags, Floats, Ints
from salesdash.driving.families import Family, Scan, families, inside, members, scanner
from salesdash.driving.judging import Court, growth, held
from salesdash.driving.leaves import Leaves, Left
from salesdash.driving.noise import surprise, variances

MOST = 6
"""Slices named at most: more explain nothing to anybody."""

CHANCE = 0.02
"""How often, of changes without a cause, one is named."""

LEAST, CALM = 0.02, 0.05
"""A slice is named from this part of the change on; a change is taken for at least that part."""

COMPLEX = 0.8
"""What a slice of two conditions must explain more, to stand before one of a single condition."""

FEWEST = 4
"""Cells that there must be."""

LOOKS, PER_FAMILY, TRIED, PASSES = 3, 10, 8, 2


@dataclass(frozen=True)
class Part:
    """Sums of some rows, exact."""

    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """What came to it, or went."""
        return self.after - self.before


@dataclass(frozen=True)
class Slice:
    """A slice that stands out, of the rows that the slices before it left.

    `expected`: what it would be had it grown as the rest did; `remains`: the change that is left
    for those after it; `strength`: by how many standard errors of chance it is off.
    """

    conditions: tuple[tuple[str, str | None], ...]
    part: Part
    expected: Decimal
    remains: Decimal
    strength: float

    @property
    def excess(self) -> Decimal:
        """By how much it is off what was to be expected."""
        return self.part.after - self.expected


@dataclass(frozen=True)
class Found:
    """The slices that explain a change, the largest first; their parts and the rest sum to it.

    `usual`: by what factor the rest grew. `why`: why there are none (`few` cells, `even`: nothing
    beyond chance, `small`: nothing of a size that matters). `tests`: slices that were tried.
    """

    total: Part
    slices: tuple[Slice, ...]
    rest: Part
    usual: float
    why: str | None
    searched: tuple[str, ...]
    tests: int
    left: tuple[Left, ...]
    capped: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Cause:
    """A slice of a family, and the cells that are its own."""

    family: Family
    number: int
    cells: Flags
    strength: float

    @property
    def name(self) -> tuple[tuple[int, ...], int]:
        return self.family.columns, self.number


def search(leaves: Leaves) -> Found:
    """The few slices by one or two conditions that explain the change from before to after."""
    return _Search(leaves).found()


@dataclass(frozen=True)
class _Search:
    leaves: Leaves

    @cached_property
    def before(self) -> Floats:
        return np.asarray(self.leaves.before / 10.0**self.leaves.scale)

    @cached_property
    def after(self) -> Floats:
        return np.asarray(self.leaves.after / 10.0**self.leaves.scale)

    @cached_property
    def families(self) -> tuple[Family, ...]:
        return families(self.leaves)

    @cached_property
    def matters(self) -> float:
        """How far off a slice must be to be named."""
        moved = abs(float((self.after - self.before).sum()))
        whole = float((np.abs(self.after) + np.abs(self.before)).sum()) / 2
        return LEAST * max(moved, CALM * whole)

    def found(self) -> Found:
        """The slices, and what is left beside them."""
        causes: list[_Cause] = []
        small = False
        while len(causes) < MOST:
            cause, small = self._next(self._left(causes))
            more = [cause] if cause is not None else self._both(causes)
            if not more:
                break
            causes = self._settled([*causes, *more])
            if len({each.name for each in causes}) < len(causes):
                causes = _merged(causes)
                break
        return self._told(self._turned(causes), small=small)

    def _left(self, causes: list[_Cause]) -> Flags:
        taken = np.zeros(len(self.before), dtype=bool)
        for each in causes:
            taken |= each.cells
        return ~taken

    # --- one slice --------------------------------------------------------------------------

    def _next(self, left: Flags) -> tuple[_Cause | None, bool]:
        """The slice that explains most of what the left cells did, if it is beyond chance.

        And whether what was beyond chance was too small to matter.
        """
        court, small = self._court(left), False
        if court is None:
            return None, False
        for family, number, penalty in islice(self._ranked(court), TRIED):
            slice_ = inside(family, number, court.cells)
            verdict = court.judged(family, slice_)
            if verdict is None or surprise(verdict.strength) - penalty < -np.log(CHANCE):
                continue
            if abs(verdict.excess) < self.matters:
                small = True
                continue
            named = self._other(family, number, court.cells, slice_)
            return _Cause(family, named, left & (family.key == named), verdict.strength), False
        return None, small

    def _both(self, causes: list[_Cause]) -> list[_Cause]:
        """Two slices of which each hides the other: beyond chance once the other is taken out."""
        left = self._left(causes)
        court = self._court(left)
        best = None if court is None else next(self._ranked(court), None)
        if best is None or len(causes) + 2 > MOST:
            return []
        family, number, _ = best
        first = _Cause(family, number, left & (family.key == number), 0.0)
        second, _small = self._next(left & ~first.cells)
        again = None if second is None else self._next(left & ~second.cells)[0]
        if second is None or again is None or again.name != first.name:
            return []
        return [again, second]

    def _court(self, left: Flags) -> Court | None:
        cells = np.flatnonzero(left)
        if len(cells) < FEWEST:
            return None
        order = self.leaves.order
        return Court(self.families, cells, self.before[cells], self.after[cells], order)

    def _ranked(self, court: Court) -> Iterator[tuple[Family, int, float]]:
        """Slices by their likelihood, less what so many of their kind would reach by chance.

        Half of the chance of a false one goes to single conditions, half to pairs; in a family it
        is shared by all members. Noise is estimated without the slice that seems best.
        """
        kinds = [sum(each.is_pair == pair for each in self.families) for pair in (False, True)]
        best = np.zeros(len(court.cells), dtype=bool)
        found: list[tuple[float, Scan, int, float]] = []
        for _ in range(LOOKS):
            scans = self._scans(court, best)
            penalty = [np.log(s.tests * 2 * kinds[s.family.is_pair]) for s in scans]
            found = [
                (float(scan.gain[number] - cost), scan, int(number), float(cost))
                for scan, cost in zip(scans, penalty, strict=True)
                for number in np.argsort(-scan.gain, kind="stable")[:PER_FAMILY]
                if scan.gain[number] > cost
            ]
            if not found:
                return
            found.sort(key=lambda each: (-each[0], each[1].family.is_pair, each[1].family.size))
            now = inside(found[0][1].family, found[0][2], court.cells)
            if (now == best).all():
                break
            best = now
        seen: list[Flags] = []
        for _, scan, number, cost in found:
            now = inside(scan.family, number, court.cells)
            if not any((now == each).all() for each in seen):  # identical slices once
                seen.append(now)
                yield scan.family, number, cost

    def _scans(self, court: Court, best: Flags) -> list[Scan]:
        others = ~best
        stand = held(court.before, court.after, growth(court.before[others], court.after[others]))
        size = float(stand.size[best].sum())
        moved = float(stand.off[best].sum()) / size if size else 0.0
        plain = stand.off - np.where(best, moved * stand.size, 0.0)
        every = np.ones(len(best), dtype=bool)
        variance = variances(stand.size, plain**2, every, self.leaves.order)
        scan = scanner(court.cells, stand.size, stand.off, variance).scan
        return [scan(family) for family in self.families]

    def _other(self, family: Family, number: int, cells: Ints, slice_: Flags) -> int:
        """Of a dimension's only two members that which left the other's usual way.

        One fell against the other as much as that rose; the one that nearly stayed is the usual.
        """
        rest = np.unique(family.key[cells[~slice_]])
        if family.is_pair or len(rest) != 1 or rest[0] >= family.size:
            return number
        stayed = self._moved(cells[slice_]) < self._moved(cells[~slice_])
        return int(rest[0]) if stayed else number

    def _moved(self, cells: Ints | Flags) -> float:
        """By what factor some cells grew or shrank, as the size of its logarithm."""
        then, now = float(self.before[cells].sum()), float(self.after[cells].sum())
        return abs(float(np.log(now / then))) if then > 0 and now > 0 else np.inf

    # --- several slices ---------------------------------------------------------------------

    def _settled(self, causes: list[_Cause]) -> list[_Cause]:
        """Each slice judged again without the others: the first was found with all in the way."""
        for _ in range(PASSES if len(causes) > 1 else 0):
            names = [each.name for each in causes]
            for place in range(len(causes)):
                others = causes[:place] + causes[place + 1 :]
                again, _small = self._next(self._left(others))
                if again is not None:
                    causes = [*causes[:place], again, *causes[place + 1 :]]
            if names == [each.name for each in causes]:
                break
        return causes

    def _turned(self, causes: list[_Cause]) -> list[_Cause]:
        """Where all but one member of a dimension are named, that one may be what stands out."""
        rest = self._left(causes)
        cells = np.flatnonzero(rest)
        for family in self.families:
            own = all(each.family is family for each in causes)
            if not causes or family.is_pair or not own or not len(cells):
                continue
            numbers = np.unique(family.key[cells])
            steady = min(range(len(causes)), key=lambda n: self._moved(causes[n].cells))
            if len(numbers) != 1 or numbers[0] >= family.size:
                continue
            if self._moved(causes[steady].cells) < self._moved(rest):
                turned = replace(causes[steady], number=int(numbers[0]), cells=rest)
                return [*causes[:steady], turned, *causes[steady + 1 :]]
        return causes

    # --- the answer -------------------------------------------------------------------------

    def _told(self, causes: list[_Cause], *, small: bool) -> Found:
        total = self._part(np.ones(len(self.before), dtype=bool))
        left = self._left(causes)
        usual = growth(self.before[left], self.after[left])
        slices = [self._slice(each, usual) for each in causes]
        slices.sort(key=lambda s: -abs(s.excess) * Decimal(COMPLEX if len(s.conditions) > 1 else 1))
        remains, ordered = total.change, []
        for each in slices:
            remains -= each.part.change
            ordered.append(replace(each, remains=remains))
        few = len(self.before) < FEWEST or not self.families
        why = None if slices else "few" if few else "small" if small else "even"
        return Found(
            total=total,
            slices=tuple(ordered),
            rest=self._part(left),
            usual=usual,
            why=why,
            searched=tuple(each.name for each in self.leaves.columns),
            tests=sum(each.size for each in self.families),
            left=self.leaves.left,
            capped=self.leaves.capped,
        )

    def _slice(self, cause: _Cause, usual: float) -> Slice:
        part = self._part(cause.cells)
        cell = int(np.flatnonzero(cause.cells)[0])
        expected = (part.before * Decimal(usual)).quantize(Decimal(1).scaleb(-self.leaves.scale))
        conditions = tuple(members(self.leaves, cause.family, cell))
        return Slice(conditions, part, expected, Decimal(0), cause.strength)

    def _part(self, cells: Flags) -> Part:
        return Part(
            self.leaves.money(self.leaves.before[cells]),
            self.leaves.money(self.leaves.after[cells]),
        )


def _merged(causes: list[_Cause]) -> list[_Cause]:
    """Slices of the same conditions as one."""
    found: dict[tuple[tuple[int, ...], int], _Cause] = {}
    for each in causes:
        known = found.get(each.name)
        found[each.name] = replace(each, cells=each.cells | known.cells) if known else each
    return list(found.values())
