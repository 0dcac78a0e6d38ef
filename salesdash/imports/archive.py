"""Backup and restore: one file with the log, the originals and the clean rows.

The projection is left out: it is rebuilt from the log when the restored home opens.
"""

import json
import re
import zipfile
from pathlib import Path

from salesdash import __version__
from salesdash.errors import FileError, Place, StorageError
from salesdash.imports import seat
from salesdash.imports.disk import Disk
from salesdash.imports.home import Home
from salesdash.workspace import Workspace
from salesdash.workspace.upgrade import HEAD

FORMAT = 1
WORKSPACE, MANIFEST = seat.FILE, "manifest.json"
MEMBER = re.compile(r"originals/[0-9a-f]{64}\.zst|imports/[0-9a-f]{64}\.parquet")


def backup(home: Home, path: Path) -> Path:
    """Write everything that people brought and wrote into one file; returns its path.

    Work goes on meanwhile: kept files never change, and the log is copied first.
    Raises DiskFull or StorageError; an older file of that name then stays.
    """
    folder = home.disk.folder(home.staging / f"backup-{path.name}")
    draft = path.with_name(f"{path.name}.draft")
    try:
        copy = home.workspace.backup(folder / WORKSPACE)
        manifest = {"format": FORMAT, "schema": HEAD, "version": __version__}
        with (
            home.disk.guarded("backup", draft),
            zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive,
        ):
            archive.writestr(MANIFEST, json.dumps(manifest))
            archive.write(copy, WORKSPACE, zipfile.ZIP_DEFLATED)
            for name in _members(copy):
                if (home.path / name).exists() or not name.startswith("originals/"):
                    archive.write(home.path / name, name)
        home.disk.publish(draft, path)
    finally:
        home.disk.remove(folder)
        home.disk.remove(draft)
    return path


def restore(path: Path, home: Path, disk: Disk | None = None) -> Path:
    """Fill an empty (or absent) folder from a backup; returns it. Opening it rebuilds the rest.

    Raises FileError when it is no backup or damaged, StorageError when the folder is not empty or
    the backup is of a newer salesdash; the folder is left as it was.
    """
    disk = disk or Disk()
    if home.exists() and any(home.iterdir()):
        raise StorageError("restore.not_empty", path=str(home))
    draft = home.with_name(f"{home.name}.restoring")
    disk.remove(draft)
    try:
        with disk.guarded("restore", draft), _opened(path) as archive:
            _require_known(archive, path)
            for name in archive.namelist():
                if name == WORKSPACE or MEMBER.fullmatch(name):
                    archive.extract(name, draft)
        for folder in ("originals", "imports"):
            disk.folder(draft / folder)
        if home.exists():
            home.rmdir()
        disk.publish(draft, home)
    except zipfile.BadZipFile as error:
        raise FileError("backup.damaged", place=Place(path.name)) from error
    finally:
        disk.remove(draft)
    return home


def _members(workspace: Path) -> list[str]:
    """Names of the files that the events of a log name."""
    copy = Workspace(workspace)
    try:
        events = copy.log.events()
    finally:
        copy.close()
    names = {f"originals/{event.original}" for event in events if event.original}
    files = (name for event in events for name in (event.rows_file, event.rejects_file))
    return sorted(names | {f"imports/{name}" for name in files if name})


def _opened(path: Path) -> zipfile.ZipFile:
    if not path.is_file():
        raise FileError("file.not_found", place=Place(path.name))
    if not zipfile.is_zipfile(path):
        raise FileError("backup.not_a_backup", place=Place(path.name))
    return zipfile.ZipFile(path)


def _require_known(archive: zipfile.ZipFile, path: Path) -> None:
    names = set(archive.namelist())
    if not {MANIFEST, WORKSPACE} <= names:
        raise FileError("backup.not_a_backup", place=Place(path.name))
    manifest = json.loads(archive.read(MANIFEST))
    if manifest["format"] > FORMAT or manifest["schema"] > HEAD:
        raise StorageError(
            "backup.newer", found=manifest["version"], known=__version__, path=path.name
        )
