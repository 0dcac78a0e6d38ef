"""Originals without a name: delimited text is written anew, line by line; others have to go."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from salesdash.imports.disk import CHUNK
from salesdash.imports.forgetting.columns import CONTACTS, Columns
from salesdash.imports.forgetting.subject import Kind, Subject
from salesdash.ingest.headers import plain


class Impossible(Exception):
    """A file in which names cannot be replaced without harm to the rest."""


@dataclass(frozen=True)
class Writing:
    """How the text of an original is written; None: it is not delimited text."""

    encoding: str | None
    delimiter: str | None
    columns: Columns


def original(path: Path, target: Path, subject: Subject, how: Writing) -> bool:
    """Write the text of an original anew to `target`, both zstd; False: it speaks of nobody.

    Raises Impossible where it is no delimited text, a line cannot be cut into its cells, or does
    not fit the encoding any more.
    """
    encoding, delimiter, known = how.encoding, how.delimiter, how.columns
    if encoding is None or delimiter is None:
        raise Impossible
    changed = False
    try:
        with (
            pa.CompressedInputStream(str(path), "zstd") as stream,
            pa.CompressedOutputStream(str(target), "zstd") as sink,
            io.TextIOWrapper(io.BufferedReader(stream), encoding, newline="") as text,  # type: ignore[type-var]
        ):
            for line in text:
                new = _line(line, subject, delimiter, known)
                changed |= new != line
                sink.write(new.encode(encoding))
    except (UnicodeError, LookupError, csv.Error) as error:
        raise Impossible from error
    return changed


def _line(line: str, subject: Subject, delimiter: str, known: Columns) -> str:
    said = plain(line)  # full-width letters are the same letters
    if not subject.is_in(said) and not any(value in said for value in subject.values):
        return line
    body = line.rstrip("\r\n")
    cells = next(csv.reader([body], delimiter=delimiter), [])
    if len(cells) != known.count or body.count('"') % 2:
        if any(value in said for value in subject.values):
            raise Impossible
        return subject.text(line)
    theirs = subject.owns({name: cells[place] for place, name in known.places.items()})
    new = [_cell(n, cell, subject, (theirs, known)) for n, cell in enumerate(cells)]
    if new == cells:
        return line
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=line[len(body) :]).writerow(new)
    return out.getvalue()


def _cell(place: int, cell: str, subject: Subject, row: tuple[bool, Columns]) -> str:
    theirs, known = row
    field = known.places.get(place, "")
    if field in subject.fields:
        named = field == "customer_name" and theirs and cell
        return subject.values.get(cell, subject.token) if named else subject.cell(cell)
    if theirs and field in CONTACTS and cell and subject.kind is Kind.CUSTOMER:
        return subject.token
    if theirs and place in known.hidden:
        return ""
    return subject.text(cell)


def mentions(path: Path, subject: Subject, scratch: Path) -> bool:
    """Whether a kept original of some other format speaks of the subject by name."""
    with pa.CompressedInputStream(str(path), "zstd") as stream, scratch.open("wb") as out:
        while chunk := stream.read(CHUNK):
            out.write(chunk)
    needles = [n for name in subject.names for n in (name.encode(), name.encode("utf-16-le"))]
    return any(needle in part for part in _parts(scratch) for needle in needles)


def _parts(path: Path) -> Iterator[bytes]:
    if not zipfile.is_zipfile(path):
        yield path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield archive.read(name)
