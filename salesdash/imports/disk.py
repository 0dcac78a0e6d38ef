"""Every call to the file system that an import, a backup or a restore makes, in one place.

A home is given its disk, so that tests can let the n-th call fail.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from salesdash.errors import DiskFull, StorageError

CHUNK = 1 << 20
ROOM = 3
"""A file needs room for itself compressed, its clean rows, and its rows in the projection."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Disk:
    """Files that are either whole and on the disk, or not there."""

    def call(self, name: str, path: Path) -> None:
        """Called before each operation, with its name; a place to watch or to fail."""

    def folder(self, path: Path) -> Path:
        """Make a folder with its parents."""
        with self.guarded("folder", path):
            path.mkdir(parents=True, exist_ok=True)
        return path

    def compress(self, source: Path, target: Path) -> str:
        """Write a zstd copy; returns the SHA-256 of what was read."""
        digest = hashlib.sha256()
        with (
            self.guarded("compress", target),
            source.open("rb") as file,
            pa.CompressedOutputStream(str(target), "zstd") as sink,
        ):
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                sink.write(chunk)
        return digest.hexdigest()

    def expand(self, source: Path, target: Path) -> str:
        """Write the content of a zstd file; returns its SHA-256."""
        digest = hashlib.sha256()
        with (
            self.guarded("expand", target),
            pa.CompressedInputStream(str(source), "zstd") as stream,
            target.open("wb") as sink,
        ):
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                sink.write(chunk)
        return digest.hexdigest()

    def fingerprint(self, path: Path) -> str:
        """SHA-256 of a file."""
        with self.guarded("fingerprint", path), path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def keep(self, source: Path, target: Path) -> None:
        """Give a file a lasting name as well, on the disk when this returns.

        Names of kept files are made of their content: one that is there already is the same.
        """
        if target.exists():
            return
        with self.guarded("sync", source), source.open("rb") as file:
            os.fsync(file.fileno())
        with self.guarded("link", target):
            try:
                target.hardlink_to(source)
            except OSError as error:
                if error.errno in FULL:
                    raise
                self._copy(source, target)  # a disk without hard links
        self.settle(target.parent)

    def _copy(self, source: Path, target: Path) -> None:
        draft = target.with_name(f"{target.name}.draft")
        shutil.copyfile(source, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)

    def require(self, folder: Path, size: int) -> None:
        """Raise DiskFull when a file of that size would not fit three times into the folder."""
        with self.guarded("room", folder):
            free = shutil.disk_usage(folder).free
        if free < size * ROOM:
            raise DiskFull("disk.needs", needed=size * ROOM // CHUNK + 1, free=free // CHUNK)

    def publish(self, draft: Path, target: Path) -> None:
        """Give a finished file or folder its name, in the place of an older one."""
        if draft.is_file():
            with self.guarded("sync", draft), draft.open("rb") as file:
                os.fsync(file.fileno())
        with self.guarded("rename", target):
            draft.replace(target)
        self.settle(target.parent)

    def mark(self, path: Path) -> None:
        """Leave an empty file, on the disk when this returns."""
        with self.guarded("mark", path):
            path.touch()
        self.settle(path.parent)

    def settle(self, folder: Path) -> None:
        """Bring the names in a folder to the disk."""
        if os.name != "posix":  # pragma: no cover - Windows has no such call, and needs none
            return
        with self.guarded("settle", folder):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def remove(self, path: Path) -> None:
        """Remove a file or a folder with all it holds; nothing there is fine."""
        with self.guarded("remove", path):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    @contextmanager
    def guarded(self, name: str, path: Path) -> Iterator[None]:
        """Run a block as one operation; its OSErrors leave as DiskFull or StorageError."""
        try:
            self.call(name, path)
            yield
        except OSError as error:
            if error.errno in FULL:
                raise DiskFull("disk.full", path=str(path)) from error
            raise StorageError("disk.failed", path=str(path), detail=str(error)) from error
