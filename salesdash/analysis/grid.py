"""The grid of targets: units of a year by members, what was typed over it, and what that means.

A cell is the goal of one member in one unit, None as member being the whole company. What is typed
lies over the goals that stand, together with the goal its editor saw: another one that stands there
now is a clash, shown with both versions and never written over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from salesdash.analysis.answers import Amount, Member, Name, Reason
from salesdash.analysis.planning import target
from salesdash.errors import UsageError
from salesdash.metrics import Better, Unit
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms

GRAINS = (Grain.MONTH, Grain.QUARTER)
"""Units a year is cut into."""

Bound = Literal["target", "floor", "stretch"]
BOUNDS: tuple[Bound, ...] = ("target", "floor", "stretch")
"""Which figure of the goals is looked at."""

Cell = tuple[str | None, Period]
"""A member (None: the whole company) and a unit."""


@dataclass(frozen=True)
class Frame:
    """Which grid: a metric, a year in units, the members of a dimension (None: company alone)."""

    metric: str
    year: Period
    grain: Grain = Grain.MONTH
    by: str | None = None
    bound: Bound = "target"

    def units(self, fiscal: FiscalCalendar) -> tuple[Period, ...]:
        """The columns."""
        return fiscal.units(self.grain, self.year)

    def scope(self, member: str | None) -> tuple[Filter, ...]:
        """Whom a row is about."""
        return () if member is None or self.by is None else (Filter(self.by, (member,)),)


@dataclass(frozen=True)
class Typed:
    """The text of a cell, and the goal that stood there when it was typed first.

    `made`: the terms behind a text that was worked out, with floor, stretch and basis.
    """

    text: str
    read: Goal | None = None
    made: Terms | None = None


Drafts = Mapping[Cell, Typed]


@dataclass(frozen=True)
class Kind:
    """What a grid needs to know of its metric: unit, whether it adds up, which way is better."""

    unit: Unit = Unit.NUMBER
    adds_up: bool = False
    better: Better = "up"


@dataclass(frozen=True)
class Sum:
    """A column: the members together, the company, and what the members have beyond it."""

    members: Decimal | None
    company: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """Below zero: what the members lack; None where one side has no target."""
        if self.members is None or self.company is None:
            return None
        return self.members - self.company


@dataclass(frozen=True)
class Sheet:
    """A grid with what was typed over it.

    `members`: its rows below the company's. `standing`: the goals in its cells. `years`: goals of
    the whole year, by member. What does not add up has no sums.
    """

    frame: Frame
    units: tuple[Period, ...]
    members: tuple[str, ...]
    kind: Kind
    standing: Mapping[Cell, Goal]
    years: Mapping[str | None, Goal] = field(default_factory=dict)
    drafts: Drafts = field(default_factory=dict)

    @property
    def unit(self) -> Unit:
        """The unit of the metric."""
        return self.kind.unit

    @property
    def adds_up(self) -> bool:
        """Whether the metric does."""
        return self.kind.adds_up

    @property
    def rows(self) -> tuple[str | None, ...]:
        """The whole company, then the members."""
        return (None, *self.members)

    def text(self, cell: Cell) -> str:
        """What stands in a cell, as people type it: what was typed, else the goal's figure."""
        if cell in self.drafts:
            return self.drafts[cell].text
        return self.shown(self.figure(self.standing.get(cell)))

    def shown(self, value: Decimal | None) -> str:
        """A figure as people type it, exact."""
        if value is None:
            return ""
        if self.unit is Unit.SHARE:
            return f"{_bare(value * 100)}%"
        cents = round(value, 2) == value != round(value)
        return f"{value:,.2f}" if self.unit is Unit.MONEY and cents else _bare(value)

    def value(self, cell: Cell) -> Decimal | None:
        """The figure of a cell with what was typed; None: empty, or nothing one can read."""
        typed = self.drafts.get(cell)
        if typed is None:
            return self.figure(self.standing.get(cell))
        try:
            return self.read(typed)
        except UsageError:
            return None

    def figure(self, goal: Goal | None) -> Decimal | None:
        """The figure of a goal that this grid shows."""
        found: Decimal | None = None if goal is None else getattr(goal.terms, self.frame.bound)
        return found

    def read(self, typed: Typed) -> Decimal | None:
        """What a text means, None of an empty one. Raises UsageError for what is no number."""
        return target(typed.text, self.unit) if typed.text.strip() else None

    # --- sums -------------------------------------------------------------------------------

    def across(self, member: str | None) -> Decimal | None:
        """The sum of a row; None without any target."""
        return _sum(self.value((member, unit)) for unit in self.units)

    def column(self, unit: Period) -> Sum:
        """The sum of a column beside the company's target."""
        members = _sum(self.value((member, unit)) for member in self.members)
        return Sum(members, self.value((None, unit)))

    @cached_property
    def whole(self) -> Sum:
        """All members over the year, and the company's units together."""
        return Sum(_sum(self.across(member) for member in self.members), self.across(None))

    def told(self) -> tuple[Reason, ...]:
        """Where sums and goals above them differ, in words."""
        if not self.adds_up or self.frame.bound != "target":
            return ()
        return (*self._members_told(), *self._years_told())

    def _members_told(self) -> Iterator[Reason]:
        """The members against the company, over the units in which both have targets."""
        both = [s for s in map(self.column, self.units) if s.gap is not None]
        if both and self.frame.by:
            members = sum((s.members or Decimal(0) for s in both), Decimal(0))
            company = sum((s.company or Decimal(0) for s in both), Decimal(0))
            kind = (("kind", Name("dimension", self.frame.by)), ("count", len(self.members)))
            yield self._compared("members", kind, members, company)

    def _years_told(self) -> Iterator[Reason]:
        """Rows against the goal of their whole year, once all their units have a target."""
        for member, goal in self.years.items():
            full = all(self.value((member, unit)) is not None for unit in self.units)
            total = self.across(member)
            if full and total is not None and total != goal.terms.target:
                name = Reason("targets.company") if member is None else Member(member)
                yield self._compared("year", (("name", name),), total, goal.terms.target)

    def _compared(
        self, what: str, about: tuple[tuple[str, object], ...], total: Decimal, goal: Decimal
    ) -> Reason:
        gap = total - goal
        side = "less" if gap < 0 else "more" if gap else "exact"
        amounts = (("total", Amount(total, self.unit)), ("goal", Amount(goal, self.unit)))
        by = (("gap", Amount(abs(gap), self.unit)),) if gap else ()
        return Reason(f"targets.told.{what}.{side}", (*about, *amounts, *by))

    def place(self, cell: Cell) -> tuple[int, int]:
        """Row and column of a cell; those no longer shown stand last."""
        rows = self.rows
        row = rows.index(cell[0]) if cell[0] in rows else len(rows)
        return row, self.units.index(cell[1]) if cell[1] in self.units else len(self.units)


