"""What moved between two cuts in days that had been shown, unit by unit, with the events behind it.

A figure that adds up over units knows exactly what each of them took from it or added to it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from salesdash.datasets import DATASETS, Dataset
from salesdash.metrics.aggregates import Aggregate, Merge
from salesdash.metrics.binding import Bound
from salesdash.metrics.definitions import Kind, Metric
from salesdash.warehouse.pairs import can_pair
from salesdash.warehouse.statements import statement
from salesdash.warehouse.units import Between, Units
from salesdash.warehouse.warehouse import Warehouse

How = Literal["late", "gone", "status", "moved", "amount", "changed"]
"""A unit that was not there before, or is no longer; else what about it is different: its state,
then its days, its amounts, something else."""

Value = Decimal | date | str | None
Effects = Mapping[str, Decimal | int]
"""What figures gained or lost, by metric."""

ALL = 10_000_000


@dataclass(frozen=True)
class Moved:
    """A unit in one of the spans: what it said then and says now, and what that did to figures.

    `key` None: a row without one; `place` (event, sheet, record) finds it, no event where it is
    gone. `events`: the first and the last that touched it. `fields`: (then, now) of all it says.
    """

    span: int
    how: How
    key: str | None
    events: tuple[int, int]
    place: tuple[int | None, int, int]
    fields: Mapping[str, tuple[Value, Value]]
    effects: Effects


@dataclass(frozen=True)
class Sum:
    """So many units that moved in a span, in one way, by the same events; effects added up."""

    span: int
    how: How
    events: tuple[int, int]
    units: int
    effects: Effects


class Restated:
    """What moved in the rows of one dataset that certain metrics are made of."""

    def __init__(
        self,
        warehouse: Warehouse,
        bound: Bound,
        dataset: Dataset,
        metrics: Sequence[str],
        at: Between,
    ) -> None:
        parts = (bound.metrics[name] for name in bound.order(metrics))
        read = tuple(m for m in parts if m.dataset == dataset.name and _is_of_days(m))
        own = {metric.id for metric in read}
        self.metrics = tuple(n for n in metrics if n in own and _adds_up(bound, n, dataset))
        """Those whose changes are the sum of what units did to them."""
        self._asks = warehouse.engine
        self._units = Units(warehouse, dataset, at, read, self.metrics, bound.aggregates)
        self._is_empty = not (read and at.spans)

    def rows(self, most: int = ALL) -> list[Moved]:
        """The units, the largest effect first, metric after metric."""
        order = "".join(f"abs(m.effect_{n}) desc,\n    " for n in range(len(self.metrics)))
        return [self._moved(*row) for row in self._ask("restated_rows.sql", order, most=most)]

    def sums(self) -> list[Sum]:
        """All units, by span, way and events."""
        sums = (f",\n    sum(m.effect_{n}) as effect_{n}" for n in range(len(self.metrics)))
        return [
            Sum(span, how, (first, last), int(units), self._effects(values))
            for span, how, first, last, units, *values in self._ask(
                "restated_sums.sql", "".join(sums)
            )
        ]

    def _ask(self, file: str, part: str, **params: object) -> list[tuple[Any, ...]]:
        if self._is_empty:
            return []
        units = self._units.sql
        sql = statement(file).format(units=units.sql, part=part)
        return self._asks.rows(sql, {**units.params, **params})

    def _moved(self, span: int, first: int, last: int, how: How, *rest: Any) -> Moved:  # noqa: ANN401
        key, event, sheet, record, *values = rest
        said = values[len(self.metrics) :]
        pairs = zip(said[::2], said[1::2], strict=True)
        return Moved(
            span=span,
            how=how,
            key=key,
            events=(first, last),
            place=(event, sheet, record),
            fields=dict(zip(self._units.fields, pairs, strict=True)),
            effects=self._effects(values[: len(self.metrics)]),
        )

    def _effects(self, values: Sequence[Decimal | int]) -> Effects:
        return dict(zip(self.metrics, values, strict=True))


def of(
    warehouse: Warehouse, bound: Bound, metrics: Iterable[str], at: Between
) -> dict[str, Restated]:
    """What moved behind metrics, by the dataset; of those that lack a filter nothing is told."""
    asked = tuple(metrics)
    filtered = {each.dimension for each in at.selection.filters}
    return {
        name: Restated(warehouse, bound, DATASETS[name], asked, at)
        for name in bound.datasets(*asked)
        if DATASETS[name].date is not None and filtered <= warehouse.filterable(name)
    }


def _is_of_days(metric: Metric) -> bool:
    """Made of the rows of its days; a state is not."""
    return metric.kind in (Kind.SIMPLE, Kind.CUSTOMER)


def _adds_up(bound: Bound, name: str, dataset: Dataset) -> bool:
    """A plain sum or count, or a count of different units: none counts in two."""
    if can_pair(bound, name):
        return True
    metric = bound.metrics[name]
    plain = metric.kind is Kind.SIMPLE and metric.months is None and metric.least is None
    return plain and _counts_units(bound.aggregates[name], dataset.unit)


def _counts_units(aggregate: Aggregate, unit: str | None) -> bool:
    if aggregate.merge is not Merge.KEYS or unit is None:
        return False
    pattern = rf"\s*(case\s+when\s(?!.*\bwhen\b).*\bthen\s+)?{unit}(\s+end)?\s*"
    return re.fullmatch(pattern, aggregate.argument, re.IGNORECASE | re.DOTALL) is not None
