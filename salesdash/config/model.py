"""The shape of config.yaml, checked by pydantic; nothing but `config` sees these classes.

Field descriptions are the help that editors show from docs/config.schema.json.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from salesdash.config.checked import (
    Country,
    Currency,
    DatasetName,
    DateRole,
    FieldName,
    Month,
    Rate,
    Timezone,
    Weekday,
)
from salesdash.config.parts import Identifier, Part, Words
from salesdash.config.team import Course, Meeting
from salesdash.metrics import Count, Unit


class Company(Part):
    """Who we are, and the money and clock we use."""

    name: Words = Field(default=Words(en="", zh=""), description="Shown above the pages.")
    currency: str = Field(
        default="CNY", pattern="^[A-Z]{3}$", description="ISO code of all amounts."
    )
    timezone: Timezone = Field(
        default="Asia/Shanghai", description="Zone of the company's days, e.g. Europe/Berlin."
    )
    language: Literal["auto", "en", "zh"] = Field(
        default="auto", description="First language of the pages; auto follows the browser."
    )


class Calendar(Part):
    """Years, weeks and working days."""

    country: Country | None = Field(
        default=None,
        description="ISO code whose public holidays are days off; none: weekends only.",
    )
    weekend: tuple[Weekday, ...] | None = Field(
        default=None, description="Days off each week; left out: those of the country."
    )
    days_off: tuple[date, ...] = Field(default=(), description="More days off: company holidays.")
    days_on: tuple[date, ...] = Field(
        default=(), description="Days worked although a holiday or weekend."
    )
    fiscal_year_start: int = Field(
        default=1, ge=1, le=12, description="Month in which the year starts."
    )
    fiscal_year_named_by: Literal["start", "end"] = Field(
        default="end", description="Is the year that starts in July 2026 called 2026 or 2027?"
    )
    pattern: Literal["4-4-5", "4-5-4", "5-4-4"] | None = Field(
        default=None, description="Quarters of 13 weeks instead of calendar months; needs `anchor`."
    )
    anchor: date | None = Field(
        default=None, description="First day of any fiscal year of the pattern."
    )
    week_start: Weekday = Field(default="monday", description="First day of the week.")

    @model_validator(mode="after")
    def _anchored(self) -> "Calendar":
        if self.pattern is not None and self.anchor is None:
            raise ValueError("anchor")
        return self


class Customers(Part):
    """How customer metrics look back."""

    window_months: Literal[1, 3, 6, 12, 24] = Field(
        default=12,
        description="Window of retention, churn, repeats, new, reactivated and lost.",
    )
    discount_rate: Decimal = Field(
        default=Decimal("0.1"),
        ge=0,
        le=1,
        description="What money of a year later is worth less today, for the value of customers.",
    )


class Alert(Part):
    """One line of "needs attention": a metric that moved the wrong way."""

    metric: str
    compare: Literal["previous", "last-year"] = "last-year"
    worse_by: Decimal = Field(
        default=Decimal("0.1"), gt=0, description="0.1 = 10 % worse; for shares 0.1 = 10 points."
    )
    judgement: Literal["warning", "bad"] = "warning"


class Overview(Part):
    """The first screen."""

    tiles: Literal["auto", "b2b", "b2c"] | tuple[str, ...] = Field(
        default=(), description="Metrics, in order, or those that suit what was imported."
    )
    trend: str = Field(default="sales", description="Metric of the chart.")
    movers: tuple[str, ...] = Field(
        default=("region", "category", "person", "channel", "customer"),
        description="Dimensions among which the sentence looks for what explains the change.",
    )
    stale_days: int = Field(default=7, ge=1, description="Data older than this need attention.")
    at_risk: Decimal | None = Field(
        default=None,
        gt=0,
        description="Attention to customers unusually silent who are worth at least so much.",
    )
    alerts: tuple[Alert, ...] = ()


class Goals(Part):
    """How a team works with its goals."""

    review: Literal["week", "month", "never"] = Field(
        default="week", description="How often a goal is reviewed that does not say it itself."
    )


class Statuses(Part):
    """More words of your files for the state of a document; letter case does not matter."""

    counts: tuple[str, ...] = Field(default=(), description="Documents in this state count.")
    excluded: tuple[str, ...] = Field(
        default=(), description="Void, cancelled, in review: left out."
    )


class Limits(Part):
    """Protection of the machine."""

    upload_mb: int = Field(default=200, ge=1, le=4000, description="Largest file in the browser.")
    unpacked_mb: int = Field(default=1000, ge=1, le=20000, description="Largest unpacked workbook.")
    reading_memory_mb: int = Field(default=3000, ge=200, description="Memory of reading one file.")
    reading_seconds: int = Field(default=600, ge=10, description="Time of reading one file.")


class Originals(Part):
    """The imported files as they came."""

    keep_days: int | None = Field(
        default=None,
        ge=1,
        description="Kept so many days after their import; left out: for good. Figures need none.",
    )


class Thresholds(Part):
    """Limits that judge a figure, in its own unit (shares: 0.3 = 30 %)."""

    warning: Decimal | None = None
    bad: Decimal | None = None


class _Metric(Part):
    name: Words
    description: Words
    formula: Words = Field(description="The calculation in one sentence.")
    unit: Unit
    better: Literal["up", "down", "none"] = Field(
        default="up", description="Which direction is good."
    )
    dataset: DatasetName = Field(default="sales", description="Rows it is made of.")
    date: DateRole | None = Field(
        default=None, description="Date role; left out: that of the dataset."
    )
    thresholds: Thresholds = Thresholds()
    hidden: bool = Field(default=False, description="A part of other metrics, never offered.")
    needs: tuple[str, ...] = Field(default=(), description="Fields that must hold something.")


class Simple(_Metric):
    """One aggregate over the rows of the period."""

    kind: Literal["simple"]
    sql: str = Field(description="sum, count, count(distinct), min, max or median over fields.")
    where: str | None = Field(default=None, description="SQL condition that picks the rows.")
    months: int | None = Field(
        default=None,
        ge=1,
        le=60,
        description="Asked over so many months that end with the period, not over the period.",
    )
    least: int | None = Field(default=None, ge=1, description="A figure below is blank: too few.")
    matures: str | None = Field(
        default=None,
        description="SQL of the days a row took; periods younger than most are still maturing.",
    )
    ahead: bool = Field(
        default=False,
        description="Looks from the last day of the data to the end of the period: the expected.",
    )


class Ratio(_Metric):
    """Two metrics, summed apart, divided last."""

    kind: Literal["ratio"]
    numerator: str
    denominator: str


class Derived(_Metric):
    """Arithmetic over metrics."""

    kind: Literal["derived"]
    expression: str = Field(description="+ - * /, brackets, max(a, b), min(a, b) over metrics.")


class Stock(_Metric):
    """A state at the end of the period: one aggregate over all rows until then."""

    kind: Literal["stock"]
    sql: str
    where: str | None = Field(default=None, description="SQL condition that picks the rows.")
    only_now: bool = Field(
        default=False, description="Not known of the past: asked at the end of the data only."
    )
    until: str | None = Field(
        default=None,
        description="SQL of the day on which a row leaves the state; null while it belongs to it.",
    )


class Customer(_Metric):
    """Customers counted by their history."""

    kind: Literal["customer"]
    counts: Count
    months: int | None = Field(
        default=None, ge=1, le=60, description="Its window; left out: that of `customers`."
    )


class Planned(_Metric):
    """What was planned for the period, or what became of exactly that."""

    kind: Literal["planned"]
    dataset: Literal["targets", "market"] = Field(description="Rows that plan.")
    of: str = Field(description="The metric they plan: a sum or count.")
    takes: Literal["plan", "actual", "missing"] = Field(
        description="What was planned, what became of it, or what of it is still missing."
    )
    measures: str | None = Field(
        default=None, description="Another sum or count, taken over the same days and members."
    )
    exact: bool = Field(
        default=False,
        description="Only plans, also set by hand, of just the scope asked for the whole period.",
    )


Metric = Annotated[
    Simple | Ratio | Derived | Stock | Customer | Planned, Field(discriminator="kind")
]


class Config(Part):
    """config.yaml: the business's own file."""

    company: Company = Company()
    calendar: Calendar = Calendar()
    customers: Customers = Customers()
    overview: Overview = Overview()
    goals: Goals = Goals()
    headers: dict[DatasetName, dict[FieldName, tuple[str, ...]]] = Field(
        default={},
        description="Headers of your files, by dataset and field, beside the known ones.",
    )
    statuses: dict[DatasetName, Statuses] = Field(default={})
    rates: dict[Month, dict[Currency, Rate]] = Field(
        default={},
        description="What one unit of another currency is worth in `company.currency`, by month.",
    )
    limits: Limits = Limits()
    originals: Originals = Originals()
    training: dict[Identifier, Course] = Field(
        default={}, description="Courses with their checklists, in the order of the page."
    )
    meetings: dict[Identifier, Meeting] = Field(
        default={}, description="Kinds of meetings with their agendas; the first one is the next."
    )
    metrics: dict[Identifier, Metric]
