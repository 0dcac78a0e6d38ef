"""What a ratio rests on: so many deals, orders, customers or leads, and how few are too few."""

from collections.abc import Mapping

from salesdash.metrics import Bound, Kind, Metric, Unit

LEAST = 10
"""A ratio of fewer is not compared with others."""

BASES: Mapping[str, str] = {"sales": "orders", "deals": "decided_deals"}
"""What a ratio rests on whose divisor counts nothing, by its dataset."""


def base(bound: Bound, metric: Metric) -> str | None:
    """The metric that counts what a ratio rests on; None of what is no ratio, or counts nothing."""
    if metric.kind is not Kind.RATIO:
        return None
    divisor = bound.metrics[metric.denominator or ""]
    if divisor.unit is Unit.COUNT:
        return divisor.id
    found = BASES.get(metric.dataset, "")
    return found if found in bound.metrics else None
