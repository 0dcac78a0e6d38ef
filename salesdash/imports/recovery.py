"""What happens when a home opens: interrupted writes are settled, a damaged projection rebuilt.

Pending and applied: done. Pending and not applied: taken back, the files stay and are offered
again. A ledger that differs from the log or from the tables, or tables that an earlier salesdash
made: the projection is rebuilt.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from salesdash.datasets import DATASETS
from salesdash.engine import Engine, Transaction, identifier
from salesdash.errors import DiskFull, HomeBusy, SalesdashError, StorageError
from salesdash.imports.apply import replay
from salesdash.warehouse import create, ensure_calendar, ledger, tables
from salesdash.warehouse.coverage import all_ends
from salesdash.workspace import Event, Status, renamed

if TYPE_CHECKING:
    from salesdash.imports.home import Home

STALE = "warehouse.stale"
"""A file of this name says: pages that nothing uses any more may hold what was to be forgotten."""

TABLES = "tables"
"""Under this key the projection remembers how its tables were defined."""


def open_engine(home: "Home") -> Engine:
    """The projection, in step with the log; a damaged file is kept aside and built anew."""
    stale = home.path / STALE
    settled = not home.workspace.log.events(Status.PENDING)  # else its ledger is still needed
    if stale.exists() and settled:
        for suffix in ("", ".wal"):
            home.disk.remove(home.path / f"warehouse.duckdb{suffix}")
        home.disk.remove(stale)
    try:
        engine = home.open_engine()
    except (HomeBusy, DiskFull):
        raise
    except StorageError:
        _put_aside(home)
        engine = home.open_engine()
    try:
        _bring_in_step(home, engine)
    except (HomeBusy, DiskFull):
        engine.close()
        raise
    except SalesdashError as error:
        engine.close()
        if error.key not in ("engine.failed", "engine.statement"):
            raise
        _put_aside(home)
        engine = home.open_engine()
        _bring_in_step(home, engine)
    return engine


def settle(home: "Home") -> None:
    """Say how writes ended that were interrupted, by what the ledger holds."""
    pending = home.workspace.log.events(Status.PENDING)
    if not pending:
        return
    applied = ledger.numbers(home.engine)
    _settle(home, pending, applied)
    home.warehouse.refresh()


def rebuild(home: "Home") -> None:
    """Replay the log into the projection, in one transaction: the same answers at every cut."""
    with home.writing():
        _rebuild(home, home.engine, home.done())
        home.warehouse.refresh()


def rebuild_with(home: "Home", event: Event) -> None:
    """Replay the log with one event more that is still pending, in one transaction."""
    as_done = replace(event, status=Status.DONE)
    _rebuild(home, home.engine, renamed((*home.done(), as_done)))


def _settle(home: "Home", pending: tuple[Event, ...], applied: frozenset[int]) -> None:
    for event in pending:
        status = Status.DONE if event.id in applied else Status.TAKEN_BACK
        home.workspace.log.settle(event.id, status)


def _bring_in_step(home: "Home", engine: Engine) -> None:
    is_known = _is_known(engine)
    if not is_known:
        with engine.transaction() as transaction:
            create(transaction)
    applied = ledger.numbers(engine)
    _settle(home, home.workspace.log.events(Status.PENDING), applied)
    in_step = is_known and applied == {event.id for event in home.done()}
    if not in_step or not ledger.agrees(engine):
        _rebuild_unseen(home, engine)
    with engine.transaction() as transaction:
        ensure_calendar(transaction, all_ends(transaction), home.calendars)


def _is_known(engine: Engine) -> bool:
    """Whether its tables are as this salesdash makes them."""
    is_made = engine.rows("select 1 from information_schema.tables where table_name = 'meta'")
    return bool(is_made) and ledger.recall(engine, TABLES) == tables.fingerprint()


def _rebuild(home: "Home", engine: Engine, events: tuple[Event, ...]) -> None:
    """All in one transaction: those who look on see the old rows until the new ones are there."""
    with engine.transaction() as transaction:
        _clear(transaction)
        for place in range(len(events)):
            replay(transaction, events[: place + 1], home.imports, home.calendars)


def _rebuild_unseen(home: "Home", engine: Engine) -> None:
    """Event by event, which is faster; a start that is cut short begins again."""
    events = home.done()
    with engine.transaction() as transaction:
        _clear(transaction)
    for place in range(len(events)):
        with engine.transaction() as transaction:
            replay(transaction, events[: place + 1], home.imports, home.calendars)


def _clear(transaction: Transaction) -> None:
    """Empty tables."""
    for dataset in DATASETS:
        for table in (dataset, tables.past(dataset)):
            transaction.run(f"drop table if exists {identifier(table)}")
    for table in ("applied", "meta", "calendar"):
        transaction.run(f"drop table if exists {table}")
    create(transaction)
    ledger.remember(transaction, TABLES, tables.fingerprint())


def _put_aside(home: "Home") -> None:
    """Keep what cannot be read under another name."""
    path = home.path / "warehouse.duckdb"
    number = 1
    while (aside := path.with_name(f"{path.name}.corrupt-{number}")).exists():
        number += 1
    for suffix in ("", ".wal"):
        source = path.with_name(path.name + suffix)
        if source.exists():
            source.rename(aside.with_name(aside.name + suffix))