def build(
    frame: Frame,
    goals: Iterable[Goal],
    members: Sequence[str],
    kind: Kind,
    fiscal: FiscalCalendar,
) -> Sheet:
    """The grid of a frame: `members` and whoever has a goal in it."""
    units = frame.units(fiscal)
    standing: dict[Cell, Goal] = {}
    years: dict[str | None, Goal] = {}
    for goal in goals:
        member = _member(goal.terms, frame)
        if goal.terms.metric != frame.metric or member is False:
            continue
        if goal.terms.period in units:
            standing[member, goal.terms.period] = goal
        elif goal.terms.period == frame.year:
            years[member] = goal
    known = dict.fromkeys(members)
    known |= dict.fromkeys(m for m in (*(c[0] for c in standing), *years) if m is not None)
    rows = tuple(known) if frame.by else ()
    return Sheet(frame, units, rows, kind, standing, years)


def over(drafts: Drafts, cells: Mapping[Cell, Typed], sheet: Sheet) -> dict[Cell, Typed]:
    """Drafts with more cells typed; each remembers the goal that stood there at first."""
    found = dict(drafts)
    for cell, typed in cells.items():
        old = found.get(cell)
        if old is None:
            found[cell] = replace(typed, read=sheet.standing.get(cell))
        elif typed.made or typed.text != old.text:
            found[cell] = replace(typed, read=old.read)
    return found


def filled(sheet: Sheet, parts: Iterable[Terms]) -> dict[Cell, Typed]:
    """Targets that were worked out, as what is typed into the cells they belong to."""
    found: dict[Cell, Typed] = {}
    for terms in parts:
        member, own = _member(terms, sheet.frame), terms.metric == sheet.frame.metric
        if own and member is not False and terms.period in sheet.units:
            found[member, terms.period] = Typed(sheet.shown(terms.target), made=terms)
    return found


def _member(terms: Terms, frame: Frame) -> str | Literal[False] | None:
    """The row of terms: None the company's, False none of this grid."""
    if not terms.scope:
        return None
    one = terms.scope[0]
    is_member = len(terms.scope) == 1 and one.dimension == frame.by and len(one.values) == 1
    if not is_member or one.exclude or one.values[0] is None:
        return False
    return one.values[0]


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _bare(value: Decimal) -> str:
    """Digits with separators, without zeros behind the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
