"""An open workbook: its sheets as records of exact text, by one of two readers.

calamine is fast; openpyxl reads what calamine cannot hold (one stray cell far away makes it ask for
the whole rectangle).
"""

import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import IO, Protocol

from salesdash.errors import FileError
from salesdash.ingest.files.lexer import Record

WIDTH_LIMIT = 2000
ERRORS = frozenset(("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))
PIECE = 1 << 20
EXACT = 1e15
"""Whole numbers up to here are exact in a float."""


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
        if sheet.start is not None:
            yield from enumerate((list(row) for row in sheet.iter_rows()), start=1)


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


class Book:
    """A workbook's sheets as records; counts the error cells, which read as empty."""

    def __init__(self, path: Path, reader: str) -> None:
        self._reader: Reader = Calamine(path) if reader == "calamine" else Openpyxl(path)
        self.names = self._reader.names
        self.hidden = self._reader.hidden
        self.errors = 0

    def records(self, name: str) -> Iterator[Record]:
        """The rows of a sheet as text, numbered as in the sheet."""
        for number, row in self._reader.rows(name):
            yield Record(number, [self._text(value) for value in row])

    def _text(self, value: object) -> str:
        text = as_text(value)
        if text in ERRORS:
            self.errors += 1
            return ""
        return text


def as_text(value: object) -> str:
    """A cell as exact text: 1.0 is 1, floats in their shortest form, dates and times ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < EXACT
        return str(int(value)) if whole else repr(value)
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
