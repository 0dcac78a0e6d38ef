"""What the data covers: first day, data edge, rows by month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesdash.datasets import DATASETS, DEALS, LEADS, Dataset
from salesdash.engine import Asks, identifier

EARLIEST = date(1990, 1, 1)
"""Days before this one are taken for mistakes, like day 0 of a spreadsheet."""

MONTHS = """
select
    cast(date_trunc('month', by_day.day) as date) as month,
    cast(sum(by_day.rows) as bigint) as rows,
    cast(sum(by_day.counted) as bigint) as counted,
    sum(by_day.amount) as amount
from (
    select
        {day} as day,
        count(*) as rows,
        sum(case when counts then 1 else 0 end) as counted,
        sum(case when counts then {amount} end) as amount
    from {relation} as r
    group by {day}
) as by_day
group by cast(date_trunc('month', by_day.day) as date)
order by month
"""

EVENTS = """
    select
        {day} as day
    from {relation} as r
"""

EDGE = """
select
    max(events.day) as edge
from ({events}) as events
where events.day <= $today
"""

ENDS = """
select
    min(events.day) as first,
    max(events.day) as last
from ({events}) as events
"""

ALL_ENDS = """
select
    min(ends.first) as first,
    max(ends.last) as last
from ({ends}) as ends
"""

MORE_EVENTS = {
    DEALS.name: ("case when r.outcome in ('won', 'lost') then r.close_date end",),
    LEADS.name: ("r.converted_date",),
}
"""Days beside the default role on which something happened: a deal was decided (the close date of
an open one is a plan), a lead became a deal."""


@dataclass(frozen=True)
class Month:
    """One calendar month: all rows, those that count, and the sum of their amounts."""

    start: date
    rows: int
    counted: int
    amount: Decimal | None


@dataclass(frozen=True)
class Coverage:
    """What a dataset holds; `first` and `edge` are None when it is empty.

    `edge` is the last event date of all, also beyond today; see `Warehouse.edge`.
    """

    dataset: str
    first: date | None
    edge: date | None
    rows: int
    counted: int
    last_event: int
    months: tuple[Month, ...]


def coverage(asks: Asks, dataset: Dataset, relation: str, version: int) -> Coverage:
    """Count a relation by month; rows without a date belong to no month, but are counted."""
    first, last = ends(asks, dataset, relation)
    amount = "amount" if "amount" in dataset.names else "cast(null as decimal(18,4))"
    sql = MONTHS.format(relation=relation, day=day(dataset), amount=amount)
    found = asks.rows(sql)
    months = tuple(Month(*row) for row in found if row[0] is not None)
    rows, counted = (sum(row[place] for row in found) for place in (1, 2))
    return Coverage(dataset.name, first, last, rows, counted, version, months)


def edge(asks: Asks, dataset: Dataset, relation: str, today: date) -> date | None:
    """The last event date up to today."""
    sql = EDGE.format(events=_events(dataset, relation))
    found: date | None = asks.rows(sql, {"today": today})[0][0]
    return found


def ends(asks: Asks, dataset: Dataset, relation: str) -> tuple[date | None, date | None]:
    """First and last event date."""
    first, last = asks.rows(ENDS.format(events=_events(dataset, relation)))[0]
    return first, last


def _events(dataset: Dataset, relation: str) -> str:
    """SQL of all days on which rows say that something happened."""
    days = (day(dataset), *MORE_EVENTS.get(dataset.name, ()))
    return "    union all".join(EVENTS.format(day=each, relation=relation) for each in days)


def all_ends(asks: Asks) -> tuple[date | None, date | None]:
    """First and last event date of the current rows of all datasets."""
    each = (_events(dataset, identifier(name)) for name, dataset in DATASETS.items())
    ends_of_all = "    union all".join(ENDS.format(events=events) for events in each)
    first, last = asks.rows(ALL_ENDS.format(ends=ends_of_all))[0]
    return first, last


def day(dataset: Dataset) -> str:
    """SQL of the day a row belongs to; blank in reference sets."""
    return "cast(null as date)" if dataset.date is None else identifier(dataset.date)
