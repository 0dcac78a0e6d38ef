"""All records of one sheet, judged one by one: rows to the sink, everything else to the books."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from salesdash.ingest.files import looks
from salesdash.ingest.files.layout import Layout, Verdict
from salesdash.ingest.files.lexer import Record
from salesdash.ingest.reading import BadLine, Books

SHOWN = 1000
"""Lines that are named one by one in the reading itself."""

TITLE = 400
"""So many characters over a header are read as its title."""

LOOSE = 200
"""So many loose records in a row are no footer any more."""


class Sink(Protocol):
    """Where rows go."""

    def add(self, sheet: int, record: int, cells: list[str]) -> None:
        """One row."""
        ...


@dataclass
class Walk:
    """One sheet's records on their way; `record` counts the records below the header."""

    sheet: int
    layout: Layout
    sink: Sink
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(vars(Books()), 0))
    rejected: list[BadLine] = field(default_factory=list)
    repaired: list[BadLine] = field(default_factory=list)
    second_table: int | None = None  # line where another table begins
    title: str = ""  # what stands over the header
    record: int = 0
    _loose: list[tuple[int, Record]] = field(default_factory=list)

    @property
    def books(self) -> Books:
        """The counts so far."""
        return Books(**self.counts)

    def above(self, records: Iterable[Record]) -> None:
        """Records over the header: blank, or outside the table."""
        for record in records:
            self.title = title_of((self.title,), record.cells)
            self._count("blank" if not any(c.strip() for c in record.cells) else "outside")

    def below(self, records: Iterable[Record]) -> None:
        """Records under the header, to the end."""
        source = iter(records)
        for record in source:
            self.record += 1
            verdict = self.layout.judge(record)
            if verdict.what != "second":
                self._take(record, verdict)
            elif self._begins_table(record, source):
                break
        self._settle(is_end=True)

    def _begins_table(self, record: Record, source: Iterator[Record]) -> bool:
        """Another table: the next records are as wide as this header, to the end of the file."""
        ahead = list(islice(source, 2))
        width = len(record.cells)
        if not ahead or any(len(following.cells) != width for following in ahead):
            self._take(record, self.layout.judge(record))
            for following in ahead:
                self.record += 1
                self._take(following, self.layout.judge(following))
            return False
        self.second_table = record.line
        rest = sum(1 for _ in source)
        for _ in range(1 + len(ahead) + rest):
            self._count("outside")
        return True

    def _take(self, record: Record, verdict: Verdict) -> None:
        if self._is_loose(verdict):
            self._loose.append((self.record, record))
            if len(self._loose) > LOOSE:
                self._settle(is_end=False)
            return
        if verdict.what in ("row", "fault", "second"):
            self._settle(is_end=False)
        self._book(record, self.record, verdict)

    def _is_loose(self, verdict: Verdict) -> bool:
        """Whether it is part of a footer if nothing follows."""
        if verdict.what in ("fault", "second"):
            return self.layout.is_note(verdict.cells)
        return verdict.what == "row" and self.layout.is_loose(verdict.cells)

    def _book(self, record: Record, number: int, verdict: Verdict) -> None:
        if verdict.what == "row":
            self._count("rows")
            self.sink.add(self.sheet, number, verdict.cells)
            if verdict.reason:
                self.repaired.append(self._line(record, number, verdict.reason))
        elif verdict.what in ("fault", "second"):
            self._reject(record, number, verdict)
        else:
            names = {"total": "totals", "header": "repeated_headers"}
            self._count(names.get(verdict.what, verdict.what))

    def _settle(self, *, is_end: bool) -> None:
        """Loose records are a footer if nothing follows them, rows like others if rows do."""
        for number, record in self._loose:
            if not is_end:
                self._book(record, number, self.layout.judge(record))
            elif self._is_outside(record):
                self._count("outside")
            else:
                self._count("totals")
        self._loose = []

    def _is_outside(self, record: Record) -> bool:
        """A note below the table, not a sum of its columns."""
        is_alone = sum(1 for cell in record.cells if cell.strip()) == 1 and not _has_number(record)
        return is_alone or len(record.cells) < self.layout.width

    def _reject(self, record: Record, number: int, verdict: Verdict) -> None:
        self._count("rejected")
        reason = verdict.reason or "reject.too_few_cells"
        self.rejected.append(self._line(record, number, reason))

    def _line(self, record: Record, number: int, reason: str) -> BadLine:
        return BadLine(self.sheet, number, record.line, reason, tuple(record.cells))

    def _count(self, what: str) -> None:
        self.counts["records"] += 1
        self.counts[what] += 1


def title_of(before: Iterable[str], cells: Iterable[str]) -> str:
    """The words over a header, put together as far as a title goes."""
    return " ".join(part for cell in (*before, *cells) if (part := cell.strip()))[:TITLE]


def _has_number(record: Record) -> bool:
    return any(looks.is_number(cell.strip()) for cell in record.cells if cell.strip())
