"""What a meeting is made of: its occasion, where it stands, its lines and what is said there."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Field = Literal["note", "decision"]
TOPIC = "topic"
"""The kind of a line that somebody put on the agenda; the others are those of config.yaml."""


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Occasion:
    """Which meeting: its kind, and what it looks at, as a code with its days.

    `kind` is an id of config.yaml or the key of an own template. `person`: whom a one-to-one is
    with. `day`: when a meeting that does not come back is held.
    """

    kind: str
    period: str
    first_day: date
    last_day: date
    person: str = ""
    day: date | None = None

    @property
    def series(self) -> tuple[str, str]:
        """What meetings that follow each other share: their kind, and whom they are with."""
        return self.kind, self.person


@dataclass(frozen=True, kw_only=True)
class Meeting(Occasion):
    """A meeting. `cut` is the event its figures are pinned to, `answers` what it closed with."""

    id: int
    state: State
    cut: int | None
    opened_by: str | None
    opened_at: datetime | None
    closed_by: str | None
    closed_at: datetime | None
    answers: str | None
    version: int


@dataclass(frozen=True)
class Point:
    """A line of an agenda before it is written. `place` None: wherever there is room.

    `title` and `hint` by language; `page` and `query` lead to the screen it was put on from.
    `minutes` are planned for it; `origin` is the line of an earlier meeting that it continues.
    """

    kind: str
    title: dict[str, str]
    hint: dict[str, str]
    tiles: tuple[str, ...] = ()
    place: int | None = None
    page: str | None = None
    query: dict[str, list[str]] | None = None
    minutes: int | None = None
    origin: int | None = None


@dataclass(frozen=True, kw_only=True)
class Line(Point):
    """A line of a meeting's agenda; who put it there, and when."""

    id: int
    meeting: int
    who: str
    at: datetime


@dataclass(frozen=True)
class Text:
    """What stands under a line: a note or a decision, by whoever wrote last."""

    line: int
    field: Field
    text: str
    who: str
    at: datetime
    version: int
    id: int
