"""What a METRIC|FILE means, and the one table of a plain file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from salesdash import ingest
from salesdash.commands.office import Office, absolute
from salesdash.errors import DataRefused, Place


def is_file(office: Office, what: str) -> bool:
    """Whether a file is meant: by its ending or folder, else where there is one and no metric."""
    path = Path(what)
    if path.suffix or len(path.parts) > 1:
        return True
    return absolute(what).is_file() and what not in office.settings.metrics


@contextmanager
def reading(source: str, sheet: str | None, encoding: str | None) -> Iterator[ingest.Reading]:
    """The file as it was read, or the only one in an archive; its tables are gone afterwards."""
    path = absolute(source)
    options = ingest.ReadOptions(sheet=sheet, encoding=encoding)
    with TemporaryDirectory(prefix="salesdash-") as folder:
        part, *others = ingest.parts(path, path.name, options, Path(folder) / "parts")
        if others:
            raise DataRefused("dated.several", place=Place(path.name), count=1 + len(others))
        yield ingest.read(part.path, part.name, options, Path(folder))
