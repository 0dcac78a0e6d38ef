"""Delimited text becomes a table: the clean way where it proves out, the tolerant way elsewhere.

Clean: the file stays what it is and DuckDB reads it with every choice made; proved by a scan that
reads every cell and finds as many records as there are lines. Tolerant: record by record, every
damaged line named, the rows written as a Parquet file of text.
"""

import re
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from salesdash.engine import Engine, child
from salesdash.errors import FileError, Problem, SalesdashError
from salesdash.ingest.files import dialect, encoding, garbled, layout, profile
from salesdash.ingest.files.encoding import Text
from salesdash.ingest.files.layout import Layout
from salesdash.ingest.files.lexer import Lexer, Record
from salesdash.ingest.files.lines import are_wrapped
from salesdash.ingest.files.lines import of as numbered
from salesdash.ingest.files.looks import TOTAL_WORDS
from salesdash.ingest.files.recutting import Cutter
from salesdash.ingest.files.sink import Sink, write_bad_lines
from salesdash.ingest.files.walk import SHOWN, Walk, title_of
from salesdash.ingest.headers import plain
from salesdash.ingest.reading import Books, Dialect, Reading, ReadOptions, Sheet, Table
from salesdash.ingest.relation import csv_source, literal

HEAD_LINES = 800
TAIL_BYTES = 1 << 16
COLUMN_LIMIT = 2000

_TOTAL_PARTS = ("otal", "OTAL", *(a + b for a in "合总總総小共" for b in "计計"), "계")
_TOTALS = TOTAL_WORDS | {
    "grand total",
    "sub total",
    "sub-total",
    "合 计",
    "总 计",
    "小 计",
    "合 計",
}


@dataclass(frozen=True)
class Source:
    """One delimited text, opened: the UTF-8 text, its first lines, how they are cut."""

    text: Text
    dialect: Dialect
    layout: Layout
    head: list[Record]
    first: int  # 1 if a `sep=` line comes before everything else
    wrapped: bool = False  # every line is quoted as a whole


def read(path: Path, options: ReadOptions, folder: Path, engine: Engine) -> Reading:
    """The reading of one delimited text."""
    child.progress(0.05, "step.reading")
    text = encoding.prepare(path, options.encoding, folder)
    child.progress(0.3, "step.checking")
    source = _open(text, options)
    found = _clean(source, engine) or _tolerant(source, folder, engine)
    table, sheet, walk = found
    return Reading(
        file=path.name,
        format="csv",
        size=path.stat().st_size,
        sheets=(sheet,),
        tables=(table,),
        encoding=text.encoding,
        encoding_reason=text.reason,
        dialect=source.dialect,
        rejected=tuple(walk.rejected[:SHOWN]) if walk else (),
        repaired=tuple(walk.repaired[:SHOWN]) if walk else (),
        notes=(
            *_notes(source, walk),
            *garbled.notes(engine, table, everywhere=text.marks.garbled),
        ),
    )


def _open(text: Text, options: ReadOptions) -> Source:
    lines = list(islice(numbered(text), HEAD_LINES))
    wrapped = are_wrapped([line for _, line in lines])
    if wrapped:
        lines = list(islice(numbered(text, wrapped=True), HEAD_LINES))
    if not any(line.strip("\x00 \t,;") for _, line in lines):
        raise FileError("file.empty")
    decision = dialect.decide([line for _, line in lines], options.delimiter, options.quote)
    first = 1 if decision.marked else 0
    lexer = Lexer(decision.dialect, decision.width, text.newline)
    head = list(islice(lexer.records(lines[first:]), layout.HEAD))
    found = layout.find(head, options.header_line, Cutter.of(decision.dialect))
    if found.width > COLUMN_LIMIT:
        raise FileError("file.too_many_columns", count=found.width, limit=COLUMN_LIMIT)
    return Source(text, decision.dialect, found, head, first, wrapped)


# --- the clean way --------------------------------------------------------------------------


def _clean(source: Source, engine: Engine) -> tuple[Table, Sheet, None] | None:
    """The table as the file itself, or None if anything about it is odd."""
    marks, found = source.text.marks, source.layout
    if not _is_simple(source) or found.header < 0 or found.repaired:
        return None
    skip = source.head[found.header].line
    tail = _tail(source)
    if tail is None:
        return None
    blank_end, is_ended = tail
    rows = marks.newlines + (0 if is_ended else 1) - skip - blank_end
    above = source.head[: found.first]
    head = tuple(tuple(r.cells) for r in source.head[found.header + 1 :])
    while head and not any(cell.strip() for cell in head[-1]):
        head = head[:-1]
    if rows <= 0 or any(len(cells) != found.width for cells in head):
        return None
    table = Table(
        kind="csv",
        path=str(source.text.path),
        columns=found.columns,
        head=head,
        dialect=source.dialect,
        skip=skip,
        ascii=marks.ascii,
        one_form=marks.one_form,
        title=title_of((), (cell for record in above for cell in record.cells)),
    )
    try:
        # that no cell holds a line end is proved by the count of records
        blanks = " \t" if marks.tabs else " "
        seen, odd = profile.scan(engine, table, _oddities(found), blanks)
        table = replace(table, profiles=seen.profiles)
        if seen.records != rows or odd or not _is_even(source, table, rows, engine):
            return None
    except SalesdashError:  # a short row, a quote: the tolerant way names it
        return None
    blank = sum(1 for r in above if not any(cell.strip() for cell in r.cells))
    outside = len(above) - blank + source.first
    books = Books(
        rows + blank + outside + blank_end, rows, blank=blank + blank_end, outside=outside
    )
    table = replace(table, books=books)
    line = source.head[found.first].line
    return table, Sheet(0, "", line, found.columns, books), None


