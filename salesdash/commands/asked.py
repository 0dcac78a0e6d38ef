"""The arguments of the commands that ask for figures: which, of what, when, beside what.

Made like those of all others (`arguments.make`).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """METRIC... by dimensions and grain over dates, filtered and compared; `to` is included.

    Compared by the rule `compare`, or `against` days: FROM..TO, or a unit like month:2024-03.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    grain: str | None = None
    since: str | None = None
    to: str | None = None
    where: tuple[str, ...] = ()
    compare: str | None = None
    against: str | None = None
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Compare:
    """METRIC by the members of a dimension (none: the one that tells most), now against then.

    Dates and comparison as in `Bridge`. `within`: the steps of a drill-down, DIM=VALUE in their
    order; without `by` the next one is what lies within the last. `top`: only so many members have
    a row of their own. `sort`: change, value, ratio, rank or name.
    """

    metric: str
    by: str | None = None
    within: tuple[str, ...] = ()
    since: str | None = None
    to: str | None = None
    where: tuple[str, ...] = ()
    compare: str | None = None
    against: str | None = None
    top: int | None = None
    sort: str | None = None
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Sql:
    """A question in SQL about the tables of the Query page."""

    sql: str


@dataclass(frozen=True)
class Bridge:
    """METRIC over dates (none: the quarter to date), beside last year unless `compare` says.

    `against`: days of one's own instead: FROM..TO, or a unit like month:2024-03.
    `by`: the dimension of the mix. `target`: where the way starts instead of the earlier figure.
    """

    metric: str
    by: str | None = None
    since: str | None = None
    to: str | None = None
    where: tuple[str, ...] = ()
    compare: str | None = None
    against: str | None = None
    target: str | None = None
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Cohorts:
    """Cohorts by month (or `grain`) up to a day, as a measure (none: the share who bought).

    `by`: rows of a dimension's members instead. `length`: so many cohorts, None: what suits.
    """

    grain: str | None = None
    measure: str | None = None
    by: str | None = None
    to: str | None = None
    where: tuple[str, ...] = ()
    length: int | None = None
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Leaderboard:
    """METRIC by person or team over dates (none: the quarter to date), compared as `bridge` does.

    `per_day`: by working day in post. `teams`: those at the time ("then") or "today".
    """

    metric: str
    by: str | None = None
    since: str | None = None
    to: str | None = None
    where: tuple[str, ...] = ()
    compare: str | None = None
    against: str | None = None
    per_day: bool = False
    teams: str | None = None
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Segments:
    """Customer segments on a day (none: the data edge), beside an earlier one (none: a year ago).

    `segment`: list its customers only, `top`: so many of them (None: all).
    """

    segment: str | None = None
    to: str | None = None
    then: str | None = None
    where: tuple[str, ...] = ()
    top: int | None = None
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Clv:
    """What customers are worth in so many months (none: twelve) after a day (none: the data edge).

    `top`: how many customers are named, `by`: a dimension whose members have sums.
    """

    horizon: int | None = None
    top: int | None = None
    by: str | None = None
    to: str | None = None
    where: tuple[str, ...] = ()
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Pipeline:
    """`between` two moments, each a day or the number of an event; none: since last week.

    `since` and `to`: only deals expected to close from one day to another. `top`: so many deals of
    each part are named, None: all.
    """

    between: tuple[str, ...] = ()
    since: str | None = None
    to: str | None = None
    where: tuple[str, ...] = ()
    top: int | None = None
    as_of_cut: int | None = None


@dataclass(frozen=True)
class Forecast:
    """A METRIC or FILE as `source`, and how many periods of which grain; None: what suits it.

    Of a metric: `where`, filters. Of a file: the columns of `value` and `date`, and how it is read.
    """

    source: str
    horizon: int | None = None
    grain: str | None = None
    where: tuple[str, ...] = ()
    value: str | None = None
    date: str | None = None
    sheet: str | None = None
    dates: str | None = None
    decimal: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Drivers:
    """A METRIC or FILE as `source`: what explains its change.

    Of a metric: over dates (none: the quarter to date), beside last year unless said otherwise. Of
    a file: the columns of `before` and `after`, and how it is read.
    """

    source: str
    since: str | None = None
    to: str | None = None
    where: tuple[str, ...] = ()
    compare: str | None = None
    against: str | None = None
    as_of_cut: int | None = None
    before: str | None = None
    after: str | None = None
    sheet: str | None = None
    decimal: str | None = None
    encoding: str | None = None
