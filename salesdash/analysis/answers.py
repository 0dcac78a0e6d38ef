"""The view models: frozen answers that tiles, charts, documents and commands show.

Figures are exact (`Decimal` for money, `int` for counts, `float` for ratios as fractions);
rounding and words happen at display. None is "no data", and then `reason` says why.

The values of a `Reason` or `Status` are text, numbers, or one of the small types below, so that
each language writes them its own way: `charts.Words.tell(reason)` gives the finished sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from salesdash.metrics import Unit
from salesdash.periods import Against, Grain, Period, Window
from salesdash.selection import Filter, Selection

Number = Decimal | int | float
Judgement = Literal["good", "warning", "bad"]
LineRole = Literal["current", "reference", "category", "other"]


@dataclass(frozen=True)
class Reason:
    """Why something is blank or noteworthy: a text key with the values that fill it."""

    key: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Amount:
    """A figure inside a sentence.

    Style `change`: the ratio of a change, signed. Style `percent`: a fraction in whole per cent.
    Style `points`: the size of a difference of shares, without its sign.
    """

    value: Number
    unit: Unit = Unit.COUNT
    style: Literal["short", "exact", "signed", "about", "change", "percent", "points"] = "short"


@dataclass(frozen=True)
class Name:
    """What something is called: by its id, or a word under `analysis`."""

    kind: Literal["metric", "dimension", "dataset", "grain", "last", "comparison"]
    value: str


@dataclass(frozen=True)
class Member:
    """A member of a dimension: data from a file, shown as it is; "" has a word of its own."""

    value: str


@dataclass(frozen=True)
class When:
    """A stretch of time in a sentence: "this quarter" (`now`), "in Q3 2026", "1-17 March".

    `bare` is its name alone ("July"); `year` is left unsaid.
    """

    window: Window
    now: bool = False
    year: int | None = None
    bare: bool = False


def against(comparison: Against) -> Name | Period:
    """What something is compared with, in a sentence: last year, or days that were chosen."""
    if isinstance(comparison, Period):
        return comparison
    return Name("comparison", comparison.value)


@dataclass(frozen=True)
class Figure:
    """One number, or None with the reason."""

    value: Number | None
    reason: Reason | None = None


@dataclass(frozen=True)
class Status:
    """A judged state: shape and colour by `judgement`, the word by its text key."""

    judgement: Judgement
    key: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Change:
    """Now against then. `ratio` is None for shares (use `absolute`, in points) and divisor 0.

    `per_day`: the ratio of the average days, where chosen days are more or fewer than those looked
    at; then it is what is judged.
    """

    now: Figure
    then: Figure
    absolute: Number | None
    ratio: float | None
    judgement: Judgement | None  # None: the metric has no direction, or nothing moved
    per_day: float | None = None


@dataclass(frozen=True)
class Tile:
    """One KPI: figure, change, status, the last periods with those of a year earlier, notes.

    `maturing`: why the figure is not to be judged yet; then it has no change and no status.
    """

    metric: str
    unit: Unit
    figure: Figure
    change: Change | None
    status: Status | None
    spark: tuple[Number | None, ...]
    spark_last_year: tuple[Number | None, ...]
    spark_grain: Grain
    spark_running: bool  # the last point is a period still running
    notes: tuple[Reason, ...] = ()
    maturing: Reason | None = None


@dataclass(frozen=True)
class Point:
    """One period of a series; `running`: drawn apart, never joined to the line.

    `maturing`: time alone will still raise it; drawn pale, and not to be judged.
    """

    period: Period
    value: Number | None
    running: bool = False
    maturing: bool = False


@dataclass(frozen=True)
class Series:
    """A line: `member` is None for the whole, "" for empty members; `role` picks the colour.

    `label` is the display name of a member whose value is an id (a customer number).
    """

    member: str | None
    points: tuple[Point, ...]
    role: LineRole = "current"
    label: str | None = None


@dataclass(frozen=True)
class Target:
    """What a goal wants of a stretch of the time axis: a level from its first to its last day."""

    period: Period
    value: Number


@dataclass(frozen=True)
class Remark:
    """What somebody said of days: an annotation beside a line, with the members it is about."""

    number: int
    text: str
    period: Period
    scope: tuple[Filter, ...]
    members: tuple[str, ...]
    who: str
    at: datetime


@dataclass(frozen=True)
class Unusual:
    """A whole period far from what is usual there; in words, and `why`: what explains it."""

    period: Period
    value: float
    expected: float
    low: float
    high: float
    told: Reason
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Index:
    """That points are an index: the period that is 100, None where none can be."""

    base: Period | None


@dataclass(frozen=True)
class Trend:
    """Any metric over time, with the reference a comparison earlier, by grain and breakdown.

    Every line of `series` has one point a period of the window's unit, those still to come with
    value None. `reference` has the earlier lines: the n-th point belongs to the n-th of the series
    (a February has fewer days than the March it is compared with). Where a period runs, a second
    reference of one point, marked `running`, has the same days of the earlier one. With a
    `dimension` both go by member; role "other" is the metric asked for all members beside them.
    `average` is the moving average of the whole. `cumulative` says that points are running totals.
    `headline` is the finding for the title. `total` is the metric over the whole window.
    `targets` are those of goals, where the periods shown are the goals' own. `index`: points are
    figures beside that of one period; then `unit` is that of a number, `measured` of the metric.
    `remarks` are annotations of the days shown, `unusual` the periods that stand out.
    """

    metric: str
    unit: Unit
    grain: Grain
    window: Window
    comparison: Against
    series: tuple[Series, ...]
    reference: tuple[Series, ...]
    average: Series | None
    average_periods: int | None
    cumulative: bool
    dimension: str | None
    total: Change
    additive: bool
    headline: Reason | None
    notes: tuple[Reason, ...] = ()
    targets: tuple[Target, ...] = ()
    index: Index | None = None
    measured: Unit | None = None
    remarks: tuple[Remark, ...] = ()
    unusual: tuple[Unusual, ...] = ()

    @property
    def total_unit(self) -> Unit:
        """Of the total, and of the metric itself."""
        return self.measured or self.unit


@dataclass(frozen=True)
class Mover:
    """A member's exact part in the change; member None is "other" (`count` members)."""

    member: str | None
    label: str | None
    now: Number
    then: Number
    change: Number
    count: int = 1


@dataclass(frozen=True)
class Movers:
    """What moved a metric: parts by one dimension that sum to `change`."""

    metric: str
    unit: Unit
    dimension: str
    parts: tuple[Mover, ...]
    change: Number
    explained: float | None  # by the largest part in its direction; None: no part stands out
    better: Literal["up", "down", "none"] = "up"  # which direction of the metric is good


@dataclass(frozen=True)
class Notice:
    """One line of "needs attention": what, how much, and where it leads.

    That is to a metric of what is selected, or to the quality of a `dataset`.
    """

    judgement: Judgement
    text: Reason
    detail: Reason | None
    page: str
    icon: str
    selection: Selection | None = None
    metric: str | None = None
    dataset: str | None = None


@dataclass(frozen=True)
class Overview:
    """The whole first screen. `headline` and `lead` are the sentence; None: nothing to say."""

    window: Window
    compared: Window | None
    edge: date
    headline: Reason
    lead: Reason | None
    tiles: tuple[Tile, ...]
    trend: Trend | None
    movers: Movers | None
    notices: tuple[Notice, ...]
