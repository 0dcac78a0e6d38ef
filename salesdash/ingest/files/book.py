"""An open workbook: its sheets as records of exact text, by one of two readers.

calamine is fast; openpyxl reads what calamine cannot hold (one stray cell far away makes it ask for
the whole rectangle).
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Protocol

from salesdash.errors import FileError, Problem
from salesdash.ingest.files.lexer import Record

WIDTH_LIMIT = 2000
ERRORS = frozenset(("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))
PIECE = 1 << 20
EXACT, WHOLE = 1e15, 1e22
"""Whole numbers up to here are exact in a workbook, and are written without an exponent."""

Cell = tuple[int, int]


class Reader(Protocol):
    """What both readers give: names of the sheets, which are hidden, the rows of one."""

    names: list[str]
    hidden: set[str]

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """Numbered rows of a sheet."""
        ...


class Calamine:
    """The fast reader."""

    def __init__(self, path: Path) -> None:
        import python_calamine

        try:
            self._book = python_calamine.load_workbook(str(path))
        except python_calamine.PasswordError:
            raise FileError("file.encrypted") from None
        except (python_calamine.CalamineError, OSError):
            raise FileError("file.damaged") from None
        sheets = [s for s in self._book.sheets_metadata if "WorkSheet" in str(s.typ)]
        visible = python_calamine.SheetVisibleEnum.Visible
        self.names = [sheet.name for sheet in sheets]
        self.hidden = {sheet.name for sheet in sheets if sheet.visible != visible}

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """Numbered rows, from the first of the sheet."""
        sheet = self._book.get_sheet_by_name(name)
        if sheet.start is None:
            return
        rows: Iterator[list[object]] = (list(row) for row in sheet.iter_rows())
        tall = [(top, end) for top, end in sheet.merged_cell_ranges or [] if end[0] > top[0]]
        yield from enumerate(_filled(rows, tall) if tall else rows, start=1)


def _filled(rows: Iterator[list[object]], tall: list[tuple[Cell, Cell]]) -> Iterator[list[object]]:
    """Rows in which a text or date that is merged over several stands in each of them.

    A number does not: repeated, it would add up to more than the sheet says.
    """
    last = {top: end[0] for top, end in tall}
    by_row: dict[int, list[int]] = {}
    for at, column in last:
        by_row.setdefault(at, []).append(column)
    held: dict[int, tuple[int, object]] = {}
    for number, row in enumerate(rows):
        for column, (until, value) in list(held.items()):
            if number > until:
                del held[column]
            elif column < len(row):
                row[column] = value
        for column in by_row.get(number, ()):
            value = row[column] if column < len(row) else ""
            if value and isinstance(value, str | date):
                held[column] = last[number, column], value
        yield row


class Openpyxl:
    """The slow reader, row by row: it never holds the rectangle."""

    def __init__(self, path: Path) -> None:
        import openpyxl  # type: ignore[import-untyped]  # ships no types

        try:
            self._book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError):
            raise FileError("file.damaged") from None
        sheets = self._book.worksheets
        self.names = [sheet.title for sheet in sheets]
        self.hidden = {sheet.title for sheet in sheets if sheet.sheet_state != "visible"}

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """Numbered rows; cells beyond any honest width are left out."""
        sheet = self._book[name]
        sheet.reset_dimensions()  # else every row is filled up to the farthest cell
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            near = row[:WIDTH_LIMIT]
            last = max((i for i, value in enumerate(near) if value is not None), default=-1)
            yield number, list(near[: last + 1])


class Sheets(Protocol):
    """What the reading of a workbook needs: Book gives it, and the tables of a JSON file do."""

    names: list[str]
    hidden: set[str]
    labelled: bool  # each begins with its labels, which are no row

    def records(self, name: str) -> Iterator[Record]:
        """The rows of a sheet as text."""
        ...

    def notes(self) -> list[Problem]:
        """What there is to say of the cells of all sheets, once they were read."""
        ...


class Book:
    """A workbook's sheets as records; counts the error cells, which read as empty."""

    labelled = False

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.names = reader.names
        self.hidden = reader.hidden
        self._errors: dict[str, int] = {}
        self._long: dict[str, int] = {}

    def records(self, name: str) -> Iterator[Record]:
        """The rows of a sheet as text, numbered as in the sheet."""
        self._errors[name] = self._long[name] = 0  # looking at the head has counted some
        for number, row in self._reader.rows(name):
            yield Record(number, [self._text(value, name) for value in row])

    def _text(self, value: object, name: str) -> str:
        text = as_text(value)
        if text in ERRORS:
            self._errors[name] += 1
            return ""
        if isinstance(value, float) and abs(value) >= EXACT:
            self._long[name] += 1
        return text

    def notes(self) -> list[Problem]:
        """Error cells, and numbers of which a workbook keeps only the first digits."""
        counts = {"reading.error_cells": self._errors, "reading.long_numbers": self._long}
        found = {key: sum(each.values()) for key, each in counts.items()}
        return [Problem(key, {"count": count}) for key, count in found.items() if count]


def as_text(value: object) -> str:
    """A cell as exact text: 1.0 is 1, floats in their shortest form, dates and times ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < WHOLE
        return f"{Decimal(repr(value)):.0f}" if whole else repr(value)
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else str(value)
    return str(value).strip()


def valueless(path: Path) -> tuple[int, int]:
    """(error cells, formulas without a stored value) of an XLSX; (0, 0) of other workbooks."""
    if not zipfile.is_zipfile(path):
        return 0, 0
    errors = formulas = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    for text in _pieces(part):
                        errors += text.count(b' t="e"')
                        formulas += text.count(b"</f></c>") + text.count(b"<v></v>")
    return errors, formulas


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end at the end of a cell."""
    rest = b""
    while chunk := part.read(PIECE):
        head, mark, rest = (rest + chunk).rpartition(b"</c>")
        yield head + mark
    yield rest
