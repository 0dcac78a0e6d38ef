"""Tables as text: CSV that a spreadsheet cannot run."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

FORMULA_STARTS = (*"=+-@", *"＝＋－＠", "\t", "\r", "\n")
"""A text cell that begins so is taken for a formula by spreadsheets, some with wide signs, too."""


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a header line, comma, quotes where needed and CRLF; None is an empty cell.

    Text that a spreadsheet would run gets an apostrophe in front, header cells too; numbers stay
    numbers, also negative ones.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([safe(name) for name in columns])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe(cell: object) -> str:
    """One cell as text that no spreadsheet runs."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, int | float):
        return repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return "'" + text if text.startswith(FORMULA_STARTS) else text
