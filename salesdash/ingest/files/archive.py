"""Archives: what a .zip or .gz holds, unpacked in a child process and read like any other file.

Nothing is written but the files themselves, under names of our own, and never more than the limit:
the sizes that an archive states are not believed.
"""

import gzip
import os
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from salesdash.engine import Limits, child
from salesdash.errors import FileError
from salesdash.ingest.files import kinds
from salesdash.ingest.frozen import Frozen
from salesdash.ingest.reading import ReadOptions

CHUNK = 1 << 20
FILE_LIMIT = 500
"""Files of one archive that are read."""

UNDATED = 1980
"""The year of files whose time was left out."""

LIMITS = Limits(memory_mib=2048, cpu_seconds=600, wall_seconds=900)

_ENCRYPTED = 1
_UTF8_NAMES = 0x800
_CHILD = "salesdash.ingest.files.archive:unpack_here"


@dataclass(frozen=True)
class Part(Frozen):
    """A file to read: where it lies, and what the user calls it (`orders.zip/2024/a.csv`)."""

    path: Path
    name: str


def parts(path: Path, name: str, options: ReadOptions, folder: Path) -> tuple[Part, ...]:
    """The files that a file brings: itself, or those of a .zip, unpacked into `folder`.

    An archive that cannot be unpacked is left as it is: reading it says why.
    """
    try:
        if not _is_zip(path, options):
            return (Part(path, name),)
        folder.mkdir(parents=True, exist_ok=True)
        order = {"path": str(path), "folder": str(folder), "limit": options.unpacked_limit}
        found = child.run(_CHILD, order, LIMITS)
    except FileError:
        return (Part(path, name),)
    return tuple(Part(Path(inner), f"{name}/{called}") for inner, called in found)


def _is_zip(path: Path, options: ReadOptions) -> bool:
    """Whether it is a .zip of files, told from its first bytes before anything else is read."""
    if not path.is_file() or path.stat().st_size > options.size_limit:
        return False
    with path.open("rb") as file:
        starts = file.read(2) == b"PK"
    return starts and kinds.detect(path, options.unpacked_limit) == "zip"


def unpack_here(path: str, folder: str, limit: int) -> list[tuple[str, str]]:
    """The child's side: (path, name within the archive) of every file of a .zip."""
    with zipfile.ZipFile(path) as archive:
        entries = list(_files(archive))
        if not entries:
            raise FileError("file.empty_archive")
        if len(entries) > FILE_LIMIT:
            raise FileError("file.too_many_files", count=len(entries), limit=FILE_LIMIT)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise FileError("file.encrypted_archive")
        found = []
        for number, entry in enumerate(entries):
            name = _name(entry)
            place = Path(folder) / f"{Path(folder).name}-{number}"
            place.mkdir(exist_ok=True)
            target = place / f"file{PurePosixPath(name).suffix[:10]}"
            try:
                with archive.open(entry) as source:
                    limit -= _copied(source, target, limit)
            except zipfile.BadZipFile:
                raise FileError("file.damaged") from None
            except NotImplementedError:  # packed in a way that only its own program knows
                raise FileError("file.is_archive") from None
            _date(target, entry)
            found.append((str(target), name))
        return found


def _date(path: Path, entry: zipfile.ZipInfo) -> None:
    """Give the file its own time: it may be all that says how old the export is."""
    if entry.date_time[0] > UNDATED:
        moment = time.mktime((*entry.date_time, 0, 0, -1))
        os.utime(path, (moment, moment))


def only(path: Path, kind: str, limit: int, folder: Path) -> tuple[Path, str]:
    """(the one file of an archive, unpacked; its name, empty if the archive says none).

    FileError if a .zip holds several: `parts` gives them one by one.
    """
    if kind == "gz":
        target = folder / "unpacked"
        with gzip.open(path) as source:
            _copied(source, target, limit)
        return target, ""
    found = unpack_here(str(path), str(folder), limit)
    if len(found) > 1:
        raise FileError("file.several_inside", files=", ".join(name for _, name in found[:10]))
    return Path(found[0][0]), found[0][1]


def _files(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """What people put in: no folders, no droppings of file managers."""
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in path.parts)
        if not entry.is_dir() and not hidden and path.name.lower() not in _DROPPINGS:
            yield entry


_DROPPINGS = ("thumbs.db", "desktop.ini")


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: archives made on Chinese Windows name no encoding."""
    if entry.flag_bits & _UTF8_NAMES:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _copied(source: _Source, target: Path, limit: int) -> int:
    """Bytes that were written; FileError as soon as they are more than allowed."""
    size = 0
    try:
        with target.open("wb") as out:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise FileError(
                        "file.unpacks_too_large", megabytes=size >> 20, limit=limit >> 20
                    )
                out.write(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise FileError("file.damaged") from None
    return size
