"""A total over the units of its period and the members of a dimension, as goals of their own.

Members get the shares they had a year before, in the same scope; where there is no such year, those
of the last complete months. Units get the pattern of last year, of the last years, of their working
days, or each the same. Whatever stood in for something missing is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from salesdash.analysis.answers import Amount, Member, Name, Reason, When
from salesdash.analysis.asking import bound
from salesdash.analysis.lookback import Lookback, Record
from salesdash.analysis.past import accumulates
from salesdash.analysis.planning import OTHER_PLACES, PLACES, occurrences
from salesdash.analysis.splitting import Weights, completed, crossed, pattern, split
from salesdash.config import Settings
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.periods import Grain, Period, between
from salesdash.selection import Filter
from salesdash.warehouse import Warehouse
from salesdash.workspace import Terms

NOTHING = Decimal(0)


class How(StrEnum):
    """What a split goes by: last year, the last years' season, working days, the same for each."""

    HISTORY = "history"
    SEASON = "season"
    DAYS = "days"
    EQUAL = "equal"


BY_HISTORY = (How.HISTORY, How.SEASON)


@dataclass(frozen=True)
class Cut:
    """How a total is cut: into units of time (`each`), members of a dimension (`by`), or both.

    `members`: those who get a part; none named: everybody with a figure in the days gone by.
    `newcomer`: the share of the total, as a fraction, of each member without such a figure.
    `step`: parts are whole multiples of it, but for what the largest takes of an uneven total;
    None: of a cent, or one.
    """

    how: How = How.HISTORY
    each: Grain | None = None
    by: str | None = None
    members: tuple[str, ...] = ()
    newcomer: Decimal = NOTHING
    step: Decimal | None = None


@dataclass(frozen=True)
class Division:
    """Targets that were worked out, and what a reader should know of them."""

    parts: tuple[Terms, ...]
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Divider:
    """Where totals are divided: the data, the settings, the day."""

    warehouse: Warehouse
    settings: Settings
    today: date

    def divide(self, total: Terms, cut: Cut) -> Division:
        """The parts of a total, which add up to it.

        Raises UsageError: a metric that does not add up, a cut into nothing, a period that isn't
        made of whole units, no history to go by, shares of newcomers that leave nothing.
        """
        work = _Work(self, total, cut)
        work.require()
        units = occurrences(total.period, cut.each, self.settings.fiscal)
        times = work.times(units)
        members, weights = work.members()
        cells = crossed(weights, times)
        places = [(member, unit) for member in members for unit in units]
        step = cut.step or PLACES.get(work.unit, OTHER_PLACES)
        columns = {
            name: split(whole, cells, step)
            for name in ("target", "floor", "stretch")
            if (whole := getattr(total, name)) is not None
        }
        parts = []
        for number, (member, unit) in enumerate(places):
            values = {name: column[number] for name, column in columns.items()}
            if values["target"] > 0:
                parts.append(work.part(member, unit, values))
        return Division(tuple(parts), tuple(work.notes))


