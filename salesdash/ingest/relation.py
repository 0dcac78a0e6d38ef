"""The rows of a `Table` as SQL: columns sheet, record and c0, c1 ... of text, empty cells null."""

from collections.abc import Iterable

from salesdash.datasets import Dataset
from salesdash.engine import identifier
from salesdash.ingest.reading import Dialect, Table

PARQUET = (
    "(format parquet, compression zstd, compression_level 1, "
    "row_group_size 119000, dictionary_size_limit 10000)"
)
"""How clean rows are written.

A row group, which may get two thousand rows more than asked for, fits into one of the projection,
which takes 122,880. Larger dictionaries take a quarter of the time and, compressed, more room.
"""

BUFFER = 1 << 22
"""Bytes of a CSV that are read at once, two lines of the longest kind; the engine's own choice,
eight times as much, costs a hundred MiB and saves no time."""

_FLOATS = ("FLOAT", "DOUBLE")


def relation(table: Table, *, numbered: bool = True) -> str:
    """A SELECT of all rows. Records of a CSV are numbered in the order of the file.

    Numbering a CSV takes one processor only; where the order alone is enough, `numbered` False
    gives no record a number.
    """
    if table.kind == "text":
        return f"select * from read_parquet({literal(table.path)})"  # noqa: S608 - own literals
    columns = ",\n  ".join(f"{_text(table, i)} as c{i}" for i in range(len(table.columns)))
    if table.kind == "source":
        source = f"read_parquet({literal(table.path)}, file_row_number = true)"
        record = "file_row_number + 1"
    else:
        source = csv_source(table)
        record = "row_number() over ()" if numbered else "cast(null as bigint)"
    return (
        "select\n"
        f"  cast({table.sheets[0]} as smallint) as sheet,\n"
        f"  {record} as record,\n  {columns}\nfrom {source}"
    )


def csv_source(table: Table) -> str:
    """`read_csv` with every choice made: nothing is detected, nothing is ignored."""
    dialect = table.dialect or Dialect(",")
    columns = ", ".join(f"'c{i}': 'varchar'" for i in range(len(table.columns)))
    quote = literal(dialect.quote or "")
    return (
        f"read_csv({literal(table.path)}, auto_detect = false, header = false, "
        f"skip = {table.skip}, delim = {literal(dialect.delimiter)}, "
        f"quote = {quote}, escape = {quote}, columns = {{{columns}}}, buffer_size = {BUFFER}, "
        "strict_mode = true, null_padding = false, ignore_errors = false, encoding = 'utf-8')"
    )


def cleaned(path: str, names: Iterable[str], dataset: Dataset) -> str:
    """Clean rows that were written with columns of these `names`; other fields are blank."""
    known = frozenset(names)
    blank = "".join(
        f", cast(null as {kind}) as {name}" for name, kind in dataset.columns if name not in known
    )
    return f"(select *{blank} from read_parquet({literal(path)}))"  # noqa: S608 - our own names


def literal(text: str) -> str:
    """The text as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def _text(table: Table, index: int) -> str:
    """A column as text: 17850.0 of a float column is 17850, moments lose an idle midnight."""
    if table.kind == "csv":
        return f"c{index}"
    name, kind = identifier(table.columns[index]), table.types[index]
    text = f"cast({name} as varchar)"
    if kind in _FLOATS:
        return f"nullif(regexp_replace({text}, '\\.0$', ''), 'nan')"
    if kind.startswith("DECIMAL"):
        return f"regexp_replace(regexp_replace({text}, '(\\.[0-9]*?)0+$', '\\1'), '\\.$', '')"
    return f"nullif({text}, '')"
