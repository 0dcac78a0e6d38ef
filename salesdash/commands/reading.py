"""The command `read`: how files are read, nothing is stored."""

from pathlib import Path
from tempfile import TemporaryDirectory

from salesdash import ingest, texts
from salesdash.commands.arguments import Read
from salesdash.commands.office import Office, absolute
from salesdash.commands.replies import OK, REFUSED, Document, Reply, problem, refusal
from salesdash.engine import Engine
from salesdash.errors import SalesdashError
from salesdash.ingest import BadLine, Part, Reading, ReadOptions, Table
from salesdash.ingest.relation import relation

ROWS = """
select
    {columns}
from ({relation}) as r
order by
    r.sheet,
    r.record
"""


def read(office: Office, given: Read) -> Reply:
    """A list, one a file: {file, encoding, delimiter, sheet, header_line, columns, rows, ...}.

    Rows are text, an empty cell is "". `rejected` and `repaired` hold {line, reason, key} of the
    first 1,000 damaged lines, `books` the counts, `error` None or why it cannot be read (exit 1).
    The files of a .zip come one by one.
    """
    documents = [each for file in given.files for each in _all(absolute(file), given, office.lang)]
    return Reply(documents, REFUSED if any(each["error"] for each in documents) else OK)


def _all(path: Path, given: Read, lang: str) -> list[dict[str, Document]]:
    """The documents of a file: one, or those of all files in an archive."""
    options = ReadOptions(sheet=given.sheet, encoding=given.encoding)
    with TemporaryDirectory(prefix="salesdash-") as folder:
        found = ingest.parts(path, path.name, options, Path(folder))
        return [_one(part, options, lang) for part in found]


def _one(part: Part, options: ReadOptions, lang: str) -> dict[str, Document]:
    try:
        with TemporaryDirectory(prefix="salesdash-") as folder:
            reading = ingest.read(part.path, part.name, options, Path(folder))
            return _facts(reading, _rows(reading, Path(folder), part.path.parent), lang)
    except SalesdashError as error:
        refused = refusal(error, lang).document
        nothing: dict[str, Document] = {
            "file": part.name,
            "encoding": None,
            "delimiter": None,
            "sheet": None,
            "header_line": None,
            "columns": [],
            "rows": [],
            "rejected": [],
        }
        return {**nothing, **(refused if isinstance(refused, dict) else {})}


def _facts(reading: Reading, rows: list[Document], lang: str) -> dict[str, Document]:
    table = _table(reading)
    sheets = reading.sheets_of(table) if table else ()
    sheet = sheets[0] if sheets else reading.sheets[0]
    united = [each.name for each in sheets]
    return {
        "file": reading.file,
        "format": reading.format,
        "encoding": reading.encoding,
        "encoding_reason": reading.encoding_reason,
        "delimiter": reading.delimiter,
        "quote": reading.dialect.quote if reading.dialect else None,
        "sheet": sheet.name or None,
        "sheets": [each.name for each in reading.sheets],
        "united": united if len(united) > 1 else [],
        "unread": list(reading.unread),
        "header_line": sheet.header_line,
        "columns": list(table.columns if table else sheet.columns),
        "rows": rows,
        "rejected": [_bad_line(line, lang) for line in reading.rejected],
        "repaired": [_bad_line(line, lang) for line in reading.repaired],
        "books": dict(vars(reading.books)),
        "notes": [problem(note, lang) for note in reading.notes],
        "error": None,
    }


def _table(reading: Reading) -> Table | None:
    """The table that is shown: the one with most rows, the first of equals."""
    return max(reading.tables, key=lambda table: table.books.rows, default=None)


def _rows(reading: Reading, *allowed: Path) -> list[Document]:
    table = _table(reading)
    if table is None:
        return []
    names = ",\n    ".join(f"coalesce(r.c{number}, '')" for number in range(len(table.columns)))
    engine = Engine.open(None, allowed=allowed)
    try:
        found = engine.rows(ROWS.format(columns=names, relation=relation(table)))
    finally:
        engine.close()
    return [list(row) for row in found]


def _bad_line(line: BadLine, lang: str) -> dict[str, Document]:
    return {"line": line.line, "reason": texts.t(line.reason, lang), "key": line.reason}
