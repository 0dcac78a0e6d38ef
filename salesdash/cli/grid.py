"""Tables of text for a terminal; a Chinese character takes two columns there."""

import unicodedata
from collections.abc import Sequence

GAP = "  "
WIDEST_CELL = 48
WIDE = frozenset("WF")


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool] = ()) -> str:
    """Aligned lines under a head; columns marked in `right` end at the right (numbers)."""
    lines = [[_short(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    to_right = [*right, *([False] * (len(head) - len(right)))]
    rule = ["─" * each for each in widths]
    return "\n".join(_line(line, widths, to_right) for line in (lines[0], rule, *lines[1:]))


def width(text: str) -> int:
    """Columns a text takes in a terminal."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in WIDE else 1


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, columns, ends_right in zip(cells, widths, right, strict=True):
        space = " " * (columns - width(cell))
        padded.append(space + cell if ends_right else cell + space)
    return GAP.join(padded).rstrip()


def _short(cell: str) -> str:
    """One line, no control characters (they could move the cursor), cut with an ellipsis."""
    text = "".join(sign if sign.isprintable() else " " for sign in cell)
    if width(text) <= WIDEST_CELL:
        return text
    kept, room = "", WIDEST_CELL - 1
    for sign in text:
        room -= _columns(sign)
        if room < 0:
            break
        kept += sign
    return kept + "…"
