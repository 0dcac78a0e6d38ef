"""Where the table lies among the records: header, width, keys, and what each record is.

Shared by delimited text and worksheets. The head (first records) decides; then every record is
judged on its own: a row, or a blank, a repeated header, a total, something outside, or a fault.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Literal

from salesdash.errors import FileError, Place
from salesdash.ingest.files import grouping, looks, mending
from salesdash.ingest.files.lexer import Record
from salesdash.ingest.files.recutting import Cutter
from salesdash.ingest.headers import plain, unique
from salesdash.ingest.mapping.profiles import is_known

HEAD = 400
"""So many first records decide the layout."""

HEADER_SEARCH = 60
KEY_SHARE = 0.95
TYPICAL = 0.7
KEYS = 8

RULES = ("--", "==", "__")
"""What lines that are drawn between rows begin with."""

PROSE = 3
"""So many words without any value are a note."""

What = Literal["row", "blank", "header", "total", "outside", "fault", "second"]


@dataclass(frozen=True)
class Verdict:
    """What a record is, its cells at table width, and why it is a fault or was repaired."""

    what: What
    cells: list[str] = field(default_factory=list)
    reason: str | None = None


@dataclass(frozen=True)
class Layout:
    """The table's header and width, the columns that are (nearly) always filled, their classes."""

    header: int  # position of the (last) header record in the head, -1: none
    columns: tuple[str, ...]
    labels: tuple[str, ...] = ()  # the header's cells as they stand, trimmed
    keys: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    repaired: str | None = None  # how the header had to be mended
    cutter: Cutter | None = None  # of a delimited text
    depth: int = 1  # records that make the header

    @property
    def first(self) -> int:
        """Position of the first header record, 0: there is none."""
        return max(self.header - self.depth + 1, 0)

    @property
    def width(self) -> int:
        """Cells of a row."""
        return len(self.columns)

    def judge(self, record: Record) -> Verdict:
        """What one record below the header is."""
        cells = record.cells
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled or filled[0].startswith(RULES):
            is_drawn = bool(filled) and all(map(looks.is_rule, filled))
            if is_drawn or not filled:
                return Verdict("outside" if is_drawn else "blank", cells)
        if record.fault is not None:
            return self._recut(record) or Verdict("fault", cells, record.fault)
        if len(cells) != self.width:
            return self._misfit(record)
        if self.labels and cells[0].strip() == self.labels[0] and self._is_header(cells):
            return Verdict("header")
        if self._is_total(cells):
            return Verdict("total")
        return self._parted(record) or Verdict("row", cells, record.repaired)

    def is_loose(self, cells: list[str]) -> bool:
        """Numbers alone, or one note alone: a footer if no row follows, else a row like others."""
        if not self._is_keyless(cells):
            return False
        filled = [cell for cell in cells if cell.strip()]
        if all(looks.is_number(cell.strip()) for cell in filled):
            return any(not cells[key].strip() for key in self._word_keys())
        return len(filled) == 1 and self.width > 2  # noqa: PLR2004 - two columns: name, no value

    def is_note(self, cells: list[str]) -> bool:
        """A line below the table that is no row: one cell, or a sentence without any value."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(cells) >= self.width or any(map(looks.is_value, filled)):
            return False
        return len(filled) == 1 or len(" ".join(filled).split()) >= PROSE

    def is_second_header(self, cells: list[str]) -> bool:
        """Labels of another table: words only, none twice, and most of them new or all of ours."""
        names = [cell.strip() for cell in cells]
        if len(names) < 2 or not all(names) or len(set(names)) != len(names):  # noqa: PLR2004
            return False
        return not any(looks.is_value(name) or len(name) > mending.LONG for name in names)

    def _is_header(self, cells: list[str]) -> bool:
        return tuple(cell.strip() for cell in cells) == self.labels

    def _parted(self, record: Record) -> Verdict | None:
        """The row with the cells apart that touch; as wide as others it may be by chance."""
        is_glued = self.cutter is not None and self.cutter.is_glued(record.raw)
        return self._recut(record) if is_glued else None

    def _recut(self, record: Record) -> Verdict | None:
        mended = self.cutter.recut(record.raw, self.classes) if self.cutter else None
        return Verdict("row", *mended) if mended else None

    def _misfit(self, record: Record) -> Verdict:
        cells = record.cells
        parted = self._parted(record)
        mended = None if parted else mending.fit(cells, self.classes)
        found = Verdict("row", *mended) if mended else parted or self._recut(record)
        if found is not None:
            return found
        if len([cell for cell in cells if cell.strip()]) > 1 and self.is_second_header(cells):
            return Verdict("second", cells, _width_fault(cells, self.width))
        return Verdict("fault", cells, _width_fault(cells, self.width))

    def _is_keyless(self, cells: list[str]) -> bool:
        empty = sum(1 for key in self.keys if not cells[key].strip())
        return bool(self.keys) and 2 * empty >= len(self.keys)

    def _word_keys(self) -> list[int]:
        return [key for key in self.keys if self.classes[key] != "number"]

    def _is_total(self, cells: list[str]) -> bool:
        """A word for a total first, numbers or nothing after it, and other keys left empty."""
        at = next(i for i, cell in enumerate(cells) if cell.strip())
        if not looks.is_total_word(cells[at]):
            return False
        others = [key for key in self._word_keys() if key != at]
        empty = sum(1 for key in others if not cells[key].strip())
        rest = [cell.strip() for cell in cells[at + 1 :] if cell.strip()]
        bare = all(looks.is_number(cell) or looks.is_total_word(cell) for cell in rest)
        return bare and empty > 0 and 2 * empty >= len(others)


def _width_fault(cells: list[str], width: int) -> str:
    return "reject.too_few_cells" if len(cells) < width else "reject.too_many_cells"


def find(head: list[Record], given: int | None = None, cutter: Cutter | None = None) -> Layout:
    """The layout of these first records. `given`: line of the header, 0: there is none.

    FileError when header and rows differ in width and no single repair explains it.
    """
    rows = [record.cells for record in head]
    width = _width(rows)
    at = _header_at(head, width, cutter) if given is None else _given_at(head, given)
    if at < 0:
        names = unique([""] * width)
        return _with_classes(Layout(-1, names, cutter=cutter), rows)
    header, repaired = _fitted(head[at], width, rows[at + 1 :], cutter)
    labels = tuple(cell.strip() for cell in header)
    found = Layout(at, unique(header), labels, repaired=repaired, cutter=cutter)
    if given is None and not repaired:
        found = grouping.joined(found, rows)
    return _with_classes(found, rows[found.header + 1 :])


def _width(rows: list[list[str]]) -> int:
    """The usual number of cells; among equals the larger."""
    widths = Counter(len(cells) for cells in rows if any(cell.strip() for cell in cells))
    return max(widths, key=lambda w: (widths[w] * (w > 1), w), default=1)


def _given_at(head: list[Record], given: int) -> int:
    if given == 0:
        return -1
    found = next((at for at, record in enumerate(head) if record.line == given), None)
    if found is None:
        raise FileError("file.no_such_header_line", line=given)
    return found


def _header_at(head: list[Record], width: int, cutter: Cutter | None) -> int:
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
    """One note alone, above a row of several labels."""
    if sum(map(bool, cells)) != 1:
        return False
    following = next((r.cells for r in below if any(cell.strip() for cell in r.cells)), [])
    named = [cell.strip() for cell in following if cell.strip()]
    return len(named) > 1 and looks.are_labels(named) and not any(map(looks.is_value, named))


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


def _fitted(
    record: Record, width: int, below: list[list[str]], cutter: Cutter | None
) -> tuple[list[str], str | None]:
    """The header's cells brought to table width, and how."""
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


def _with_classes(layout: Layout, rows: list[list[str]]) -> Layout:
    full = _typical([cells for cells in rows if len(cells) == layout.width], layout.labels)
    columns = list(zip(*full, strict=True)) if full else [()] * layout.width
    classes = tuple(mending.column_class([plain(cell) for cell in column]) for column in columns)
    keys = [i for i, column in enumerate(columns) if _is_key(column)]
    spread = keys if len(keys) <= KEYS else keys[: KEYS // 2] + keys[-KEYS // 2 :]
    return replace(layout, keys=tuple(spread), classes=classes)


def _typical(rows: list[list[str]], labels: tuple[str, ...]) -> list[list[str]]:
    """Rows that are no totals, notes or repeated headers: nearly as full as the usual one."""
    filled = [sum(1 for cell in cells if cell.strip()) for cells in rows]
    usual = sorted(filled)[len(filled) // 2] if filled else 0
    return [
        cells
        for cells, count in zip(rows, filled, strict=True)
        if count > TYPICAL * usual and cells != list(labels)
    ]


def _is_key(column: tuple[str, ...]) -> bool:
    filled = sum(1 for cell in column if cell.strip())
    return bool(column) and filled >= KEY_SHARE * len(column)
