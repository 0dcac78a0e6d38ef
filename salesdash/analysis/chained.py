"""A chain of figures then and now: its usable parts, and what each lever adds to the change."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod

from salesdash.analysis import shapley
from salesdash.analysis.levers import (
    LINES,
    LISTED,
    ORDERS,
    SALES,
    UNITS,
    Link,
    Part,
    Volumes,
    links,
)

MIX, APART = "mix", "apart"
"""Causes that are no levers: what moved between members; members without volume of their own."""

Pair = tuple[Volumes, Volumes]
"""Figures by the code of their part: then, now."""


def usable(parts: tuple[Part, ...], whole: Pair, counted: Part | None) -> tuple[Part, ...]:
    """The parts that both periods have a figure of, without those that tell nothing new.

    Where nothing was sold in one of them its parts are all zero, and any will do. Lines stand for
    units where these are unknown; list prices say nothing where all was paid in full.
    """
    *inner, last = parts
    sides = [side for side in whole if side.get(last.code)]
    found = [part for part in inner if all(side.get(part.code) for side in sides)]
    if not sides:
        return (last,)
    if UNITS in found or (counted != LINES and _alike(LINES, ORDERS, sides)):
        found = [part for part in found if part != LINES]
    if _alike(LISTED, SALES, sides):
        found = [part for part in found if part != LISTED]
    return (*found, last)


def _alike(one: Part, other: Part, sides: list[Volumes]) -> bool:
    return all(side.get(one.code) == side.get(other.code) for side in sides)


@dataclass(frozen=True)
class Chained:
    """The parts of a chain, in order, whose product is the last of them.

    `counted`: one of them that adds up over `members`, whose figures follow; None: no breakdown.
    """

    parts: tuple[Part, ...]
    whole: Pair
    counted: Part | None
    members: Mapping[str | None, Pair]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The levers."""
        return links(self.parts)

    @cached_property
    def causes(self) -> dict[str, Fraction]:
        """What each cause adds to the change, in the order of the chain; exact.

        They are those of the whole up to what is counted, then the mix, then those of each member.
        """
        codes = [link.code for link in self._of_whole]
        if self.counted is not None:
            codes += [MIX, *(link.code for link in self._of_members)]
        found = dict(zip(codes, shapley.parts(len(codes), self._worth), strict=True))
        apart = self._change - sum(found.values(), Fraction(0))
        return {**found, APART: apart} if apart else found

    @property
    def _change(self) -> Fraction:
        then, now = (side.get(self.parts[-1].code, Fraction(0)) for side in self.whole)
        return now - then

    @cached_property
    def _place(self) -> int:
        """How many levers are of the whole."""
        return len(self.links) if self.counted is None else self.parts.index(self.counted) + 1

    @property
    def _of_whole(self) -> tuple[Link, ...]:
        return self.links[: self._place]

    @property
    def _of_members(self) -> tuple[Link, ...]:
        return self.links[self._place :]

    def _worth(self, changed: frozenset[int]) -> Fraction:
        size = prod((pair[n in changed] for n, pair in enumerate(self._factors)), start=Fraction(1))
        if self.counted is None:
            return size
        return size * self._inner(frozenset(n - self._place for n in changed if n >= self._place))

    @cached_property
    def _factors(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Then and now of each lever of the whole."""
        found = []
        for place, link in enumerate(self._of_whole):
            then, now = (_factor(link, side) for side in self.whole)
            if place:
                then, now = _either(then, now), _either(now, then)
            found.append((then or Fraction(0), now or Fraction(0)))
        return tuple(found)

    def _inner(self, changed: frozenset[int]) -> Fraction:
        """The figure by what is counted: shares of members times their own levers."""
        if changed not in self._kept:
            self._kept[changed] = sum(
                (
                    prod((pair[n in changed] for n, pair in enumerate(pairs)), start=Fraction(1))
                    for pairs in self._of_each
                ),
                Fraction(0),
            )
        return self._kept[changed]

    @cached_property
    def _kept(self) -> dict[frozenset[int], Fraction]:
        return {}

    @cached_property
    def _of_each(self) -> list[list[tuple[Fraction, Fraction]]]:
        """Of each member its share in what is counted and its own levers, then and now."""
        code = self.counted.code if self.counted is not None else ""
        sums = [side.get(code) or None for side in self.whole]
        found = []
        for pair in self.members.values():
            sides = tuple(_sold_at_list(side) for side in pair)
            then, now = (
                None if total is None else side.get(code, Fraction(0)) / total
                for side, total in zip(sides, sums, strict=True)
            )
            levers = [(_either(then, now) or Fraction(0), _either(now, then) or Fraction(0))]
            for link in self._of_members:
                before, after = (_factor(link, side) for side in sides)
                zero = Fraction(0)
                levers.append((_either(before, after) or zero, _either(after, before) or zero))
            found.append(levers)
        return found


def _factor(link: Link, side: Volumes) -> Fraction | None:
    """A lever in one period; None where it cannot be told."""
    part = side.get(link.part.code, Fraction(0))
    if link.before is None:
        return part
    before = side.get(link.before.code)
    return part / before if before else None


def _either(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """What cannot be told in one period did not change: only what was there can move."""
    return other if one is None else one


def _sold_at_list(side: Volumes) -> Volumes:
    """A member without list prices was paid in full."""
    if LISTED.code in side and not side[LISTED.code]:
        return {**side, LISTED.code: side[SALES.code]}
    return side
