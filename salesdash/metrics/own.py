"""Figures of metrics that are made of rows: the value, or the reason there is none, and notes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesdash.datasets import DATASETS
from salesdash.metrics.aggregates import Aggregate, Merge
from salesdash.metrics.answers import Answers
from salesdash.metrics.arithmetic import finite
from salesdash.metrics.customers import Count, Question, months_before
from salesdash.metrics.definitions import Kind, Metric
from salesdash.metrics.figures import MATURING, NO_ROWS, RECONSTRUCTED, Figure, Members, Note
from salesdash.metrics.segments import Span
from salesdash.metrics.slots import Slot

WINDOWED = frozenset({Count.LOST, Count.BEFORE, Count.RETAINED, Count.BUYERS, Count.REPEATED})
"""Counts over a window of months: a period without a single row still has them."""


OVER = "metrics.reason.over"
"""Key of the reason that nothing is expected of a period any more."""


@dataclass(frozen=True)
class Own:
    """One metric with the answers of its rows; `aggregate` is its read form, None of customers.

    `months`: the window of customer metrics.
    """

    metric: Metric
    answers: Answers
    aggregate: Aggregate | None
    months: int

    def figure(self, slot: Slot, members: Members) -> Figure:
        """The figure of a slot of the question, with how many rows lack the date for it."""
        own = self.answers.slots.get(slot)
        if own in self.answers.shown and self.metric.is_of_then:
            return replace(self, answers=self.answers.shown[own]).figure(own, members)
        if own is not None and self.metric.ahead and self.aggregate is not None:
            return self._ahead(self.aggregate, own, members)
        if own is None or self.answers.is_future(own):
            return self._undated()
        if self.aggregate is None:
            figure = self._customers(own, members)
        elif (self.metric.id, own) in self.answers.states:
            figure = self._picked(self.aggregate, own, members)
        else:
            figure = self._aggregate(self.aggregate, own, members)
        least = self.metric.least
        if least is not None and figure.value is not None and figure.value < least:
            facts = (("count", figure.value), ("least", least), ("metric", self.metric.id))
            return Figure(None, "metrics.reason.too_few", facts)
        return self._dated(self._matured(figure, own), members)

    def _ahead(self, aggregate: Aggregate, slot: Slot, members: Members) -> Figure:
        """What is expected in the days still to come; blank without any, or when none is dated."""
        if slot.edge is not None and slot.whole.end <= slot.edge:
            return Figure(None, OVER, (("last", slot.whole.last_day), ("edge", slot.edge)))
        missing = self._undated_rows(members)
        if missing and not self.answers.dated.get(self.metric.id, {}).get(members):
            facts = (("lines", missing), ("fields", (self.metric.date,)))
            return Figure(None, "metrics.reason.none_dated", facts)
        return self._dated(self._picked(aggregate, slot, members), members)

    def _dated(self, figure: Figure, members: Members) -> Figure:
        """With how many rows lack the date for it."""
        missing = self._undated_rows(members)
        return figure.noted(_without(self.metric.date, missing)) if missing else figure

    def _undated_rows(self, members: Members) -> int:
        return self.answers.undated.get(self.metric.id, {}).get(members, 0)

    def _aggregate(self, aggregate: Aggregate, slot: Slot, members: Members) -> Figure:
        span = looked_at(self.metric, slot)
        if not self.answers.lines[span].get(members):
            return NO_ROWS
        value = finite(self.answers.values[self.metric.id, slot].get(members))
        if aggregate.merge is not Merge.KEYS:
            return Figure(value) if value is not None else self._unstated(aggregate.needs)
        needs = () if aggregate.where else aggregate.needs
        return self._noted(Figure(value or 0), needs, span, members)

    def _picked(self, aggregate: Aggregate, slot: Slot, members: Members) -> Figure:
        """A sum or count of picked rows, or of those that began and had not ended.

        None of them is 0. Blank when all of them leave open what is summed.
        """
        state = self.answers.states[self.metric.id, slot].get(members)
        if state is None:
            return NO_ROWS
        if self.answers.is_past(slot) and self.metric.only_now:
            return Figure(None, "metrics.reason.only_now")
        if state.rows and not state.stated:
            return self._unstated(aggregate.needs)
        figure = Figure(finite(state.value) or 0)
        if state.stated < state.rows and aggregate.needs:
            figure = figure.noted(_without(aggregate.needs[0], state.rows - state.stated))
        if self.metric.until is not None and self.answers.is_past(slot):
            return figure.noted((RECONSTRUCTED, ()))
        return figure

    def _matured(self, figure: Figure, slot: Slot) -> Figure:
        """A note while the last rows of the period have had less time than most take."""
        if self.metric.id not in self.answers.ripening:
            return figure
        days, known = self.answers.ripening[self.metric.id]
        if slot.period.last_day + timedelta(days=days) <= known:
            return figure
        return figure.noted((MATURING, (("days", days),)))

    def _customers(self, slot: Slot, members: Members) -> Figure:
        count, question = Count(str(self.metric.counts)), Question(slot.period, self.months)
        mapped = self.answers.mapped()
        missing = [name for name in customer_needs(count) if not mapped.get(name)]
        if missing:
            return self._unstated(missing)
        if count not in WINDOWED and not self.answers.lines[slot.span].get(members):
            return NO_ROWS
        first, needed = self.answers.first, question.needed_from(count)
        sure = count is Count.NEW and mapped.get("customer_since")
        if first is not None and needed is not None and first > needed and not sure:
            facts = (("first", first), ("needed", needed), ("months", question.months))
            return Figure(None, "metrics.reason.short_history", facts)
        figure = Figure(self.answers.values[self.metric.id, slot].get(members) or 0)
        if count not in WINDOWED:
            return self._noted(figure, ("customer",), slot.span, members)
        return _windowed(figure, question, first) if needed is None else figure

    def _noted(self, figure: Figure, needs: Sequence[str], span: Span, members: Members) -> Figure:
        """Blank when no line states a field; a note when some don't."""
        lines = self.answers.lines[span].get(members, 0)
        for name in needs:
            counted = self.answers.stated.get((name, span))
            if counted is None:  # all rows state it
                continue
            stated = counted.get(members, 0)
            if not stated:
                return self._unstated((name,))
            if stated < lines:
                return figure.noted(_without(name, lines - stated))
        return figure

    def _unstated(self, needs: Sequence[str]) -> Figure:
        if not needs:
            about = (("metric", self.metric.id),)
            return Figure(None, "metrics.reason.nothing_stated", about)
        known = self.answers.mapped()
        never = all(name in known and not known[name] for name in needs)
        key = "metrics.reason.not_mapped" if never else "metrics.reason.field_empty"
        return Figure(None, key, (("fields", tuple(needs)),))

    def _undated(self) -> Figure:
        """No rows, or none that has the date at all."""
        if self.answers.mapped().get(self.metric.date, True):
            return NO_ROWS
        told = DATASETS[self.metric.dataset].told
        if told is not None and self.metric.date in told.names:  # the keys are there, none fits
            facts = (("fields", tuple(own for own, _ in told.links)), ("dataset", told.dataset))
            return Figure(None, "metrics.reason.none_linked", facts)
        return Figure(None, "metrics.reason.not_mapped", (("fields", (self.metric.date,)),))


def looked_at(metric: Metric, slot: Slot) -> Span:
    """The days a simple or stock metric looks at for a slot."""
    if metric.kind is Kind.STOCK:
        return slot.until
    if metric.ahead:
        return slot.ahead
    if metric.months is not None:
        return Span(months_before(slot.period.end, metric.months), slot.period.end)
    return slot.span


def customer_needs(count: Count) -> tuple[str, ...]:
    """Fields without which a count of customers means nothing."""
    return ("customer", "document") if count is Count.REPEATED else ("customer",)


def _without(name: str, lines: int) -> Note:
    return "metrics.note.lines_without", (("field", name), ("lines", lines))


def _windowed(figure: Figure, question: Question, first: date | None) -> Figure:
    """A note when the data don't fill the window."""
    start = question.window.start
    if first is None or start is None or first <= start:
        return figure
    facts: tuple[tuple[str, object], ...] = (("first", first), ("months", question.months))
    return figure.noted(("metrics.note.short_window", facts))
