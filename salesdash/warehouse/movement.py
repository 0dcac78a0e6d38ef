"""What moved in the pipeline between two moments: which deals came, left and grew, to the cent.

A moment is the rows as they stood after an event; where no export shows it, what their dates tell
of a day. Then amounts and expected closes are those the rows state later: nothing grows, nothing
is put off. Rows are followed by the number of their deal, the n-th row of it by its place.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

import pyarrow as pa

from salesdash.datasets import DEALS
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

READ = ("deal_name", "customer", "customer_name", "person")
"""What is said of a deal, from reference sets too."""

_LINE = """row_number() over (
            partition by coalesce(r.deal, concat(r.event, ':', r.sheet, ':', r.record))
            order by
                r.event,
                r.sheet,
                r.record
        )"""
"""The place of a row among those of its deal."""


@dataclass(frozen=True)
class Side:
    """One end of a movement: the rows after `cut` (None: the newest).

    `day`: what the dates of these rows tell of the end of that day; None: the rows as they are.
    """

    cut: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Between:
    """Two ends; `since`: the day of the first one; `within`: expected to close in that period.

    A deal that was never seen open counts as won or lost in between if it closed since that day.
    """

    then: Side
    now: Side
    since: date
    within: Period | None = None


@dataclass(frozen=True)
class Stirred:
    """A deal that moved. Amounts are those stated (None: none), `size` the one it left or ends at.

    `told_then`, `told_now`: whether there was such a deal. `event`: the import that showed it as it
    is now, None where it is there no more.
    """

    key: str
    deal: str | None
    name: str | None
    customer: str | None
    person: str | None
    stage_then: str | None
    stage_now: str | None
    amount_then: Decimal | None
    amount_now: Decimal | None
    close_then: date | None
    close_now: date | None
    size: Decimal
    growth: Decimal
    told_then: bool
    told_now: bool
    event_then: int | None
    event_now: int | None
    record: int


@dataclass(frozen=True)
class Group:
    """Deals that came, left and grew the same way ("" in `came` and `gone`: they did not).

    `then`, `now`: how many of them were in the pipeline. `start`: the sum they had in it, `end`
    what they have or left with, `growth` the change from one to the other. `unnumbered`,
    `uncreated`: deals without a number, without a created date. `put_off`: deals that stayed and
    are expected later now, with the sum they have.
    """

    came: str
    gone: str
    direction: int
    deals: int
    then: int
    now: int
    start: Decimal
    end: Decimal
    growth: Decimal
    unnumbered: int
    uncreated: int
    put_off: int
    put_off_amount: Decimal | None
    largest: tuple[Stirred, ...]


_GROUP = 13
"""So many columns say what a group is; those of a deal follow."""


class Movement:
    """The deals of a selection between two moments; its period and cut are not looked at."""

    def __init__(self, warehouse: Warehouse, selection: Selection, between: Between) -> None:
        self._warehouse = warehouse
        self._selection = selection
        self._between = between

    def groups(self, most: int) -> tuple[Group, ...]:
        """All groups, with at least the `most` largest and `most` most grown deals of each."""
        pairs = self._pairs()
        sql = statement("movement.sql").format(pairs=pairs.sql)
        rows = self._warehouse.engine.rows(sql, {**pairs.params, "most": most})
        return tuple(
            Group(*(*head, tuple(Stirred(*row[_GROUP:]) for row in each if row[_GROUP])))
            for head, each in groupby(rows, key=lambda row: row[:_GROUP])
        )

    def rows(self, condition: str, limit: int) -> pa.Table:
        """The deals that moved in one way, the largest first; `condition`: trusted SQL over p."""
        pairs = self._pairs()
        sql = statement("movement_rows.sql").format(pairs=pairs.sql, condition=condition)
        return self._warehouse.engine.arrow(sql, {**pairs.params, "limit": limit})

    def _pairs(self) -> Scope:
        between = self._between
        then, now = self._side(between.then, "then"), self._side(between.now, "now")
        sql = statement("movement_pairs.sql").format(
            then=then.sql, now=now.sql, within=self._within("paired.close_now")
        )
        params: dict[str, object] = {**then.params, **now.params, "since": between.since}
        if between.within is not None:
            params.update(first=between.within.start, end=between.within.end)
        return Scope(sql, params)

    def _side(self, side: Side, name: str) -> Scope:
        """One side; its parameters are called after it, since the other has the same ones."""
        selection = Selection(
            None,
            filters=self._selection.filters,
            cut=side.cut,
            organisation=self._selection.organisation,
        )
        scope = self._warehouse.scope(DEALS.name, selection, READ, marked=True)
        own = re.sub(r"\$(\w+)", rf"${name}_\1", scope.sql)
        params = {f"{name}_{key}": value for key, value in scope.params.items()}
        outcome, told = "r.outcome", "r.counts"
        if side.day is not None:
            until = f"cast(${name}_until as date)"
            params[f"{name}_until"] = side.day
            told = f"r.counts and coalesce(r.created_date <= {until}, true)"
            outcome = (
                "case when r.outcome in ('won', 'lost') and r.close_date > "
                f"{until} then 'open' else r.outcome end"
            )
        sql = statement("movement_side.sql").format(
            scope=own,
            outcome=outcome,
            told=told,
            line=_LINE if self._has_lines(side.cut) else "1",
            within=self._within("sided.close_date"),
        )
        return Scope(sql, params)

    def _has_lines(self, cut: int | None) -> bool:
        """Whether some deal has several rows; it rarely does, and places cost half of all."""
        relation = self._warehouse.relation(DEALS.name, cut)
        sql = statement("deals_repeated.sql").format(relation=relation)
        return self._warehouse.recent(
            ("deals-repeated", cut), lambda: bool(self._warehouse.engine.rows(sql)[0][0])
        )

    def _within(self, day: str) -> str:
        if self._between.within is None:
            return "true"
        return f"coalesce({day} >= cast($first as date) and {day} < cast($end as date), false)"
