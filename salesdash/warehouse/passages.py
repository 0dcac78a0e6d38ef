"""How deals went on from stage to stage, as exports showed them one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from salesdash.datasets import DEALS
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.shown import NEAR
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

LEAST = 2
"""So many exports it takes to see anything move."""

WON = 1_000
"""The place after all stages."""

NEVER = 2_147_483_647
"""After every event."""

_COLUMNS = ("deal", "stage", "outcome", "counts", "valid_from")
_STATED = ("stage", "probability", "outcome", "counts")


@dataclass(frozen=True)
class Known:
    """A stage in which deals were ever open, and the chance of winning they state on average."""

    stage: str
    probability: float | None


@dataclass(frozen=True)
class Passage:
    """Deals seen in a stage: how many were seen in a later one or won, lost from it, still open.

    Those that are in the data no more make up the rest.
    """

    stage: str
    deals: int
    moved_on: int
    lost: int
    stayed: int


def stages(warehouse: Warehouse) -> tuple[Known, ...]:
    """The stages of all open deals there ever were, by name."""
    versions = warehouse.versions(DEALS.name, _STATED)
    found = warehouse.engine.rows(statement("stages_known.sql").format(versions=versions))
    return tuple(Known(*row) for row in found)


@dataclass(frozen=True)
class Seen:
    """The deals that exports of the selection's period showed in a stage."""

    stage: str


def passages(
    warehouse: Warehouse, selection: Selection, order: Sequence[str]
) -> tuple[Passage, ...] | None:
    """From each stage, in the order given; None where too few exports show anything move.

    Of deals that an export of the selection's period showed there; filters are those of the deal
    as it is at the cut.
    """
    judged = _judged(warehouse, selection, order)
    if judged is None:
        return None
    sql = statement("passages.sql").format(judged=judged.sql)
    rows = warehouse.engine.rows(sql, judged.params)
    return tuple(Passage(order[place], *counts) for place, *counts in rows)


def rows(
    warehouse: Warehouse, selection: Selection, order: Sequence[str], seen: Seen, limit: int
) -> pa.Table:
    """The deals seen in a stage as they are now, all columns, the largest first.

    Those that are in the data no more have no row; nobody has one where `passages` tells nothing.
    """
    judged = _judged(warehouse, selection, order)
    if judged is None:
        return warehouse.rows_behind(DEALS.name, selection, 0)
    scope = warehouse.scope(DEALS.name, selection)
    sql = statement("passages_rows.sql").format(judged=judged.sql, rows=scope.sql)
    place = order.index(seen.stage) if seen.stage in order else WON
    params = {**scope.params, **judged.params, "place": place, "limit": limit}
    return warehouse.engine.arrow(sql, params)


def _judged(warehouse: Warehouse, selection: Selection, order: Sequence[str]) -> Scope | None:
    """Each deal in each stage it was seen in; None where too few exports show anything move."""
    cut = warehouse.version if selection.cut is None else selection.cut
    shown = [one for one in sorted(warehouse.moments(DEALS.name)) if one[1] <= cut]
    if len(shown) < LEAST or not order:
        return None
    period = None if selection.window is None else selection.window.period
    events = sorted(event for _, event in shown)
    inside = sorted(event for at, event in shown if _is_inside(at, period))
    scope = warehouse.scope(DEALS.name, selection, ())
    places = {f"stage_{n}": stage for n, stage in enumerate(order)}
    sql = statement("passages_judged.sql").format(
        won=WON,
        never=NEVER,
        versions=warehouse.versions(DEALS.name, _COLUMNS),
        moments=", ".join(_moments(cut, events, inside)),
        places=", ".join(f"(${name}, {n})" for n, name in enumerate(places)),
        join="inner" if selection.filters else "left",
        scope=scope.sql,
    )
    return Scope(sql, {**scope.params, **places})


def _is_inside(at: datetime, period: Period | None) -> bool:
    """Whether an export shows a day of the period: one of the morning shows the day before."""
    return period is None or period.contains((at - NEAR).date())


def _moments(cut: int, events: Sequence[int], inside: Sequence[int]) -> list[str]:
    """For each event the next export that shows rows, and the next one of the period."""
    found = []
    for event in range(1, cut + 1):
        following = next((each for each in events if each >= event), None)
        within = next((each for each in inside if each >= event), NEVER)
        if following is not None:
            found.append(f"({event}, {following}, {within})")
    return found
