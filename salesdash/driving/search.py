"""The search: the slice that explains most, taken out; then the next, until none stands out."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice

import numpy as np

from salesdash.driving.arrays import Flags, Floats, Ints
from salesdash.driving.families import Family, families, inside, members
from salesdash.driving.judging import Court, Verdict
from salesdash.driving.leaves import Leaves, Left
from salesdash.driving.noise import surprise
from salesdash.driving.ranking import Ranked, penalty, ranked

MOST = 6
"""Slices named at most: more explain nothing to anybody."""

CHANCE = 0.03
"""How often, of changes without a cause, one is named."""

LEAST, CALM = 0.02, 0.05
"""A slice is named from this part of the change on; a change is taken for at least that part."""

COMPLEX = 0.8
"""What a slice of two conditions must explain more, to stand before one of a single condition."""

FEWEST = 4
"""Cells that there must be."""

TRIED, PASSES = 8, 2

AT_ONCE = 3
"""Slices that may hide one another."""


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
            more = [cause] if cause is not None else self._several(causes)
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
        for each in islice(ranked(court), TRIED) if court is not None else ():
            verdict = court.judged(each.family, each.cells) if court is not None else None
            if verdict is None or _margin(verdict, each.family) < 0:
                continue
            if abs(verdict.excess) >= self.matters:
                return self._cause(each, left, verdict.strength), False
            small = True
        return None, small

    def _several(self, causes: list[_Cause]) -> list[_Cause]:
        """Slices of which each hides the others: beyond chance once those are taken out.

        The likeliest few are taken for granted; then those that are not beyond chance beside the
        others go, the weakest first.
        """
        found: list[_Cause] = []
        while len(found) < min(AT_ONCE, MOST - len(causes)):
            left = self._left([*causes, *found])
            court = self._court(left)
            best = None if court is None else next(ranked(court), None)
            if best is None:
                break
            found.append(self._cause(best, left, 0.0))
        while len(found) > 1:
            margins = [self._beside(found, place, causes) for place in range(len(found))]
            if min(margins) >= 0:
                return found
            found.pop(margins.index(min(margins)))
        return []

    def _beside(self, found: list[_Cause], place: int, causes: list[_Cause]) -> float:
        """By how much one of several is beyond chance once the others are taken out."""
        left = self._left([*causes, *found[:place], *found[place + 1 :]])
        court, own = self._court(left), found[place]
        if court is None:
            return -np.inf
        verdict = court.judged(own.family, inside(own.family, own.number, court.cells))
        if verdict is None or abs(verdict.excess) < self.matters:
            return -np.inf
        return _margin(verdict, own.family)

    def _cause(self, best: Ranked, left: Flags, strength: float) -> _Cause:
        court = np.flatnonzero(left)
        number = self._other(best.family, best.number, court, best.cells)
        return _Cause(best.family, number, left & (best.family.key == number), strength)

    def _court(self, left: Flags) -> Court | None:
        cells = np.flatnonzero(left)
        if len(cells) < FEWEST:
            return None
        squares = None if self.leaves.squares is None else self.leaves.squares[cells]
        return Court(self.families, cells, self.before[cells], self.after[cells], squares)

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
        then, now = float(self.before[left].sum()), float(self.after[left].sum())
        usual = now / then if then > 0 else 1.0
        slices = [self._slice(each, usual) for each in causes]
        slices.sort(key=lambda s: -abs(s.excess) * Decimal(COMPLEX if len(s.conditions) > 1 else 1))
        remains, ordered = total.change, []
        for each in slices:
            remains -= each.part.change
            ordered.append(replace(each, remains=remains))
        sides = self.before.any() and self.after.any()
        few = len(self.before) < FEWEST or not self.families or not sides
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


def _margin(verdict: Verdict, family: Family) -> float:
    """By how much a verdict is beyond chance, as the logarithm of its probability."""
    return surprise(verdict.strength) - penalty(family) + float(np.log(CHANCE))


def _merged(causes: list[_Cause]) -> list[_Cause]:
    """Slices of the same conditions as one."""
    found: dict[tuple[tuple[int, ...], int], _Cause] = {}
    for each in causes:
        known = found.get(each.name)
        found[each.name] = replace(each, cells=each.cells | known.cells) if known else each
    return list(found.values())
