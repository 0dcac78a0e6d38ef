"""Rows with a missing or an extra separator, brought back to width where the columns prove it.

Only a repair with one possible outcome counts, and the columns must tell a shifted row from a
right one (dates, numbers, codes of one shape). Everything else stays a named fault.
"""

from collections import Counter

from salesdash.ingest.files import looks

SHARE = 0.95
"""So much of a column must look alike for its look to prove anything."""

LONG = 80
ENOUGH = 5
"""Fewer rows prove nothing."""


def column_class(cells: list[str]) -> str:
    """What the filled cells of a column look like: `text` proves nothing, `empty` is exact.

    A `?` in front: the column also has empty cells.
    """
    counts = Counter(looks.kind(cell) for cell in cells)
    empty = counts.pop("empty", 0)
    if len(cells) < ENOUGH:
        return "text"
    if not counts:
        return "empty"
    name, count = counts.most_common(1)[0]
    if name == "text" or count < SHARE * counts.total():
        return "text"
    return f"?{name}" if empty else name


def fits(cell: str, expected: str) -> bool:
    """Whether a cell may stand in a column of this class."""
    if expected == "text":
        return True
    kind = looks.kind(cell)
    if kind == "empty":
        return expected.startswith("?") or expected == "empty"
    return kind == expected.removeprefix("?")


def fit(cells: list[str], classes: tuple[str, ...]) -> tuple[list[str], str] | None:
    """(cells at table width, how they were mended), or None if that cannot be proved."""
    width = len(classes)
    if all(not cell.strip() for cell in cells[width:]) and len(cells) > width:
        head = cells[:width]
        if _proves(head, classes):
            return head, "repair.empty_cells_cut"
    if len(cells) == width + 1:
        return _one("repair.extra_separator", _without_one(cells), classes)
    if len(cells) == width - 1:
        padded = [*cells, ""]
        if classes[-1] == "empty" and _proves(padded, classes):
            return padded, "repair.empty_cell_added"
        return _one("repair.missing_separator", _with_one(cells, classes), classes)
    return None


def _one(
    how: str, ways: set[tuple[str, ...]], classes: tuple[str, ...]
) -> tuple[list[str], str] | None:
    proved = [way for way in ways if _proves(list(way), classes)]
    return (list(proved[0]), how) if len(proved) == 1 else None


def _without_one(cells: list[str]) -> set[tuple[str, ...]]:
    """The row without one of its empty cells."""
    empty = [i for i, cell in enumerate(cells) if not cell.strip()]
    return {(*cells[:i], *cells[i + 1 :]) for i in empty}


def _with_one(cells: list[str], classes: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The row with one cell cut in two where both halves have a look of their own."""
    ways: set[tuple[str, ...]] = set()
    for i, cell in enumerate(cells):
        left, right = classes[i], classes[i + 1]
        if len(cell) > LONG or not (_tells(left) and _tells(right)):
            continue
        cuts = range(1, len(cell))
        ways |= {
            (*cells[:i], cell[:cut], cell[cut:], *cells[i + 1 :])
            for cut in cuts
            if fits(cell[:cut], left) and fits(cell[cut:], right)
        }
    return ways


def _tells(expected: str) -> bool:
    return expected not in ("text", "empty")


def _proves(cells: list[str], classes: tuple[str, ...]) -> bool:
    """Every cell fits, and at least two columns could have said no."""
    telling = sum(1 for expected in classes if _tells(expected))
    enough = 2
    return telling >= enough and all(
        fits(cell, expected) for cell, expected in zip(cells, classes, strict=True)
    )
