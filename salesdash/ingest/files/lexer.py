"""Lines become records: strictly where the text is written well, by least repair where it is not.

A record that does not come out with the table's width is read again with quotes taken literally
where that alone gives the right number of cells, and only if there is exactly one cheapest way.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from salesdash.ingest.reading import Dialect

JOINED_LINES = 100
"""A quoted cell may span so many lines; a quote left open must not swallow the file."""

REPAIR_LENGTH = 50_000
REPAIR_QUOTES = 200
REPAIR_WIDTH = 400

LITERAL, LITERAL_PAIR = 2, 50
"""What reading an opening quote as a plain sign costs; a quote within a cell costs 1."""

csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Record:
    """Cells of one record. `fault`: why its cells cannot be trusted; `repaired`: what was done."""

    line: int  # physical line it begins on, from 1
    cells: list[str]
    fault: str | None = None
    repaired: str | None = None
    raw: str = field(default="", compare=False)  # the line as it stands, if it is one line


class Lexer:
    """Cuts lines by a dialect.

    `width` 0: every width is as good. `newline` joins the lines of one cell.
    """

    def __init__(self, dialect: Dialect, width: int = 0, newline: str = "\n") -> None:
        self.dialect = dialect
        self.width = width
        self._newline = newline
        self._quote = dialect.quote
        self._cut = dialect.delimiter
        self._escaped = (dialect.escape or "") + (dialect.quote or "") if dialect.escape else None

    def records(self, lines: Iterable[tuple[int, str]]) -> Iterator[Record]:
        """All records of numbered lines (without their line ends)."""
        ahead = _Ahead(lines)
        for number, line in ahead:
            if self._quote is None or self._quote not in line:
                yield Record(number, self._bare(line), raw=line)
                continue
            cells, is_open = self._strict(line)
            if is_open:
                yield self._joined(number, line, ahead)
            elif cells is not None:  # of another width: the layout judges that
                yield Record(number, cells, raw=line)
            else:
                yield self._mended(number, line)

    def _fits(self, cells: list[str]) -> bool:
        return not self.width or len(cells) == self.width

    def _bare(self, line: str) -> list[str]:
        cells = line.split(self._cut)
        if self.dialect.skip_spaces:
            cells = [cell.lstrip(" ") for cell in cells]
        return self._plain(cells)

    def _plain(self, cells: list[str]) -> list[str]:
        """Without the doubling that a writer of other quotes left behind."""
        doubled = self.dialect.doubled
        if not doubled:
            return cells
        return [cell.replace(doubled * 2, doubled) for cell in cells]

    def _strict(self, text: str) -> tuple[list[str] | None, bool]:
        """(cells or None, does a quoted cell stay open at the end)."""
        assert self._quote is not None
        if self._escaped:
            text = text.replace(self._escaped, self._quote * 2)
        reader = csv.reader(
            [text],
            delimiter=self._cut,
            quotechar=self._quote,
            skipinitialspace=self.dialect.skip_spaces,
            strict=True,
        )
        try:
            return self._plain(next(reader)), False
        except csv.Error as error:
            return None, "unexpected end" in str(error)
        except StopIteration:
            return [], False

    def _joined(self, number: int, line: str, ahead: "_Ahead") -> Record:
        """A record over several lines; if no end is found, the first line alone, repaired."""
        taken: list[tuple[int, str]] = []
        text = line
        for following in ahead:
            taken.append(following)
            text = f"{text}{self._newline}{following[1]}"
            if self._quote in following[1]:  # type: ignore[operator]  # there is a quote here
                cells, is_open = self._strict(text)
                if cells is not None and self._fits(cells):
                    return Record(number, cells)
                if not is_open:
                    break
            if len(taken) >= JOINED_LINES:
                break
        ahead.give_back(taken)
        return self._mended(number, line, "reject.quote_never_closed")

    def _mended(self, number: int, line: str, fault: str = "reject.quotes") -> Record:
        mended = self.repair(line)
        if mended is not None:
            return Record(number, mended, repaired="repair.quotes", raw=line)
        return Record(number, self._bare(line), fault=fault, raw=line)

    def repair(self, line: str) -> list[str] | None:
        """The one cheapest way to get exactly `width` cells out of a badly quoted line, or None."""
        quote = self._quote
        if quote is None or not 0 < self.width <= REPAIR_WIDTH or len(line) > REPAIR_LENGTH:
            return None
        if self._escaped:
            line = line.replace(self._escaped, quote * 2)
        if line.count(quote) > REPAIR_QUOTES:
            return None
        solved = _Repair(line, self._cut, quote).solve(self.width)
        return None if solved is None else self._plain(solved)


class _Ahead:
    """Lines to come; what was looked at in vain is given back."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._lines = iter(lines)
        self._returned: deque[tuple[int, str]] = deque()

    def __iter__(self) -> "_Ahead":
        return self

    def __next__(self) -> tuple[int, str]:
        return self._returned.popleft() if self._returned else next(self._lines)

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        self._returned.extendleft(reversed(lines))


