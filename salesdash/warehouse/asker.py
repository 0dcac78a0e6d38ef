"""Asks the statements that metrics take: one for all sums, one for each kind of history."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.resources import files

from salesdash.datasets import DATASETS
from salesdash.datasets import Kind as Holds
from salesdash.engine import identifier
from salesdash.metrics import compiler
from salesdash.metrics.aggregates import Merge
from salesdash.metrics.assembly import Answers, customer_needs
from salesdash.metrics.binding import Bound
from salesdash.metrics.compiler import HISTORY_SEGMENTS, SUM_SEGMENTS, Parts, Source
from salesdash.metrics.customers import Count, Question, chosen
from salesdash.metrics.definitions import Kind, Metric
from salesdash.metrics.histories import Histories
from salesdash.metrics.segments import Segments, Span, chunks
from salesdash.metrics.slots import Slot
from salesdash.metrics.sums import Sums
from salesdash.periods import Period
from salesdash.warehouse.probes import Probes
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.warehouse import Warehouse

BUYERS = "case when amount > 0 then customer end"
"""The key whose histories the customer statement has anyway."""

Composed = Callable[[Segments, Sequence[Span]], Parts]
"""The parts of a statement over certain segments."""


@dataclass(frozen=True, eq=False)
class Family:
    """Metrics over one dataset and date role, and the aggregates behind them."""

    source: Source
    metrics: tuple[Metric, ...]
    bound: Bound

    def merged(self, *merges: Merge) -> tuple[Metric, ...]:
        """Simple and stock metrics whose segments are merged in one of these ways."""
        aggregates = self.bound.aggregates
        return tuple(
            m for m in self.metrics if m.id in aggregates and aggregates[m.id].merge in merges
        )

    @cached_property
    def customers(self) -> tuple[Metric, ...]:
        """Metrics that count customers by their history."""
        return tuple(m for m in self.metrics if m.kind is Kind.CUSTOMER)

    @cached_property
    def buyers(self) -> tuple[Metric, ...]:
        """Metrics that the histories of customers answer too: different buyers."""
        asked = any(m.counts != Count.REPEATED for m in self.customers)
        return tuple(m for m in self.merged(Merge.KEYS) if asked and self._key(m) == BUYERS)

    @cached_property
    def keyed(self) -> tuple[Metric, ...]:
        """Metrics of other distinct keys."""
        return tuple(m for m in self.merged(Merge.KEYS) if m not in self.buyers)

    def _key(self, metric: Metric) -> str:
        return " ".join(self.bound.aggregates[metric.id].argument.lower().split())

    @property
    def dataset(self) -> str:
        """Of all its metrics."""
        return self.metrics[0].dataset

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Fields whose lines are counted: what distinct keys and customers depend on."""
        found = {"customer"} if self.customers else set()
        for metric in self.merged(Merge.KEYS):
            found.update(self.bound.aggregates[metric.id].needs)
        return tuple(sorted(found))

    def spans(self, slot: Slot) -> tuple[Span, ...]:
        """The slot's days, and all before its end when a state is asked."""
        stock = any(m.kind is Kind.STOCK for m in self.metrics)
        return (slot.span, slot.until) if stock else (slot.span,)


