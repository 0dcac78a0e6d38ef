"""From answers to figures: reasons for blanks, ratios divided last."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from salesdash.metrics.aggregates import Merge
from salesdash.metrics.arithmetic import Number, divide, finite
from salesdash.metrics.binding import Bound
from salesdash.metrics.customers import Count, Question
from salesdash.metrics.definitions import Kind, Metric
from salesdash.metrics.figures import NO_ROWS, Figure, Key, Members
from salesdash.metrics.segments import Span
from salesdash.metrics.slots import Slot

WINDOWED = frozenset({Count.LOST, Count.BEFORE, Count.RETAINED, Count.BUYERS, Count.REPEATED})
"""Counts over a window of months: a period without a single row still has them."""


@dataclass
class Answers:
    """What the statements answered.

    `values`: of simple, stock and customer metrics by slot, then members. `lines`: how many were
    found in a span; `stated`: how many of them state a field, where not all rows do. `mapped`:
    does a field hold something anywhere (asked only when a blank needs it). `first`, `last`: days
    with rows.
    """

    first: date | None = None
    last: date | None = None
    values: dict[tuple[str, Slot], dict[Members, Number | None]] = field(default_factory=dict)
    lines: dict[Span, dict[Members, int]] = field(default_factory=dict)
    stated: dict[tuple[str, Span], dict[Members, int]] = field(default_factory=dict)
    mapped: Callable[[], Mapping[str, bool]] = dict

    def members(self, slot: Slot) -> tuple[Members, ...]:
        """Everybody that was found in the slot or in the windows that belong to it."""
        found: dict[Members, None] = {}
        for span in (slot.span, slot.until):
            found.update(dict.fromkeys(self.lines.get(span, ())))
        for (_, place), values in self.values.items():
            if place == slot:
                found.update(dict.fromkeys(m for m, value in values.items() if value))
        return tuple(found)


class Assembler:
    """Builds the figures of each place from its parts."""

    def __init__(self, bound: Bound, answers: Answers) -> None:
        self._bound = bound
        self._answers = answers

    def rows(
        self, ids: Sequence[str], order: Sequence[str], slots: Iterable[Slot], *, whole: bool
    ) -> dict[Key, Mapping[str, Figure]]:
        """Figures of `ids`; `order` has their parts before them. `whole`: no breakdown."""
        found: dict[Key, Mapping[str, Figure]] = {}
        for slot in slots:
            members = ((),) if whole else self._answers.members(slot)
            for each in members:
                figures: dict[str, Figure] = {}
                for name in order:
                    figures[name] = self._figure(self._bound.metrics[name], slot, each, figures)
                found[Key(slot.window, slot.bucket, each)] = {name: figures[name] for name in ids}
        return found

    def _figure(
        self, metric: Metric, slot: Slot, members: Members, parts: Mapping[str, Figure]
    ) -> Figure:
        match metric.kind:
            case Kind.RATIO:
                top, bottom = parts[str(metric.numerator)], parts[str(metric.denominator)]
                return _combined(divide(top.value, bottom.value), (top, bottom))
            case Kind.DERIVED:
                formula = self._bound.formulas[metric.id]
                used = {name: parts[name].value for name in formula.names}
                return _combined(formula.value(used), [parts[name] for name in formula.names])
            case Kind.CUSTOMER:
                return self._customers(metric, slot, members)
            case Kind.SIMPLE | Kind.STOCK:
                return self._aggregate(metric, slot, members)

    def _aggregate(self, metric: Metric, slot: Slot, members: Members) -> Figure:
        span = slot.until if metric.kind is Kind.STOCK else slot.span
        lines = self._answers.lines[span].get(members, 0)
        if not lines or (metric.kind is Kind.STOCK and self._is_future(slot)):
            return NO_ROWS
        aggregate = self._bound.aggregates[metric.id]
        value = finite(self._answers.values[metric.id, slot].get(members))
        if aggregate.merge is not Merge.KEYS:
            return Figure(value) if value is not None else self._unstated(aggregate.needs)
        return self._noted(Figure(value or 0), aggregate.needs, span, members)

    def _customers(self, metric: Metric, slot: Slot, members: Members) -> Figure:
        count, question = (
            Count(str(metric.counts)),
            Question(slot.period, self._bound.window_months),
        )
        mapped = self._answers.mapped()
        missing = [name for name in customer_needs(count) if not mapped.get(name)]
        if missing:
            return self._unstated(missing)
        if count in WINDOWED:
            blank = self._is_future(slot)
        else:
            blank = not self._answers.lines[slot.span].get(members)
        if blank:
            return NO_ROWS
        first, needed = self._answers.first, question.needed_from(count)
        sure = count is Count.NEW and mapped.get("customer_since")
        if first is not None and needed is not None and first > needed and not sure:
            facts = (("first", first), ("needed", needed), ("months", question.months))
            return Figure(None, "metrics.reason.short_history", facts)
        figure = Figure(self._answers.values[metric.id, slot].get(members) or 0)
        if count not in WINDOWED:
            return self._noted(figure, ("customer",), slot.span, members)
        return _dated(figure, question, first) if needed is None else figure

    def _noted(self, figure: Figure, needs: Iterable[str], span: Span, members: Members) -> Figure:
        """Blank when no line states a field; a note when some don't."""
        lines = self._answers.lines[span].get(members, 0)
        for name in needs:
            counted = self._answers.stated.get((name, span))
            if counted is None:  # all rows state it
                continue
            stated = counted.get(members, 0)
            if not stated:
                return self._unstated((name,))
            if stated < lines:
                facts = (("field", name), ("lines", lines - stated))
                return Figure(figure.value, "metrics.note.lines_without", facts)
        return figure

    def _unstated(self, needs: Sequence[str]) -> Figure:
        if not needs:
            return Figure(None, "metrics.reason.nothing_stated")
        known = self._answers.mapped()
        never = all(name in known and not known[name] for name in needs)
        key = "metrics.reason.not_mapped" if never else "metrics.reason.field_empty"
        return Figure(None, key, (("fields", tuple(needs)),))

    def _is_future(self, slot: Slot) -> bool:
        """The period starts after the last day with data."""
        return self._answers.last is None or slot.period.start > self._answers.last


def customer_needs(count: Count) -> tuple[str, ...]:
    """Fields without which a count of customers means nothing."""
    return ("customer", "document") if count is Count.REPEATED else ("customer",)


def _dated(figure: Figure, question: Question, first: date | None) -> Figure:
    """A note when the data don't fill the window."""
    start = question.window.start
    if first is None or start is None or first <= start:
        return figure
    facts: tuple[tuple[str, object], ...] = (("first", first), ("months", question.months))
    return Figure(figure.value, "metrics.note.short_window", facts)


def _combined(value: Number | None, parts: Sequence[Figure]) -> Figure:
    """The figure with the first reason of its parts; a divisor of 0 has none of them."""
    if value is None:
        blank = next((part for part in parts if part.value is None), None)
        return blank or Figure(None, "metrics.reason.divisor_zero")
    value = finite(value)
    if value is None:
        return Figure(None, "metrics.reason.not_finite")
    noted = next((part for part in parts if part.reason is not None), Figure(None))
    return Figure(value, noted.reason, noted.values)