def _is_simple(source: Source) -> bool:
    """Nothing that two readers could read differently."""
    marks, way = source.text.marks, source.dialect
    plain_ends = marks.returns == marks.pairs and marks.pairs in (0, marks.newlines)
    plain_cut = len(way.delimiter) == 1 and way.delimiter != " " and not way.skip_spaces
    double = way.quote in (None, '"') and way.escape is None
    as_is = not marks.zeros and not marks.odd and not source.wrapped
    plain_text = as_is and not encoding.is_glued(source.text.path, way.delimiter)
    return plain_ends and plain_cut and double and plain_text and source.layout.width > 1


def _oddities(found: Layout) -> str:
    """Counts records that are blank, repeat the header, name a total, or are drawn lines."""
    rules, totals = ("|".join(map(re.escape, signs)) for signs in (layout.RULES, sorted(_TOTALS)))
    named = literal(f"(?i)^( *({rules})|({totals})[:：]?$)")
    parts = " or ".join(f"contains(first, {literal(part)})" for part in _TOTAL_PARTS)
    gaps = " or ".join(f"c{index} is null" for index in range(found.width))
    return (
        f"count(*) filter (first is null or c0 = {literal(found.labels[0])}"
        f" or regexp_matches(first, {named}) or (({gaps}) and ({parts})))"
    )


def _is_even(source: Source, table: Table, rows: int, engine: Engine) -> bool:
    """Whether no row has a delimiter too many: DuckDB takes one at the end without a word.

    All delimiters of the file stand between cells or inside of them.
    """
    sign = source.dialect.delimiter
    above = sum(line.count(sign) for _, line in islice(numbered(source.text), table.skip))
    between = rows * (source.layout.width - 1)
    inside = encoding.count(source.text.path, sign) - above - between
    if not inside:
        return True
    cut = literal(sign)
    lengths = [
        f"coalesce(length(c{i}) - length(replace(c{i}, {cut}, '')), 0)" for i in _texts(table)
    ]
    total = f"sum({' + '.join(lengths) or '0'})"
    found = engine.rows(f"select {total} from {csv_source(table)}")[0][0]  # noqa: S608 - own SQL
    return int(found) == inside


def _texts(table: Table) -> list[int]:
    """Columns that may hold a delimiter: no plain number or date does."""
    plain_kinds = ("number", "date", "moment", "empty")
    return [i for i, p in enumerate(table.profiles) if p.kind not in plain_kinds]


def _tail(source: Source) -> tuple[int, bool] | None:
    """(blank lines at the end, ends with a line end), None if the last lines are odd."""
    path = source.text.path
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        data = file.read().replace(b"\r\n", b"\n")
    blank = len(data) - len(data.rstrip(b"\n")) - 1
    lines = data.rstrip(b"\n").split(b"\n")[-20:]
    last = [line.decode("utf-8", "replace") for line in lines]
    records = Lexer(source.dialect, source.layout.width).records(enumerate(last))
    for record in list(records)[-1:]:
        if len(record.cells) == source.layout.width and source.layout.is_loose(record.cells):
            return None
    return max(blank, 0), blank >= 0


# --- the tolerant way -----------------------------------------------------------------------


def _tolerant(source: Source, folder: Path, engine: Engine) -> tuple[Table, Sheet, Walk]:
    found = source.layout
    path = folder / "table.parquet"
    with closing(Sink(path, found.width)) as sink:
        walk = Walk(0, found, sink)
        lines = islice(numbered(source.text, wrapped=source.wrapped), source.first, None)
        records = Lexer(source.dialect, found.width, source.text.newline).records(lines)
        walk.above(islice(records, found.first))
        header = 0
        if found.header >= 0:
            header = next(records).line
            next(islice(records, found.depth - 1, found.depth - 1), None)  # the rest of the header
        if source.first:
            walk.above([Record(1, ["sep"])])
        walk.below(records)
    bad = None
    if walk.rejected:
        bad = str(folder / "lines.parquet")
        write_bad_lines(Path(bad), walk.rejected, found.columns)
    table = Table(
        kind="text",
        path=str(path),
        columns=found.columns,
        books=walk.books,
        head=tuple(sink.head),
        dialect=source.dialect,
        ascii=source.text.marks.ascii,
        one_form=source.text.marks.one_form,
        bad_lines=bad,
        title=walk.title,
    )
    seen, _ = profile.scan(engine, table)
    table = replace(table, profiles=seen.profiles)
    return table, Sheet(0, "", header, found.columns, walk.books), walk


def _notes(source: Source, walk: Walk | None) -> tuple[Problem, ...]:
    text, found = source.text, source.layout
    second, repaired = (walk.second_table, len(walk.repaired)) if walk else (None, 0)
    notes: dict[str, tuple[object, dict[str, object]]] = {
        "reading.replaced_characters": (text.replaced, {"count": text.replaced}),
        "reading.unwrapped": (source.wrapped, {}),
        "reading.zero_bytes": (text.marks.zeros, {"count": text.marks.zeros}),
        "reading.header_repaired": (found.repaired, {}),
        "reading.header_rows": (found.depth > 1, {"count": found.depth}),
        "reading.no_header": (found.header < 0, {"example": plain(found.columns[0])}),
        "reading.second_table": (second, {"line": second}),
        "reading.repaired_lines": (repaired, {"count": repaired}),
    }
    return tuple(Problem(key, values) for key, (applies, values) in notes.items() if applies)
