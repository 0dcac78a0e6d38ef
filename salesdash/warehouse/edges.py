"""When something happened: first and last day of a dataset, whatever the date role.

Plans don't happen: the expected close of an open deal, a target or a market size of next year
never move the data edge.
"""

from collections.abc import Mapping
from datetime import date

from salesdash.datasets import ACTIVITIES, COSTS, DEALS, LEADS, PAYMENTS, SALES, Dataset
from salesdash.engine import Asks, identifier

FACTS = tuple(dataset.name for dataset in (SALES, DEALS, LEADS, ACTIVITIES, PAYMENTS, COSTS))
"""Datasets whose rows happen."""

HAPPENED: Mapping[str, tuple[str, ...]] = {
    DEALS.name: (
        "created_date",
        "case when outcome <> 'open' then close_date end",
        "cast(modified_at as date)",
    ),
    LEADS.name: ("created_date", "converted_date"),
}
"""SQL of the days on which something happened, where it is not the date of the dataset alone."""

EDGE = """
select
    max(happened.day) as edge
from (
{days}
) as happened
where happened.day <= $today
"""

ENDS = """
select
    min(happened.day) as first,
    max(happened.day) as last
from (
{days}
) as happened
"""

DAY = "    select\n        {day} as day\n    from {relation} as r"


def edge(asks: Asks, dataset: Dataset, relation: str, today: date) -> date | None:
    """The last day up to today on which something happened."""
    sql = EDGE.format(days=_days(_happened(dataset), relation))
    found: date | None = asks.rows(sql, {"today": today})[0][0]
    return found


def ends(asks: Asks, dataset: Dataset, relation: str) -> tuple[date | None, date | None]:
    """First and last day on which something happened."""
    first, last = asks.rows(ENDS.format(days=_days(_happened(dataset), relation)))[0]
    return first, last


def role_ends(asks: Asks, day: str, relation: str) -> tuple[date | None, date | None]:
    """First and last day of one date role, given as SQL."""
    first, last = asks.rows(ENDS.format(days=_days((day,), relation)))[0]
    return first, last


def _happened(dataset: Dataset) -> tuple[str, ...]:
    own = (identifier(dataset.date),) if dataset.date else ("cast(null as date)",)
    return HAPPENED.get(dataset.name, own)


def _days(days: tuple[str, ...], relation: str) -> str:
    selects = (DAY.format(day=day, relation=relation) for day in days)
    return "\n    union all\n".join(selects)
