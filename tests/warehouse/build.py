"""A warehouse from a few typed rows: what other rooms test their questions on."""

from collections.abc import Iterable, Mapping
from datetime import date

from salesdash.datasets import SALES
from salesdash.engine import Engine, identifier
from salesdash.periods import FiscalCalendar, WorkCalendar
from salesdash.warehouse import (
    PlainCalendars,
    Warehouse,
    coverage,
    create,
    ensure_calendar,
    ensure_columns,
    ledger,
)

Row = Mapping[str, object]


def build(
    rows: Iterable[Row],
    *,
    fiscal: FiscalCalendar | None = None,
    work: WorkCalendar | None = None,
    engine: Engine | None = None,
) -> Warehouse:
    """A warehouse (in memory) that holds these rows of `sales`.

    A row gives any fields (dates as `date` or "2026-10-05"; numbers as text, int or Decimal) and
    `x_...` columns; left out are: order_date 2026-01-15, amount None, counts True, event 1,
    sheet 0, record = its place from 1, valid_from = event. A row with `valid_to` goes to the past.
    """
    rows = list(rows)
    engine = engine or Engine.open(None, memory="1GB", threads=1)
    with engine.transaction() as transaction:
        create(transaction)
        ensure_columns(transaction, SALES, tuple(sorted({name for row in rows for name in row})))
        for number, row in enumerate(rows, 1):
            _insert(transaction, number, row)
        for event in sorted({_event(row) for row in rows}):
            ledger.note(transaction, event, None)
        ends = coverage.all_ends(transaction)
        calendars = PlainCalendars(fiscal or FiscalCalendar(), work or WorkCalendar())
        ensure_calendar(transaction, ends, calendars)
    return Warehouse(engine)


def _event(row: Row) -> int:
    return int(str(row.get("event", 1)))


def _insert(transaction, number: int, row: Row) -> None:
    event = _event(row)
    defaults = {"order_date": date(2026, 1, 15), "counts": True, "event": event, "sheet": 0}
    full = {**defaults, "record": number, "valid_from": event, **row}
    table = "sales_past" if "valid_to" in full else "sales"
    names = ", ".join(identifier(name) for name in full)
    marks = ", ".join(f"${name}" for name in full)
    transaction.run(f"insert into {table} ({names}) values ({marks})", dict(full))
