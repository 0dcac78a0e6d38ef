"""The ledger inside the warehouse file: which events it holds, and what the tables then summed to.

It is written in the transaction of the event itself. At start it is compared with the log and
with the tables: a cut-off WAL opens without any word from the engine, here it shows.
"""

from dataclasses import dataclass
from decimal import Decimal

from salesdash.engine import Asks
from salesdash.warehouse.tables import Runs

TOTALS = """
select
    count(*) as rows,
    sum(s.amount) as amount_sum,
    (select count(*) from sales_past) as past
from sales as s
"""

NOTE = """
insert into applied
select
    cast($event as integer) as event,
    cast($sha256 as varchar) as sha256,
    totals.rows,
    totals.amount_sum,
    totals.past
from ({totals}) as totals
"""

LEDGER = """
select
    event,
    sha256,
    rows,
    amount_sum,
    past
from applied
order by event
"""


@dataclass(frozen=True)
class Applied:
    """One event in the warehouse; `rows`, `amount_sum` and `past` are the totals after it."""

    event: int
    sha256: str | None
    rows: int
    amount_sum: Decimal | None
    past: int


def note(runs: Runs, event: int, sha256: str | None) -> None:
    """Write the event down, with what the tables sum to after it."""
    runs.run(NOTE.format(totals=TOTALS), {"event": event, "sha256": sha256})


def entries(asks: Asks) -> tuple[Applied, ...]:
    """All events that the warehouse holds, in order."""
    return tuple(Applied(*row) for row in asks.rows(LEDGER))


def agrees(asks: Asks) -> bool:
    """True when the tables sum to what the newest entry says (no entry: when they are empty)."""
    known = entries(asks)
    expected = (known[-1].rows, known[-1].amount_sum, known[-1].past) if known else (0, None, 0)
    return asks.rows(TOTALS)[0] == expected


def newest(asks: Asks) -> int:
    """The newest applied event, 0 when there is none."""
    return int(asks.rows("select coalesce(max(event), 0) from applied")[0][0])


def remember(runs: Runs, key: str, value: str) -> None:
    """Keep one fact about the projection."""
    runs.run("delete from meta where key = $key", {"key": key})
    runs.run("insert into meta values ($key, $value)", {"key": key, "value": value})


def recall(asks: Asks, key: str) -> str | None:
    """The fact kept under `key`, None if there is none."""
    found = asks.rows("select value from meta where key = $key", {"key": key})
    return str(found[0][0]) if found else None
