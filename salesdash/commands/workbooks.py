"""Tables as workbooks that no spreadsheet program runs anything of."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite

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

SAFE_DIGITS, TOO_LARGE = 15, 10**15
"""Digits that a workbook keeps of a number; longer whole ones are texts."""

WIDEST, NARROWEST = 60, 8
"""Characters of a column."""

EARLIEST = date(1900, 3, 1)
"""Before, spreadsheets count days wrongly."""


def xlsx(columns: Sequence[str], rows: Iterable[Sequence[object]], sheet: str) -> bytes:
    """One sheet with a header that stays in sight.

    Numbers, days and moments are such; None is an empty cell.
    """
    held = [list(row) for row in rows]
    out = BytesIO()
    with xlsxwriter.Workbook(out, CALM) as book:
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for place, name in enumerate(columns):
            page.write_string(0, place, name[:LONGEST_CELL], bold)
            page.set_column(place, place, _width([name, *(row[place] for row in held[:200])]))
        for number, row in enumerate(held, 1):
            for place, cell in enumerate(row):
                value = _cell(cell)
                if isinstance(value, bool):
                    page.write_boolean(number, place, value)
                elif isinstance(value, date):
                    page.write_datetime(number, place, value, formats[type(value)])
                elif isinstance(value, int | float):
                    page.write_number(number, place, value)
                elif value is not None:
                    page.write_string(number, place, value)
        page.freeze_panes(1, 0)
    return out.getvalue()


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
