"""Last year's figures or last year's targets, so many per cent higher, as targets of this year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import bound
from salesdash.analysis.dividing import Division
from salesdash.analysis.lookback import Lookback, Record
from salesdash.analysis.planning import rounded
from salesdash.config import Settings
from salesdash.metrics import Unit
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.warehouse import Warehouse
from salesdash.workspace import Basis, Goal, Terms


class Source(StrEnum):
    """What is carried over: what was reached, or what was promised."""

    ACTUALS = "actuals"
    TARGETS = "targets"


@dataclass(frozen=True)
class Places:
    """Which targets are wanted: of a metric, in units of time, for members or for the scope alone.

    `by` None: for the scope itself. No `members`: all that have something to carry over.
    """

    metric: str
    units: tuple[Period, ...]
    by: str | None = None
    members: tuple[str, ...] = ()
    scope: tuple[Filter, ...] = ()

    def scope_of(self, member: str | None) -> tuple[Filter, ...]:
        """The scope of one member, as terms write it."""
        own = (Filter(self.by, (member,)),) if self.by else ()
        return Terms(self.metric, self.units[0], Decimal(1), (*self.scope, *own)).scope


@dataclass(frozen=True)
class Carrier:
    """Where things are carried over: the data, the settings, the day, the goals that stand."""

    warehouse: Warehouse
    settings: Settings
    today: date
    goals: Sequence[Goal]

    def carry(self, places: Places, source: Source, percent: Decimal) -> Division:
        """The targets of the same units a year before, so many per cent higher.

        Units of last year that are not over are left out of what was reached, and said. Raises
        UsageError for a metric, dimension or filter that there is not.
        """
        known = bound(self.warehouse, self.settings)
        record = Record(self.warehouse, known, known.get(places.metric).id)
        record.require(places.scope, places.by)
        back = record.lookback(self.today)
        raised = _Raised(known.metrics[places.metric].unit, percent)
        if source is Source.TARGETS:
            return Division(self._targets(places, back, raised), ())
        over = [unit for unit in places.units if back.complete(unit) == 1]
        parts = _actuals(places, record, {unit: back.earlier(unit, 1) for unit in over}, raised)
        left = len(places.units) - len(over)
        notes = (Reason("split.note.runs", (("count", left),)),) if left else ()
        return Division(parts, notes)

    def _targets(self, places: Places, back: Lookback, raised: "_Raised") -> tuple[Terms, ...]:
        own = {goal.terms.key: goal.terms for goal in self.goals}
        names: list[str | None] = [*places.members] if places.by else [None]
        if places.by and not names:
            found = {scope: None for _, scope, _ in own}
            names = [n for s in found if (n := _member(s, places)) is not None]
        terms = []
        for name in names:
            scope = places.scope_of(name)
            for unit in places.units:
                old = own.get((places.metric, scope, back.earlier(unit, 1)))
                if old is not None:
                    terms.append(raised.terms(old, unit))
        return tuple(terms)


@dataclass(frozen=True)
class _Raised:
    unit: Unit
    percent: Decimal

    def value(self, old: Decimal | None) -> Decimal | None:
        return None if old is None else rounded(old * (1 + self.percent / 100), self.unit)

    def terms(self, old: Terms, period: Period) -> Terms:
        return Terms(
            old.metric,
            period,
            self.value(old.target) or old.target,
            old.scope,
            self.value(old.floor),
            self.value(old.stretch),
            owner=old.owner,
        )


def _actuals(
    places: Places, record: Record, earlier: dict[Period, Period], raised: _Raised
) -> tuple[Terms, ...]:
    table = record.table(places.scope, places.by, tuple(earlier.values()))
    names = places.members if places.by and places.members else tuple(table)
    terms = []
    for name in names:
        if name is None and places.by:
            continue  # rows of nobody make no target
        for (unit, before), reached in zip(earlier.items(), table.get(name, ()), strict=False):
            target = raised.value(reached)
            if reached is not None and target is not None and target > 0:
                basis = Basis("last-year", raised.percent, before, reached)
                owner = name if places.by == "person" and name else ""
                scope = places.scope_of(name)
                terms.append(Terms(places.metric, unit, target, scope, basis=basis, owner=owner))
    return tuple(terms)


def _member(scope: tuple[Filter, ...], places: Places) -> str | None:
    """Whose scope it is, if it is one of the members' asked for."""
    own = [f for f in scope if f.dimension == places.by and not f.exclude and len(f.values) == 1]
    name = own[0].values[0] if own else None
    return name if name is not None and places.scope_of(name) == scope else None
