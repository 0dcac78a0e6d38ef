"""Retention: which kept files go, and when.

Imported files as they came are removed after the days that config.yaml says: the log still says
that they existed, and figures rest on the clean rows. Files that name somebody who was forgotten go
as soon as others stand in their place.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from salesdash.config import Settings
from salesdash.workspace import EventKind, Status

if TYPE_CHECKING:
    from salesdash.imports.home import Home


def expire(home: "Home", now: datetime) -> tuple[str, ...]:
    """Remove originals whose last import is too long ago; their names.

    Those of interrupted imports, which are offered again, stay. The copies in the inbox's `done`
    go likewise, by the time they were put there. Nothing happens without a number of days.
    """
    settings = home.calendars
    days = settings.keep_originals_days if isinstance(settings, Settings) else None
    if days is None:
        return ()
    limit = now - timedelta(days=days)
    gone = tuple(sorted(_known(home, before=limit)))
    for name in gone:
        home.disk.remove(home.originals / name)
    for path in _done(home, limit.timestamp()):
        home.disk.remove(path)
    return gone


def sweep(home: "Home") -> None:
    """Remove files that gave way to others when somebody was forgotten; a death may leave some."""
    events = home.workspace.log.events()
    needed = {name for e in events for name in (e.original, e.rows_file, e.rejects_file) if name}
    for event in events:
        if event.kind is EventKind.FORGET and event.status is Status.DONE:
            for old in set(event.options.get("files", {})) - needed:
                home.disk.remove(home.imports / old)
                home.disk.remove(home.originals / old)


def _known(home: "Home", before: datetime) -> set[str]:
    """Originals that are there, and that no event since then needs."""
    events = [event for event in home.workspace.log.events() if event.original]
    needed = {
        event.original for event in events if event.status is not Status.DONE or event.at >= before
    }
    old = {str(event.original) for event in events if event.original not in needed}
    return {name for name in old if (home.originals / name).exists()}


def _done(home: "Home", before: float) -> list[Path]:
    folder = home.inbox / "done"
    found = folder.iterdir() if folder.is_dir() else ()
    return [path for path in found if path.is_file() and path.stat().st_ctime < before]
