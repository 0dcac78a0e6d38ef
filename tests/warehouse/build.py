"""A warehouse from a few typed rows: what other rooms test their questions on."""

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa

from salesdash.datasets import DATASETS
from salesdash.engine import Engine, Transaction, identifier
from salesdash.periods import FiscalCalendar, WorkCalendar
from salesdash.warehouse import (
    PlainCalendars,
    Warehouse,
    coverage,
    create,
    ensure_calendar,
    ensure_columns,
    ledger,
    tables,
)

Row = Mapping[str, object]


def build(
    rows: Iterable[Row] = (),
    *,
    fiscal: FiscalCalendar | None = None,
    work: WorkCalendar | None = None,
    engine: Engine | None = None,
    **others: Iterable[Row],
) -> Warehouse:
    """A warehouse (in memory) that holds these rows of `sales`, and `others` by their dataset.

    ``build([...], deals=[...], people=[...])``. A row gives any fields (dates as `date` or
    "2026-10-05"; numbers as text, int or Decimal) and `x_...` columns; left out are: order_date
    2026-01-15 (of sales), counts True, event 1, sheet 0, record = its place from 1, valid_from =
    event, all other fields None. A row with `valid_to` goes to the past.
    """
    given = {"sales": list(rows), **{name: list(each) for name, each in others.items()}}
    engine = engine or Engine.open(None, memory="1GB", threads=1)
    with engine.transaction() as transaction:
        create(transaction)
        for name, each in given.items():
            extras = tuple(sorted({column for row in each for column in row}))
            ensure_columns(transaction, DATASETS[name], extras)
            _insert(transaction, name, [_full(name, *row) for row in enumerate(each, 1)])
            for event in sorted({_event(row) for row in each}):
                ledger.note(transaction, DATASETS[name], event, None)
        ends = coverage.all_ends(transaction)
        calendars = PlainCalendars(fiscal or FiscalCalendar(), work or WorkCalendar())
        ensure_calendar(transaction, ends, calendars)
    return Warehouse(engine)


def rebuilt(engine: Engine, rows: Iterable[Row]) -> Warehouse:
    """The same in an engine that is there: opening one takes longer than a small example."""
    for table in ("sales", "sales_past", "calendar", "applied", "meta"):
        engine.run(f"drop table if exists {table}")
    return build(rows, engine=engine)


def _event(row: Row) -> int:
    return int(str(row.get("event", 1)))


def _full(dataset: str, number: int, row: Row) -> dict[str, object]:
    event = _event(row)
    books = {"counts": True, "event": event, "sheet": 0, "record": number, "valid_from": event}
    day = {"order_date": date(2026, 1, 15)} if dataset == "sales" else {}
    return {**day, **books, **row}


def _insert(transaction: Transaction, dataset: str, rows: list[dict[str, object]]) -> None:
    """All rows of a table in one statement, as text that is cast there: one each is slow."""
    for table, ended in ((dataset, False), (tables.past(dataset), True)):
        these = [row for row in rows if ("valid_to" in row) is ended]
        names = list(dict.fromkeys(name for row in these for name in row))
        if not these:
            continue
        columns = [pa.array([_text(row.get(name)) for row in these], pa.string()) for name in names]
        transaction.register("typed", pa.table(columns, names))
        listed = ", ".join(identifier(name) for name in names)
        transaction.run(f"insert into {identifier(table)} ({listed}) select {listed} from typed")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
