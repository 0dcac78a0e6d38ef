"""Which metrics the Overview shows: those that config.yaml names, or those that suit the data."""

from collections.abc import Iterable, Mapping

from salesdash.analysis.asking import Question

MOST = 8

ORDERS = (
    "sales",
    "orders",
    "average_order_value",
    "gross_margin",
    "active_customers",
    "new_customers",
    "customer_retention",
    "repeat_purchase_rate",
)
DEALS = (
    "sales",
    "won_amount",
    "win_rate",
    "pipeline",
    "average_deal_size",
    "sales_cycle_days",
    "new_customers",
    "lead_qualification",
    "collection_rate",
    "collection_rate_cohort",
    "open_deals",
    "won_deals",
    "win_rate_cohort",
    "pipeline_coverage",
)
PRESETS: Mapping[str, tuple[str, ...]] = {"b2b": DEALS, "b2c": ORDERS}
"""Metrics in the order of their weight; those whose rows are there come first."""


def tiles(question: Question) -> tuple[str, ...]:
    """The metrics of the tiles, in order.

    A preset takes the first eight whose rows were imported; where there are fewer, the next ones
    stand behind them and say what to import.
    """
    overview = question.settings.overview
    if overview.preset is None:
        return overview.tiles
    name = overview.preset
    if name == "auto":
        name = "b2b" if _holds(question, ("deals",)) else "b2c"
    known = [each for each in PRESETS[name] if each in question.settings.metrics]
    filled = [each for each in known if _is_filled(question, each)]
    others = [each for each in known if each not in filled]
    shown = filled[:MOST] + others[: max(0, MOST - len(filled))]
    return tuple(shown)


def trend(question: Question) -> str | None:
    """The metric of the chart: that of config.yaml, without such rows the first tile with rows.

    None when it has a fault.
    """
    wanted = question.settings.overview.trend
    if wanted not in question.bound.metrics:
        return None
    ranked = (wanted, *tiles(question))
    return next((name for name in ranked if _is_filled(question, name)), None)


def _is_filled(question: Question, metric: str) -> bool:
    """Every dataset the metric is made of holds rows."""
    bound = question.bound
    return metric in bound.metrics and _holds(question, bound.datasets(metric))


def _holds(question: Question, datasets: Iterable[str]) -> bool:
    return all(question.warehouse.ends(name)[0] is not None for name in datasets)
