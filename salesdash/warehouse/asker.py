"""Asks the statements that metrics take: one for all sums, one for each kind of history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

from salesdash.datasets import DATASETS
from salesdash.engine import identifier
from salesdash.metrics import compiler
from salesdash.metrics.aggregates import Merge
from salesdash.metrics.answers import Answers, State
from salesdash.metrics.arithmetic import Number, minus
from salesdash.metrics.compiler import HISTORY_SEGMENTS, SUM_SEGMENTS, Parts, Source
from salesdash.metrics.customers import Count, Question, chosen
from salesdash.metrics.definitions import Kind, Metric
from salesdash.metrics.figures import Members
from salesdash.metrics.histories import Histories
from salesdash.metrics.own import customer_needs, looked_at
from salesdash.metrics.segments import Segments, Span, chunks
from salesdash.metrics.slots import Slot
from salesdash.metrics.spreads import Spreads
from salesdash.metrics.sums import Sums
from salesdash.metrics.visits import Visits
from salesdash.selection import Selection
from salesdash.warehouse import outcomes
from salesdash.warehouse.families import EVER, STATED, VALUE, Columns, Family
from salesdash.warehouse.keeper import Keeper
from salesdash.warehouse.probes import Probes
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

Composed = Callable[[Segments, Sequence[Span]], Parts]
"""The parts of a statement over certain segments."""


class Asker:
    """Asks what the metrics of one family need, and keeps it, ready to be assembled."""

    def __init__(self, warehouse: Warehouse, family: Family, cut: int | None) -> None:
        self._warehouse = warehouse
        self._family = family
        self._bound = family.bound
        self._cut = cut
        self._probes = Probes(warehouse, cut)
        self._keeper = Keeper(warehouse, family)
        self._found = Answers()

    def answers(self, slots: Mapping[Slot, Slot], ends: tuple[date | None, date | None]) -> Answers:
        """What was found in these slots; `ends`: first and last day of the dataset."""
        family, own = self._family, tuple(dict.fromkeys(slots.values()))
        self._found = Answers(slots, *ends, mapped=cache(self._mapped))
        self._ask_sums(own)
        for metric in family.keyed:
            self._ask_keys(metric, own)
        for metric in family.merged(Merge.VALUES):
            self._ask_values(metric, own)
        for until, metrics in family.ending.items():
            self._ask_states(until, metrics, own)
        if family.customers or family.buyers:
            self._ask_customers(own)
        for metric in family.maturing:
            self._ask_ripening(metric)
        if family.may_lack_dates and False in self._facts((family.role,))[family.role]:
            self._ask_undated()
        return self._found

    def _facts(self, names: Iterable[str]) -> Mapping[str, frozenset[bool]]:
        return self._probes.of(self._family.dataset, names)

    def _ask_sums(self, slots: Sequence[Slot]) -> None:
        """Everything that adds up, in one scan; how many rows there are, and state a field."""
        family = self._family
        facts = self._facts(family.fields)
        columns: Columns = {}
        for metric in family.merged(Merge.ADD, Merge.LEAST, Merge.GREATEST):
            columns |= family.columns(metric)
        for name in family.fields:
            if False in facts[name]:
                columns[name, STATED] = f"count({identifier(name)})", Merge.ADD
        for group in chunks(slots, family.spans, SUM_SEGMENTS):
            spans = [span for slot in group for span in family.spans(slot)]
            self._keep_sums(columns, group, self._sums(family.source, spans, columns))

    def _sums(self, source: Source, spans: Sequence[Span], columns: Columns) -> Sums:
        segments, merges = Segments.of(spans), tuple(merge for _, merge in columns.values())
        figures = tuple(sql for sql, _ in columns.values())
        if self._family.few:
            return self._keeper.daily(source.day, figures, merges).sums(segments)
        rows = self._rows("sums.sql", compiler.sums(source, segments, spans, figures))
        return Sums(rows, segments, merges)

    def _keep_sums(self, columns: Columns, slots: Sequence[Slot], sums: Sums) -> None:
        found, family = self._found, self._family
        places = {key: place for place, key in enumerate(columns, start=1)}
        for slot in slots:
            within = {span: sums.within(span) for span in family.spans(slot)}
            for span, rows in within.items():
                found.lines[span] = {each: int(row[0] or 0) for each, row in rows.items()}
                for name in family.fields:
                    if (name, STATED) in places:
                        place = places[name, STATED]
                        stated = {each: int(row[place] or 0) for each, row in rows.items()}
                        found.stated[name, span] = stated
            for metric in family.merged(Merge.ADD, Merge.LEAST, Merge.GREATEST):
                rows, place = within[looked_at(metric, slot)], places[metric.id, VALUE]
                if (metric.id, STATED) in places:
                    found.states[metric.id, slot] = _states(rows, place)
                else:
                    values = {each: row[place] for each, row in rows.items()}
                    found.values[metric.id, slot] = values
                if metric.ahead:
                    ever = _states(within[EVER], place)
                    found.dated[metric.id] = {each: state.rows for each, state in ever.items()}

    def _ask_keys(self, metric: Metric, slots: Sequence[Slot]) -> None:
        key, source = self._family.aggregates[metric.id].argument, self._family.source

        def spans(slot: Slot) -> tuple[Span, ...]:
            return (looked_at(metric, slot),)

        def parts(segments: Segments, asked: Sequence[Span]) -> Parts:
            return compiler.keys(source, segments, asked, key)

        for group in chunks(slots, spans, HISTORY_SEGMENTS):
            asked = [span for slot in group for span in spans(slot)]
            if self._keeper.keeps_keys:
                count = self._keeper.keys(key).cut(Segments.of(asked)).count
            else:
                count = self._histories("keys.sql", parts, asked).within
            for slot in group:
                self._found.values[metric.id, slot] = dict(count(looked_at(metric, slot)))

    def _ask_values(self, metric: Metric, slots: Sequence[Slot]) -> None:
        """Medians: rows counted by value."""
        value, source = self._family.aggregates[metric.id].argument, self._family.source

        def spans(slot: Slot) -> tuple[Span, ...]:
            return (looked_at(metric, slot),)

        for group in chunks(slots, spans, SUM_SEGMENTS):
            asked = [span for slot in group for span in spans(slot)]
            segments = Segments.of(asked)
            parts = compiler.values(source, segments, asked, value)
            spreads = Spreads(self._rows("values.sql", parts), segments)
            for slot in group:
                medians = spreads.medians(looked_at(metric, slot))
                self._found.values[metric.id, slot] = dict(medians)

    def _ask_states(self, until: str, metrics: Sequence[Metric], slots: Sequence[Slot]) -> None:
        """What began before the end of each slot, less what ended before it."""
        source = self._family.source
        ended = replace(source, day=compiler.ending(source.day, until))
        columns: Columns = {}
        for metric in metrics:
            columns |= self._family.columns(metric)
        for group in chunks(slots, lambda slot: (slot.until,), SUM_SEGMENTS):
            spans = [slot.until for slot in group]
            begun, gone = (self._sums(each, spans, columns) for each in (source, ended))
            for slot in group:
                before, after = begun.within(slot.until), gone.within(slot.until)
                left = {each: _less(row, after.get(each)) for each, row in before.items()}
                for number, metric in enumerate(metrics):
                    place = 1 + number * len(columns) // len(metrics)
                    self._found.states[metric.id, slot] = _states(left, place)

    def _ask_undated(self) -> None:
        """How many rows each metric would count if they had the date."""
        counted = {name: each.stated for name, each in self._family.aggregates.items()}
        if not counted:
            return
        parts = compiler.undated(self._family.source, tuple(counted.values()))
        for row in self._rows("undated.sql", parts):
            members, counts = tuple(row[: -len(counted)]), row[-len(counted) :]
            for name, count in zip(counted, counts, strict=True):
                self._found.undated.setdefault(name, {})[members] = int(count)

    def _ask_ripening(self, metric: Metric) -> None:
        """How long most rows took, of all rows whatever the filters, and until when it is known."""
        aggregate, dataset = self._family.aggregates[metric.id], DATASETS[metric.dataset]
        # what others tell of is known as long as they are, but for when it began
        later = dataset.told and outcomes.is_read(dataset.told, aggregate.columns - {metric.date})
        told = dataset.told.dataset if dataset.told and later else metric.dataset
        _, known = self._warehouse.ends(told, self._cut)
        everything = Selection(None, cut=self._cut)
        scope = self._warehouse.scope(metric.dataset, everything, aggregate.columns)
        sql = statement("ripening.sql").format(
            scope=scope.sql, days=f"({metric.matures})", picked=aggregate.where or "true"
        )
        days = self._warehouse.engine.rows(sql, scope.params)[0][0]
        if days is not None and known is not None:
            self._found.ripening[metric.id] = int(days), known

    def _ask_customers(self, slots: Sequence[Slot]) -> None:
        family = self._family
        repeated = Count.REPEATED.value
        once = tuple(m for m in family.customers if m.counts != repeated)
        twice = tuple(m for m in family.customers if m.counts == repeated)
        since = True in self._facts(("customer_since",))["customer_since"]
        if once or family.buyers:
            bought = self._keeper.visits("customers.sql", partial(compiler.customers, since=since))
            self._read((*once, *family.buyers), bought, slots)
        if twice:
            self._read(twice, self._keeper.visits("repeats.sql", compiler.repeats), slots)

    def _read(self, metrics: Sequence[Metric], visits: Visits, slots: Sequence[Slot]) -> None:
        """Customers by one kind of history."""
        counts = {m: Count(m.counts) for m in metrics if m.counts is not None}
        twice = Count.REPEATED in counts.values()
        states = {m.id: partial(looked_at, m) for m in metrics if m.counts is None}

        def question(metric: Metric, slot: Slot) -> Question:
            return Question(slot.period, self._bound.months(metric.id))

        def spans(slot: Slot) -> tuple[Span, ...]:
            asked = (question(m, slot).spans((count,)) for m, count in counts.items())
            own = tuple(span(slot) for span in states.values())
            return (*(span for each in asked for span in each), *own)

        for group in chunks(slots, spans, HISTORY_SEGMENTS):
            segments = Segments.of(span for slot in group for span in spans(slot))
            histories = visits.histories(segments, twice=twice)
            for slot in group:
                found = {
                    m.id: chosen(count, question(m, slot), histories) for m, count in counts.items()
                }
                found.update({name: histories.seen(span(slot)) for name, span in states.items()})
                for name, members in found.items():
                    self._found.values[name, slot] = dict(histories.count(members))

    def _histories(
        self,
        file: str,
        parts: Composed,
        spans: Sequence[Span],
    ) -> Histories:
        segments = Segments.of(spans)
        sql = self._sql(file, parts(segments, spans))
        table = self._warehouse.engine.arrow(sql, self._family.scope.params)
        return Histories(table, segments, len(self._family.source.dimensions))

    def _rows(self, file: str, parts: Parts) -> list[tuple[Any, ...]]:
        return self._warehouse.engine.rows(self._sql(file, parts), self._family.scope.params)

    def _sql(self, file: str, parts: Parts) -> str:
        return statement(file).format(scope=self._family.scope.sql, **parts)

    def _mapped(self) -> dict[str, bool]:
        """Does a field hold something in any row, whatever the filters and dates."""
        names = {self._family.role}
        for metric in self._family.metrics:
            if metric.kind is Kind.CUSTOMER:
                needs: tuple[str, ...] = customer_needs(Count(str(metric.counts)))
                needs = (*needs, "customer_since")
            else:
                needs = self._family.aggregates[metric.id].needs
            names.update(needs)
        return {name: True in stated for name, stated in self._facts(names).items()}


def _states(rows: Mapping[Members, Sequence[Number | None]], place: int) -> dict[Members, State]:
    """Value, rows and rows that state it stand beside each other from `place` on."""
    return {
        each: State(row[place], int(row[place + 1] or 0), int(row[place + 2] or 0))
        for each, row in rows.items()
    }


def _less(row: Sequence[Number | None], other: Sequence[Number | None] | None) -> list[Number]:
    """A row of sums less another; nothing stated counts as nothing."""
    gone = other or (0,) * len(row)
    return [minus(a or 0, b or 0) for a, b in zip(row, gone, strict=True)]
