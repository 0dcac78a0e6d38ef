"""Questions about deals: the open ones as they stand, the decided ones of a period.

A decided deal belongs to the day it closed; without that day it is in no figure but `facts`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import pyarrow as pa

from salesdash.datasets import DEALS
from salesdash.engine import Row, identifier
from salesdash.errors import UsageError
from salesdash.selection import Selection
from salesdash.warehouse.shown import NEAR
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

Outcome = Literal["open", "won", "lost"]

EDGE = "cast($edge as date)"  # typed, so that a missing day compares as none

OPEN: tuple[Outcome, ...] = ("open",)
CLOSED: tuple[Outcome, ...] = ("won", "lost")


@dataclass(frozen=True)
class Facts:
    """Deals of one outcome (None: neither stated nor told by the stage), and what they state.

    `backwards`: closed before they were created.
    """

    outcome: str | None
    deals: int
    with_created: int
    with_close: int
    with_amount: int
    backwards: int


@dataclass(frozen=True)
class Open:
    """Open deals of a member (None: it has none). Sums are None where no deal states a value."""

    member: str | None
    deals: int
    amount: Decimal | None
    with_amount: int
    weighted: Decimal | None
    with_weight: int  # deals that state amount and probability
    probability_sum: float | None
    with_probability: int
    age_sum: int | None  # days
    with_created: int
    with_close: int
    overdue: int
    overdue_amount: Decimal | None


@dataclass(frozen=True)
class Closed:
    """Decided deals of a member (None: it has none)."""

    member: str | None
    won: int
    lost: int
    won_amount: Decimal | None
    lost_amount: Decimal | None


@dataclass(frozen=True)
class Lasted:
    """Deals that took, or are open for, so many whole days."""

    days: int
    deals: int
    amount: Decimal | None


@dataclass(frozen=True)
class Which:
    """The deals behind one figure.

    `member`: (dimension, member). `beyond`: (dimension, members), all others. `days`: since
    created, to the close or the edge; both ends are included, None is open-ended. `overdue`: only
    those expected to be closed by now. `dated`: only those that closed in the selection's period.
    `within`: closed, or expected to, from one day to before another; `undated`: only those without
    that day.
    """

    outcomes: tuple[Outcome, ...]
    member: tuple[str, str | None] | None = None
    days: tuple[int | None, int | None] | None = None
    overdue: bool = False
    dated: bool = False
    beyond: tuple[str, tuple[str | None, ...]] | None = None
    within: tuple[date, date] | None = None
    undated: bool = False


DEAL_BYTES = 200
"""What a deal's key and stage take in a dict of Python, about."""


