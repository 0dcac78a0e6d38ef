"""The user's own Parquet stays where it is; its columns are read as exact text."""

from dataclasses import replace
from pathlib import Path

from salesdash.engine import Engine
from salesdash.errors import FileError, SalesdashError
from salesdash.ingest.files import garbled, profile
from salesdash.ingest.files.layout import HEAD
from salesdash.ingest.reading import Books, Reading, Sheet, Table
from salesdash.ingest.relation import literal, relation

MAGIC = b"PAR1"


def read(path: Path, engine: Engine) -> Reading:
    """The reading of a Parquet file; FileError if it is damaged."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - len(MAGIC)))
        if file.read() != MAGIC:
            raise FileError("file.damaged")
    try:
        return _read(path, engine)
    except SalesdashError as error:
        raise FileError("file.damaged") from error


def _read(path: Path, engine: Engine) -> Reading:
    described = engine.describe(f"select * from read_parquet({literal(str(path))})")  # noqa: S608
    columns = tuple(column for column, _ in described)
    types = tuple(kind for _, kind in described)
    table = Table("source", str(path), columns, types=types)
    cells = ", ".join(f"coalesce(c{i}, '')" for i in range(len(columns)))
    head = engine.rows(f"select {cells} from ({relation(table)}) limit {HEAD}")  # noqa: S608
    table = replace(table, head=tuple(head))
    seen, _ = profile.scan(engine, table)
    books = Books(seen.records, seen.records)
    table = replace(table, books=books, profiles=seen.profiles)
    sheet = Sheet(0, "", 0, columns, books)
    notes = garbled.notes(engine, table, everywhere=False)
    return Reading(path.name, "parquet", path.stat().st_size, (sheet,), (table,), notes=notes)
