"""The table that is searched: cells of members, each with its sum before and after."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from salesdash.driving.arrays import Flags, Floats, Ints

SMALLEST = 0.001
"""A slice with less of all sums than this is not looked at by itself."""

MOST_MEMBERS = 400
"""The largest members of a dimension that are looked at; the others stand together."""

LARGEST = 4e18
"""What 64 bits hold of all sums together."""

DIGITS = 4
"""Decimal places that are kept, as far as they fit."""

REPEATED = 3
"""A member of fewer orders is its own order: it came or went by chance."""

THIN = 0.5
"""From this part of all sums in rows of one period on, rows are taken for single orders."""

Why = Literal["constant", "copy", "small", "regrouped"]

NOTABLE = 0.01
"""A group with this part of all sums that is new or gone is no small one."""


@dataclass(frozen=True)
class Coded:
    """A column: the number of the member of each row, and the members (None: the empty one)."""

    name: str
    members: tuple[str | None, ...]
    codes: Ints


@dataclass(frozen=True)
class Left:
    """A column that is not searched: one member only, the same as another, or tiny members only.

    Or its members are groups that were made anew in between. `of`: the column it is a copy of.
    """

    name: str
    why: Why
    of: str | None = None


@dataclass(frozen=True)
class Leaves:
    """Cells by all searched columns; `before` and `after` in units of 10^-`scale`, exact.

    A code beyond a column's members stands for its many small ones; `capped` counts them.
    `squares`: of the sizes of the orders in each cell, where rows are single ones; None where each
    row has both sums.
    """

    columns: tuple[Coded, ...]
    before: Ints
    after: Ints
    scale: int
    rows: int
    squares: Floats | None = None
    left: tuple[Left, ...] = ()
    capped: tuple[tuple[str, int], ...] = ()

    def money(self, units: Ints) -> Decimal:
        """The exact sum."""
        return Decimal(int(units.sum())).scaleb(-self.scale)


def coded(name: str, members: Iterable[str | None]) -> Coded:
    """A column of texts."""
    texts = list(members)
    every = list(dict.fromkeys(texts))
    place = {member: number for number, member in enumerate(every)}
    return ordered(name, every, np.array([place[each] for each in texts], dtype=np.int64))


def ordered(name: str, members: Sequence[str | None], codes: Ints) -> Coded:
    """A column whose members are in any order, in that of their names, the empty one last."""
    order = sorted(range(len(members)), key=lambda n: (members[n] is None, members[n] or ""))
    place = np.zeros(len(members), dtype=np.int64)
    place[order] = np.arange(len(members))
    return Coded(name, tuple(members[number] for number in order), place[codes])


@dataclass(frozen=True)
class Sums:
    """Sums before and after of each row, in units of 10^-`scale`.

    Rows may be cells already (`cells`): then `rows` says of how many each is made, `squares` sums
    those of their sizes; without these each row has both sums.
    """

    before: Ints
    after: Ints
    scale: int
    cells: bool = False
    rows: Ints | None = None
    squares: Floats | None = None

    @property
    def mass(self) -> Floats:
        """How much each row is of both sums."""
        return np.asarray(np.abs(self.before.astype(float)) + np.abs(self.after.astype(float)))

    def only(self, some: Flags) -> "Sums":
        """Of some rows."""
        rows = None if self.rows is None else self.rows[some]
        squares = None if self.squares is None else self.squares[some]
        before, after = self.before[some], self.after[some]
        return replace(self, before=before, after=after, rows=rows, squares=squares)


def sums(
    before: Sequence[Decimal | float] | Floats, after: Sequence[Decimal | float] | Floats
) -> Sums:
    """Sums of rows, with as many decimal places as fit. Decimals stay exact."""
    sides = [np.asarray(each) for each in (before, after)]
    whole = sum(float(np.abs(each.astype(float)).sum()) for each in sides)
    scale = DIGITS
    while scale > 0 and whole * 10.0**scale > LARGEST:
        scale -= 1
    first, second = (_units(each, scale) for each in sides)
    return Sums(first, second, scale)


def _units(side: NDArray[Any], scale: int) -> Ints:
    if side.dtype == object:
        exact = [int(Decimal(each).scaleb(scale).to_integral_value()) for each in side]
        return np.array(exact, dtype=np.int64)
    return np.asarray(np.rint(side * 10.0**scale), dtype=np.int64)


def leaves(columns: Sequence[Coded], given: Sums) -> Leaves:
    """The rows as cells: small members together, columns that tell nothing of their own left out.

    Several rows may have the same members.
    """
    some = (given.before != 0) | (given.after != 0)  # others say nothing of the change
    columns = [Coded(each.name, each.members, each.codes[some]) for each in columns]
    rows, given = len(some), given.only(some)
    squares = given.squares if given.cells else _squares(given)
    kept: list[Coded] = []
    left, capped = [], []
    for column in columns:
        found, small = _capped(column, given, REPEATED if squares is not None else 1)
        why = _useless(found, kept)
        if why is not None:
            left.append(why)
            continue
        kept.append(found)
        if small:
            capped.append((column.name, small))
    place = joined(kept, len(given.before))
    count = int(place.max()) + 1 if len(place) else 0
    first = np.zeros(count, dtype=np.int64)
    first[place[::-1]] = np.arange(len(place))[::-1]
    cells = tuple(Coded(each.name, each.members, each.codes[first]) for each in kept)
    before, after = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(before, place, given.before)
    np.add.at(after, place, given.after)
    squared = None if squares is None else np.bincount(place, squares, count).astype(float)
    return Leaves(cells, before, after, given.scale, rows, squared, tuple(left), tuple(capped))


def steady(table: Leaves, groups: Container[str]) -> Leaves:
    """Without columns of groups if a member of any is new or gone: it took from the others.

    To take such a group out would make all others look as if they fell.
    """
    mass = np.abs(table.before.astype(float)) + np.abs(table.after.astype(float))
    grouped = [each for each in table.columns if each.name in groups]
    kept = [each for each in table.columns if each.name not in groups]
    if not kept or not any(_moved(each, table, mass) for each in grouped):
        return table
    given = Sums(table.before, table.after, table.scale, cells=True, squares=table.squares)
    found = leaves(kept, given)
    told = tuple(Left(each.name, "regrouped") for each in grouped)
    left = (*table.left, *told, *found.left)
    return replace(found, rows=table.rows, left=left, capped=table.capped)


def _moved(column: Coded, table: Leaves, mass: Floats) -> bool:
    """Whether a notable member has rows in one period only."""
    size = len(column.members) + 1
    sides = [np.bincount(column.codes, np.abs(x), size) for x in (table.before, table.after)]
    large = np.bincount(column.codes, mass, size) >= NOTABLE * mass.sum()
    return bool((large & (np.minimum(*sides) == 0))[:-1].any())


def _squares(rows: Sums) -> Floats | None:
    """Of the sizes of rows, if most of them are of one period only, as single orders are."""
    sizes = rows.mass / 10.0**rows.scale
    alone = (rows.before == 0) | (rows.after == 0)
    return sizes**2 if sizes[alone].sum() > THIN * sizes.sum() else None


def _capped(column: Coded, given: Sums, rows: int) -> tuple[Coded, int]:
    """With the members of at least so many rows that are worth a look; how many stand together."""
    mass, size = given.mass, len(column.members)
    share = np.bincount(column.codes, mass, size + 1)[:size] / (mass.sum() or 1.0)
    order = np.argsort(-share, kind="stable")[:MOST_MEMBERS]
    counts = np.bincount(column.codes, given.rows, size + 1)[:size]
    kept = np.sort(order[(share[order] >= SMALLEST) & (counts[order] >= rows)])
    there = int((counts > 0).sum())
    place = np.full(size + 1, len(kept), dtype=np.int64)
    place[kept] = np.arange(len(kept))
    members = tuple(column.members[number] for number in kept)
    return Coded(column.name, members, place[column.codes]), there - len(kept)


def _useless(column: Coded, kept: Sequence[Coded]) -> Left | None:
    """Why a column can be left out."""
    if not column.members:
        return Left(column.name, "small")
    if not len(column.codes) or (column.codes == column.codes[0]).all():
        return Left(column.name, "constant")
    for other in kept:
        if len(other.members) == len(column.members) and _same(column, other):
            return Left(column.name, "copy", other.name)
    return None


def _same(column: Coded, other: Coded) -> bool:
    """Whether each member of one goes with just one of the other."""
    size = len(other.members) + 1
    pairs = np.unique(column.codes * size + other.codes)
    return len(pairs) == len(np.unique(column.codes)) == len(np.unique(other.codes))


def joined(columns: Sequence[Coded], rows: int) -> Ints:
    """A number for each row, the same for rows with the same members, from 0 without gaps."""
    key = np.zeros(rows, dtype=np.int64)
    for column in columns:
        size = len(column.members) + 1
        _, key = np.unique(key * size + column.codes, return_inverse=True)
    return np.asarray(key.reshape(-1), dtype=np.int64)
