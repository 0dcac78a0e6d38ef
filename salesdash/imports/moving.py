"""Move the workspace of a home to a PostgreSQL server, or back into a file of its own.

All rows are there before the home is told; what was moved stays behind: a file among the backups,
a schema as it is.
"""

from dataclasses import dataclass
from datetime import datetime

from salesdash.errors import UsageError
from salesdash.imports import seat
from salesdash.imports.home import Home
from salesdash.workspace import Workspace
from salesdash.workspace.databases import Postgresql, Sqlite

BACK = "sqlite"
"""Instead of an address: into the home's own file."""


@dataclass(frozen=True)
class Moved:
    """Where a workspace was and is now, how many rows each table has, and where the old one is."""

    was: str
    place: str
    rows: dict[str, int]
    left: str


def move(home: Home, address: str, now: datetime) -> Moved:
    """Move the workspace of an open home, which must then be closed: an address, or "sqlite".

    Raises UsageError when it is there already or the address can't be used, StorageError
    `workspace.not_empty` when the schema it names holds one; the home is then as it was.
    """
    with home.writing():
        if address == BACK:
            return _into_file(home)
        return _onto_server(home, seat.named(address, home.path), now)


def _onto_server(home: Home, there: Postgresql, now: datetime) -> Moved:
    here = home.workspace.database
    target = Workspace(there)
    try:
        rows = home.workspace.copy_to(target)
    finally:
        target.close()
    seat.remember(home.path, there, home.disk)
    left = here.shown
    if isinstance(here, Sqlite):
        home.workspace.close()
        kept = home.path / "backups" / f"workspace-{now:%Y%m%dT%H%M%S}-moved.sqlite"
        home.disk.folder(kept.parent)
        home.disk.publish(here.path, kept)
        left = str(kept)
    return Moved(here.shown, there.shown, rows, left)


def _into_file(home: Home) -> Moved:
    here = home.workspace.database
    if isinstance(here, Sqlite):
        raise UsageError("workspace.there", path=here.shown)
    draft, file = (home.path / f"{seat.FILE}{end}" for end in (".draft", ""))
    home.disk.remove(draft)
    home.workspace.backup(draft)
    rows = home.workspace.count()
    home.disk.publish(draft, file)
    home.disk.remove(home.path / seat.ADDRESS)
    home.disk.settle(home.path)
    return Moved(here.shown, str(file), rows, here.shown)
