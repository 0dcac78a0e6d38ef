"""Small files for the tests of ingest, read and cleaned without a child process."""

from functools import cache
from pathlib import Path
from typing import Any

from salesdash.datasets import DATASETS, SALES
from salesdash.engine import Engine
from salesdash.ingest import (
    Cleaned,
    ColumnMap,
    DateFormat,
    Mapping,
    NumberFormat,
    Overrides,
    Reading,
    ReadOptions,
    propose,
    propose_all,
)
from salesdash.ingest.cleaning.clean import clean_here
from salesdash.ingest.files import reader
from salesdash.ingest.relation import relation


def write(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(folder: Path, content: str | bytes | Path, name: str = "a.csv", **options) -> Reading:
    """What `ingest.read` does, in this process."""
    path = content if isinstance(content, Path) else write(folder, content, name)
    chosen = ReadOptions(**options)
    kind = reader._checked(path, chosen)
    target = folder / "read"
    target.mkdir(exist_ok=True)
    data = reader.read_here(str(path), path.name, chosen.to_json(), str(target), kind, "calamine")
    return Reading.from_json(data)


def rows(reading: Reading, table: int = 0) -> list[tuple[str, ...]]:
    """The rows of a table as text, in the order of their records."""
    found = reading.tables[table]
    cells = ", ".join(f"coalesce(c{i}, '')" for i in range(len(found.columns)))
    return asked(f"select {cells} from ({relation(found)}) order by sheet, record")


def plan(folder: Path, content: str | bytes | Path, memory=None, **said) -> Mapping:
    return propose(read(folder, content), SALES, memory, Overrides(**said))


def mapped(mapping: Mapping, field: str) -> ColumnMap:
    """The column that fills a field; there must be one."""
    found = mapping.column(field)
    assert found is not None
    return found


def dates_of(mapping: Mapping, field: str) -> DateFormat:
    found = mapped(mapping, field).dates
    assert found is not None
    return found


def number_of(mapping: Mapping, field: str) -> NumberFormat:
    found = mapped(mapping, field).number
    assert found is not None
    return found


def asked(sql: str) -> list[Any]:
    """The answer of an engine that all tests of a process share; it holds nothing."""
    return _engine().rows(sql)


@cache
def _engine() -> Engine:
    made = Engine.open()
    made.run("set enable_external_file_cache = false")  # names of files come again
    return made


def clean(reading: Reading, mapping: Mapping, folder: Path) -> Cleaned:
    """What `ingest.clean` does, in this process."""
    target = folder / "clean"
    target.mkdir(exist_ok=True)
    table = reading.tables[mapping.table].to_json()
    joined = [reading.tables[join.table].to_json() for join in mapping.joins]
    return Cleaned.from_json(clean_here(table, mapping.to_json(), str(target), joined))


def cleaned(folder: Path, content: str | bytes | Path, memory=None, **said) -> Cleaned:
    reading = read(folder, content)
    return clean(reading, propose(reading, SALES, memory, Overrides(**said)), folder)


def plans(folder: Path, content: str | bytes | Path, name: str = "a.csv", **said) -> list[Mapping]:
    """The mappings to all datasets that a file holds."""
    return list(propose_all(read(folder, content, name), None, None, Overrides(**said)))


def of(dataset: str, folder: Path, content: str | bytes | Path, **said) -> tuple[Mapping, Cleaned]:
    """A file mapped to one dataset and cleaned."""
    reading = read(folder, content)
    mapping = propose(reading, DATASETS[dataset], None, Overrides(**said))
    assert mapping.questions == ()
    return mapping, clean(reading, mapping, folder)


def written(result: Cleaned) -> dict[str, str]:
    """Names and types of the columns of the clean rows."""
    found = asked(f"describe select * from read_parquet('{result.rows_file}')")
    return {name: kind for name, kind, *_ in found}


def numbered(result: Cleaned) -> str:
    """The clean rows; one that bears no number of its record has that of its place.

    Fields of any dataset that the file lacks are blank.
    """
    fields = {name for dataset in DATASETS.values() for name in dataset.names}
    blank = "".join(f", null as {name}" for name in sorted(fields - written(result).keys()))
    return (
        "(select * exclude (file_row_number) "
        f"replace (coalesce(record, file_row_number + 1) as record){blank} "
        f"from read_parquet('{result.rows_file}', file_row_number = true))"
    )


def column(result: Cleaned, *names: str) -> list[Any]:
    """Values of one column of the clean rows (or tuples of several), in order of the records."""
    found = asked(f"select {', '.join(names)} from {numbered(result)} order by sheet, record")
    return [row[0] for row in found] if len(names) == 1 else found