_Way = tuple[int, int, tuple[str, ...]]  # cost, number of ways at that cost, cells


class _Repair:
    """All ways to cut one line, cheapest first; a quote read against the rules costs something."""

    def __init__(self, line: str, cut: str, quote: str) -> None:
        self.line, self.cut, self.quote = line, cut, quote
        self.known: dict[tuple[int, int], _Way | None] = {}

    def solve(self, width: int) -> list[str] | None:
        way = self._from(0, width)
        if way is None or way[1] != 1:
            return None
        return list(way[2])

    def _from(self, start: int, cells: int) -> _Way | None:
        """The cheapest way to cut line[start:] into so many cells."""
        key = (start, cells)
        if key not in self.known:
            self.known[key] = self._best(start, cells)
        return self.known[key]

    def _best(self, start: int, cells: int) -> _Way | None:
        best: _Way | None = None
        for cost, text, end in self._cells_at(start):
            is_last = end >= len(self.line)
            if is_last != (cells == 1):
                continue
            rest: _Way | None = (0, 1, ()) if is_last else self._from(end + 1, cells - 1)
            if rest is None:
                continue
            way = (cost + rest[0], rest[1], (text, *rest[2]))
            best = _cheaper(best, way)
        return best

    def _cells_at(self, start: int) -> Iterator[tuple[int, str, int]]:
        """(cost, cell, position of the cut after it) for every reading of the cell at `start`."""
        line = self.line
        end = line.find(self.cut, start)
        end = len(line) if end < 0 else end
        quoted = line.startswith(self.quote, start)
        cell = line[start:end]
        yield self._literal_cost(cell) if quoted else 0, cell, end
        if quoted:
            yield from self._quoted_at(start + 1)

    def _literal_cost(self, cell: str) -> int:
        """A quote that only opens may be a sign; one that also closes hardly is."""
        return LITERAL_PAIR if cell.endswith(self.quote) and len(cell) > 1 else LITERAL

    def _quoted_at(self, start: int) -> Iterator[tuple[int, str, int]]:
        line, quote = self.line, self.quote
        cost, text, position = 0, "", start
        while (found := line.find(quote, position)) >= 0:
            text += line[position:found]
            after = found + 1
            if self._ends(after):
                yield cost, text, after
                cost, text = cost + 1, text + quote
            elif line.startswith(quote, after):
                if self._ends(after + 1):
                    yield cost + 1, text + quote, after + 1
                text, after = text + quote, after + 1
            else:
                cost, text = cost + 1, text + quote
            position = after

    def _ends(self, position: int) -> bool:
        return position >= len(self.line) or self.line.startswith(self.cut, position)


def _cheaper(best: _Way | None, way: _Way) -> _Way:
    if best is None or way[0] < best[0]:
        return way
    if way[0] == best[0] and way[2] != best[2]:
        return best[0], best[1] + way[1], best[2]
    return best
