"""The commands `backup` and `restore`: everything needed of a home in one file, and back."""

import os
import shutil
from pathlib import Path

from salesdash import imports as way_in
from salesdash.commands.arguments import File
from salesdash.commands.office import Desk, Office, absolute
from salesdash.commands.replies import Reply
from salesdash.errors import FileError, Place, StorageError
from salesdash.imports import Home, opened
from salesdash.imports.forgetting import BACKUPS
from salesdash.workspace import Stamp
from salesdash.workspace.databases import Postgresql


def backup(desk: Desk, given: File) -> Reply:
    """Write the home into one new file: {file, bytes, events}. FileError when there is one."""
    path = absolute(given.file)
    if path.exists():
        raise FileError("file.exists", place=Place(file=str(path)))
    way_in.backup(desk.home, path)
    _remember(desk, path)
    events = len(desk.home.done())
    return Reply({"file": str(path), "bytes": path.stat().st_size, "events": events})


def _remember(desk: Desk, path: Path) -> None:
    """Keep where the backup is: who is forgotten later still stands in it."""
    known = desk.home.workspace.settings.read(BACKUPS)
    listed = [*(known.value if known else []), str(path)]
    desk.home.workspace.settings.write(BACKUPS, listed, Stamp(desk.who, desk.now))


def restore(office: Office, given: File) -> Reply:
    """Make the home from a backup: {home, file, events}. It must not hold anything yet.

    One that has its workspace on a server gets it there again.
    """
    path, home = absolute(given.file), office.options.home
    if not path.is_file():
        raise FileError("file.not_found", place=Place(file=str(path)))
    must_be_free(office)
    server = _cleared(office) if home.is_dir() else None
    way_in.restore(path, home)
    restored = Home.open(home, now=office.now, settings=office.settings)
    try:
        events = len(restored.done())
        if server is not None:
            way_in.move(restored, server, office.now)
    finally:
        restored.close()
    return Reply({"home": str(home), "file": str(path), "events": events})


def _cleared(office: Office) -> str | None:
    """Remove a home that was opened once and never given anything; the server it was on."""
    folder = office.options.home
    if not way_in.is_taken(folder):
        return None
    home = Home.open(folder, now=office.now, settings=office.settings)
    try:
        if home.workspace.log.events() or any(home.inbox.iterdir()):
            return None
        database = home.workspace.database
        home.workspace.clear()
    finally:
        home.close()
    shutil.rmtree(folder)
    return database.shown if isinstance(database, Postgresql) else None


def must_be_free(office: Office) -> None:
    """StorageError when this process, the app, shows the home: its files can't be replaced."""
    if office.options.home.resolve() in opened:
        raise StorageError("app.owns", pid=os.getpid())
