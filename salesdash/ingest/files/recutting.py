"""Damaged lines cut anew, where their quotes and their columns leave one way only.

A line may be written with another delimiter than the rest, hold the delimiter within a cell of text
that should have been quoted, or lack a delimiter beside a quote. Its pieces are laid over the
columns in every possible way; one way that all columns accept is a repair, two are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from salesdash.ingest.files import looks, mending
from salesdash.ingest.reading import Dialect

OTHERS = (",", ";", "\t", "|", " ")
"""What a line may be cut by when it is not cut as the others are."""

SURPLUS, WIDTH, LENGTH = 60, 400, 50_000
"""Lines with more pieces than that beyond the columns, or longer ones, are left alone."""

MARK = '"'
"""Only this quote proves anything: an apostrophe stands within words."""

_SEAM = re.compile(r'(?<=[^\s"])"(?=[^\W\d_])')
"""A quote between two texts: what is left of two quoted cells without a delimiter."""

_THOUSANDS = re.compile(r"[^\w\s]?\d{1,3}(,\d{3})+(\.\d+)?")
_WORDS = re.compile(r"\s|[^\W\d_]")


@dataclass(frozen=True)
class Piece:
    """A cell, or a part of one: text in quotes is never a part."""

    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Cutter:
    """Cuts damaged lines of a text of this dialect; none where another sign is the quote."""

    dialect: Dialect

    @classmethod
    def of(cls, dialect: Dialect) -> "Cutter | None":
        """The cutter of a dialect whose quotes prove something."""
        return cls(dialect) if dialect.quote == MARK else None

    def is_glued(self, line: str) -> bool:
        """Whether text touches a cell in quotes: the delimiter between them is missing."""
        return MARK in line and self._glue.search(line) is not None

    def recut(self, line: str, classes: tuple[str, ...]) -> tuple[list[str], str] | None:
        """(cells, how they were mended), None if no way, or more than one, fits the columns."""
        width = len(classes)
        if not line or len(line) > LENGTH or not 1 < width <= WIDTH:
            return None
        own = self.dialect.delimiter
        for cut in (own, *(sign for sign in OTHERS if sign != own)):
            pieces = self.pieces(line, cut)
            if not 2 <= width - 1 <= len(pieces) <= width + SURPLUS:  # noqa: PLR2004 - two cells
                continue
            cells = _one_way(pieces, cut, classes)
            if cells is not None:
                return cells, _how(len(pieces) - width, is_own=cut == own)
        return None

    def relabel(self, line: str, width: int) -> list[str] | None:
        """The labels of a header line that is cut by another sign or lacks one beside a quote."""
        own = self.dialect.delimiter
        for cut in (own, *(sign for sign in OTHERS if sign != own)):
            pieces = self.pieces(line, cut)
            ways = [pieces] if len(pieces) == width else list(_parted(pieces))
            if len(ways) == 1 and len(ways[0]) == width:
                labels = [piece.text.strip() for piece in ways[0]]
                if all(labels) and len(set(labels)) == width:
                    return labels
        return None

    def pieces(self, line: str, cut: str) -> list[Piece]:
        """The line in pieces; a quote that touches text also begins one."""
        if self.dialect.escape:
            line = line.replace(self.dialect.escape + MARK, MARK * 2)
        return list(_pieces(line, cut))

    @cached_property
    def _glue(self) -> re.Pattern[str]:
        other = f"[^{re.escape(self.dialect.delimiter)}{MARK}\\s]"
        return re.compile(f"{other}{MARK}{other}")


def _how(surplus: int, *, is_own: bool) -> str:
    if not is_own:
        return "repair.other_delimiter"
    return "repair.unquoted_delimiter" if surplus > 0 else "repair.missing_separator"


def _pieces(line: str, cut: str) -> Iterator[Piece]:
    start = 0
    while True:
        end = _closing(line, start + 1, cut) if line.startswith(MARK, start) else None
        if end is not None:
            yield Piece(line[start + 1 : end].replace(MARK * 2, MARK), quoted=True)
            end += 1
        else:
            end = line.find(cut, start)
            end = _opening(line, start, len(line) if end < 0 else end, cut)
            yield Piece(line[start:end])
        if end >= len(line):
            return
        start = end + len(cut) if line.startswith(cut, end) else end


def _closing(line: str, start: int, cut: str) -> int | None:
    """The quote that ends the cell opened before `start`: before a cut, at the end, before text."""
    touching = None
    at = line.find(MARK, start)
    while at >= 0:
        after = at + 1
        if after >= len(line) or line.startswith(cut, after):
            return at
        if line[after].isalnum() and touching is None:
            touching = at
        at = line.find(MARK, after + 1 if line.startswith(MARK, after) else after)
    return touching


def _opening(line: str, start: int, end: int, cut: str) -> int:
    """Where a bare piece ends: at the cut, or at a quote that opens a cell without one."""
    at = line.find(MARK, start + 1, end)
    if at < 0 or line[at - 1].isspace() or not line[at + 1 : at + 2].strip(cut + MARK + " "):
        return end
    return end if _closing(line, at + 1, cut) is None else at


def _one_way(pieces: list[Piece], cut: str, classes: tuple[str, ...]) -> list[str] | None:
    """The cells of the only way to lay the pieces over the columns."""
    lists = [pieces] if len(pieces) >= len(classes) else list(_parted(pieces))
    found = {tuple(way) for each in lists for way in _Layer(each, cut, classes).ways()}
    if len(found) != 1:
        return None
    cells = list(found.pop())
    return cells if mending.proves(cells, classes) else None


def _parted(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """The pieces with one quoted cell parted at a quote that stands between two texts."""
    for i, piece in enumerate(pieces):
        if not piece.quoted:
            continue
        for seam in _SEAM.finditer(piece.text):
            at = seam.start()
            halves = piece.text[:at], piece.text[at + 1 :]
            yield [*pieces[:i], *(Piece(half, quoted=True) for half in halves), *pieces[i + 1 :]]


class _Layer:
    """Lays pieces over columns: each takes one, a column of text several that are not quoted."""

    def __init__(self, pieces: list[Piece], cut: str, classes: tuple[str, ...]) -> None:
        self._pieces, self._cut, self._classes = pieces, cut, classes
        self._known: dict[tuple[int, int], list[list[str]]] = {}

    def ways(self) -> list[list[str]]:
        """All ways, as lists of cells, up to two: more are no better."""
        return self._from(0, 0)

    def _from(self, piece: int, column: int) -> list[list[str]]:
        key = piece, column
        if key not in self._known:
            self._known[key] = self._laid(piece, column)
        return self._known[key]

    def _laid(self, piece: int, column: int) -> list[list[str]]:
        left, columns = len(self._pieces) - piece, len(self._classes) - column
        if not columns:
            return [] if left else [[]]
        found: list[list[str]] = []
        for taken in range(1, left - columns + 2):
            cell = self._cell(piece, taken, self._classes[column])
            if cell is not None:
                found += [[cell, *rest] for rest in self._from(piece + taken, column + 1)]
            if len(found) > 1:
                return found[:2]
        return found

    def _cell(self, piece: int, taken: int, expected: str) -> str | None:
        """The cell that so many pieces give, None if the column does not take it."""
        parts = self._pieces[piece : piece + taken]
        if len(parts) < taken or (taken > 1 and any(part.quoted for part in parts)):
            return None
        cell = self._cut.join(part.text for part in parts)
        if taken > 1 and not self._is_one(cell, parts, expected):
            return None
        return cell if mending.fits(cell, expected) else None

    def _is_one(self, cell: str, parts: list[Piece], expected: str) -> bool:
        """Whether these may be one: text that goes on in words, or the thousands of a number."""
        if expected not in mending.TEXTS:
            return self._cut == "," and _THOUSANDS.fullmatch(cell.strip()) is not None
        if self._cut == " ":
            return True
        goes_on = all(_WORDS.match(part.text) for part in parts[1:])
        return goes_on and not any(
            not part.text.strip() or looks.is_value(part.text) for part in parts
        )
