"""Reading a file: checks first, then the work in a child process with limits."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from salesdash.engine import Engine, Limits, child
from salesdash.errors import FileError, Place, Problem
from salesdash.ingest.files import archive, kinds
from salesdash.ingest.reading import MIB, Reading, ReadOptions

MEMORY_MIB = 6144
CPU_SECONDS = 1800
WALL_SECONDS = 1800

_CHILD = "salesdash.ingest.files.reader:read_here"


def read(
    path: Path,
    name: str,
    options: ReadOptions,
    folder: Path,
    watch: child.Watch | None = None,
) -> Reading:
    """Read a file in a child process; tables that had to be written go into `folder`.

    `name` is what the user calls the file. Raises FileError with the file's name in its place:
    empty, too large, encrypted, damaged, not a table, mixed encodings, too demanding.
    """
    try:
        kind = _checked(path, options)
        data = _read(kind, _arguments(path, name, options, folder), watch)
    except FileError as error:
        raise _named(error, name) from error
    return Reading.from_json(data)


def _checked(path: Path, options: ReadOptions) -> str:
    if not path.is_file():
        raise FileError("file.not_found")
    size = path.stat().st_size
    if size > options.size_limit:
        raise FileError(
            "file.too_large", megabytes=-(-size // MIB), limit=options.size_limit // MIB
        )
    if not size:
        raise FileError("file.empty")
    return kinds.detect(path, options.unpacked_limit)


def _arguments(path: Path, name: str, options: ReadOptions, folder: Path) -> dict[str, object]:
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "path": str(path.resolve()),
        "name": name,
        "options": options.to_json(),
        "folder": str(folder.resolve()),
    }


def _read(kind: str, order: dict[str, object], watch: child.Watch | None) -> dict[str, object]:
    limits = Limits(MEMORY_MIB, CPU_SECONDS, WALL_SECONDS)
    order = {**order, "kind": kind, "reader": "calamine"}
    try:
        result: dict[str, object] = child.run(_CHILD, order, limits, watch)
    except FileError as error:
        if kind != "xlsx" or error.key not in ("file.child_died", "file.child_failed"):
            raise
        result = child.run(_CHILD, {**order, "reader": "openpyxl"}, limits, watch)
    return result


def _named(error: FileError, name: str) -> FileError:
    place = Place(name, error.place.sheet, error.place.line, error.place.column)
    return FileError(error.key, place=place, **error.values)


def read_here(  # noqa: PLR0913 - one order of the parent, spelled out as JSON
    path: str, name: str, options: dict[str, object], folder: str, kind: str, reader: str
) -> dict[str, object]:
    """The child's side: read with the reader of this kind of file, answer as JSON."""
    from salesdash.ingest.files import delimited, own_parquet, workbook
    from salesdash.ingest.files.book import Book, Calamine, Openpyxl

    source, target, chosen = Path(path), Path(folder), ReadOptions.from_json(options)
    called = name
    if kind in kinds.ARCHIVES:
        source, called = archive.only(source, kind, chosen.unpacked_limit, target)
        called = called or Path(name).stem
        kind = _inner(source, chosen)
    with closing(Engine.open(None, memory="3GB", temp=target)) as engine:
        if kind == "csv":
            reading = delimited.read(source, chosen, target, engine)
        elif kind == "parquet":
            reading = own_parquet.read(source, engine)
        elif kind in ("json", "html", "xml"):
            reading = _marked(kind, source, chosen, target, engine)
        else:
            book = Book(Openpyxl(source) if reader == "openpyxl" else Calamine(source))
            reading = workbook.read(book, source, chosen, target, engine)
    notes = reading.notes
    if not kinds.is_expected(kind, called):
        notes = (Problem("reading.other_kind", {"kind": kind}), *notes)
    stem = name.rpartition(".")[0] or name
    tables = tuple(
        replace(table, called=(*(s.name for s in reading.sheets_of(table) if s.name), stem))
        for table in reading.tables
    )
    return replace(reading, file=name, notes=notes, tables=tables).to_json()


def _inner(path: Path, options: ReadOptions) -> str:
    """The kind of what was unpacked, which is no archive again."""
    kind = _checked(path, options)
    if kind in kinds.ARCHIVES:
        raise FileError("file.is_archive")
    return kind


def _marked(kind: str, source: Path, options: ReadOptions, folder: Path, engine: Engine) -> Reading:
    """The reading of tables within a text that is not cut by delimiters."""
    from salesdash.ingest.files import encoding, markup, objects, workbook
    from salesdash.ingest.files.book import Book

    if kind == "xml":  # names its encoding itself
        found = workbook.read(Book(markup.XmlSheets(source)), source, options, folder, engine)
        return replace(found, format=kind)
    text = encoding.prepare(source, options.encoding, folder)
    sheets = objects.Objects(text) if kind == "json" else Book(markup.Page(text))
    found = workbook.read(sheets, source, options, folder, engine)
    return replace(found, format=kind, encoding=text.encoding, encoding_reason=text.reason)
