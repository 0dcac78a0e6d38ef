"""Where the table lies among the records: header, width, keys, and what each record is.

Shared by delimited text and worksheets. The head (first records) decides; then every record is
judged on its own: a row, or a blank, a repeated header, a total, something outside, or a fault.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from salesdash.ingest.files import grouping, heading, looks, mending
from salesdash.ingest.files.lexer import Record
from salesdash.ingest.files.recutting import Cutter
from salesdash.ingest.headers import plain, unique

HEAD = 400
"""So many first records decide the layout."""

KEY_SHARE = 0.95
TYPICAL = 0.7
KEYS = 8

RULES = ("--", "==", "__")
"""What lines that are drawn between rows begin with."""

SUMS = 3
"""So many figures at least make a row of sums of one that names nothing else."""

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
    """The table's header and width, the columns that are (nearly) always filled, their classes.

    `numbers`: those of numbers, however few rows say so.
    """

    header: int  # position of the (last) header record in the head, -1: none
    columns: tuple[str, ...]
    labels: tuple[str, ...] = ()  # the header's cells as they stand, trimmed
    keys: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()
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
        return [key for key in self.keys if key not in self.numbers]

    def _is_total(self, cells: list[str]) -> bool:
        """A word for a total first, numbers or nothing after it, and other keys left empty.

        Behind a plain word in the first cell nothing but numbers, several of them, are the sums of
        a table with one name a row: nobody else has a figure in every column.
        """
        at = next(i for i, cell in enumerate(cells) if cell.strip())
        if not looks.is_total_word(cells[at]):
            return False
        others = [key for key in self._word_keys() if key != at]
        empty = sum(1 for key in others if not cells[key].strip())
        rest = [cell.strip() for cell in cells[at + 1 :] if cell.strip()]
        bare = all(looks.is_number(cell) or looks.is_total_word(cell) for cell in rest)
        if not at and len(rest) == self.width - 1 >= SUMS and looks.is_plain_total(cells[0]):
            return all(map(looks.is_number, rest))
        return bare and empty > 0 and 2 * empty >= len(others)


def _width_fault(cells: list[str], width: int) -> str:
    return "reject.too_few_cells" if len(cells) < width else "reject.too_many_cells"


def find(head: list[Record], given: int | None = None, cutter: Cutter | None = None) -> Layout:
    """The layout of these first records. `given`: line of the header, 0: there is none.

    FileError when header and rows differ in width and no single repair explains it.
    """
    rows = [record.cells for record in head]
    width = heading.usual_width(rows)
    at = heading.place(head, width, cutter) if given is None else heading.given(head, given)
    if at < 0:
        names = unique([""] * width)
        return _with_classes(Layout(-1, names, cutter=cutter), rows)
    header, repaired = heading.fitted(head[at], width, rows[at + 1 :], cutter)
    labels = tuple(cell.strip() for cell in header)
    found = Layout(at, unique(header), labels, repaired=repaired, cutter=cutter)
    if given is None and not repaired:
        found = grouping.joined(found, rows)
    return _with_classes(found, rows[found.header + 1 :])


def _with_classes(layout: Layout, rows: list[list[str]]) -> Layout:
    full = _typical([cells for cells in rows if len(cells) == layout.width], layout.labels)
    columns = list(zip(*full, strict=True)) if full else [()] * layout.width
    classes = tuple(mending.column_class([plain(cell) for cell in column]) for column in columns)
    keys = [i for i, column in enumerate(columns) if _is_key(column)]
    spread = keys if len(keys) <= KEYS else keys[: KEYS // 2] + keys[-KEYS // 2 :]
    numbers = frozenset(i for i, column in enumerate(columns) if _is_of_numbers(column))
    return replace(layout, keys=tuple(spread), classes=classes, numbers=numbers)


def _typical(rows: list[list[str]], labels: tuple[str, ...]) -> list[list[str]]:
    """Rows that are no totals, notes or repeated headers: nearly as full as the usual one."""
    rows = [cells for cells in rows if not _begins_a_total(cells)] or rows
    filled = [sum(1 for cell in cells if cell.strip()) for cells in rows]
    usual = sorted(filled)[len(filled) // 2] if filled else 0
    return [
        cells
        for cells, count in zip(rows, filled, strict=True)
        if count > TYPICAL * usual and cells != list(labels)
    ]


def _begins_a_total(cells: list[str]) -> bool:
    first = next((cell for cell in cells if cell.strip()), "")
    return looks.is_total_word(first)


def _is_of_numbers(column: tuple[str, ...]) -> bool:
    filled = [cell.strip() for cell in column if cell.strip()]
    numbers = sum(1 for cell in filled if looks.is_number(cell))
    return bool(filled) and numbers >= KEY_SHARE * len(filled)


def _is_key(column: tuple[str, ...]) -> bool:
    filled = sum(1 for cell in column if cell.strip())
    return bool(column) and filled >= KEY_SHARE * len(column)
