"""A metric asked by the members of one dimension, in a window and the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from salesdash.analysis import movers, placed, standing
from salesdash.analysis.answers import Figure, Mover, Movers, Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.breakdown import Line, Listed, Listing, Order
from salesdash.analysis.changes import difference
from salesdash.analysis.contributions import together
from salesdash.analysis.whole import Whole, windows
from salesdash.metrics import NO_ROWS, Kind, Measured, Unit
from salesdash.selection import Filter

Figures = Mapping[str | None, Number | None]


def listed(question: Question, listing: Listing, by: str) -> Listed:
    """The members in the order and length of a listing; `by` stands for its dimension.

    Those of a plain sum are ranked where the rows lie, all others are asked one by one. Raises
    UsageError for an unknown metric or dimension.
    """
    whole = Whole.of(question, listing.metric, by)
    return placed.listed(whole, listing) or Split.of(whole).listed(listing)


@dataclass(frozen=True, eq=False)
class Split:
    """The figures of all members beside those of the whole, which is asked, not summed."""

    whole: Whole
    parts: Measured

    @classmethod
    def of(cls, whole: Whole) -> "Split":
        """Ask the members. Raises UsageError for an unknown dimension."""
        question = whole.question
        parts = question.measure((whole.metric.id,), windows(question), by=(whole.by,))
        return cls(whole, parts)

    def listed(self, listing: Listing) -> Listed:
        """The first lines in their order, the others as one: one alone is shown."""
        ordered = sorted(self._plain, key=lambda line: self._place(listing.order, line))
        room = listing.limit if len(ordered) > listing.limit + 1 else len(ordered)
        shown, tail = ordered[:room], ordered[room:]
        other = (self._other(shown, tail),) if tail else ()
        values = [line.change.now.value for line in self._plain if line.member]
        return Listed(
            self.whole.by,
            (*self._standing(shown), *other),
            self.whole.total(self.apart),
            len(ordered),
            self.apart,
            standing.pareto(values, self._shared),
            standing.concentration(values if self.whole.sums else ()),
            self.movers,
        )

    @cached_property
    def apart(self) -> Reason | None:
        """Why the members don't sum to the whole; None where they do, to the cent."""
        metric = self.whole.metric
        if not self.whole.sums:
            counted = metric.kind in (Kind.SIMPLE, Kind.STOCK, Kind.CUSTOMER)
            distinct = counted and metric.unit is Unit.COUNT
            return Reason(f"analysis.comparison_of.apart.{'distinct' if distinct else 'ratio'}")
        if together([_mover(line) for line in self._plain]) == self.whole.pair:
            return None
        return Reason("analysis.comparison_of.apart.unstated")

    def _standing(self, shown: Sequence[Line]) -> list[Line]:
        """Lines with their places among all members and, if these add up, their shares."""
        now = {line.member: line.change.now.value for line in self._plain}
        ranks, ranks_then = self._ranks
        whole = self._shared
        sums = dict(zip(now, standing.cumulative(tuple(now.values()), whole), strict=True))
        return [
            replace(
                line,
                part=self._part(line),
                share=standing.share(line.change.now.value, whole),
                cumulative=sums[line.member],
                rank=ranks.get(line.member),
                rank_then=ranks_then.get(line.member),
            )
            for line in shown
        ]

    def _ranked(self, values: Figures) -> Figures:
        """What has a place: named members, and of sums those that have some."""
        return {m: v for m, v in values.items() if m and (v or not self.whole.sums)}

    def _other(self, shown: Sequence[Line], tail: Sequence[Line]) -> Line:
        """The lines beyond those shown as one: summed where they add up, else asked together."""
        count = len(tail)
        whole = self.whole
        if self.apart is None:
            now, then = together([_mover(line) for line in tail])
            change = whole.made([Figure(now), Figure(then)])
            share = standing.share(now, self._shared)
            return Line(None, None, change, whole.part(change), share, count=count)
        hidden = Filter(whole.by, tuple(line.member or None for line in shown), exclude=True)
        chosen = whole.question.selection
        filters = (*chosen.filters, hidden)
        rest = replace(whole.question, selection=replace(chosen, filters=filters))
        measured = rest.measure((whole.metric.id,), whole.measured.windows)
        change = whole.changed(whole.figures(measured, ()), answered(NO_ROWS))
        return Line(None, None, change, count=count)

    @cached_property
    def movers(self) -> Movers | None:
        """The parts of the change; None where there are none, or nothing moved."""
        if self.apart is not None or not self.whole.compared:
            return None
        return movers.of(self.whole.metric, self.whole.by, [_mover(line) for line in self._plain])

    @property
    def _shared(self) -> Number | None:
        """What shares are parts of; None where parts don't add up."""
        return self.whole.change.now.value if self.apart is None else None

    @cached_property
    def _plain(self) -> tuple[Line, ...]:
        """Members with their figures alone; who has no rows in a window has none of a sum in it."""
        whole, parts = self.whole, self.parts
        names = whole.question.warehouse.names(whole.metric.dataset, whole.by)
        empty = Figure(0) if whole.sums else answered(NO_ROWS)
        found = []
        for members in parts.members(whole.metric.id):
            member, figures = members[0] or "", whole.figures(parts, members)
            if any(one != NO_ROWS for one in figures):
                found.append(Line(member, names.get(member), whole.changed(figures, empty)))
        return tuple(found)

    def _part(self, line: Line) -> Number | None:
        return self.whole.part(line.change) if self.apart is None else None

    def _place(self, order: Order, line: Line) -> tuple[object, ...]:
        """The sorting key of a line: its size, then its name."""
        name = (line.label or line.member or "").casefold(), line.member or ""
        if order is Order.NAME:
            return (not line.member, *name)
        size = self._size(order, line)
        return (size is None, -(size or 0), *name)

    @cached_property
    def _ranks(self) -> tuple[Mapping[str | None, int], Mapping[str | None, int]]:
        """Places of the members now and then."""
        now = {line.member: line.change.now.value for line in self._plain}
        then = {line.member: line.change.then.value for line in self._plain}
        return standing.ranks(self._ranked(now)), standing.ranks(self._ranked(then))

    def _size(self, order: Order, line: Line) -> Number | None:
        if order is Order.RANK:
            places = [ranks[line.member] for ranks in self._ranks if line.member in ranks]
            return -min(places) if places else None
        if order is Order.VALUE or not self.whole.compared:
            return line.change.now.value
        part = self._part(line)
        moved = line.change.absolute if part is None else part
        if order is Order.RATIO and self.whole.metric.unit not in (Unit.SHARE, Unit.MULTIPLE):
            moved = line.change.ratio
        if moved is None:
            return None
        return moved if moved >= 0 else -moved


def _mover(line: Line) -> Mover:
    now, then = line.change.now.value or 0, line.change.then.value or 0
    return Mover(line.member, line.label, now, then, difference(now, then), line.count)
