"""What a question cannot ask of a dataset: filters and breakdowns that its rows don't have.

Such a metric is blank and says which; a filter is never left out silently. What no dataset has
at all is an error.
"""

from collections.abc import Iterable

from salesdash.datasets import DATASETS, EXTRA_PREFIX
from salesdash.errors import UsageError
from salesdash.metrics.binding import Bound
from salesdash.metrics.definitions import Kind, Metric
from salesdash.metrics.figures import Figure
from salesdash.selection import Filter, Selection
from salesdash.warehouse import outcomes
from salesdash.warehouse.probes import Probes
from salesdash.warehouse.warehouse import Warehouse


class Limits:
    """Checks one question, dataset by dataset."""

    def __init__(self, warehouse: Warehouse, selection: Selection, by: tuple[str, ...]) -> None:
        self._warehouse = warehouse
        self._selection = selection
        self._by = by
        self._probes = Probes(warehouse, selection.cut)

    def blanks(self, bound: Bound, order: Iterable[str]) -> dict[str, Figure]:
        """Metrics that have no figure in this question, with the reason.

        `order` has parts before wholes. Raises UsageError for a dimension that nothing has.
        """
        found: dict[str, Figure] = {}
        reasons: dict[str, Figure | None] = {}
        for name in order:
            metric = bound.metrics[name]
            if not metric.is_asked:
                reason = self._together(bound.datasets(name))
                if metric.kind is Kind.PLANNED:
                    part = next((found[each] for each in bound.parts(name) if each in found), None)
                    # a target may be set by hand where no row is
                    empty = None if metric.exact else self._empty(metric.dataset)
                    reason = part or empty or reason
            else:
                if metric.dataset not in reasons:
                    reasons[metric.dataset] = self._reason(metric.dataset)
                reason = reasons[metric.dataset] or self._untold(bound, metric)
            if reason is not None:
                found[name] = reason
        return found

    def _reason(self, dataset: str) -> Figure | None:
        for condition in self._selection.filters:
            if not self._can_filter(dataset, condition):
                return _lacking("filter", condition.dimension, dataset)
        for name in self._by:
            if name not in dimensions(self._warehouse, dataset):
                self._must_be_somewhere(name)
                return _lacking("breakdown", name, dataset)
        return self._empty(dataset)

    def _empty(self, dataset: str) -> Figure | None:
        if self._probes.has_rows(dataset):
            return None
        return Figure(None, "metrics.reason.empty", (("dataset", dataset),))

    def _untold(self, bound: Bound, metric: Metric) -> Figure | None:
        """What another dataset tells of the rows needs its rows, and a key that both state."""
        told, aggregate = DATASETS[metric.dataset].told, bound.aggregates.get(metric.id)
        if told is None or aggregate is None or not outcomes.is_read(told, aggregate.columns):
            return None
        if (empty := self._empty(told.dataset)) is not None:
            return empty
        linked = (
            self._is_stated(metric.dataset, own) and self._is_stated(told.dataset, other)
            for own, other in told.links
        )
        if any(linked):
            return None
        fields = tuple(own for own, _ in told.links)
        return Figure(None, "metrics.reason.not_mapped", (("fields", fields),))

    def _together(self, datasets: tuple[str, ...]) -> Figure | None:
        """Parts of several datasets need a breakdown that rows of each of them state."""
        if len(datasets) > 1:
            for dataset in datasets:
                for name in self._by:
                    known = name in dimensions(self._warehouse, dataset)
                    if known and not self._is_stated(dataset, name):
                        return _lacking("breakdown", name, dataset)
        return None

    def _can_filter(self, dataset: str, condition: Filter) -> bool:
        """The dataset has the field, and some row states it where a member is wanted."""
        name = condition.dimension
        if name not in filterable(self._warehouse, dataset):
            self._must_be_somewhere(name)
            return False
        wanted = any(value is not None for value in condition.values) and not condition.exclude
        return not wanted or self._is_stated(dataset, name)

    def _is_stated(self, dataset: str, name: str) -> bool:
        empty = not self._probes.has_rows(dataset)
        return empty or True in self._probes.of(dataset, (name,))[name]

    def _must_be_somewhere(self, name: str) -> None:
        known = {each for one in DATASETS for each in filterable(self._warehouse, one)}
        if name not in known:
            raise UsageError("dimension.unknown", dimension=name, known=sorted(known))


def dimensions(warehouse: Warehouse, dataset: str) -> tuple[str, ...]:
    """What figures of a dataset can be broken down by: fields, extra columns, reference sets."""
    extras = (name for name, _ in warehouse.columns(dataset) if name.startswith(EXTRA_PREFIX))
    return (*DATASETS[dataset].dimensions, *extras, *warehouse.added(dataset))


def filterable(warehouse: Warehouse, dataset: str) -> frozenset[str]:
    """What a filter of a dataset may name."""
    return warehouse.filterable(dataset)


def _lacking(kind: str, dimension: str, dataset: str) -> Figure:
    facts = (("dimension", dimension), ("dataset", dataset))
    return Figure(None, f"metrics.reason.no_{kind}", facts)
