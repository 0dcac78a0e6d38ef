"""Imports that were interrupted before they were in: their files are kept, and offered again."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from salesdash.errors import StorageError, UsageError
from salesdash.imports.home import Home
from salesdash.imports.request import Request, Staged
from salesdash.imports.speeches import Mode
from salesdash.imports.stage import Progress, stage, stage_repair
from salesdash.workspace import Event, EventKind, Status

IN_COLUMNS = {"path", "name", "dataset", "mode", "modes", "as_of", "force", "modified", "confirmed"}
"""Parts of a request that the log keeps in columns of its own, in another form, or not at all."""

KINDS = (EventKind.IMPORT, EventKind.REPAIR)


def offered(home: Home) -> tuple[Event, ...]:
    """Interrupted imports and repairs whose file did not get in later; the first of a group."""
    log = home.workspace.log
    later = {(e.file_sha256, e.dataset, e.target): e.id for e in log.events(Status.DONE)}
    return tuple(
        event
        for event in log.events(Status.TAKEN_BACK)
        if event.kind in KINDS
        and event.group in (None, event.id)
        and later.get((event.file_sha256, event.dataset, event.target), 0) < event.id
    )


def stage_offered(
    home: Home, number: int, now: datetime, progress: Progress | None = None
) -> Staged:
    """Stage an interrupted import again, from its kept original, with the decisions of then."""
    event = next((event for event in offered(home) if event.id == number), None)
    if event is None:
        raise UsageError("event.not_offered", event=number)
    copy = home.staging / f"again-{number}{Path(event.file_name or '').suffix}"
    original = home.originals / str(event.original)
    if event.original is None or not original.exists():
        raise StorageError("import.original_missing", path=str(original))
    home.disk.expand(original, copy)
    request = _request(event, copy)
    try:
        if event.kind is EventKind.REPAIR:
            return stage_repair(home, int(event.target or 0), request, now, progress)
        return stage(home, request, now, progress)
    finally:
        home.disk.remove(copy)


def _request(event: Event, path: Path) -> Request:
    """The request of then; a file that fed several datasets is free to do so again."""
    said, is_one = event.options, event.group is None
    mode = event.mode if is_one else said.get("mode")
    request = Request(
        path,
        event.file_name or path.name,
        dataset=event.dataset if is_one else None,
        mode=Mode(mode) if mode else None,
        as_of=event.as_of,
        force=event.forced,
        modes={name: Mode(each) for name, each in said.get("modes", {}).items()} or None,
        confirmed=tuple(said.get("confirmed", ())),
    )
    names = vars(request).keys() - IN_COLUMNS
    kept: dict[str, Any] = {name: value for name, value in said.items() if name in names}
    return replace(request, **kept)
