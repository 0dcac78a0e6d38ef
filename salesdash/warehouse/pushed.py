"""How often the expected close of deals was put off, from one export to the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from salesdash.datasets import DEALS
from salesdash.selection import Selection
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

NAMED = 500
"""More deals than this are not asked for by name."""

LEAST = 2
"""So many exports it takes to see anything put off."""

_COLUMNS = ("deal", "counts", "outcome", "close_date", "valid_from")


@dataclass(frozen=True)
class Pushes:
    """How often exports put off a deal's expected close; `ended`: the event that let it go."""

    pushed: int
    ended: int | None


@dataclass(frozen=True)
class PutOff:
    """Open deals that were put off so often; both ends are included, `high` None: or more."""

    low: int
    high: int | None = None


@dataclass(frozen=True)
class Times:
    """Open deals that say when they should close and were put off `times` times.

    `amount` is None where none of them states one.
    """

    times: int
    deals: int
    amount: Decimal | None


def pushes(
    warehouse: Warehouse, deals: Iterable[str], cut: int | None = None
) -> Mapping[str, Pushes]:
    """How often each of these deals was put off, in all exports known at a cut; by its number."""
    wanted = sorted({*deals})
    if not wanted:
        return {}
    params: dict[str, object] = {}
    if len(wanted) <= NAMED:
        params = {f"deal_{place}": deal for place, deal in enumerate(wanted)}
    named = f"v.deal in ({', '.join(f'${name}' for name in params)})" if params else "true"
    rows = warehouse.engine.rows(_pushes(warehouse, cut, named), params)
    found = {key: Pushes(*rest) for key, *rest in rows}
    return {deal: found.get(deal, Pushes(0, None)) for deal in wanted}


def by_times(warehouse: Warehouse, selection: Selection) -> tuple[Times, ...] | None:
    """Open deals by how often they were put off; None where too few exports show any move."""
    if len(_shown(warehouse, selection.cut)) < LEAST:
        return None
    scope = _open(warehouse, selection)
    sql = statement("pushed.sql").format(open=scope.sql)
    return tuple(Times(*row) for row in warehouse.engine.rows(sql, scope.params))


def rows(warehouse: Warehouse, selection: Selection, which: PutOff, limit: int) -> pa.Table:
    """The deals themselves, all columns, the largest first."""
    scope = _open(warehouse, selection)
    high = "true" if which.high is None else "p.times <= $high"
    sql = statement("pushed_rows.sql").format(open=scope.sql, high=high)
    params = {**scope.params, "low": which.low, "limit": limit}
    if which.high is not None:
        params["high"] = which.high
    return warehouse.engine.arrow(sql, params)


def _open(warehouse: Warehouse, selection: Selection) -> Scope:
    """Open deals that say when they should close, each with the times that was put off."""
    scope = warehouse.scope(DEALS.name, selection)
    sql = statement("pushed_open.sql").format(
        scope=scope.sql, pushes=_pushes(warehouse, selection.cut, "true")
    )
    return Scope(sql, scope.params)


def _pushes(warehouse: Warehouse, cut: int | None, named: str) -> str:
    cut = warehouse.version if cut is None else cut
    shown = {*_shown(warehouse, cut), cut}
    return statement("pushes.sql").format(
        versions=warehouse.versions(DEALS.name, _COLUMNS),
        shown=", ".join(f"({int(event)})" for event in sorted(shown)),
        cut=int(cut),
        named=named,
    )


def _shown(warehouse: Warehouse, cut: int | None) -> list[int]:
    """The events after which rows stood as they were at the moment of an export."""
    cut = warehouse.version if cut is None else cut
    return [event for _, event in warehouse.moments(DEALS.name) if event <= cut]
