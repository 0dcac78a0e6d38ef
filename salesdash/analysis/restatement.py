"""Restatement: figures shown before that are different now, with the rows and files behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from salesdash.analysis.answers import Figure, Number, Reason
from salesdash.metrics import Unit
from salesdash.periods import Window
from salesdash.warehouse.restated import How

Value = Decimal | date | str | None


@dataclass(frozen=True)
class RestatedBy:
    """The event behind a change; `file`: what came in, or was taken back by it (`target`)."""

    event: int
    kind: str
    file: str
    who: str
    at: datetime
    target: int | None = None


@dataclass(frozen=True)
class RestatedField:
    """What a unit said, and what it says."""

    name: str
    then: Value
    now: Value


@dataclass(frozen=True)
class RestatedEffect:
    """What a figure gained or lost."""

    metric: str
    value: Number


@dataclass(frozen=True)
class RestatedUnit:
    """A document, deal ... that moved, in one of the periods.

    `key` None: a row without one, found by import, sheet and record of `place`. `whose`: the
    customer. `by`: the event that touched it last, before it the first one where that is another.
    """

    window: Window
    how: How
    key: str | None
    place: tuple[int | None, int, int]
    whose: str | None
    fields: tuple[RestatedField, ...]
    effects: tuple[RestatedEffect, ...]
    by: tuple[RestatedBy, ...]


@dataclass(frozen=True)
class RestatedFile:
    """What one event (or two, where units were touched twice) did: units by the way they moved."""

    by: tuple[RestatedBy, ...]
    ways: tuple[tuple[How, int], ...]
    effects: tuple[RestatedEffect, ...]


@dataclass(frozen=True)
class RestatedList:
    """What moved in one kind of data. `metrics`: those that add up, with their units.

    `units`: the largest effects first; `others` more moved, and did `rest` together.
    """

    dataset: str
    metrics: tuple[tuple[str, Unit], ...]
    units: tuple[RestatedUnit, ...]
    others: int
    rest: tuple[RestatedEffect, ...]
    files: tuple[RestatedFile, ...]

    @property
    def count(self) -> int:
        """How many units moved."""
        return len(self.units) + self.others


@dataclass(frozen=True)
class RestatedTotal:
    """A figure of a period as it was shown, and as it is.

    `moved`: what its units sum to, None where it does not add up. `rest`: what they leave over.
    """

    metric: str
    unit: Unit
    window: Window
    then: Figure
    now: Figure
    moved: Number | None = None
    rest: Number | None = None


@dataclass(frozen=True)
class Restatement:
    """All of it: metrics in periods, between two cuts. `since`: when they were shown.

    None: nothing was shown yet.
    """

    headline: Reason
    since: datetime | None = None
    cuts: tuple[int, int] = (0, 0)
    metrics: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    totals: tuple[RestatedTotal, ...] = ()
    lists: tuple[RestatedList, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing moved."""
        return not (self.totals or self.lists)
