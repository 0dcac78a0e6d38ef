"""Sums of cells by many dimensions at once, in two windows: what a search of drivers looks at."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from salesdash.driving import MOST_MEMBERS, Coded, Leaves, Sums, leaves, ordered
from salesdash.driving.arrays import Ints
from salesdash.engine import identifier
from salesdash.metrics.binding import Bound
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.families import day
from salesdash.warehouse.limits import Limits
from salesdash.warehouse.pairs import ends, row_value
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

DIGITS = 4
"""Decimal places of money, of which the statement gives whole numbers."""

_KEPT = """, {name} as (
    select lines.{column} as member
    from lines
    where lines.{column} is not null
    group by lines.{column}
    order by
        sum(
            abs(cast(coalesce(lines.now_value, 0) as double))
            + abs(cast(coalesce(lines.then_value, 0) as double))
        ) desc,
        lines.{column}
    limit {limit}
)"""


def cells(  # noqa: PLR0913 - a metric, by dimensions, in two windows of a selection
    warehouse: Warehouse,
    bound: Bound,
    metric: str,
    selection: Selection,
    windows: tuple[Period, Period],
    by: Mapping[str, int],
) -> Leaves | None:
    """The leaf cells of a plain sum (`pairs.can_pair`), before and after; the windows: now, then.

    `by`: dimensions with how many members they have. None where the rows of the metric lack a
    filter or a dimension.
    """
    if Limits(warehouse, selection, tuple(by)).blanks(bound, (metric,)):
        return None
    definition, aggregate = bound.get(metric), bound.aggregates[metric]
    scope = warehouse.scope(definition.dataset, selection, {*by, *aggregate.columns})
    columns = {name: f"d{number}" for number, name in enumerate(by)}
    wide = {name for name, members in by.items() if members > MOST_MEMBERS}
    sql = statement("cells.sql").format(
        dimensions=",\n        ".join(
            f"scoped.{identifier(name)} as {column}" for name, column in columns.items()
        ),
        value=row_value(aggregate),
        day=day(definition.dataset, definition.date),
        scope=scope.sql,
        kept="".join(
            _KEPT.format(name=f"kept_{columns[name]}", column=columns[name], limit=MOST_MEMBERS)
            for name in by
            if name in wide
        ),
        members=",\n    ".join(_member(columns[name], wide=name in wide) for name in by),
        joins="".join(
            f"\nleft join kept_{columns[name]} on kept_{columns[name]}.member = "
            f"lines.{columns[name]}"
            for name in by
            if name in wide
        ),
        groups=", ".join(_group(columns[name], wide=name in wide) for name in by),
    )
    found = warehouse.engine.arrow(sql, {**scope.params, **ends(windows)})
    return leaves([_coded(name, found, columns[name]) for name in by], _sums(found))


def _member(column: str, *, wide: bool) -> str:
    if not wide:
        return f"lines.{column} as {column},\n    false as {column}_other"
    kept = f"kept_{column}.member"
    other = f"{kept} is null and lines.{column} is not null"
    return f"{kept} as {column},\n    {other} as {column}_other"


def _group(column: str, *, wide: bool) -> str:
    if not wide:
        return f"lines.{column}"
    return f"kept_{column}.member, kept_{column}.member is null and lines.{column} is not null"


def _sums(found: pa.Table) -> Sums:
    before, after, rows = (_ints(found, name) for name in ("then_units", "now_units", "rows"))
    squares = np.asarray(found.column("squares").to_numpy(), dtype=np.float64)
    return Sums(before, after, DIGITS, cells=True, rows=rows, squares=squares)


def _ints(found: pa.Table, name: str) -> Ints:
    return np.asarray(found.column(name).to_numpy(), dtype=np.int64)


def _coded(name: str, found: pa.Table, column: str) -> Coded:
    """A column in the order of its members' names; the others are one more, named as no member."""
    encoded = found.column(column).combine_chunks().dictionary_encode(null_encoding="encode")
    members = encoded.dictionary.to_pylist()
    plain = ordered(name, members, encoded.indices.to_numpy(zero_copy_only=False))
    others = found.column(f"{column}_other").to_numpy()
    return replace(plain, codes=np.where(others, len(members), plain.codes))
