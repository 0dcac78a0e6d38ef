"""An event of the log becomes a change of the stored rows; replaying the log rebuilds them all."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from salesdash.datasets import DATASETS
from salesdash.engine import Transaction, identifier
from salesdash.imports.covers import newer_covers, span
from salesdash.imports.fold import Saying, State, Step, has_known, step
from salesdash.imports.refold import refold
from salesdash.imports.rows import Layout, is_in_order, layout, relation
from salesdash.imports.speeches import SPEAKING, Mode, Part, Speech, speeches, whole
from salesdash.imports.touched import by_import, by_repair
from salesdash.warehouse import Calendars, ensure_calendar, ensure_columns, ledger, tables
from salesdash.warehouse.coverage import all_ends
from salesdash.workspace import Event, EventKind

ENDING = """
create or replace temp table ending as
select
    s.rowid as row_id
from {table} as s
where {goes}
"""

KEEP = """
insert into {past} ({columns}, valid_from, valid_to)
select
    {columns},
    s.valid_from,
    {event} as valid_to
from {table} as s
where s.rowid in (select e.row_id from ending as e)
"""

END = "delete from {table} as s where s.rowid in (select e.row_id from ending as e)"

ENTER = """
insert into {table} ({columns}, valid_from)
select
    {columns},
    {event} as valid_from
from {comes} as c
{order}
"""

SCRATCH = ("known", "verdicts", "vanishing", "touched", "folded", "heard", "entering", "ending")


def change(
    transaction: Transaction, events: tuple[Event, ...], folder: Path
) -> tuple[Step, Layout]:
    """What the last of these events does to the stored rows, given those before it.

    Nothing stored changes; temp tables are left that the step refers to.
    """
    event = events[-1]
    live = speeches(events, folder, event.dataset)
    if event.kind in SPEAKING:
        shape = layout(transaction, DATASETS[event.dataset], live[-1:])
        return import_step(transaction, event.dataset, live, shape), shape
    subject = event if event.kind is EventKind.REPAIR else _find(events, event.target)
    root = subject.target if subject.kind is EventKind.REPAIR else subject.id
    speech = whole(int(root or 0), events, folder)
    shape = layout(transaction, DATASETS[event.dataset], (*live, speech))
    if subject.kind is EventKind.REPAIR:
        touched = by_repair(transaction, _part(subject, folder), speech, live, shape)
    else:
        touched = by_import(transaction, speech, live, shape)
    return refold(transaction, event.dataset, live, touched, shape), shape


def _find(events: tuple[Event, ...], number: int | None) -> Event:
    return next(event for event in events if event.id == number)


def _part(event: Event, folder: Path) -> Part:
    return Part(event.id, folder / str(event.rows_file))


def import_step(
    transaction: Transaction, table: str, live: tuple[Speech, ...], shape: Layout
) -> Step:
    """What the last of these imports does to the stored rows, which are the fold of the others."""
    *others, speech = live
    incoming = relation(speech, shape)
    spanned = tuple(
        (other, span(transaction, relation(other, shape), shape))
        for other in others
        if other.mode.speaks_of_more and other.as_of > speech.as_of
    )
    dates = span(transaction, incoming, shape) if speech.mode.speaks_of_more else (None, None)
    saying = Saying(speech, incoming, shape, dates, newer_covers(speech, spanned))
    if _is_contested(transaction, table, saying, tuple(others)):
        touched = by_import(transaction, speech, live, shape)
        return refold(transaction, table, live, touched, shape)
    found = step(transaction, State(table), saying)
    return replace(found, in_order=found.straight and is_in_order(speech, shape))


def _is_contested(
    transaction: Transaction, table: str, saying: Saying, others: tuple[Speech, ...]
) -> bool:
    """Whether a newer export may have spoken of the same units, so that history must be heard."""
    speech = saying.speech
    if speech.forced or not any(other.as_of > speech.as_of for other in others):
        return False
    if speech.mode.speaks_of_more:
        return True
    return speech.mode is Mode.UPDATE and has_known(transaction, State(table), saying)


def apply(transaction: Transaction, event: Event, change: Step, shape: Layout) -> None:
    """Bring the stored rows to the state after an event, ending the versions that go."""
    dataset = DATASETS[event.dataset]
    ensure_columns(transaction, dataset, shape.names)
    columns = _listed(shape.names)
    names = {"table": dataset.name, "past": tables.past(dataset.name), "columns": columns}
    if change.goes is not None:
        transaction.run(ENDING.format(goes=change.goes, **names))
        transaction.run(KEEP.format(event=event.id, **names))
        transaction.run(END.format(**names))
    comes = f"({change.comes})"
    order = f"order by {shape.keys('c').day}" if shape.day and not change.in_order else ""
    if change.straight:  # what the files leave empty needs no sorting
        names["columns"] = _listed(shape.brought)
    transaction.run(ENTER.format(event=event.id, comes=comes, order=order, **names))
    for scratch in SCRATCH:
        transaction.run(f"drop table if exists temp.{scratch}")


def _listed(names: Iterable[str]) -> str:
    return ",\n    ".join(identifier(name) for name in names)


def replay(
    transaction: Transaction, events: tuple[Event, ...], folder: Path, calendars: Calendars
) -> None:
    """Apply the last of these events and write it down, all in the caller's transaction."""
    event = events[-1]
    if event.kind is not EventKind.FORGET:  # its files have taken the place of others already
        done, shape = change(transaction, events, folder)
        apply(transaction, event, done, shape)
    ledger.note(transaction, DATASETS[event.dataset], event.id, event.file_sha256)
    ensure_calendar(transaction, all_ends(transaction), calendars)
