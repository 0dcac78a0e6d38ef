"""Families: metrics over the same rows and dates, which statements answer together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from salesdash.datasets import DATASETS, SALES
from salesdash.datasets import Kind as Holds
from salesdash.engine import identifier
from salesdash.metrics.aggregates import Aggregate, Merge
from salesdash.metrics.binding import Bound
from salesdash.metrics.compiler import Source
from salesdash.metrics.customers import Count
from salesdash.metrics.definitions import Kind, Metric
from salesdash.metrics.own import looked_at
from salesdash.metrics.segments import Span
from salesdash.metrics.slots import Slot
from salesdash.selection import Filter
from salesdash.warehouse.scope import Scope

BUYERS = "case when amount > 0 then customer end"
"""The key whose histories the customer statement has anyway."""

EVER = Span()
"""All days: where it is asked whether any row has a date at all."""

VALUE, ROWS, STATED = "value", "rows", "stated"
Columns = dict[tuple[str, str], tuple[str, Merge]]
"""SQL of figures and how they are merged, by the name and part of what they say."""


@dataclass(frozen=True, eq=False)
class Wide:
    """The same rows without filters, by the filtered dimensions before those of the breakdown.

    What is kept about them answers for any members of these dimensions.
    """

    scope: Scope
    source: Source
    names: tuple[str, ...]
    filters: tuple[Filter, ...]

    @property
    def places(self) -> tuple[tuple[int, Filter], ...]:
        """The filters, each with the place of its dimension."""
        return tuple((self.names.index(each.dimension), each) for each in self.filters)

    @property
    def is_single(self) -> bool:
        """One member of each: whatever is counted once among them is counted once within them."""
        return all(len(each.values) == 1 and not each.exclude for each in self.filters)


@dataclass(frozen=True, eq=False)
class Family:
    """Metrics over one dataset and date role, the rows looked at, the aggregates behind them.

    `few`: so few members and days that the sums of all days may be kept. `wide`: the rows that are
    asked for them instead, where the filtered dimensions have few members too.
    """

    dataset: str
    role: str
    metrics: tuple[Metric, ...]
    scope: Scope
    source: Source
    bound: Bound
    few: bool
    wide: Wide | None = None

    def merged(self, *merges: Merge) -> tuple[Metric, ...]:
        """Simple and stock metrics without an end whose segments are merged in these ways."""
        aggregates = self.bound.aggregates
        return tuple(
            m
            for m in self.metrics
            if m.id in aggregates and m.until is None and aggregates[m.id].merge in merges
        )

    @cached_property
    def customers(self) -> tuple[Metric, ...]:
        """Metrics that count customers by their history."""
        return tuple(m for m in self.metrics if m.kind is Kind.CUSTOMER)

    @cached_property
    def buyers(self) -> tuple[Metric, ...]:
        """Metrics that the days of customers answer: different buyers.

        A breakdown is asked within its windows, unless these days are asked for anyway.
        """
        customers = any(m.counts != Count.REPEATED for m in self.customers)
        of_sales = self.dataset == SALES.name
        asked = customers or (of_sales and not self.source.dimensions)
        return tuple(m for m in self.merged(Merge.KEYS) if asked and self._key(m) == BUYERS)

    @cached_property
    def keyed(self) -> tuple[Metric, ...]:
        """Metrics of other distinct keys."""
        return tuple(m for m in self.merged(Merge.KEYS) if m not in self.buyers)

    @cached_property
    def ending(self) -> dict[str, tuple[Metric, ...]]:
        """Stocks with an end, by the SQL of the day it comes."""
        found: dict[str, list[Metric]] = {}
        for metric in self.metrics:
            if metric.until is not None:
                found.setdefault(metric.until, []).append(metric)
        return {until: tuple(metrics) for until, metrics in found.items()}

    @cached_property
    def maturing(self) -> tuple[Metric, ...]:
        """Metrics whose young periods are not done yet."""
        return tuple(m for m in self.metrics if m.matures is not None)

    @cached_property
    def aggregates(self) -> dict[str, Aggregate]:
        """What simple and stock metrics aggregate, by metric."""
        found = self.bound.aggregates
        return {m.id: found[m.id] for m in self.metrics if m.id in found}

    def columns(self, metric: Metric) -> Columns:
        """What its statement selects: the value; where rows are picked, how many and how full."""
        aggregate = self.aggregates[metric.id]
        found = {(metric.id, VALUE): (aggregate.sql, aggregate.merge)}
        picks = aggregate.where is not None and aggregate.merge is Merge.ADD
        if picks or metric.until is not None:
            found[metric.id, ROWS] = aggregate.chosen, Merge.ADD
            found[metric.id, STATED] = aggregate.stated, Merge.ADD
        return found

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Fields whose lines are counted: what distinct keys and customers depend on."""
        found = {"customer"} if self.customers else set()
        for metric in self.merged(Merge.KEYS):
            if metric.where is not None:
                continue
            found.update(self.bound.aggregates[metric.id].needs)
        return tuple(sorted(found))

    @property
    def may_lack_dates(self) -> bool:
        """Rows of the dataset may be without the date role."""
        required = DATASETS[self.dataset].required
        return not any(self.role in fields for group in required for fields in group)

    def spans(self, slot: Slot) -> tuple[Span, ...]:
        """The slot's days, and the others that its metrics look at."""
        found = {slot.span: None}
        for metric in self.metrics:
            if metric.until is None and metric.kind is not Kind.CUSTOMER:
                found[looked_at(metric, slot)] = None
            if metric.ahead:
                found[EVER] = None
        return tuple(found)

    def _key(self, metric: Metric) -> str:
        return " ".join(self.bound.aggregates[metric.id].argument.lower().split())


def roles(metrics: Iterable[Metric]) -> dict[tuple[str, str], tuple[Metric, ...]]:
    """Metrics made of rows, by dataset and date role."""
    found: dict[tuple[str, str], list[Metric]] = {}
    for metric in metrics:
        if metric.is_asked:
            found.setdefault((metric.dataset, metric.date), []).append(metric)
    return {role: tuple(each) for role, each in found.items()}


def day(dataset: str, role: str) -> str:
    """SQL of the day of a date role; moments are cut to days."""
    known = DATASETS[dataset]
    if not known.is_told(role) and known.field(role).kind is Holds.MOMENT:
        return f"cast({identifier(role)} as date)"
    return identifier(role)
