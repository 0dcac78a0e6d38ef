"""Unpacking: a .zip of several files becomes these files, each taken by itself."""

import secrets
from pathlib import Path, PurePosixPath

from salesdash import ingest
from salesdash.imports import Home
from salesdash.inbox.places import free
from salesdash.ingest import ReadOptions


def unpacked(home: Home, path: Path) -> tuple[Path, ...]:
    """The files of a .zip of several, in the inbox as `orders - january.csv`; none of other files.

    The .zip stays where it is. Whoever moves it away after that loses nothing by a death in
    between: files that come out of it twice add nothing.
    """
    folder = home.disk.folder(home.staging / secrets.token_hex(8))
    try:
        parts = ingest.parts(path, path.name, ReadOptions(), folder)
        if len(parts) == 1:
            return ()
        found = []
        for part in parts:
            target = free(home.inbox, f"{path.stem} - {PurePosixPath(part.name).name}")
            home.disk.publish(part.path, target)
            found.append(target)
        return tuple(found)
    finally:
        home.disk.remove(folder)