@dataclass(frozen=True)
class _Work:
    """One division while it is worked out; `notes` grow."""

    at: Divider
    total: Terms
    cut: Cut
    notes: list[Reason] = field(default_factory=list)

    @cached_property
    def record(self) -> Record:
        known = bound(self.at.warehouse, self.at.settings)
        return Record(self.at.warehouse, known, known.get(self.total.metric).id)

    @property
    def unit(self) -> Unit:
        return self.record.bound.metrics[self.total.metric].unit

    @cached_property
    def back(self) -> Lookback:
        return self.record.lookback(self.at.today)

    @cached_property
    def atoms(self) -> tuple[Period, ...]:
        return self.back.atoms(self.total.period, self.cut.each)

    @cached_property
    def scope(self) -> tuple[Filter, ...]:
        """The scope of the total without the dimension it is cut by."""
        return tuple(f for f in self.total.scope if f.dimension != self.cut.by)

    def require(self) -> None:
        """Raise UsageError for what cannot be divided."""
        known = self.record.bound
        if not accumulates(known, known.metrics[self.total.metric]):
            raise UsageError("split.does_not_add", metric=self.total.metric)
        if self.cut.each is None and self.cut.by is None:
            raise UsageError("split.into_nothing")
        self.record.require(self.scope, self.cut.by)

    # --- time -------------------------------------------------------------------------------

    def times(self, units: Sequence[Period]) -> Weights:
        """The weight of each unit of time."""
        if self.cut.each is None:
            return (Fraction(1),)
        if self.cut.how is How.EQUAL:
            self._note("equal", grain=Name("grain", self.cut.each.value))
            return (Fraction(1),) * len(units)
        if self.cut.how in BY_HISTORY:
            found = self._seasonal(units)
            if found:
                return found
            self._note("no_year")
        work = self.at.settings.work
        days = [Fraction(work.count(unit)) for unit in units]
        self._note("days", days=int(sum(days)))
        return tuple(days) if any(days) else tuple(Fraction(unit.days) for unit in units)

    def _seasonal(self, units: Sequence[Period]) -> Weights:
        """The pattern of last year or of the last years in this scope; empty: there is none."""
        years = list(self.back.years(self.atoms))
        years = years if self.cut.how is How.SEASON else years[:1]
        if not years:
            return ()
        windows = [atom for year in years for atom in year]
        values = self.record.by_unit(self.total.scope, windows)
        told = []
        for number in range(len(years)):
            some = values[number * len(self.atoms) : (number + 1) * len(self.atoms)]
            told.append([self._inside(unit, some) for unit in units])
        known = sum(1 for year in told if any(value > 0 for value in year))
        if known:
            self._based("pattern" if known == 1 else "season", years[0], count=known)
        return pattern(told)

    def _inside(self, unit: Period, values: Sequence[Decimal]) -> Decimal:
        """What the atoms of a unit add up to."""
        pairs = zip(self.atoms, values, strict=True)
        return sum((v for atom, v in pairs if unit.contains(atom.start)), NOTHING)

    # --- members ----------------------------------------------------------------------------

    def members(self) -> tuple[tuple[str | None, ...], Weights]:
        """Who gets a part, and the weight of each; None: everybody together."""
        if self.cut.by is None:
            return (None,), (Fraction(1),)
        by_history = self.cut.how in BY_HISTORY
        known = self._history(quiet=not by_history)
        names = self._named() or tuple(name for name, value in known.items() if name and value > 0)
        if not names:
            raise UsageError("split.no_history", dimension=self.cut.by)
        if not by_history:
            self._note("equal_members", count=len(names))
            return names, (Fraction(1),) * len(names)
        return names, self._shares(names, known)

    def _named(self) -> tuple[str, ...]:
        """The members that were named, by the cut or by the scope of the total."""
        own = (f for f in self.total.scope if f.dimension == self.cut.by and not f.exclude)
        scoped = tuple(name for f in own for name in f.values if name)
        return tuple(dict.fromkeys(self.cut.members or scoped))

    def _shares(self, names: Sequence[str], known: Mapping[str | None, Decimal]) -> Weights:
        weights = [Fraction(max(known.get(name, NOTHING), NOTHING)) for name in names]
        if not any(weights):
            raise UsageError("split.no_history", dimension=self.cut.by)
        new = [name for name, weight in zip(names, weights, strict=True) if not weight]
        share = Fraction(self.cut.newcomer)
        if new:
            people = tuple(Member(name) for name in new)
            kind = "newcomers" if share else "nothing"
            values = {"share": Amount(self.cut.newcomer, Unit.SHARE)} if share else {}
            self._note(kind, members=people, **values)
        try:
            return completed(weights, share)
        except ValueError:
            raise UsageError("split.newcomers", count=len(new)) from None

    def _history(self, *, quiet: bool) -> dict[str | None, Decimal]:
        """What each member reached in the days a year before, else in the last months."""
        for kind, days in (
            ("shares", next(self.back.years(self.atoms), ())),
            ("recent", self.back.recent()),
        ):
            found = self.record.by_member(self.scope, str(self.cut.by), days)
            if any(value > 0 for name, value in found.items() if name):
                if not quiet:
                    self._based(kind, days)
                    self._nameless(found)
                return found
        return {}

    def _nameless(self, found: Mapping[str | None, Decimal]) -> None:
        """Say how much of the days gone by belongs to nobody."""
        nobody = found.get(None, NOTHING)
        whole = sum((value for value in found.values() if value > 0), NOTHING)
        if nobody > 0:
            share = Amount(float(nobody / whole), Unit.SHARE)
            self._note("nobody", share=share, dimension=Name("dimension", str(self.cut.by)))

    # --- parts and notes ----------------------------------------------------------------------

    def part(self, member: str | None, unit: Period, values: Mapping[str, Decimal]) -> Terms:
        """The goal of one member in one unit; a bound that rounding has made equal is left out."""
        target = values["target"]
        bounds = {n: v for n, v in values.items() if n != "target" and v not in (0, target)}
        scope, owner = self.total.scope, self.total.owner
        if member is not None:
            scope = (*self.scope, Filter(str(self.cut.by), (member,)))
            owner = member if self.cut.by == "person" else ""
        return Terms(
            self.total.metric,
            unit,
            target,
            scope,
            floor=bounds.get("floor"),
            stretch=bounds.get("stretch"),
            reason=self.total.reason,
            owner=owner,
        )

    def _based(self, kind: str, days: Sequence[Period], **values: object) -> None:
        """Say which days something goes by, from the first to the last."""
        first, last = min(d.start for d in days), max(d.last_day for d in days)
        window = between(first, last, self.at.settings.fiscal)
        self._note(kind, when=When(window, bare=True), **values)

    def _note(self, kind: str, **values: object) -> None:
        self.notes.append(Reason(f"split.note.{kind}", tuple(values.items())))
