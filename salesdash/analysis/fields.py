"""Which metrics read which fields: what an empty field takes away."""

from collections.abc import Mapping
from functools import lru_cache

from salesdash.metrics import Bound, Kind
from salesdash.metrics.customers import Count
from salesdash.metrics.own import customer_needs


@lru_cache(maxsize=8)
def readers(bound: Bound) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Offered metrics by (dataset, field) that they, or what they are made of, are read from."""
    found: dict[tuple[str, str], list[str]] = {}
    for metric in bound.offered:
        pairs = {pair for part in bound.order((metric.id,)) for pair in _read(bound, part)}
        for pair in pairs:
            found.setdefault(pair, []).append(metric.id)
    return {pair: tuple(names) for pair, names in found.items()}


def _read(bound: Bound, name: str) -> set[tuple[str, str]]:
    """What one metric reads itself."""
    metric = bound.metrics[name]
    fields: set[str] = set()
    if metric.kind is Kind.CUSTOMER and metric.counts is not None:
        fields |= {metric.date, *customer_needs(Count(metric.counts))}
    elif name in bound.aggregates:
        fields |= {metric.date, *bound.aggregates[name].columns}
    return {(metric.dataset, field) for field in fields}
