"""Rows with a missing or an extra separator, brought back to width where the columns prove it.

Only a repair with one possible outcome counts, and the columns must tell a shifted row from a
right one (dates, numbers, codes of one shape). Everything else stays a named fault.
"""

import re
from collections import Counter
from collections.abc import Iterable

from salesdash.ingest.files import looks

SHARE = 0.95
"""So much of a column must look alike for its look to prove anything."""

LONG = 80
ENOUGH = 5
"""Fewer rows prove nothing."""

TEXTS = ("text", "words")
"""Classes that any cell belongs to."""

_WITHIN = re.compile(r"[\d.,][\d.,]")
"""Within a number: 15 is no 1 and 5, and 34.8 no 34 and .8."""

_AMOUNT = re.compile(r"[^\w\s]?\d+(?:[.,]\d{1,2})?(?![\d.,])")
"""A number that ends for certain: no more than two decimals."""


def column_class(cells: list[str]) -> str:
    """What the filled cells of a column look like: `text` proves nothing, `empty` is exact.

    `words`: text that always begins with a letter. A `?` in front: there are empty cells too.
    """
    counts = Counter(looks.kind(cell) for cell in cells)
    empty = counts.pop("empty", 0)
    if len(cells) < ENOUGH:
        return "text"
    if not counts:
        return "empty"
    name, count = counts.most_common(1)[0]
    if name == "text" or count < SHARE * counts.total():
        return "words" if all(cell[:1].isalpha() for cell in cells if cell.strip()) else "text"
    return f"?{name}" if empty else name


def fits(cell: str, expected: str) -> bool:
    """Whether a cell may stand in a column of this class."""
    if expected in TEXTS:
        return True
    kind = looks.kind(cell)
    if kind == "empty":
        return expected.startswith("?") or expected == "empty"
    return kind == expected.removeprefix("?")


def fit(cells: list[str], classes: tuple[str, ...]) -> tuple[list[str], str] | None:
    """(cells at table width, how they were mended), or None if that cannot be proved."""
    width = len(classes)
    if len(cells) == width + 1:
        cut = all(not cell.strip() for cell in cells[width:])
        ways = _without_one(cells)
        return _one("repair.empty_cells_cut" if cut else "repair.extra_separator", ways, classes)
    if len(cells) > width and all(not cell.strip() for cell in cells[width:]):
        return _one("repair.empty_cells_cut", {tuple(cells[:width])}, classes)
    if len(cells) == width - 1:
        padded = [*cells, ""]
        if classes[-1] == "empty" and proves(padded, classes):
            return padded, "repair.empty_cell_added"
        return _one("repair.missing_separator", _with_one(cells, classes), classes)
    return None


def _one(
    how: str, ways: set[tuple[str, ...]], classes: tuple[str, ...]
) -> tuple[list[str], str] | None:
    proved = [way for way in ways if proves(list(way), classes)]
    return (list(proved[0]), how) if len(proved) == 1 else None


def _without_one(cells: list[str]) -> set[tuple[str, ...]]:
    """The row without one of its empty cells."""
    empty = [i for i, cell in enumerate(cells) if not cell.strip()]
    return {(*cells[:i], *cells[i + 1 :]) for i in empty}


def _with_one(cells: list[str], classes: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The row with one cell cut in two where the look of both halves says so."""
    ways: set[tuple[str, ...]] = set()
    for i, cell in enumerate(cells):
        left, right = classes[i], classes[i + 1]
        ways |= {
            (*cells[:i], cell[:cut], cell[cut:], *cells[i + 1 :])
            for cut in _cuts(cell, left, right)
            if fits(cell[:cut], left) and fits(cell[cut:], right)
        }
    return ways


def _cuts(cell: str, left: str, right: str) -> Iterable[int]:
    """Where a cell may be cut: anywhere between two looks, or after a number before words."""
    if tells(left) and tells(right):
        numbers = left.endswith("number") and right.endswith("number")
        cuts = range(1, len(cell) if len(cell) <= LONG else 0)
        return [cut for cut in cuts if not (numbers and _WITHIN.match(cell, cut - 1))]
    number = (
        _AMOUNT.match(cell) if left.removeprefix("?") == "number" and right == "words" else None
    )
    if number is None or not cell[number.end() : number.end() + 1].isalpha():
        return ()
    return (number.end(),)


def tells(expected: str) -> bool:
    """Whether cells can fail to belong to this class."""
    return expected not in (*TEXTS, "empty")


def proves(cells: list[str], classes: tuple[str, ...]) -> bool:
    """Every cell fits, and at least two columns could have said no."""
    telling = sum(1 for expected in classes if tells(expected))
    enough = 2
    return telling >= enough and all(
        fits(cell, expected) for cell, expected in zip(cells, classes, strict=True)
    )
