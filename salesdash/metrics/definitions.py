"""What a metric is: frozen definitions that `config.yaml` fills and the compiler reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class Unit(StrEnum):
    """What the figure counts; decides how it is written and whether a change has a ratio."""

    MONEY = "money"
    COUNT = "count"  # whole things: orders, customers
    NUMBER = "number"  # may have decimals: pieces, litres
    SHARE = "share"  # a fraction; changes are told in points
    DAYS = "days"
    MULTIPLE = "multiple"  # 2.4 times


class Kind(StrEnum):
    """How a metric is calculated (DESIGN section 4)."""

    SIMPLE = "simple"  # one aggregate over the rows of the period
    RATIO = "ratio"  # two metrics, asked apart, divided last
    DERIVED = "derived"  # arithmetic over metrics
    STOCK = "stock"  # a state at the end of the period: one aggregate over all rows until then
    PLANNED = "planned"  # targets or market sizes of the period, or what became of exactly these
    CUSTOMER = "customer"  # counts customers by their history, in its own SQL file


Better = Literal["up", "down", "none"]


@dataclass(frozen=True)
class Words(Mapping[str, str]):
    """One text in every language of the interface: ``words["zh"]``."""

    en: str
    zh: str

    def __getitem__(self, lang: str) -> str:
        if lang not in ("en", "zh"):
            raise KeyError(lang)
        return self.en if lang == "en" else self.zh

    def __iter__(self) -> Iterator[str]:
        return iter(("en", "zh"))

    def __len__(self) -> int:
        return 2


@dataclass(frozen=True)
class Thresholds:
    """Limits that judge a figure, in its own unit; which side is bad follows `Metric.better`.

    With ``better: up`` a figure below `bad` is bad, below `warning` a warning; with
    ``better: down`` the same above.
    """

    warning: Decimal | None = None
    bad: Decimal | None = None


@dataclass(frozen=True)
class Metric:
    """One definition. Which of the last fields are filled depends on `kind`.

    simple, stock: `sql`, one aggregate over fields of `dataset`, whose rows are dated by `date`;
    `where`, SQL that picks rows: none of them in a period with rows is 0, not blank.
    `months`: asked over so many months that end with the period, `least`: blank below.
    `matures`: SQL of the days that a picked row took; a period younger than nine of ten of them
    is noted as still maturing. `ahead`: rows dated from the last day of the data to the end of the
    period, a period to date being its whole unit: what is expected. stock:
    `until`, SQL of the day on which a row no longer belongs to the state (null: it still does);
    `only_now`: nothing is known of it before the last day of the data. ratio: `numerator` over
    `denominator`, ids of metrics. derived: `expression`, arithmetic over ids of metrics; ratios
    and derived ones have the dataset and date of their first part.
    planned: the rows of `dataset` plan the metric `of`; `takes` them, what became of them, or what
    of them is still missing; what became of them in another metric where it `measures` one.
    `exact`: only plans of just the scope asked that cover the period, of one to date its whole
    unit, and targets set by hand too.
    customer: `counts` names what `file` (in warehouse/sql) counts; `months`: its window, without
    it that of the config. `needs` are the fields that
    must hold something, else the figure is blank with "not mapped". `hidden`: a helper of other
    metrics, never offered. `line`: where it stands in config.yaml.
    """

    id: str
    kind: Kind
    name: Words
    description: Words
    formula: Words
    unit: Unit
    better: Better = "up"
    dataset: str = "sales"
    date: str = "order_date"
    thresholds: Thresholds = field(default_factory=Thresholds)
    hidden: bool = False
    needs: tuple[str, ...] = ()
    sql: str | None = None
    where: str | None = None
    until: str | None = None
    only_now: bool = False
    months: int | None = None
    least: int | None = None
    matures: str | None = None
    ahead: bool = False
    numerator: str | None = None
    denominator: str | None = None
    expression: str | None = None
    file: str | None = None
    counts: str | None = None
    of: str | None = None
    takes: Literal["plan", "actual", "missing"] | None = None
    measures: str | None = None
    exact: bool = False
    line: int | None = None

    @property
    def is_of_then(self) -> bool:
        """A state whose past the rows of today don't tell, or only by their dates."""
        return self.kind is Kind.STOCK and (self.until is not None or self.only_now)

    @property
    def is_asked(self) -> bool:
        """Made of rows by its own SQL, not of other metrics."""
        return self.kind not in (Kind.RATIO, Kind.DERIVED, Kind.PLANNED)
