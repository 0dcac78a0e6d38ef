"""The days of earlier years that a plan can go by: the newest complete ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from salesdash.analysis.answers import Number
from salesdash.analysis.asking import edge
from salesdash.analysis.progress import exact
from salesdash.analysis.spans import is_covered
from salesdash.metrics import Bound
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period, between, compare
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.questions import measure

SEASONS = 3
"""So many years at most make a season."""

FARTHEST = 6
"""A plan looks no further ahead of the data than so many years."""

NOTHING = Decimal(0)

RECENT = 12
"""Where there is no year to go by, so many complete months at most."""


@dataclass(frozen=True)
class Lookback:
    """What a calendar, the first day with data and the last one allow to look back on."""

    fiscal: FiscalCalendar
    first: date | None
    edge: date | None

    def atoms(self, period: Period, each: Grain | None) -> tuple[Period, ...]:
        """The pieces a period is looked up by: its months, else the units it is cut into."""
        for grain in (Grain.MONTH, each):
            units = self.fiscal.units(grain, period) if grain else ()
            if units and (units[0].start, units[-1].end) == (period.start, period.end):
                return units
        return (period,)

    def earlier(self, unit: Period, years: int) -> Period:
        """The same unit so many years before; a month by its name, a free range by its dates."""
        for _ in range(years):
            window = between(unit.start, unit.last_day, self.fiscal)
            if window.grain is not None:
                unit = self.fiscal.year_ago(window.grain, unit)
                continue
            found = compare(window, Comparison.LAST_YEAR, self.fiscal)
            unit = unit if found is None else found.period
        return unit

    def complete(self, unit: Period) -> int | None:
        """How many years back a unit is first over by the data edge; None: too far ahead."""
        after = self._after
        if after is None:
            return None
        found = (n for n in range(1, FARTHEST + 1) if self.earlier(unit, n).end <= after)
        return next(found, None)

    def years(self, atoms: Sequence[Period]) -> Iterator[tuple[Period, ...]]:
        """The newest complete year of all atoms, then those before it, as far as data reach."""
        newest = [self.complete(atom) for atom in atoms]
        for back in range(SEASONS):
            year = tuple(
                self.earlier(atom, n + back)
                for atom, n in zip(atoms, newest, strict=True)
                if n is not None
            )
            if len(year) < len(atoms) or not is_covered(_span(year), self.first):
                return
            yield year

    def recent(self) -> tuple[Period, ...]:
        """The last complete months that the data cover, the oldest first."""
        after = self._after
        if after is None:
            return ()
        found: list[Period] = []
        month = self.fiscal.previous(Grain.MONTH, self.fiscal.unit(Grain.MONTH, after))
        while len(found) < RECENT and is_covered(month, self.first):
            found.append(month)
            month = self.fiscal.previous(Grain.MONTH, month)
        return tuple(reversed(found))

    @property
    def _after(self) -> date | None:
        return None if self.edge is None or self.first is None else self.edge + timedelta(days=1)


def _span(units: Sequence[Period]) -> Period:
    return Period(min(unit.start for unit in units), max(unit.end for unit in units))


@dataclass(frozen=True)
class Record:
    """What a metric reached in days gone by."""

    warehouse: Warehouse
    bound: Bound
    metric: str

    def lookback(self, today: date) -> Lookback:
        """What its rows allow to look back on."""
        datasets = self.bound.datasets(self.metric)
        firsts = [self.warehouse.first_date(name) for name in datasets]
        first = max((day for day in firsts if day is not None), default=None)
        return Lookback(self.bound.fiscal, first, edge(self.warehouse, today, None, datasets))

    def require(self, scope: tuple[Filter, ...], by: str | None) -> None:
        """Raise UsageError for a filter or dimension that its rows lack."""
        cut = (Filter(by, ("",)),) if by else ()
        for dataset in self.bound.datasets(self.metric):
            self.warehouse.scope(dataset, Selection(None, filters=(*scope, *cut)))

    def by_unit(self, scope: tuple[Filter, ...], units: Sequence[Period]) -> tuple[Decimal, ...]:
        """The figure in each unit; nothing at all is zero."""
        return tuple(value or NOTHING for value in self.table(scope, None, units).get(None, ()))

    def by_member(
        self, scope: tuple[Filter, ...], by: str, units: Sequence[Period]
    ) -> dict[str | None, Decimal]:
        """The sum over the units of each member, the largest first."""
        table = self.table(scope, by, units)
        sums = {name: sum((v or NOTHING for v in row), NOTHING) for name, row in table.items()}
        return dict(sorted(sums.items(), key=lambda each: (-each[1], each[0] or "")))

    def table(
        self, scope: tuple[Filter, ...], by: str | None, units: Sequence[Period]
    ) -> dict[str | None, tuple[Decimal | None, ...]]:
        """The figure of each member in each unit, in one question; without `by` the one row None.

        None where there is no figure.
        """
        if not units:
            return {}
        asked, cut = Selection(None, filters=scope), (by,) if by else ()
        found = measure(self.warehouse, self.bound, (self.metric,), asked, windows=units, by=cut)
        rows = found.members() if by else ((),)
        return {
            members[0] if members else None: tuple(
                _value(found.figure(self.metric, n, None, members).value) for n in range(len(units))
            )
            for members in rows
        }


def _value(found: Number | None) -> Decimal | None:
    return None if found is None else exact(found)
