"""A metric asked whole and by the members of one dimension, in a window and the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from salesdash.analysis import changes, movers, standing
from salesdash.analysis.answers import Change, Figure, Mover, Movers, Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.breakdown import Line, Order
from salesdash.analysis.changes import difference
from salesdash.analysis.contributions import together
from salesdash.metrics import NO_ROWS, Kind, Measured, Members, Metric, Unit
from salesdash.metrics import Figure as Measure
from salesdash.selection import Filter

Figures = Mapping[str | None, Number | None]


@dataclass(frozen=True, eq=False)
class Split:
    """The figures of all members beside those of the whole, which is asked, not summed."""

    question: Question
    metric: Metric
    by: str
    parts: Measured
    whole: Measured
    compared: bool

    @classmethod
    def of(cls, question: Question, metric: str, by: str) -> "Split":
        """Ask both. Raises UsageError for an unknown metric or dimension."""
        compared = question.is_compared
        windows = (question.selection.window, question.compared)[: 1 + compared]
        parts = question.measure((metric,), windows, by=(by,))
        whole = question.measure((metric,), windows)
        return cls(question, question.metric(metric), by, parts, whole, compared)

    @cached_property
    def total(self) -> Line:
        """The whole as a line: its part is all of the change, its share 1."""
        change = self._change(self.whole, ())
        now = change.now.value if self.apart is None else None
        return Line(None, None, change, self._part(change), standing.share(now, now))

    @cached_property
    def apart(self) -> Reason | None:
        """Why the members don't sum to the whole; None where they do, to the cent."""
        metric = self.metric
        if not self._sums:
            counted = metric.kind in (Kind.SIMPLE, Kind.STOCK, Kind.CUSTOMER)
            distinct = counted and metric.unit is Unit.COUNT
            return Reason(f"analysis.comparison_of.apart.{'distinct' if distinct else 'ratio'}")
        whole = self._change(self.whole, ())
        parts = together([_mover(line) for line in self._plain])
        if parts == (whole.now.value or 0, whole.then.value or 0):
            return None
        return Reason("analysis.comparison_of.apart.unstated")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All members with rows in either window, with their places and, if they add up, shares."""
        now = {line.member: line.change.now.value for line in self._plain}
        then = {line.member: line.change.then.value for line in self._plain}
        ranks, ranks_then = (standing.ranks(self._ranked(values)) for values in (now, then))
        whole = self._shared
        sums = standing.cumulative(tuple(now.values()), whole)
        return tuple(
            replace(
                line,
                part=self._part(line.change),
                share=standing.share(line.change.now.value, whole),
                cumulative=up_to,
                rank=ranks.get(line.member),
                rank_then=ranks_then.get(line.member),
            )
            for line, up_to in zip(self._plain, sums, strict=True)
        )

    def _ranked(self, values: Figures) -> Figures:
        """What has a place: named members, and of sums those that have some."""
        return {m: v for m, v in values.items() if m and (v or not self._sums)}

    @property
    def values(self) -> tuple[Number | None, ...]:
        """The figures now of all members that have a name."""
        return tuple(line.change.now.value for line in self._plain if line.member)

    def sorted(self, order: Order) -> list[Line]:
        """The lines, largest first."""
        return sorted(self.lines, key=lambda line: self._place(order, line))

    def other(self, shown: Sequence[Line], tail: Sequence[Line]) -> Line:
        """The lines beyond those shown as one: summed where they add up, else asked together."""
        count = len(tail)
        if self.apart is None:
            now, then = together([_mover(line) for line in tail])
            change = self._made([Figure(now), Figure(then)])
            share = standing.share(now, self._shared)
            return Line(None, None, change, self._part(change), share, count=count)
        hidden = Filter(self.by, tuple(line.member or None for line in shown), exclude=True)
        chosen = self.question.selection
        rest = replace(self.question, selection=replace(chosen, filters=(*chosen.filters, hidden)))
        measured = rest.measure((self.metric.id,), self.whole.windows)
        return Line(None, None, self._change(measured, ()), count=count)

    @cached_property
    def movers(self) -> Movers | None:
        """The parts of the change; None where there are none, or nothing moved."""
        if self.apart is not None or not self.compared:
            return None
        return movers.of(self.metric, self.by, [_mover(line) for line in self.lines])

    @property
    def _sums(self) -> bool:
        return self.question.bound.splits(self.metric.id)

    @property
    def _shared(self) -> Number | None:
        """What shares are parts of; None where parts don't add up."""
        return self.total.change.now.value if self.apart is None else None

    @cached_property
    def _plain(self) -> tuple[Line, ...]:
        """Members with their figures alone."""
        names = self.question.warehouse.names(self.metric.dataset, self.by)
        return tuple(
            Line(members[0] or "", names.get(members[0] or ""), self._change(self.parts, members))
            for members in self.parts.members(self.metric.id)
            if any(one != NO_ROWS for one in self._measured(self.parts, members))
        )

    def _measured(self, measured: Measured, members: Members) -> list[Measure]:
        name = self.metric.id
        return [measured.figure(name, n, None, members) for n in range(1 + self.compared)]

    def _change(self, measured: Measured, members: Members) -> Change:
        """Now against then; a member without rows in a window has none of a sum in it."""
        none = Figure(0) if self._sums and members else answered(NO_ROWS)
        found = self._measured(measured, members)
        return self._made([none if one == NO_ROWS else answered(one) for one in found])

    def _made(self, figures: Sequence[Figure]) -> Change:
        if not self.compared:
            blank = self.question.then(Figure(None))
            return Change(figures[0], blank, None, None, None)
        return changes.change(self.metric, figures[0], figures[1])

    def _part(self, change: Change) -> Number | None:
        if self.apart is not None or not self.compared:
            return None
        return difference(change.now.value or 0, change.then.value or 0)

    def _place(self, order: Order, line: Line) -> tuple[object, ...]:
        """The sorting key of a line: its size, then its name."""
        name = (line.label or line.member or "").casefold(), line.member or ""
        if order is Order.NAME:
            return (not line.member, *name)
        size = self._size(order, line)
        return (size is None, -(size or 0), *name)

    def _size(self, order: Order, line: Line) -> Number | None:
        if order is Order.VALUE or not self.compared:
            return line.change.now.value
        moved = line.change.absolute if line.part is None else line.part
        if order is Order.RATIO and self.metric.unit not in (Unit.SHARE, Unit.MULTIPLE):
            moved = line.change.ratio
        if moved is None:
            return None
        return moved if moved >= 0 else -moved


def _mover(line: Line) -> Mover:
    now, then = line.change.now.value or 0, line.change.then.value or 0
    return Mover(line.member, line.label, now, then, difference(now, then), line.count)
