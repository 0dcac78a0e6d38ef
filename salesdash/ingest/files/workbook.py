"""Workbooks: every sheet laid out like a text, equal headers united, values as exact text."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from salesdash.engine import Engine, child
from salesdash.errors import FileError, Problem
from salesdash.ingest.files import garbled, layout, profile, twins, uniting
from salesdash.ingest.files.book import Sheets, valueless
from salesdash.ingest.files.layout import Layout
from salesdash.ingest.files.lexer import Record
from salesdash.ingest.files.sink import Sink, write_bad_lines
from salesdash.ingest.files.walk import SHOWN, Walk, title_of
from salesdash.ingest.headers import plain
from salesdash.ingest.reading import Reading, ReadOptions, Sheet, Table

SHEET_LIMIT = 200


def read(book: Sheets, path: Path, options: ReadOptions, folder: Path, engine: Engine) -> Reading:
    """The reading of a workbook: one table for each set of sheets with equal headers."""
    child.progress(0.3, "step.reading")
    names = _chosen(book, options)
    found = {sheet: _layout(book, sheet, options) for sheet in names}
    laid = {sheet: at for sheet, at in found.items() if at is not None}
    if not laid:
        raise FileError("file.empty")
    groups = uniting.groups({sheet: at.columns for sheet, at in laid.items()})
    walks: dict[str, Walk] = {}
    tables: list[Table] = []
    copied: dict[str, str] = {}
    for group in groups:
        target = folder / f"table-{len(tables)}.parquet"
        table = _table(book, laid, group, target, walks)
        same = twins.repeated(engine, table) if len(group) > 1 else {}
        if same:
            copied |= {book.names[one]: book.names[other] for one, other in same.items()}
            groups += [(book.names[one],) for one in same]  # they come up later, each alone
            kept = tuple(name for name in group if name not in copied)
            table = _table(book, laid, kept, target, walks)
        seen, _ = profile.scan(engine, table)
        tables.append(replace(table, profiles=seen.profiles))
    sheets = tuple(_sheet(book, sheet, laid, walks) for sheet in book.names if sheet in laid)
    return Reading(
        file=path.name,
        format="workbook",
        size=path.stat().st_size,
        sheets=sheets,
        tables=tuple(tables),
        rejected=tuple(islice(chain(*(w.rejected for w in walks.values())), SHOWN)),
        repaired=tuple(islice(chain(*(w.repaired for w in walks.values())), SHOWN)),
        notes=(
            *_notes(book, names, tables),
            *(Problem("reading.copied_sheet", {"sheet": s, "of": o}) for s, o in copied.items()),
            *_headers(laid),
            *_faults(path),
            *(note for t in tables for note in garbled.notes(engine, t, everywhere=True)),
        ),
        unread=tuple(name for name in book.names if name not in laid),
        hidden=tuple(name for name in book.names if name in book.hidden),
    )


def _chosen(book: Sheets, options: ReadOptions) -> list[str]:
    """The sheets to read: the named one, else all visible ones."""
    if options.sheet is not None:
        wanted = plain(options.sheet).lower()
        match = [n for n in book.names if plain(n).lower() == wanted]
        if not match:
            raise FileError("file.no_such_sheet", sheet=options.sheet, sheets=", ".join(book.names))
        return match[:1]
    visible = [name for name in book.names if name not in book.hidden]
    return (visible or book.names)[:SHEET_LIMIT]


def _layout(book: Sheets, sheet: str, options: ReadOptions) -> Layout | None:
    head = list(islice(book.records(sheet), layout.HEAD))
    width = max((_extent(record.cells) for record in head), default=0)
    if not width:
        return None
    head = [Record(r.line, _cut(r.cells, width), r.fault) for r in head]
    return layout.find(head, head[0].line if book.labelled else options.header_line)


def _extent(cells: list[str]) -> int:
    return max((i + 1 for i, cell in enumerate(cells) if cell), default=0)


def _cut(cells: list[str], width: int) -> list[str]:
    return cells[:width] + [""] * (width - len(cells))


def _table(
    book: Sheets,
    laid: dict[str, Layout],
    group: tuple[str, ...],
    path: Path,
    walks: dict[str, Walk],
) -> Table:
    """The sheets of a group below one another, columns in the order of the widest sheet."""
    columns = laid[group[0]].columns
    with closing(Sink(path, len(columns))) as sink:
        for sheet in sorted(group, key=book.names.index):
            way = uniting.Order(laid[sheet].columns, columns)
            walk = Walk(book.names.index(sheet), laid[sheet], _Ordered(sink, way))
            _walk(book, sheet, walk)
            walks[sheet] = walk
    books = [walks[sheet].books for sheet in group]
    total = books[0]
    for more in books[1:]:
        total = total.plus(more)
    bad = [line for sheet in group for line in walks[sheet].rejected]
    lines = path.with_suffix(".lines.parquet")
    if bad:
        write_bad_lines(lines, bad, columns)
    return Table(
        kind="text",
        path=str(path),
        columns=columns,
        sheets=tuple(sorted(book.names.index(sheet) for sheet in group)),
        books=total,
        head=tuple(sink.head),
        bad_lines=str(lines) if bad else None,
        title=title_of((), (walks[sheet].title for sheet in group)),
    )


class _Ordered:
    """A sink that puts the cells of a sheet into the order of the united table."""

    def __init__(self, sink: Sink, way: uniting.Order) -> None:
        self._sink, self._way = sink, way

    def add(self, sheet: int, record: int, cells: list[str]) -> None:
        """One row."""
        self._sink.add(sheet, record, self._way.of(cells))


def _walk(book: Sheets, sheet: str, walk: Walk) -> None:
    width = walk.layout.width
    records = _to_the_last(
        Record(r.line, _cut(r.cells, width), r.fault) for r in book.records(sheet)
    )
    walk.above(islice(records, walk.layout.first))
    if walk.layout.header >= 0:
        for _ in islice(records, walk.layout.depth):
            pass
    walk.below(records)


def _to_the_last(records: Iterator[Record]) -> Iterator[Record]:
    """Without the empty rows at the end: formatting alone makes them by the million."""
    blank: list[int] = []
    for record in records:
        if not any(record.cells):
            blank.append(record.line)
            continue
        yield from (Record(line, [""]) for line in blank)
        blank = []
        yield record


def _sheet(book: Sheets, sheet: str, laid: dict[str, Layout], walks: dict[str, Walk]) -> Sheet:
    at = laid[sheet]
    index = book.names.index(sheet)
    line = 0 if book.labelled or at.header < 0 else at.first + 1
    return Sheet(index, sheet, line, at.columns, walks[sheet].books, sheet in book.hidden)


def _notes(book: Sheets, read_sheets: list[str], tables: list[Table]) -> tuple[Problem, ...]:
    notes = []
    unread = [name for name in book.names if name in book.hidden and name not in read_sheets]
    if unread:
        notes.append(Problem("reading.hidden_sheets", {"sheets": ", ".join(unread)}))
    left = len(book.names) - len(unread) - len(read_sheets)
    if left and len(read_sheets) == SHEET_LIMIT:
        notes.append(Problem("reading.more_sheets", {"count": left, "limit": SHEET_LIMIT}))
    for table in tables:
        if len(table.sheets) > 1:
            names = ", ".join(book.names[index] for index in table.sheets)
            notes.append(Problem("reading.united_sheets", {"sheets": names}))
    return (*notes, *book.notes())


def _headers(laid: dict[str, Layout]) -> list[Problem]:
    depth = max(layout.depth for layout in laid.values())
    return [Problem("reading.header_rows", {"count": depth})] if depth > 1 else []


def _faults(path: Path) -> list[Problem]:
    """Cells that neither reader gives a value for: errors, and formulas never worked out."""
    errors, formulas = valueless(path)
    notes = [("reading.error_cells", errors), ("reading.formulas_without_value", formulas)]
    return [Problem(key, {"count": count}) for key, count in notes if count]
