"""A metric as SQL that a colleague can paste into a prompt: for reading, not for asking."""

from dataclasses import replace

from salesdash.metrics import Bound, Kind, Metric
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse, limits


def of(metric: Metric, bound: Bound, warehouse: Warehouse, selection: Selection) -> str:
    """What is calculated, over which rows; ratios and derived ones name their parts first."""
    parts = _parts(metric, bound)
    lines = (
        [f"-- {metric.id} = {metric.numerator} / {metric.denominator}"] if metric.numerator else []
    )
    lines += [f"-- {metric.id} = {metric.expression}"] if metric.expression else []
    lines += [f"-- {part.id}: {part.formula.en}" for part in parts if part.sql is None]
    by_rows: dict[tuple[str, str, bool], list[Metric]] = {}
    for part in parts:
        if part.sql is not None:
            by_rows.setdefault((part.dataset, part.date, _is_state(part)), []).append(part)
    for together in by_rows.values():
        lines += _select(together, bound, warehouse, selection)
    return "\n".join(lines)


def _select(
    parts: list[Metric], bound: Bound, warehouse: Warehouse, selection: Selection
) -> list[str]:
    """One statement for the parts over the same rows and dates."""
    columns = ",\n".join(f"    {bound.aggregates[part.id].sql} as {part.id}" for part in parts)
    rows = _rows(warehouse, parts[0], selection)
    return ["select", columns, "from (", rows, ") as s", *_dates(parts[0], selection)]


def _is_state(metric: Metric) -> bool:
    return metric.kind is Kind.STOCK


def _parts(metric: Metric, bound: Bound) -> list[Metric]:
    """The metrics that are asked for this one: itself, or those it is calculated from."""
    names = bound.parts(metric.id)
    if not names:
        return [metric]
    return [part for name in names for part in _parts(bound.metrics[name], bound)]


def _rows(warehouse: Warehouse, metric: Metric, selection: Selection) -> str:
    """The rows looked at, with values in place of parameters; all where a filter is not theirs."""
    known = limits.filterable(warehouse, metric.dataset)
    fitting = tuple(one for one in selection.filters if one.dimension in known)
    scope = warehouse.scope(metric.dataset, replace(selection, filters=fitting))
    text = scope.sql
    for name in sorted(scope.params, key=len, reverse=True):
        value = str(scope.params[name]).replace("'", "''")
        text = text.replace(f"${name}", f"'{value}'")
    return "\n".join(f"    {line}" for line in text.splitlines())


def _dates(metric: Metric, selection: Selection) -> list[str]:
    """The days of the period; a state has all before its end that had not left it then."""
    if selection.window is None:
        return []
    period = selection.window.period
    before = f"s.{metric.date} < date '{period.end}'"
    if not _is_state(metric):
        return [f"where s.{metric.date} >= date '{period.start}'", f"  and {before}"]
    left = f"  and coalesce(({metric.until}) >= date '{period.end}', true)"
    return [f"where {before}", *([left] if metric.until else [])]
