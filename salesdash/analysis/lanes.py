"""Actions sifted, sorted, and laid out in the columns of a board."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from salesdash.analysis.actions import Row
from salesdash.workspace import Priority, Standing, tidy

LATELY = 14
"""Days in which something done is still on the board: two weekly meetings see it."""

COLUMNS = ("overdue", "week", "later", "some_day", "done")
STAYING = COLUMNS[:3]

By = Literal["due", "owner"]
BYS: tuple[By, ...] = ("due", "owner")
"""What the columns of a board stand for: when it is due, or whose it is."""

NOWHERE = "none"
"""The origin of what was simply written down, in an address."""

Order = Literal["due", "priority", "owner", "newest", "carried"]
URGENCY = {priority: place for place, priority in enumerate(Priority)}

ORDERS: Mapping[Order, Callable[[Row], tuple[Any, ...]]] = {
    "due": lambda _row: (),
    "priority": lambda row: (URGENCY[row.priority],),
    "owner": lambda row: (not row.owner, row.owner.casefold()),
    "newest": lambda row: (-row.id,),
    "carried": lambda row: (-row.carried,),
}
"""How rows may stand; equal ones stay in the order they came in: by their due day."""


@dataclass(frozen=True)
class Sieve:
    """Which actions are looked for; "" lets all through.

    `origin`: a kind of source, or `NOWHERE`. `text`: words of which each must be found somewhere
    in what is to be done or in the owner's name.
    """

    owner: str = ""
    priority: str = ""
    origin: str = ""
    text: str = ""

    def lets(self, row: Row) -> bool:
        """Whether an action is among them."""
        kind = row.origin.kind if row.origin else NOWHERE
        asked = ((self.owner, row.owner), (self.priority, row.priority), (self.origin, kind))
        if any(wanted and _plain(wanted) != _plain(found) for wanted, found in asked):
            return False
        body = _plain(f"{row.text} {row.owner}")
        return all(word in body for word in _plain(self.text).split())

    @property
    def count(self) -> int:
        """How many of the choices narrow anything, the words left out."""
        return sum(map(bool, (self.owner, self.priority, self.origin)))


@dataclass(frozen=True)
class Lane:
    """A column of the board: what it stands for, and its actions, the most urgent first.

    `key`: overdue, week, later, some_day, done; or an owner's name, "" for nobody.
    """

    key: str
    rows: tuple[Row, ...]


def ordered(rows: Sequence[Row], order: Order) -> tuple[Row, ...]:
    """The rows in another order than they came in."""
    return tuple(sorted(rows, key=ORDERS[order]))


def lanes(rows: Sequence[Row], today: date, by: By) -> tuple[Lane, ...]:
    """The columns of a board; what was dropped or done longer ago is left out.

    By due day the first three stay also while they are empty, so that the board keeps its shape.
    """
    shown = sorted((row for row in rows if row.is_open or _is_fresh(row, today)), key=_urgency)
    if by == "owner":
        names = {_plain(row.owner): row.owner for row in reversed(rows) if row in shown}
        found = [Lane(name, _of(shown, name)) for name in names.values()]
        return tuple(sorted(found, key=lambda lane: (not lane.key, lane.key.casefold())))
    columns = (Lane(key, tuple(r for r in shown if _when(r, today) == key)) for key in COLUMNS)
    return tuple(lane for lane in columns if lane.rows or lane.key in STAYING)


def _of(rows: Sequence[Row], owner: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if _plain(row.owner) == _plain(owner))


def _urgency(row: Row) -> tuple[int, float]:
    """What is open by its priority, then what was done, the newest first."""
    if row.is_open or row.settled is None:
        return URGENCY[row.priority], 0.0
    return len(URGENCY), -row.settled.timestamp()


def _when(row: Row, today: date) -> str:
    """The column of a due day; a week ends on its Sunday."""
    if not row.is_open:
        return "done"
    if row.due is None:
        return "some_day"
    if row.overdue:
        return "overdue"
    sunday = today + timedelta(days=6 - today.weekday())
    return "week" if row.due <= sunday else "later"


def _is_fresh(row: Row, today: date) -> bool:
    """Whether it was done lately."""
    if row.state is not Standing.DONE or row.settled is None:
        return False
    return (today - row.settled.date()).days <= LATELY


def _plain(name: str) -> str:
    return tidy(name).casefold()
