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
    """Make the home from a backup: {home, file, events}. It must not hold anything yet."""
    path, home = absolute(given.file), office.options.home
    if not path.is_file():
        raise FileError("file.not_found", place=Place(file=str(path)))
    must_be_free(office)
    if home.is_dir() and _is_blank(office):
        shutil.rmtree(home)
    way_in.restore(path, home)
    restored = Home.open(home, now=office.now, settings=office.settings)
    try:
        events = len(restored.done())
    finally:
        restored.close()
    return Reply({"home": str(home), "file": str(path), "events": events})


def _is_blank(office: Office) -> bool:
    """Whether the folder is a home that was opened once, and never given anything."""
    if not (office.options.home / "workspace.sqlite").is_file():
        return False
    home = Home.open(office.options.home, now=office.now, settings=office.settings)
    try:
        return not home.workspace.log.events() and not any(home.inbox.iterdir())
    finally:
        home.close()


def must_be_free(office: Office) -> None:
    """StorageError when this process, the app, shows the home: its files can't be replaced."""
    if office.options.home.resolve() in opened:
        raise StorageError("app.owns", pid=os.getpid())
