"""Speeches: the live imports of a log, each with its repairs, as the fold hears them.

An import speaks of units (documents, deals ...; a row without key is a unit of its own). It is
live when it is done and not undone; a repair lives and dies with its import.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from salesdash.datasets import ACTIVITIES, COSTS, DEALS, LEADS, MARKET, PAYMENTS, SALES, Dataset
from salesdash.workspace import Event, EventKind, Status

SPEAKING = (EventKind.IMPORT, EventKind.EDIT)
"""Kinds of events that speak for themselves; a repair speaks in its import."""


class Mode(StrEnum):
    """What an import says about rows that are not in it, and about units that are stored."""

    UPDATE = "update"  # its units replace the stored ones, the rest stays
    REPLACE = "replace"  # the file is complete for the dates it covers
    COMPLETE = "complete"  # the file is all there is
    APPEND = "append"  # its rows are added, whatever is stored

    @property
    def speaks_of_more(self) -> bool:
        """Whether rows that are not in the file vanish."""
        return self in (Mode.REPLACE, Mode.COMPLETE)


BY_DATES = frozenset((SALES, PAYMENTS, COSTS, MARKET, ACTIVITIES))
"""Exported by their dates: a file may be complete for those it covers."""

AS_A_WHOLE = frozenset((DEALS, LEADS))
"""Exported as they stand, like reference sets: a file may be all there is."""


def modes(dataset: Dataset) -> tuple[Mode, ...]:
    """The modes that fit a dataset; plans come in both ways."""
    by_dates = dataset not in AS_A_WHOLE and not dataset.reference
    as_a_whole = dataset not in BY_DATES
    more = ((Mode.REPLACE, by_dates), (Mode.COMPLETE, as_a_whole))
    return (Mode.UPDATE, *(mode for mode, fits in more if fits), Mode.APPEND)


@dataclass(frozen=True)
class Part:
    """One Parquet file of clean rows and the event that brought it."""

    event: int
    path: Path


@dataclass(frozen=True)
class Speech:
    """One import: its rows (`parts`: its own file, then its repairs in order) and its weight."""

    event: int
    as_of: datetime
    mode: Mode
    forced: bool
    parts: tuple[Part, ...]

    @property
    def family(self) -> tuple[int, ...]:
        """The events whose rows are this import's: itself and its repairs."""
        return tuple(part.event for part in self.parts)


def speeches(
    events: Iterable[Event], folder: Path, dataset: str | None = None
) -> tuple[Speech, ...]:
    """The live imports and hand edits among events in order, of one dataset or of all.

    `folder` holds their Parquet files.
    """
    known = [event for event in events if event.status is not Status.TAKEN_BACK]
    alive = standing(known)
    living = [e for e in known if alive.get(e.id, False) and dataset in (None, e.dataset)]
    return tuple(_speech(event, living, folder) for event in living if event.kind in SPEAKING)


def is_alive(number: int, events: Iterable[Event]) -> bool:
    """Whether what brought rows stands: not taken back and not undone (a repair's import aside)."""
    return standing(e for e in events if e.status is not Status.TAKEN_BACK).get(number, False)


def together(event: Event, events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that happened as one with it, itself too: of one file, or taken back at once."""
    return tuple(
        each
        for each in events
        if each.id == event.id or (event.group is not None and each.group == event.group)
    )


def standing(events: Iterable[Event]) -> dict[int, bool]:
    """Events that brought rows, and whether the last word on each was that it stands."""
    alive: dict[int, bool] = {}
    for event in events:
        if event.kind.brings_rows:
            alive[event.id] = True
        elif event.target is not None:
            alive[event.target] = event.kind is EventKind.REDO
    return alive


def whole(number: int, events: Iterable[Event], folder: Path) -> Speech:
    """An import, live or not, with its live repairs."""
    known = [event for event in events if event.status is not Status.TAKEN_BACK]
    living = [
        event
        for event in known
        if event.kind is EventKind.REPAIR and event.target == number and is_alive(event.id, known)
    ]
    return _speech(next(event for event in known if event.id == number), living, folder)


def _speech(event: Event, living: list[Event], folder: Path) -> Speech:
    repairs = [
        other for other in living if other.kind is EventKind.REPAIR and other.target == event.id
    ]
    parts = tuple(Part(e.id, folder / str(e.rows_file)) for e in (event, *repairs))
    moment = event.as_of or event.at
    return Speech(event.id, moment, Mode(event.mode or Mode.UPDATE), event.forced, parts)
