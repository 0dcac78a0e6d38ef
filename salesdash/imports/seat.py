"""Where the workspace of a home is: in a file of its own, or where its `workspace.url` says."""

import os
import secrets
from pathlib import Path

from salesdash.errors import StorageError
from salesdash.imports.disk import Disk
from salesdash.workspace import Workspace
from salesdash.workspace.databases import Database, Postgresql, Sqlite

FILE, ADDRESS = "workspace.sqlite", "workspace.url"


def of(home: Path) -> Database:
    """The database of the workspace of that home. Raises UsageError when its address is none."""
    address = home / ADDRESS
    if address.is_file():
        return Postgresql.of(address.read_text(encoding="utf-8"), home)
    return Sqlite(home / FILE)


def is_taken(home: Path) -> bool:
    """Whether a workspace was ever begun there."""
    return (home / ADDRESS).is_file() or (home / FILE).is_file()


def named(address: str, home: Path) -> Postgresql:
    """The place an address means; without a schema one of the home's own is made up."""
    return Postgresql.of(address, home, f"salesdash_{secrets.token_hex(4)}")


def remember(home: Path, database: Postgresql, disk: Disk) -> None:
    """Write down where the workspace is, readable by its owner only."""
    draft = home / f"{ADDRESS}.draft"
    with disk.guarded("address", draft), open(os.open(draft, _FRESH, 0o600), "w") as file:  # noqa: PTH123
        file.write(f"{database.shown}\n")
    disk.publish(draft, home / ADDRESS)


_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def require_log(home: Path) -> None:
    """Refuse a home that holds imports but has lost its log: an empty one must not cover it up."""
    if not any((home / "imports").iterdir()):
        return
    database = of(home)
    if isinstance(database, Sqlite):
        missing = not database.path.exists()
    else:
        looked = Workspace(database)
        try:
            missing = looked.is_new
        finally:
            looked.close()
    if missing:
        raise StorageError("workspace.missing", path=database.shown)
