"""Workbooks: every sheet laid out like a text, equal headers united, values as exact text.

calamine reads them; openpyxl is the slower second reader for workbooks that calamine cannot hold
(one stray cell far away makes it ask for the whole rectangle).
"""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path

from salesdash.engine import Engine
from salesdash.errors import FileError, Problem
from salesdash.ingest.files import layout, profile, uniting
from salesdash.ingest.files.layout import Layout
from salesdash.ingest.files.lexer import Record
from salesdash.ingest.files.sink import Sink, write_bad_lines
from salesdash.ingest.files.walk import SHOWN, Walk
from salesdash.ingest.headers import plain
from salesdash.ingest.reading import Reading, ReadOptions, Sheet, Table

SHEET_LIMIT = 200
WIDTH_LIMIT = 2000
ERRORS = frozenset(("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))


class Book:
    """An open workbook: sheet names, which are hidden, and their rows as text."""

    def __init__(self, path: Path, reader: str) -> None:
        self.path = path
        self.errors = 0
        self._calamine = None
        self._openpyxl = None
        if reader == "calamine":
            self._open_calamine()
        else:
            self._open_openpyxl()

    def _open_calamine(self) -> None:
        import python_calamine

        try:
            self._calamine = python_calamine.load_workbook(str(self.path))
        except python_calamine.PasswordError:
            raise FileError("file.encrypted") from None
        except (python_calamine.CalamineError, OSError):
            raise FileError("file.damaged") from None
        sheets = [s for s in self._calamine.sheets_metadata if "WorkSheet" in str(s.typ)]
        self.names = [sheet.name for sheet in sheets]
        self.hidden = {s.name for s in sheets if "Visible." not in f"{s.visible}."[-9:]}

    def _open_openpyxl(self) -> None:
        import openpyxl

        try:
            self._openpyxl = openpyxl.load_workbook(self.path, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError):
            raise FileError("file.damaged") from None
        sheets = self._openpyxl.worksheets
        self.names = [sheet.title for sheet in sheets]
        self.hidden = {sheet.title for sheet in sheets if sheet.sheet_state != "visible"}

    def records(self, name: str) -> Iterator[Record]:
        """The rows of a sheet as text, numbered as in the sheet; idle right columns cut."""
        rows = self._calamine_rows(name) if self._calamine else self._openpyxl_rows(name)
        for number, row in rows:
            yield Record(number, [self._text(value) for value in row])

    def _calamine_rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        assert self._calamine is not None
        sheet = self._calamine.get_sheet_by_name(name)
        if sheet.start is None:
            return
        yield from enumerate(sheet.iter_rows(), start=1)

    def _openpyxl_rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """Only columns that hold something within the first rows: far cells are outside."""
        assert self._openpyxl is not None
        for number, row in enumerate(self._openpyxl[name].iter_rows(values_only=True), start=1):
            last = max((i for i, value in enumerate(row[:WIDTH_LIMIT]) if value is not None), default=-1)
            yield number, list(row[: last + 1])

    def _text(self, value: object) -> str:
        text = as_text(value)
        if text in ERRORS:
            self.errors += 1
            return ""
        return text


def as_text(value: object) -> str:
    """A cell as exact text: 1.0 is 1, floats in their shortest form, dates and times ISO."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return _number(value)
        case datetime():
            return str(value.date()) if value.time() == time() else str(value)
        case date() | time() | timedelta():
            return str(value)
    return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact up to here
        return str(int(value))
    return repr(value)


def read(  # noqa: PLR0913 - the reader's order as it comes from the parent
    path: Path, name: str, options: ReadOptions, folder: Path, engine: Engine, reader: str
) -> Reading:
    """The reading of a workbook: one table for each set of sheets with equal headers."""
    book = Book(path, reader)
    names = _chosen(book, options)
    found = {sheet: _layout(book, sheet, options) for sheet in names}
    laid = {sheet: at for sheet, at in found.items() if at is not None}
    if not laid:
        raise FileError("file.empty")
    groups = uniting.groups({sheet: at.columns for sheet, at in laid.items()})
    walks: dict[str, Walk] = {}
    tables = []
    for number, group in enumerate(groups):
        table = _table(book, laid, group, folder / f"table-{number}.parquet", walks)
        seen, _ = profile.scan(engine, table)
        tables.append(replace(table, profiles=seen.profiles))
    sheets = tuple(_sheet(book, sheet, laid, walks) for sheet in book.names if sheet in laid)
    return Reading(
        file=name,
        format="workbook",
        size=path.stat().st_size,
        sheets=sheets,
        tables=tuple(tables),
        rejected=tuple(islice(chain(*(w.rejected for w in walks.values())), SHOWN)),
        repaired=tuple(islice(chain(*(w.repaired for w in walks.values())), SHOWN)),
        notes=_notes(book, names, tables),
    )


def _chosen(book: Book, options: ReadOptions) -> list[str]:
    """The sheets to read: the named one, else all visible ones."""
    if options.sheet is not None:
        wanted = plain(options.sheet).lower()
        match = [n for n in book.names if plain(n).lower() == wanted]
        if not match:
            raise FileError("file.no_such_sheet", sheet=options.sheet, sheets=", ".join(book.names))
        return match[:1]
    visible = [name for name in book.names if name not in book.hidden]
    return (visible or book.names)[:SHEET_LIMIT]


def _layout(book: Book, sheet: str, options: ReadOptions) -> Layout | None:
    head = list(islice(book.records(sheet), layout.HEAD))
    width = max((_extent(record.cells) for record in head), default=0)
    if not width:
        return None
    head = [Record(r.line, _cut(r.cells, width)) for r in head]
    return layout.find(head, options.header_line)


def _extent(cells: list[str]) -> int:
    return max((i + 1 for i, cell in enumerate(cells) if cell), default=0)


def _cut(cells: list[str], width: int) -> list[str]:
    return cells[:width] + [""] * (width - len(cells))


def _table(
    book: Book, laid: dict[str, Layout], group: tuple[str, ...], path: Path, walks: dict[str, Walk]
) -> Table:
    """The sheets of a group below one another, columns in the order of the widest sheet."""
    columns = laid[group[0]].columns
    head: list[tuple[str, ...]] = []
    with closing(Sink(path, len(columns))) as sink:
        for sheet in sorted(group, key=book.names.index):
            way = uniting.Order(laid[sheet].columns, columns)
            walk = Walk(book.names.index(sheet), laid[sheet], _Ordered(sink, way, head))
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
        head=tuple(head),
        bad_lines=str(lines) if bad else None,
    )


class _Ordered:
    """A sink that puts the cells of a sheet into the order of the united table."""

    def __init__(self, sink: Sink, way: uniting.Order, head: list[tuple[str, ...]]) -> None:
        self._sink, self._way, self._head = sink, way, head

    def add(self, sheet: int, record: int, cells: list[str]) -> None:
        """One row."""
        ordered = self._way.of(cells)
        if len(self._head) < layout.HEAD:
            self._head.append(tuple(ordered))
        self._sink.add(sheet, record, ordered)


def _walk(book: Book, sheet: str, walk: Walk) -> None:
    width = walk.layout.width
    records = (Record(r.line, _cut(r.cells, width)) for r in book.records(sheet))
    walk.above(islice(records, max(walk.layout.header, 0)))
    if walk.layout.header >= 0:
        next(records, None)
    walk.below(records)


def _sheet(book: Book, sheet: str, laid: dict[str, Layout], walks: dict[str, Walk]) -> Sheet:
    at = laid[sheet]
    index = book.names.index(sheet)
    return Sheet(index, sheet, at.header + 1, at.columns, walks[sheet].books, sheet in book.hidden)


def _notes(book: Book, read_sheets: list[str], tables: list[Table]) -> tuple[Problem, ...]:
    notes = []
    unread = [name for name in book.names if name in book.hidden and name not in read_sheets]
    if unread:
        notes.append(Problem("reading.hidden_sheets", {"sheets": ", ".join(unread)}))
    for table in tables:
        if len(table.sheets) > 1:
            names = ", ".join(book.names[index] for index in table.sheets)
            notes.append(Problem("reading.united_sheets", {"sheets": names}))
    if book.errors:
        notes.append(Problem("reading.error_cells", {"count": book.errors}))
    return tuple(notes)
