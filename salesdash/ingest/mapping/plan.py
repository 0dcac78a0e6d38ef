"""How a table becomes rows of a dataset: the plan that the user sees, confirms and keeps."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from salesdash.errors import Problem
from salesdash.ingest.frozen import Frozen

How = Literal["profile", "synonym", "memory", "config", "user", "values", "none"]
Basis = Literal["incl", "excl", "unknown"]
Order = Literal["dmy", "mdy", "ymd"]
Outcome = Literal["open", "won", "lost"]
Treatment = Literal["blank", "reject"]
"""What becomes of words in a column of numbers or dates."""

COMPUTED = "price x quantity"
"""Name of the candidate that is no column."""


@dataclass(frozen=True)
class DateFormat(Frozen):
    """`styles`: strptime formats, or `iso` (checked on all values), or `serial` (Excel days).

    `epoch_s`, `epoch_ms`, `epoch_us`: seconds or parts of them since 1970. `period`: 2017Q3,
    2017-07, 2017年7月, 2017 or FY2017; it has a first and a last day.
    """

    styles: tuple[str, ...] = ("iso",)
    order: Order = "ymd"
    timed: bool = False  # with a time of day
    worded: bool = False  # weekdays, ordinals, 上午, months of other languages are made plain first
    zoned: bool = False  # some values name their zone; they become times of the company's
    year: int | None = None  # of months without one: number of the column with their year
    of: int | None = None  # the year of months and days that are written without one
    eras: bool = False  # some years count from the beginning of an era: 令和6年, 民國113年
    serials: bool = False  # some values are Excel days among others


@dataclass(frozen=True)
class NumberFormat(Frozen):
    """`plain`: digits with a point and nothing else, checked on all values."""

    decimal: Literal[".", ","] = "."
    plain: bool = False
    percent: bool = False  # 15 means 0.15
    factor: int = 1  # 万元: 10,000
    percents: bool = False  # a cell with a percent sign of its own is a share, whatever the others
    kept: str | None = None  # 折扣: times this, a number is the share that is left, not taken off


@dataclass(frozen=True)
class ColumnMap(Frozen):
    """One column: the field it fills, or the extra column it is kept as, and how it is read."""

    index: int
    header: str
    field: str | None = None
    extra: str | None = None
    how: How = "none"
    dates: DateFormat | None = None
    number: NumberFormat | None = None
    blanks: tuple[str, ...] = ()  # words of this column that mean "empty", seen in it
    words: Treatment | None = None  # where there are any beside the `blanks`
    whole: bool = False  # 17850.0 is the id 17850
    filter: bool = True  # False: e-mail, phone, address, id shapes are never offered as filter
    suggestion: str | None = None  # a field with a similar name, for the user to confirm
    member: str | None = None  # of a wide table: what the rows of this column are, see `Wide`


@dataclass(frozen=True)
class Candidate(Frozen):
    """A column (or price x quantity) that could be the amount; `total` once it was summed.

    Role `total`: it holds the total of the document, on each of its lines or on the first.
    """

    name: str
    role: Literal["net", "line", "paid", "gross", "computed", "given", "total"]
    total: str | None = None


@dataclass(frozen=True)
class AmountRule(Frozen):
    """Which candidate is the amount and why, and whether tax is in it."""

    name: str
    role: str
    reason: str  # text key
    basis: Basis = "unknown"
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class StatusRule(Frozen):
    """Rows that do not count: a status column containing one of the words, or never paid.

    What the company says of its own words wins: those in `excluded` never count, those in
    `counting` do, whatever they contain; lower case.
    """

    columns: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    counting: tuple[str, ...] = ()
    unpaid_is_void: bool = False
    flags: tuple[int, ...] = ()  # columns in which yes means void: 是否作废


@dataclass(frozen=True)
class StageRule(Frozen):
    """What the words of stages mean: folded word -> outcome.

    `outcomes` holds for a column of outcomes only (yes, codes); `asked`: words of the file that
    nobody explained yet.
    """

    words: dict[str, Outcome]
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wide(Frozen):
    """Several columns hold `field`, one row of the dataset each; their `member` goes to `by`.

    `year`: number of the column with the year of members like `M01`.
    """

    field: str
    by: str
    year: int | None = None


@dataclass(frozen=True)
class Off(Frozen):
    """Numbers of columns: money off a `line`, off a whole `order`, or what that came to (`net`)."""

    line: int | None = None
    order: int | None = None
    net: int | None = None


@dataclass(frozen=True)
class Exchange(Frozen):
    """The company's currency, and what one unit of others is worth in it: month -> code -> rate."""

    currency: str
    rates: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Join(Frozen):
    """A list of keys and flags on another sheet; rows whose `on` is in it get its flag in `field`.

    `key` and `flag` are column numbers of that table.
    """

    table: int
    key: int
    flag: int
    on: str = "document"
    field: str = "return_flag"


