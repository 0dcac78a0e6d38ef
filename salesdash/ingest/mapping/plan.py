"""How a table becomes rows of a dataset: the plan that the user sees, confirms and keeps."""

from dataclasses import dataclass
from typing import Literal

from salesdash.errors import Problem
from salesdash.ingest.frozen import Frozen

How = Literal["profile", "synonym", "memory", "user", "values", "none"]
Basis = Literal["incl", "excl", "unknown"]
Order = Literal["dmy", "mdy", "ymd"]

COMPUTED = "price x quantity"
"""Name of the candidate that is no column."""


@dataclass(frozen=True)
class DateFormat(Frozen):
    """`styles`: strptime formats, or `iso` (checked on all values), or `serial` (Excel days)."""

    styles: tuple[str, ...] = ("iso",)
    order: Order = "ymd"
    timed: bool = False  # with a time of day


@dataclass(frozen=True)
class NumberFormat(Frozen):
    """`plain`: digits with a point and nothing else, checked on all values."""

    decimal: Literal[".", ","] = "."
    plain: bool = False
    percent: bool = False  # 15 means 0.15
    factor: int = 1  # 万元: 10,000


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
    whole: bool = False  # 17850.0 is the id 17850
    filter: bool = True  # False: e-mail, phone, address, id shapes are never offered as filter
    suggestion: str | None = None  # a field with a similar name, for the user to confirm


@dataclass(frozen=True)
class Candidate(Frozen):
    """A column (or price x quantity) that could be the amount; `total` once it was summed."""

    name: str
    role: Literal["net", "line", "paid", "gross", "computed", "given"]
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
    """Rows that do not count: a status column containing one of the words, or never paid."""

    columns: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    unpaid_is_void: bool = False


@dataclass(frozen=True)
class Question(Frozen):
    """What only the user knows. `id` is `dates`, `decimal`, `amount`, `sheet` or `field:<name>`.

    `text` is a text key under `question`, filled by `values`; the answer is one of `options`.
    """

    id: str
    text: str
    values: dict[str, str]
    options: tuple[str, ...]
    column: str | None = None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overrides(Frozen):
    """What the user said. `columns` maps headers to fields, `-` keeps a column as it is.

    `amount` is a header or `price x quantity`; `basis` whether tax is in it.
    """

    columns: dict[str, str] | None = None
    profile: str | None = None
    sheet: str | None = None
    dates: Order | None = None
    decimal: Literal[".", ","] | None = None
    amount: str | None = None
    basis: Basis | None = None
    currency: str | None = None


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
    currency: str | None = None
    questions: tuple[Question, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def column(self, field: str) -> ColumnMap | None:
        """The column that fills a field."""
        return next((c for c in self.columns if c.field == field), None)
