"""Tables as workbooks that no spreadsheet program runs anything of."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

CALM = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
"""Texts stay texts, whatever they begin with."""

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""

LONGEST_NAME, UNFIT = 31, "[]:*?/\\'"
"""Characters of a sheet's name, and those that no name may have."""

SAFE_DIGITS, TOO_LARGE = 15, 10**15
"""Digits that a workbook keeps of a number; longer whole ones are texts."""

WIDEST, NARROWEST = 60, 8
"""Characters of a column."""

EARLIEST = date(1900, 3, 1)
"""Before, spreadsheets count days wrongly."""

DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"

Lines = Sequence[tuple[str, object]]
"""Names and values, line by line."""


def xlsx(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    sheet: str,
    *,
    patterns: Sequence[Sequence[str]] = (),
    about: tuple[str, Lines] | None = None,
) -> bytes:
    """A sheet with a header that stays in sight, and one `about` it: its name and lines.

    Numbers, days and moments are such; None is an empty cell. `patterns`: how the numbers of each
    row are written, cell by cell ("" as they are).
    """
    held = [list(row) for row in rows]
    out = BytesIO()
    with xlsxwriter.Workbook(out, CALM) as book:
        page = _Page(book, sheet)
        page.head(columns, held)
        for number, row in enumerate(held, 1):
            written = patterns[number - 1] if patterns else ("",) * len(row)
            for place, (cell, pattern) in enumerate(zip(row, written, strict=True)):
                page.write(number, place, cell, pattern)
        if about is not None:
            name, lines = about
            beside = _Page(book, name)
            for number, (what, value) in enumerate(lines):
                beside.write(number, 0, what, bold=True)
                beside.write(number, 1, value)
            beside.wide(0, [what for what, _ in lines])
            beside.wide(1, [value for _, value in lines])
    return out.getvalue()


class _Page:
    """A sheet of a book that is being written."""

    def __init__(self, book: Any, name: str) -> None:  # noqa: ANN401 - xlsxwriter ships no types
        self._book = book
        taken = {each.get_name().casefold() for each in book.worksheets()}
        fit = "".join(sign for sign in name if sign not in UNFIT)[:LONGEST_NAME].strip()
        self._page = book.add_worksheet(fit if fit and fit.casefold() not in taken else None)
        self._formats: dict[tuple[str, bool], Any] = {}

    def head(self, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """The names of the columns, and room for what stands in them."""
        bold = self._book.add_format({"bold": True, "bottom": 1})
        for place, name in enumerate(columns):
            self._page.write_string(0, place, name[:LONGEST_CELL], bold)
            self.wide(place, [name, *(row[place] for row in rows[:200])])
        self._page.freeze_panes(1, 0)

    def wide(self, place: int, cells: Iterable[object]) -> None:
        """Room for the longest of some cells."""
        self._page.set_column(place, place, _width(cells))

    def write(
        self, row: int, place: int, cell: object, pattern: str = "", *, bold: bool = False
    ) -> None:
        """One cell as what it is."""
        value = _cell(cell)
        if isinstance(value, bool):
            self._page.write_boolean(row, place, value, self._format("", bold=bold))
        elif isinstance(value, date):
            shape = self._format(MOMENT if isinstance(value, datetime) else DAY, bold=bold)
            self._page.write_datetime(row, place, value, shape)
        elif isinstance(value, int | float):
            self._page.write_number(row, place, value, self._format(pattern, bold=bold))
        elif value is not None:
            self._page.write_string(row, place, value, self._format("", bold=bold))

    def _format(self, pattern: str, *, bold: bool) -> Any:  # noqa: ANN401 - xlsxwriter ships no types
        key = pattern, bold
        if key == ("", False):
            return None
        if key not in self._formats:
            shape = {"bold": bold, **({"num_format": pattern} if pattern else {})}
            self._formats[key] = self._book.add_format(shape)
        return self._formats[key]


def _cell(cell: object) -> bool | int | float | str | date | None:
    """What a workbook can hold of a value without changing it."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float | Decimal):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None) if cell.date() >= EARLIEST else cell.isoformat()
    if isinstance(cell, date):
        return cell if cell >= EARLIEST else cell.isoformat()
    return str(cell)[:LONGEST_CELL]


def _number(cell: int | float | Decimal) -> int | float | str:
    """A number, where a workbook keeps all of its digits."""
    if isinstance(cell, float):
        return cell if isfinite(cell) else str(cell)
    exact = Decimal(cell)
    if len(exact.normalize().as_tuple().digits) > SAFE_DIGITS or abs(exact) >= TOO_LARGE:
        return str(cell)
    return cell if isinstance(cell, int) else float(cell)


def _width(cells: Iterable[object]) -> int:
    """Room for the longest of some cells; signs of Chinese are twice as wide."""
    longest = 0
    for cell in cells:
        text = str(cell if cell is not None else "")[:WIDEST]
        longest = max(longest, sum(1 if ord(sign) < 0x2E80 else 2 for sign in text))  # noqa: PLR2004 - from here on signs are CJK
    return min(max(longest + 2, NARROWEST), WIDEST)