@dataclass(frozen=True)
class Question(Frozen):
    """What only the user knows.

    `id` is `dates`, `decimal`, `amount`, `sheet`, `dataset`, `stages`, `year`, `field:<name>` or
    `words:<name>`; `text` a text key under `question`, filled by `values`. The answer is one of
    `options`; of `stages` one for each of the `samples`. `sums`: what each option adds up to, where
    options are columns that could be the amount; "" for a column without a number.
    """

    id: str
    text: str
    values: dict[str, str]
    options: tuple[str, ...]
    column: str | None = None
    samples: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()

    @property
    def totals(self) -> tuple[Decimal | None, ...]:
        """The sums as numbers."""
        return tuple(Decimal(each) if each else None for each in self.sums)


@dataclass(frozen=True)
class Overrides(Frozen):
    """What the user said.

    `columns` maps headers to what they fill: `field`, `dataset.field`, with `@field=value` behind
    it for one of several columns that fill the same field, or `@words=blank` for what its words
    mean, several joined by `,`; `-` keeps a column as it is. `amount` is a header or
    `price x quantity`; `basis` whether tax is in it. `stages`: stage -> outcome. `metrics`: name
    of a metric -> its id. `values`: field -> what it is in every row without a value.
    Of all files of the company: `headers`, dataset -> field -> headers; `counting` and `excluded`,
    dataset -> words of a status; `fiscal_start`, the month a fiscal year begins in; `named_by`:
    the calendar year it is named after is the one it begins (`start`) or ends in; `zone`: IANA
    name of the company's zone; `exchange`: its currency and rates; `this_year`: that of the day,
    around which a year is offered. `year`: of months that are named without one.
    """

    columns: dict[str, str] | None = None
    stages: dict[str, Outcome] | None = None
    metrics: dict[str, str] | None = None
    values: dict[str, str] | None = None
    headers: dict[str, dict[str, tuple[str, ...]]] | None = None
    counting: dict[str, tuple[str, ...]] | None = None
    excluded: dict[str, tuple[str, ...]] | None = None
    fiscal_start: int = 1
    named_by: Literal["start", "end"] = "end"
    zone: str = "UTC"
    exchange: Exchange | None = None
    profile: str | None = None
    sheet: str | None = None
    dates: Order | None = None
    decimal: Literal[".", ","] | None = None
    amount: str | None = None
    basis: Basis | None = None
    currency: str | None = None
    year: int | None = None
    this_year: int | None = None


@dataclass(frozen=True)
class Mapping(Frozen):
    """The whole plan for one table of a reading. With open questions nothing can be cleaned."""

    dataset: str
    profile: str
    evidence: str
    level: str
    table: int
    fingerprint: str
    columns: tuple[ColumnMap, ...]
    amount: AmountRule
    status: StatusRule = StatusRule()
    stages: StageRule | None = None
    metrics: dict[str, str] = field(default_factory=dict)  # folded name of a metric -> its id
    wide: Wide | None = None
    joins: tuple[Join, ...] = ()
    once: tuple[int, ...] = ()  # columns that speak for all lines of their document
    carried: tuple[int, ...] = ()  # columns whose empty cells say the same as the line above
    off: Off | None = None
    values: dict[str, str] = field(default_factory=dict)  # field -> its value where none is given
    fiscal_start: int = 1
    named_by: Literal["start", "end"] = "end"
    zone: str = "UTC"
    exchange: Exchange | None = None
    currency: str | None = None
    questions: tuple[Question, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def column(self, name: str) -> ColumnMap | None:
        """The column that fills a field; of a wide table the first."""
        return next((c for c in self.columns if c.field == name), None)

    @property
    def tables(self) -> tuple[int, ...]:
        """The numbers of all tables it reads: its own, and the lists joined to it."""
        return (self.table, *(join.table for join in self.joins))
