"""What reading a file found out: facts about the file, its sheets, tables, columns and lines.

A `Reading` holds no rows. Its tables stay on disk: a clean CSV stays what it is and is read with an
explicit dialect, everything else was written as a Parquet file of text.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

from salesdash.errors import Problem
from salesdash.ingest.frozen import Frozen
from salesdash.ingest.headers import fold

MIB = 1 << 20

RECORD_HEADER = "salesdash_record"
"""Column of a rejects download that says which record of the original a mended row stands for."""

REASON_HEADER = "salesdash_reason"
"""Column of a rejects download that says what was wrong; ignored when it is read again."""

COLUMN_HEADER = "salesdash_column"
SURPLUS_HEADER = "salesdash_surplus"

OWN_HEADERS = frozenset((RECORD_HEADER, REASON_HEADER, COLUMN_HEADER, SURPLUS_HEADER))


@dataclass(frozen=True)
class ReadOptions(Frozen):
    """What the user decided before reading; None lets the reader decide."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_line: int | None = None  # from 1; 0: the file has no header
    size_limit: int = 4096 * MIB  # bytes of the file
    unpacked_limit: int = 1024 * MIB  # bytes of a workbook once unpacked


@dataclass(frozen=True)
class Dialect(Frozen):
    """How a delimited text is cut into cells.

    `escape` is a sign before a quote, or none; `doubled` a sign that stands twice for once although
    it is not the quote.
    """

    delimiter: str
    quote: str | None = '"'
    escape: str | None = None
    skip_spaces: bool = False
    doubled: str | None = None


@dataclass(frozen=True)
class BadLine(Frozen):
    """A line that could not become a row (or was repaired): where, why, and its cells."""

    sheet: int
    record: int  # number of the record below the header, from 1
    line: int  # physical line, or row of the sheet, from 1
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Books(Frozen):
    """records = rows + rejected + blank + totals + repeated_headers + outside."""

    records: int = 0
    rows: int = 0
    rejected: int = 0
    blank: int = 0
    totals: int = 0
    repeated_headers: int = 0
    outside: int = 0

    def plus(self, other: "Books") -> "Books":
        """Both together."""
        return Books(*(a + b for a, b in zip(self.values(), other.values(), strict=True)))

    def values(self) -> tuple[int, ...]:
        """The counts in order."""
        return tuple(vars(self).values())


@dataclass(frozen=True)
class Shape(Frozen):
    """Values of one pattern, digits written as 9: how many, two examples, and their parts.

    `first` and `second` are the largest first and second number within the value, `unequal`
    counts values in which the two differ (all three decide day/month order).
    """

    text: str
    count: int
    low: str
    high: str
    first: int | None = None
    second: int | None = None
    unequal: int = 0


ColumnKind = Literal["empty", "date", "moment", "number", "text", "odd"]


@dataclass(frozen=True)
class Profile(Frozen):
    """What all values of a column have in common.

    date, moment (ISO) and number (plain, with a point) hold for every filled value. `odd` values
    look like dates or numbers in some other writing: `shapes` lists their patterns, `others`
    counts values beyond the listed ones. `words`: all different values of a column whose header
    may name stages, metrics or kinds of cost; none if there are too many.
    """

    kind: ColumnKind
    filled: int
    samples: tuple[str, ...] = ()
    low: str | None = None  # smallest and largest number, for kind "number"
    high: str | None = None
    whole: bool = False  # every number ends in .0: an id that once was a float
    padded: bool = True  # some value may begin or end with a blank
    shapes: tuple[Shape, ...] = ()
    others: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet(Frozen):
    """One sheet of a workbook, or the only part of a text or Parquet file."""

    index: int
    name: str
    header_line: int  # 0: no header
    columns: tuple[str, ...]
    books: Books = Books()
    hidden: bool = False


@dataclass(frozen=True)
class Table(Frozen):
    """Rows of text on disk, of one sheet or of several with equal headers.

    `csv`: the UTF-8 file itself, `skip` lines before the first row, cut by `dialect`.
    `text`: Parquet with columns sheet, record, c0, c1 ... `source`: the user's own Parquet,
    `types` as DuckDB names them.
    """

    kind: Literal["csv", "text", "source"]
    path: str
    columns: tuple[str, ...]
    sheets: tuple[int, ...] = (0,)
    books: Books = Books()
    profiles: tuple[Profile, ...] = ()
    head: tuple[tuple[str, ...], ...] = ()  # first rows, for checks across columns and previews
    dialect: Dialect | None = None
    skip: int = 0
    types: tuple[str, ...] = ()
    ascii: bool = False
    one_form: bool = False  # no character in it has another form (`ingest.cleaning.spelling`)
    bad_lines: str | None = None  # Parquet of all rejected lines, None: there are none
    title: str = ""  # what stands above the header
    called: tuple[str, ...] = ()  # its sheets and its file, without the ending

    @property
    def fingerprint(self) -> str:
        """Stable name of this set of headers, for remembering how it was mapped."""
        own = (column for column in self.columns if column not in OWN_HEADERS)
        text = "\n".join(sorted(fold(column) for column in own))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def is_repair(self) -> bool:
        """Whether this is a rejects download that comes back."""
        return RECORD_HEADER in self.columns


@dataclass(frozen=True)
class Reading(Frozen):
    """Everything decided about one file. `rejected` and `repaired` hold the first 1,000 lines.

    `unread`: sheets that were left out; `hidden`: those that the workbook hides.
    """

    file: str
    format: str
    size: int
    sheets: tuple[Sheet, ...]
    tables: tuple[Table, ...]
    encoding: str | None = None
    encoding_reason: str | None = None  # bom, utf8, zeros, score, given
    dialect: Dialect | None = None
    rejected: tuple[BadLine, ...] = ()
    repaired: tuple[BadLine, ...] = ()
    notes: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def books(self) -> Books:
        """All tables together."""
        total = Books()
        for table in self.tables:
            total = total.plus(table.books)
        return total

    def sheets_of(self, table: Table) -> tuple[Sheet, ...]:
        """The sheets whose rows a table holds, in the order of the workbook."""
        return tuple(sheet for sheet in self.sheets if sheet.index in table.sheets)

    @property
    def delimiter(self) -> str | None:
        """What separates the cells of a text file."""
        return self.dialect.delimiter if self.dialect else None
