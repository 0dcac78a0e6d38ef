"""Where the header stands among the first records, and its labels at table width."""

from collections import Counter

from salesdash.errors import FileError, Place
from salesdash.ingest.files import looks
from salesdash.ingest.files.lexer import Record
from salesdash.ingest.files.recutting import Cutter
from salesdash.ingest.mapping.profiles import is_known

HEADER_SEARCH = 60
"""So many first records may stand above it."""

NOTES = 4
"""A title, a unit, who made it when, and then the labels."""


def usual_width(rows: list[list[str]]) -> int:
    """The usual number of cells; among equals the larger."""
    widths = Counter(len(cells) for cells in rows if any(cell.strip() for cell in cells))
    return max(widths, key=lambda w: (widths[w] * (w > 1), w), default=1)


def given(head: list[Record], line: int) -> int:
    """The place of the record that begins on this line; -1 for line 0: there is no header."""
    if line == 0:
        return -1
    found = next((at for at, record in enumerate(head) if record.line == line), None)
    if found is None:
        raise FileError("file.no_such_header_line", line=line)
    return found


def place(head: list[Record], width: int, cutter: Cutter | None) -> int:
    """The first well filled record, if it reads like labels; -1 if it reads like data."""
    need = width if width <= 2 else max(2, round(0.6 * width))  # noqa: PLR2004
    whole = _whole_header(head[:HEADER_SEARCH], width)
    if whole is not None:
        return whole
    for at, record in enumerate(head[:HEADER_SEARCH]):
        cells = [cell.strip() for cell in record.cells]
        if _is_title(cells, head[at + 1 : HEADER_SEARCH]):
            continue
        if sum(1 for cell in cells if cell) >= min(need, _filled_columns(head, width)):
            return at if looks.are_labels(cells) else -1
        if len(cells) < need and cutter and _is_cut_otherwise(head[at : at + 2], width, cutter):
            return at
    return 0 if head else -1


def _whole_header(head: list[Record], width: int) -> int | None:
    """The first record of full width, if it holds labels only and values stand right below it.

    Lines above it that are cut into fewer cells are notes, however many commas they hold.
    """
    whole = [at for at, r in enumerate(head) if len(r.cells) == width > 1]
    if len(whole) < 2 or not whole[0]:  # noqa: PLR2004 - a header and a row
        return None
    labels, below = ([cell.strip() for cell in head[at].cells] for at in whole[:2])
    if not all(labels) or any(map(looks.is_value, labels)):
        return None
    return whole[0] if any(map(looks.is_value, below)) else None


def _is_title(cells: list[str], below: list[Record]) -> bool:
    """One note alone, with few others between it and a row of several labels."""
    if sum(map(bool, cells)) != 1:
        return False
    filled = [r.cells for r in below if any(cell.strip() for cell in r.cells)][:NOTES]
    following = next((cells for cells in filled if sum(map(bool, map(str.strip, cells))) > 1), [])
    named = [cell.strip() for cell in following if cell.strip()]
    words = [cell for cell in named if not looks.is_month(cell)]  # months may head columns
    labelled = bool(words) and looks.are_labels(words) and not any(map(looks.is_value, words))
    return len(named) > 1 and labelled


def _is_cut_otherwise(records: list[Record], width: int, cutter: Cutter) -> bool:
    """Whether known labels of another delimiter stand right above the first row."""
    labels = cutter.relabel(records[0].raw, width)
    if labels is None or 2 * sum(map(is_known, labels)) < width:
        return False
    below = records[-1].cells
    return len(below) == width and not looks.are_labels([cell.strip() for cell in below])


def _filled_columns(head: list[Record], width: int) -> int:
    """Columns with anything in them: a spacer column needs no label."""
    rows = [record.cells for record in head if len(record.cells) == width]
    return max(1, sum(1 for i in range(width) if any(row[i].strip() for row in rows)) // 2)


def fitted(
    record: Record, width: int, below: list[list[str]], cutter: Cutter | None
) -> tuple[list[str], str | None]:
    """The header's cells brought to table width, and how.

    FileError when header and rows differ in width and no single repair explains it.
    """
    cells = list(record.cells)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) == width or not below:
        return cells, record.repaired
    if len(cells) > width:
        named = [cell for cell in cells if cell.strip()]
        if len(named) == width:
            return named, "repair.extra_header_cell"
    elif _is_padding(cells, width, below):
        return cells + [""] * (width - len(cells)), None
    parted = _parted(record, width, cutter)
    if parted is not None:
        return parted, "repair.header"
    raise FileError(
        "file.header_width", place=Place(line=record.line), header=len(cells), rows=width
    )


def _parted(record: Record, width: int, cutter: Cutter | None) -> list[str] | None:
    """A header that lacks a delimiter: beside a quote, or between two labels that are known."""
    labels = cutter.relabel(record.raw, width) if cutter else None
    if labels is not None or len(record.cells) != width - 1:
        return labels
    ways = [
        [*record.cells[:i], cell[:cut], cell[cut:], *record.cells[i + 1 :]]
        for i, cell in enumerate(record.cells)
        for cut in range(2, len(cell) - 1)
        if not is_known(cell) and is_known(cell[:cut]) and is_known(cell[cut:])
    ]
    return ways[0] if len(ways) == 1 else None


def _is_padding(cells: list[str], width: int, below: list[list[str]]) -> bool:
    """Rows that end in delimiters: what has no label is empty, and no label is glued of two."""
    full = [row for row in below if len(row) == width]
    empty = not any(cell.strip() for row in full for cell in row[len(cells) :])
    return empty and all(is_known(cell) for cell in cells)
