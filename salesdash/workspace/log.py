"""The event log: what happened to the data, in commit order. It only grows."""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, func, insert, select, update

from salesdash.errors import UsageError
from salesdash.workspace.schema import events

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


class EventKind(StrEnum):
    """What an event does to the data."""

    IMPORT = "import"
    REPAIR = "repair"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    FORGET = "forget"

    @property
    def brings_rows(self) -> bool:
        """Whether it can be taken back and brought back; undo and redo do that."""
        return self not in (EventKind.UNDO, EventKind.REDO, EventKind.FORGET)


class Status(StrEnum):
    """Where an event stands: begun, in the projection, or given up before it got there."""

    PENDING = "pending"
    DONE = "done"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Draft:
    """An event before it has a number.

    `target`: the event that a repair, undo or redo is about. `original`, `rows_file`,
    `rejects_file`: names in the home's folders. `first_date`, `last_date`: the days its rows cover.
    """

    kind: EventKind
    who: str
    at: datetime
    dataset: str = "sales"
    target: int | None = None
    file_name: str | None = None
    file_sha256: str | None = None
    file_size: int | None = None
    original: str | None = None
    rows_file: str | None = None
    rejects_file: str | None = None
    mapping: dict[str, Any] | None = None
    mode: str | None = None
    as_of: datetime | None = None
    forced: bool = False
    first_date: date | None = None
    last_date: date | None = None
    counts: dict[str, int] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Event(Draft):
    """A numbered event; numbers rise in commit order and are never used twice.

    `group`: the first of several events that happened as one (one file, several datasets).
    """

    id: int
    status: Status
    version: int
    group: int | None = None


class Log:
    """Events of a workspace."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._known: dict[int, Event] = {}

    def begin(self, *drafts: Draft) -> tuple[Event, ...]:
        """Write pending events that happen as one; they are on the disk when this returns."""
        with self._workspace.writing() as connection:
            first = 1 + (connection.scalar(select(func.max(events.c.id))) or 0)
            numbers = range(first, first + len(drafts))
            books = {"status": Status.PENDING.value, "version": 1}
            books |= {"group": first} if len(drafts) > 1 else {}
            for number, draft in zip(numbers, drafts, strict=True):
                row = {**asdict(draft), **books, "id": number}
                connection.execute(insert(events).values(**row))
        return tuple(self.event(number) for number in numbers)

    def settle(self, number: int, status: Status) -> Event:
        """Say how a pending event ended. Raises UsageError when it is not pending."""
        change = update(events).where(events.c.id == number, events.c.status == Status.PENDING)
        with self._workspace.writing() as connection:
            settled = connection.execute(
                change.values(status=status.value, version=events.c.version + 1)
            )
        if settled.rowcount != 1:
            raise UsageError("event.not_pending", event=number)
        return self.event(number)

    def event(self, number: int) -> Event:
        """The event of that number. Raises UsageError if there is none."""
        for event in self.events():
            if event.id == number:
                return event
        raise UsageError("event.unknown", event=number)

    def events(self, status: Status | None = None) -> tuple[Event, ...]:
        """All events in order, or those of one status.

        An event changes only when it settles, and its version tells: others are read once. Names
        of files are those of now: what was forgotten stands in other files.
        """
        heads = select(events.c.id, events.c.version).order_by(events.c.id)
        known = self._known
        with self._workspace.reading() as connection:
            versions = {row.id: row.version for row in connection.execute(heads)}
            unread = [n for n, v in versions.items() if n not in known or known[n].version != v]
            if unread:
                since = select(events).where(events.c.id >= unread[0])
                rows = connection.execute(since).mappings()
                known = self._known = {**known, **{row["id"]: _event(row) for row in rows}}
        found = renamed(tuple(known[number] for number in versions))
        return tuple(event for event in found if status in (None, event.status))

    def reread(self) -> None:
        """Read all events again: names in them were replaced."""
        self._known = {}


def renamed(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events with the files that took the place of theirs when somebody was forgotten.

    Only an event that is done replaced anything. None: a file had to go.
    """
    files: dict[str, str] = {}
    for event in events:
        if event.kind is EventKind.FORGET and event.status is Status.DONE:
            files |= event.options.get("files", {})
    return tuple(_with_files(event, files) for event in events) if files else events


def _with_files(event: Event, files: dict[str, str]) -> Event:
    changes: dict[str, str | None] = {}
    for name in ("original", "rows_file", "rejects_file"):
        file = getattr(event, name)
        while file in files:
            file = files[file] or None
        if file != getattr(event, name):
            changes[name] = file
    return replace(event, **changes) if changes else event  # type: ignore[arg-type]  # texts


_NAMES = tuple(f.name for f in fields(Event))


def _event(row: RowMapping) -> Event:
    values = {name: row[name] for name in _NAMES}
    values["kind"] = EventKind(row["kind"])
    values["status"] = Status(row["status"])
    for name, empty in (("counts", dict), ("options", dict), ("warnings", list)):
        values[name] = row[name] or empty()
    return Event(**values)
