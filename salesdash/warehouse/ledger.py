"""The ledger inside the warehouse file: which events it holds, and what the tables then summed to.

It is written in the transaction of the event itself. At start it is compared with the log and
with the tables: a cut-off WAL opens without any word from the engine, here it shows.
"""

from dataclasses import dataclass
from decimal import Decimal

from salesdash.datasets import DATASETS, Dataset, Kind
from salesdash.engine import Asks, identifier
from salesdash.warehouse import tables
from salesdash.warehouse.tables import Runs

TOTALS = """
select
    count(*) as rows,
    cast(sum({number}) as decimal(38, 6)) as total,
    (select count(*) from {past}) as past
from {table} as s
"""

NAMED = """
select
    '{name}' as dataset,
    totals.rows,
    totals.total,
    totals.past
from ({totals}) as totals
"""

NOTE = """
insert into applied
select
    cast($event as integer) as event,
    cast($sha256 as varchar) as sha256,
    cast($dataset as varchar) as dataset,
    totals.rows,
    totals.total,
    totals.past
from ({totals}) as totals
"""

LEDGER = """
select
    event,
    sha256,
    dataset,
    rows,
    total,
    past
from applied
order by event
"""

NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.RATE)


@dataclass(frozen=True)
class Applied:
    """One event in the warehouse; `rows`, `total` and `past` are those of its dataset after it.

    `total`: the sum of the first field that holds a number, None where there is none.
    """

    event: int
    sha256: str | None
    dataset: str
    rows: int
    total: Decimal | None
    past: int


def note(runs: Runs, dataset: Dataset, event: int, sha256: str | None) -> None:
    """Write the event down, with what the tables of its dataset sum to after it."""
    params: dict[str, object] = {"event": event, "sha256": sha256, "dataset": dataset.name}
    runs.run(NOTE.format(totals=_totals(dataset)), params)


def entries(asks: Asks) -> tuple[Applied, ...]:
    """All events that the warehouse holds, in order."""
    return tuple(Applied(*row) for row in asks.rows(LEDGER))


def numbers(asks: Asks) -> frozenset[int]:
    """The numbers of these events; also readable in the ledger of an earlier salesdash."""
    return frozenset(row[0] for row in asks.rows("select event from applied"))


def agrees(asks: Asks) -> bool:
    """True when all tables sum to what their newest entry says (no entry: when they are empty)."""
    last = {entry.dataset: entry for entry in entries(asks)}
    each = (NAMED.format(name=name, totals=_totals(known)) for name, known in DATASETS.items())
    found = asks.rows("union all".join(each))
    return all(sums == _expected(last.get(name)) for name, *sums in found)


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


def _totals(dataset: Dataset) -> str:
    number = next((f.name for f in dataset.fields if f.kind in NUMBERS), None)
    return TOTALS.format(
        number=f"s.{identifier(number)}" if number else "cast(null as decimal(18, 6))",
        table=identifier(dataset.name),
        past=identifier(tables.past(dataset.name)),
    )


def _expected(entry: Applied | None) -> list[int | Decimal | None]:
    return [0, None, 0] if entry is None else [entry.rows, entry.total, entry.past]
