"""What the data covers: first day, data edge, rows by month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesdash.engine import Asks

MONTHS = """
select
    cast(date_trunc('month', by_day.day) as date) as month,
    cast(sum(by_day.rows) as bigint) as rows,
    cast(sum(by_day.counted) as bigint) as counted,
    sum(by_day.amount) as amount
from (
    select
        order_date as day,
        count(*) as rows,
        sum(case when counts then 1 else 0 end) as counted,
        sum(case when counts then amount end) as amount
    from {relation} as r
    group by order_date
) as by_day
group by cast(date_trunc('month', by_day.day) as date)
order by month
"""

EDGE = """
select
    max(order_date) as edge
from {relation} as r
where order_date <= $today
"""

ENDS = """
select
    min(order_date) as first,
    max(order_date) as last
from {relation} as r
"""


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


def coverage(asks: Asks, dataset: str, relation: str, version: int) -> Coverage:
    """Count a relation by month."""
    first, last = ends(asks, relation)
    months = tuple(Month(*row) for row in asks.rows(MONTHS.format(relation=relation)))
    rows, counted = sum(m.rows for m in months), sum(m.counted for m in months)
    return Coverage(dataset, first, last, rows, counted, version, months)


def edge(asks: Asks, relation: str, today: date) -> date | None:
    """The last event date up to today."""
    found: date | None = asks.rows(EDGE.format(relation=relation), {"today": today})[0][0]
    return found


def ends(asks: Asks, relation: str) -> tuple[date | None, date | None]:
    """First and last event date."""
    first, last = asks.rows(ENDS.format(relation=relation))[0]
    return first, last