class Asker:
    """Keeps what the statements answer, ready to be assembled."""

    def __init__(
        self,
        warehouse: Warehouse,
        bound: Bound,
        scope: Scope,
        dimensions: tuple[str, ...],
        cut: int | None,
    ) -> None:
        self._warehouse = warehouse
        self._bound = bound
        self._scope = scope
        self._dimensions = dimensions
        self._found = Answers()
        self._probes = Probes(warehouse, cut)

    def answers(
        self, metrics: Sequence[Metric], slots: Sequence[Slot], data: Period | None
    ) -> Answers:
        """What the metrics need in these slots; those made of others need nothing of their own."""
        base = tuple(m for m in metrics if m.kind not in (Kind.RATIO, Kind.DERIVED))
        if data is not None:
            self._found.first, self._found.last = data.start, data.last_day
        self._found.mapped = cache(lambda: self._mapped(base))
        for family in self._families(base):
            self._ask_sums(family, slots)
            for metric in family.keyed:
                self._ask_keys(family, metric, slots)
            if family.customers:
                self._ask_customers(family, slots)
        return self._found

    def _families(self, metrics: Iterable[Metric]) -> list[Family]:
        roles: dict[tuple[str, str], list[Metric]] = {}
        for metric in metrics:
            roles.setdefault((metric.dataset, metric.date), []).append(metric)
        return [
            Family(Source(_day(*role), self._dimensions), tuple(found), self._bound)
            for role, found in roles.items()
        ]

    def _ask_sums(self, family: Family, slots: Sequence[Slot]) -> None:
        added = family.merged(Merge.ADD, Merge.LEAST, Merge.GREATEST)
        figures = [self._bound.aggregates[m.id].sql for m in added]
        facts = self._probes.of(family.dataset, family.fields)
        counted = tuple(name for name in family.fields if False in facts[name])
        figures += [f"count({identifier(name)})" for name in counted]
        merges = [self._bound.aggregates[m.id].merge for m in added]
        merges += [Merge.ADD] * len(counted)
        for group in chunks(slots, family.spans, SUM_SEGMENTS):
            spans = [span for slot in group for span in family.spans(slot)]
            segments = Segments.of(spans)
            parts = compiler.sums(family.source, segments, spans, figures)
            rows = self._warehouse.engine.rows(self._sql("sums.sql", parts), self._scope.params)
            self._keep_sums(family, (added, counted), group, Sums(rows, segments, merges))

    def _keep_sums(
        self,
        family: Family,
        columns: tuple[Sequence[Metric], Sequence[str]],
        slots: Sequence[Slot],
        sums: Sums,
    ) -> None:
        found, (added, counted) = self._found, columns
        for slot in slots:
            within = {span: sums.within(span) for span in family.spans(slot)}
            for span, values in within.items():
                found.lines[span] = {each: int(v[0] or 0) for each, v in values.items()}
                for place, name in enumerate(counted, start=1 + len(added)):
                    stated = {each: int(v[place] or 0) for each, v in values.items()}
                    found.stated[name, span] = stated
            for place, metric in enumerate(added, start=1):
                values = within[_span(metric, slot)]
                found.values[metric.id, slot] = {each: v[place] for each, v in values.items()}

    def _ask_keys(self, family: Family, metric: Metric, slots: Sequence[Slot]) -> None:
        key = self._bound.aggregates[metric.id].argument

        def spans(slot: Slot) -> tuple[Span, ...]:
            return (_span(metric, slot),)

        def parts(segments: Segments, asked: Sequence[Span]) -> Parts:
            return compiler.keys(family.source, segments, asked, key)

        for group in chunks(slots, spans, HISTORY_SEGMENTS):
            asked = [span for slot in group for span in spans(slot)]
            histories = self._histories("keys.sql", parts, asked)
            for slot in group:
                seen = histories.seen(_span(metric, slot))
                self._found.values[metric.id, slot] = dict(histories.count(seen))

    def _ask_customers(self, family: Family, slots: Sequence[Slot]) -> None:
        repeated = Count.REPEATED.value
        once = tuple(m for m in family.customers if m.counts != repeated)
        twice = tuple(m for m in family.customers if m.counts == repeated)
        since = True in self._probes.of(family.dataset, ("customer_since",))["customer_since"]
        if once:
            parts = partial(compiler.customers, family.source, since=since)
            self._ask_histories((*once, *family.buyers), "customers.sql", parts, slots)
        if twice:
            parts = partial(compiler.repeats, family.source)
            self._ask_histories(twice, "repeats.sql", parts, slots)

    def _ask_histories(
        self, metrics: Sequence[Metric], file: str, parts: Composed, slots: Sequence[Slot]
    ) -> None:
        """Customers by one kind of history."""
        counts = {m.id: Count(m.counts) for m in metrics if m.counts is not None}
        states = {m.id: partial(_span, m) for m in metrics if m.counts is None}

        def question(slot: Slot) -> Question:
            return Question(slot.period, self._bound.window_months)

        def spans(slot: Slot) -> tuple[Span, ...]:
            own = tuple(span(slot) for span in states.values())
            return (*question(slot).spans(counts.values()), *own)

        for group in chunks(slots, spans, HISTORY_SEGMENTS):
            histories = self._histories(file, parts, [s for slot in group for s in spans(slot)])
            for slot in group:
                found = {
                    name: chosen(each, question(slot), histories) for name, each in counts.items()
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
        table = self._warehouse.engine.arrow(sql, self._scope.params)
        return Histories(table, segments, len(self._dimensions))

    def _sql(self, file: str, parts: Parts) -> str:
        return _statement(file).format(scope=self._scope.sql, **parts)

    def _mapped(self, metrics: Iterable[Metric]) -> dict[str, bool]:
        """Does a field hold something in any row, whatever the filters and dates."""
        found: dict[str, bool] = {}
        for metric in metrics:
            if metric.kind is Kind.CUSTOMER:
                needs: tuple[str, ...] = customer_needs(Count(str(metric.counts)))
                needs = (*needs, "customer_since")
            else:
                needs = self._bound.aggregates[metric.id].needs
            facts = self._probes.of(metric.dataset, needs)
            found.update({name: True in facts[name] for name in needs})
        return found


def _span(metric: Metric, slot: Slot) -> Span:
    return slot.until if metric.kind is Kind.STOCK else slot.span


def _day(dataset: str, role: str) -> str:
    """The day of a date role; moments are cut to days."""
    if DATASETS[dataset].field(role).kind is Holds.MOMENT:
        return f"cast({identifier(role)} as date)"
    return identifier(role)


@cache
def _statement(file: str) -> str:
    return (files("salesdash.warehouse") / "sql" / file).read_text(encoding="utf-8")
