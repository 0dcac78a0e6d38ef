"""A metric as SQL that a colleague can paste into a prompt: for reading, not for asking."""

from salesdash.metrics import Bound, Kind, Metric
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse


def of(metric: Metric, bound: Bound, warehouse: Warehouse, selection: Selection) -> str:
    """What is calculated, over which rows; ratios and derived ones name their parts first."""
    parts = _parts(metric, bound)
    lines = (
        [f"-- {metric.id} = {metric.numerator} / {metric.denominator}"] if metric.numerator else []
    )
    lines += [f"-- {metric.id} = {metric.expression}"] if metric.expression else []
    lines += [f"-- {part.id}: {part.formula.en}" for part in parts if part.sql is None]
    columns = [f"    {part.sql} as {part.id}" for part in parts if part.sql is not None]
    if columns:
        lines += [
            "select",
            ",\n".join(columns),
            "from (",
            _rows(warehouse, metric, selection),
            ") as s",
        ]
        lines += _dates(metric, selection)
    return "\n".join(lines)


def _parts(metric: Metric, bound: Bound) -> list[Metric]:
    """The metrics that are asked for this one: itself, or those it is calculated from."""
    if metric.kind is Kind.RATIO:
        names = [metric.numerator or "", metric.denominator or ""]
    elif metric.kind is Kind.DERIVED:
        names = [name for name in bound.metrics if name in (metric.expression or "").split()]
    else:
        return [metric]
    return [part for name in names for part in _parts(bound.metrics[name], bound)]


def _rows(warehouse: Warehouse, metric: Metric, selection: Selection) -> str:
    """The rows looked at, with values in place of parameters."""
    scope = warehouse.scope(metric.dataset, selection)
    text = scope.sql
    for name in sorted(scope.params, key=len, reverse=True):
        value = str(scope.params[name]).replace("'", "''")
        text = text.replace(f"${name}", f"'{value}'")
    return "\n".join(f"    {line}" for line in text.splitlines())


def _dates(metric: Metric, selection: Selection) -> list[str]:
    if selection.window is None:
        return []
    period = selection.window.period
    return [
        f"where s.{metric.date} >= date '{period.start}'",
        f"  and s.{metric.date} < date '{period.end}'",
    ]