class Deals:
    """The deals of a selection, seen on the day their data reach to."""

    def __init__(self, warehouse: Warehouse, selection: Selection, today: date) -> None:
        self._warehouse = warehouse
        self._selection = selection
        self._scope = warehouse.scope(DEALS.name, selection)
        self.edge = warehouse.edge(DEALS.name, today, selection.cut)

    def facts(self) -> tuple[Facts, ...]:
        """What the deals state, by outcome."""
        return tuple(Facts(*row) for row in self._rows("deals_facts.sql", {}))

    def open_by(self, dimension: str) -> tuple[Open, ...]:
        """Open deals by member, the most first."""
        rows = self._rows("deals_open.sql", {"edge": self.edge}, member=self._column(dimension))
        return tuple(Open(*row) for row in rows)

    def closed_by(self, dimension: str) -> tuple[Closed, ...]:
        """Decided deals of the period by member, the most first."""
        limits, params = self._closed_within()
        rows = self._rows("deals_closed.sql", params, member=self._column(dimension), limits=limits)
        return tuple(Closed(*row) for row in rows)

    def won_in(self) -> tuple[Lasted, ...]:
        """Won deals of the period by the days from created to closed."""
        limits, params = self._closed_within()
        return self._lasted("won", limits, params)

    def won_since(self, start: date) -> tuple[Lasted, ...]:
        """Won deals that closed on `start` or later, up to the edge, whatever the period."""
        return self._lasted(
            "won", f"close_date >= $start and close_date <= {EDGE}", {"start": start}
        )

    def open_since(self) -> tuple[Lasted, ...]:
        """Open deals by the days since they were created."""
        return self._lasted("open", "true", {})

    def lives(self, never: int) -> pa.Table:
        """From when to when each deal was open and how that ended: created, closed, won, amount.

        Days are ordinals, as `date.toordinal` has them; `closed` is `never` while it is open.
        Amounts are floats, null where none was known by the edge.
        """
        params = {**self._scope.params, "edge": self.edge, "never": never}
        return self._warehouse.engine.arrow(self._statement("deals_lives.sql"), params)

    def snapshots(self, apart: int, most: int) -> tuple[tuple[int, dict[str, str]], ...]:
        """Stage by key of all deals that were open, as exports showed them, the oldest first.

        With the day they were known before, as ordinal: the last `most` ones, so many days `apart`,
        none later than the selection's cut. Asked once a version of the data.
        """
        cut = self._selection.cut

        def ask() -> tuple[tuple[int, dict[str, str]], ...]:
            kept: list[tuple[int, int]] = []
            for moment, event in sorted(self._warehouse.moments(DEALS.name), reverse=True):
                day = (moment + NEAR).toordinal()
                is_apart = not kept or day <= kept[-1][0] - apart
                if len(kept) < most and is_apart and (cut is None or event <= cut):
                    kept.append((day, event))
            return tuple((day, self._stages(event)) for day, event in reversed(kept))

        def weigh(snapshots: tuple[tuple[int, dict[str, str]], ...]) -> int:
            return DEAL_BYTES * sum(len(stages) for _, stages in snapshots)

        return self._warehouse.recent(("deals-snapshots", cut, apart, most), ask, weigh)

    def _stages(self, event: int) -> dict[str, str]:
        relation = self._warehouse.relation(DEALS.name, event)
        sql = statement("deals_stages.sql").format(relation=relation)
        return {str(key): str(stage) for key, stage in self._warehouse.engine.rows(sql)}

    def rows(self, which: Which, limit: int) -> pa.Table:
        """The deals themselves, all columns, the largest first."""
        params: dict[str, object] = {f"outcome_{n}": name for n, name in enumerate(which.outcomes)}
        conditions = [f"r.outcome in ({', '.join(f'${name}' for name in params)})"]
        params["limit"] = limit
        for sql, bound in self._conditions(which):
            conditions.append(sql)
            params.update(bound)
        sql = self._statement("deals_rows.sql", limits="\n  and ".join(conditions))
        return self._warehouse.engine.arrow(sql, {**self._scope.params, **params})

    def _conditions(self, which: Which) -> Iterable[tuple[str, dict[str, object]]]:
        if which.member is not None:
            dimension, member = which.member
            column = f"r.{self._column(dimension)}"
            told = {} if member is None else {"member": member}
            yield (f"{column} = $member" if told else f"{column} is null"), dict(told)
        if which.beyond is not None:
            yield self._beyond(*which.beyond)
        yield from self._closing(which)
        if which.dated:
            yield self._closed_within()
        if which.days is not None:
            yield self._lasting(*which.days, of_open=which.outcomes == OPEN)

    def _closing(self, which: Which) -> Iterable[tuple[str, dict[str, object]]]:
        """Limits on the day of the close, the one expected of open deals."""
        if which.overdue:
            yield f"r.close_date < {EDGE}", {"edge": self.edge}
        if which.within is not None:
            first, end = which.within
            yield "r.close_date >= $first and r.close_date < $until", {"first": first, "until": end}
        if which.undated:
            yield "r.close_date is null", {}

    def _beyond(
        self, dimension: str, members: Sequence[str | None]
    ) -> tuple[str, dict[str, object]]:
        """All members but these; None among them is the empty one."""
        column, named = f"r.{self._column(dimension)}", [one for one in members if one is not None]
        params: dict[str, object] = {f"other_{n}": one for n, one in enumerate(named)}
        marks = ", ".join(f"${name}" for name in params)
        parts = [f"{column} not in ({marks})"] if params else []
        if None in members:
            return " and ".join((*parts, f"{column} is not null")), params
        return f"({' or '.join((*parts, f'{column} is null'))})", params

    def _lasting(
        self, low: int | None, high: int | None, *, of_open: bool
    ) -> tuple[str, dict[str, object]]:
        """Since created, to the close or the edge, within these days."""
        lasted = f"date_diff('day', r.created_date, {EDGE if of_open else 'r.close_date'})"
        params: dict[str, object] = {"edge": self.edge} if of_open else {}
        parts = [f"{lasted} is not null"]
        for name, sign, end in (("low", ">=", low), ("high", "<=", high)):
            if end is not None:
                parts.append(f"{lasted} {sign} ${name}")
                params[name] = end
        return "\n  and ".join(parts), params

    def _lasted(
        self, outcome: Outcome, limits: str, params: dict[str, object]
    ) -> tuple[Lasted, ...]:
        until = EDGE if outcome == "open" else "close_date"
        bound = {**params, "outcome": outcome}
        if EDGE in until + limits:
            bound["edge"] = self.edge
        return tuple(
            Lasted(*row) for row in self._rows("deals_days.sql", bound, until=until, limits=limits)
        )

    def _closed_within(self) -> tuple[str, dict[str, object]]:
        window = self._selection.window
        if window is None:
            return "close_date is not null", {}
        period = window.period
        return "close_date >= $start and close_date < $end", {
            "start": period.start,
            "end": period.end,
        }

    def _rows(self, file: str, params: dict[str, object], **parts: str) -> list[Row]:
        sql = self._statement(file, **parts)
        return self._warehouse.engine.rows(sql, {**self._scope.params, **params})

    def _statement(self, file: str, **parts: str) -> str:
        return statement(file).format(scope=self._scope.sql, **parts)

    def _column(self, dimension: str) -> str:
        known = self._warehouse.filterable(DEALS.name)
        if dimension not in known:
            raise UsageError("dimension.unknown", dimension=dimension, known=sorted(known))
        return identifier(dimension)
