"""What a goal promises, and how a revision of it stands in its row."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping

from salesdash.errors import UsageError
from salesdash.periods import Period
from salesdash.periods.codes import FIRST_YEAR, LAST_YEAR
from salesdash.selection import Filter


class Origin(StrEnum):
    """Where a goal comes from: set by hand, or from an imported file of targets."""

    HAND = "hand"
    IMPORT = "import"


class Rhythm(StrEnum):
    """How often a goal is reviewed."""

    WEEK = "week"
    MONTH = "month"
    NEVER = "never"


@dataclass(frozen=True)
class Basis:
    """What a relative target was worked out from: so many per cent on top of a figure.

    `of`: "previous", "last-year", or the code of a period. `value`: the figure of `period` when
    the goal was set; later imports may change that figure, the target stays.
    """

    of: str
    percent: Decimal
    period: Period
    value: Decimal


KEPT = ("owner", "reason", "parent", "series", "rhythm")
"""Terms that stay when a goal is set again without them."""

Key = tuple[str, tuple[Filter, ...], Period]
"""Metric, scope and period."""


@dataclass(frozen=True)
class Terms:
    """What is promised: a metric reaches a target in a period, within a scope.

    `scope`: filters, none for the whole company. `target` in the unit of the metric (shares as
    fractions); `floor` and `stretch` stand on its two sides. `reason`: why this goal. `series`:
    number of the first goal of those that were set together, one a month, quarter or year.
    `rhythm`: how often it is reviewed, None: as often as config.yaml says.
    """

    metric: str
    period: Period
    target: Decimal
    scope: tuple[Filter, ...] = ()
    floor: Decimal | None = None
    stretch: Decimal | None = None
    baseline: Decimal | None = None
    basis: Basis | None = None
    reason: str = ""
    owner: str = ""
    parent: int | None = None
    series: int | None = None
    rhythm: Rhythm | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "scope", ordered(self.scope))

    @property
    def key(self) -> Key:
        """Metric, scope and period: no two goals share them."""
        return self.metric, self.scope, self.period

    def beside(self, old: "Terms") -> "Terms":
        """The same with what they leave open as it was: `KEPT`."""
        return replace(self, **{name: getattr(self, name) or getattr(old, name) for name in KEPT})


@dataclass(frozen=True)
class Goal:
    """A revision: terms, who stated them, when, and why they changed.

    `number` 0 and `version` 0: an imported target, which lives in the data and not here.
    """

    terms: Terms
    number: int = 0
    version: int = 0
    who: str = ""
    at: datetime | None = None
    why: str = ""
    withdrawn: bool = False
    origin: Origin = Origin.HAND

    @property
    def code(self) -> str:
        """What an address calls it: its number, or of an imported target what it is about."""
        if self.number:
            return str(self.number)
        return "f" + hashlib.sha256(repr(self.terms.key).encode()).hexdigest()[:10]


def period_of(first: date, last: date) -> Period:
    """The days from first to last, both included.

    Raises UsageError when they are the wrong way round, or in a year that must be a slip.
    """
    if last < first:
        raise UsageError("goal.ends_first", first=first, last=last)
    if first.year < FIRST_YEAR or last.year >= LAST_YEAR:
        slip = first if first.year < FIRST_YEAR else last
        raise UsageError("goal.far", day=slip, first=FIRST_YEAR, last=LAST_YEAR)
    return Period.through(first, last)


_TEXTS = ("metric", "reason", "owner")
_AMOUNTS = ("floor", "stretch", "baseline")
_NUMBERS = ("parent", "series")


def row_of(goal: Goal) -> dict[str, Any]:
    """A revision as a row; amounts as text, since SQLite's own numbers are not exact."""
    terms = goal.terms
    amounts = {name: _text(getattr(terms, name)) for name in ("target", *_AMOUNTS)}
    return {
        **{name: getattr(terms, name) for name in (*_TEXTS, *_NUMBERS)},
        **amounts,
        "goal": goal.number,
        "version": goal.version,
        "scope": scope_row(terms.scope),
        "first": terms.period.start,
        "last": terms.period.last_day,
        "basis": _basis_row(terms.basis),
        "rhythm": None if terms.rhythm is None else terms.rhythm.value,
        "why": goal.why,
        "withdrawn": goal.withdrawn,
        "who": goal.who,
        "at": goal.at,
    }


def goal_of(row: RowMapping) -> Goal:
    """The revision that a row holds."""
    terms = Terms(
        period=Period(row["first"], row["last"] + timedelta(days=1)),
        target=Decimal(row["target"]),
        scope=scope_of(row["scope"]),
        basis=_basis(row["basis"]),
        rhythm=None if row["rhythm"] is None else Rhythm(row["rhythm"]),
        **_plain(row),
    )
    return Goal(
        terms,
        number=row["goal"],
        **{name: row[name] for name in ("version", "who", "at", "why", "withdrawn")},
    )


def ordered(scope: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """A scope in the one order it is kept in, so that equal scopes are equal."""
    plain = (Filter(f.dimension, _sorted(f.values), f.exclude) for f in scope)
    return tuple(sorted(plain, key=lambda f: (f.dimension, f.exclude)))


def scope_row(scope: tuple[Filter, ...]) -> list[list[Any]]:
    """A scope as JSON."""
    return [[f.dimension, list(f.values), f.exclude] for f in scope]


def scope_of(row: list[list[Any]]) -> tuple[Filter, ...]:
    """The scope that JSON holds."""
    return tuple(Filter(name, tuple(values), out) for name, values, out in row)


def _plain(row: RowMapping) -> dict[str, Any]:
    """The values that stand in a row as they are, and the optional amounts."""
    amounts = {name: None if row[name] is None else Decimal(row[name]) for name in _AMOUNTS}
    return {**{name: row[name] for name in (*_TEXTS, *_NUMBERS)}, **amounts}


def _basis_row(basis: Basis | None) -> dict[str, str] | None:
    if basis is None:
        return None
    return {
        "of": basis.of,
        "percent": _text(basis.percent) or "0",
        "first": basis.period.start.isoformat(),
        "last": basis.period.last_day.isoformat(),
        "value": _text(basis.value) or "0",
    }


def _basis(row: dict[str, str] | None) -> Basis | None:
    if row is None:
        return None
    first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
    period = Period.through(first, last)
    return Basis(row["of"], Decimal(row["percent"]), period, Decimal(row["value"]))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _sorted(values: Iterable[str | None]) -> tuple[str | None, ...]:
    return tuple(sorted(set(values), key=lambda value: (value is None, value or "")))
