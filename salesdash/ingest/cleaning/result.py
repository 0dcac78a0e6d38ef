"""What a cleaning brought: two files, the books, and the facts that the preflight shows."""

from dataclasses import dataclass
from datetime import date

from salesdash.errors import Problem
from salesdash.ingest.frozen import Frozen
from salesdash.ingest.mapping.plan import Candidate


@dataclass(frozen=True)
class Counts(Frozen):
    """records = loaded + rejected + blank + totals + repeated_headers + outside."""

    records: int
    loaded: int
    rejected: int
    blank: int = 0
    totals: int = 0
    repeated_headers: int = 0
    outside: int = 0


@dataclass(frozen=True)
class RejectGroup(Frozen):
    """Rejects of one column for one reason, with an example."""

    reason: str
    column: str | None
    count: int
    example: str | None


@dataclass(frozen=True)
class StatusCount(Frozen):
    """Rows of one status, and whether they count."""

    status: str | None
    counts: bool
    rows: int


@dataclass(frozen=True)
class Joined(Frozen):
    """A list of another sheet: its records, the keys it flags, and those that no row has."""

    sheet: int
    field: str
    records: int
    keys: int
    unmatched: int
    example: str | None = None


@dataclass(frozen=True)
class Cleaned(Frozen):
    """Clean rows on disk, and the facts about them.

    `rows_file` has the fields that something fills (see `relation.cleaned`), extras (`x_...`),
    counts, sheet (from 0) and record (from 1; where it is empty, the place of the row in the file).
    `rejects_file` has sheet, record, line, column, value, reason, raw (JSON: header -> text).
    Sums are decimals as text, over rows that count. `documents` and `without_document` are about
    the unit of the dataset: documents, deals, customers ... `joined`: the other sheets read.
    """

    rows_file: str
    rejects_file: str | None
    counts: Counts
    counted: int  # loaded rows that count (not void)
    first_day: date | None
    last_day: date | None
    modified_at: str | None  # newest modified time in the file, ISO
    amount: str
    candidates: tuple[Candidate, ...]
    documents: int
    without_document: int
    without_customer: int
    repeats: int  # rows equal to an earlier row of the file
    extras: dict[str, str]  # x_ column -> header
    rejects: tuple[RejectGroup, ...] = ()
    statuses: tuple[StatusCount, ...] = ()
    currencies: tuple[str, ...] = ()
    unconverted: tuple[str, ...] = ()  # those of amounts that were taken as they stand
    spellings: tuple[tuple[str, str], ...] = ()  # (as kept, as written)
    warnings: tuple[Problem, ...] = ()
    is_repair: bool = False
    joined: tuple[Joined, ...] = ()
