"""What a staged import would change, counted without touching what is stored."""

import secrets
from dataclasses import replace

from salesdash.engine import Transaction, identifier
from salesdash.imports import running
from salesdash.imports.apply import change
from salesdash.imports.doubts import doubts
from salesdash.imports.fold import Step
from salesdash.imports.request import Delta, Staged
from salesdash.imports.rows import Layout, column_names, kept, quoted
from salesdash.warehouse import Warehouse
from salesdash.workspace import Event, EventKind, Status

ENDED = """
copy (
    select
        s.event,
        s.sheet,
        s.record
    from {table} as s
    where {goes}
) to {path} (format parquet)
"""

ADDED = "copy ({comes}) to {path} (format parquet, compression zstd, compression_level 1)"

VIEW = """(
    select
        {stored}
    from {table} as s
    where {stays}
    union all
    select
        {coming}
    from {added} as c
)"""

STAYS = """not exists (
        select 1
        from read_parquet({ended}) as e
        where e.event = s.event
          and e.sheet = s.sheet
          and e.record = s.record
    )"""


def counted(staged: Staged) -> Staged:
    """The staged import with its changes against what is stored now, and the questions they raise.

    Raises StorageError or DiskFull; the staged files stay.
    """
    home = staged.home
    # no commit in between: log, tables and version must be of one moment
    with (
        home.writing(),
        home.engine.reading() as reading,
        running.interruptible(reading.interrupt, "step.counting"),
    ):
        last = max((event.id for event in home.workspace.log.events()), default=0)
        is_one_of_several = len(staged.parts) > 1
        first, *others = (
            _counted(reading, part, provisional(part, number), named=is_one_of_several)
            for number, part in enumerate(staged.parts, last + 1)
        )
    asked = tuple(question for part in (first, *others) for question in part.questions)
    quiet = (replace(part, questions=()) for part in others)
    return replace(first, questions=asked, others=tuple(quiet))


def _counted(reading: Transaction, part: Staged, event: Event, *, named: bool) -> Staged:
    """One part against what is stored. `named`: its questions say which dataset they are about."""
    home = part.home
    step, layout = change(reading, (*home.done(), event), home.imports)
    delta = _delta(reading, part, step, layout, event)
    base = home.warehouse.version
    found = replace(part, changes=step.changes, base=base, delta=delta, others=(), picture=None)
    asked = doubts(reading, found, layout, named=named) if part.repairs is None else ()
    return replace(found, questions=asked)


def provisional(staged: Staged, number: int) -> Event:
    """The event as it would be, with the number that it would get."""
    moment = staged.as_of or staged.received
    return Event(
        id=number,
        kind=EventKind.IMPORT if staged.repairs is None else EventKind.REPAIR,
        status=Status.PENDING,
        version=1,
        who="",
        at=moment,
        dataset=staged.dataset.name,
        target=staged.repairs,
        rows_file=str(staged.rows_file),
        mode=staged.mode,
        as_of=moment,
        forced=staged.request.force,
    )


def changed_warehouse(staged: Staged) -> Warehouse:
    """The warehouse with the change applied on the fly; its version is negative."""
    views = {p.dataset.name: _view(p, p.delta) for p in staged.parts if p.delta is not None}
    if staged.delta is None:
        return staged.home.warehouse
    home = staged.home
    version, by_hand = -1 - staged.delta.number, home.warehouse.by_hand
    return Warehouse(home.engine, views=views, version=version, by_hand=by_hand)


def _view(part: Staged, delta: Delta) -> str:
    """The rows of a dataset as they would be."""
    name = part.dataset.name
    columns = dict(part.home.warehouse.columns(name))
    stored = [f"s.{identifier(column)}" for column in columns]
    extras = [column for column in delta.extras if column not in columns]
    stored += [f"cast(null as varchar) as {identifier(column)}" for column in extras]
    kinds = {**columns, **dict.fromkeys(extras, "varchar")}
    rows = column_names(delta.added)
    coming = [_coming(column, kind, rows, delta.event) for column, kind in kinds.items()]
    return VIEW.format(
        table=name,
        stored=",\n        ".join(stored),
        coming=",\n        ".join(coming),
        stays=STAYS.format(ended=quoted(delta.ended)) if delta.ended else "true",
        added=kept(delta.added),
    )


def _coming(column: str, kind: str, rows: frozenset[str], event: int) -> str:
    """A column of a row that comes, from a file that may lack it."""
    if column in rows:
        value = f"c.{identifier(column)}"
    else:
        value = str(event) if column in ("event", "valid_from") else "null"
    return f"cast({value} as {kind}) as {identifier(column)}"


def _delta(reading: Transaction, staged: Staged, step: Step, layout: Layout, event: Event) -> Delta:
    """Write down what would change, for questions about it while it stands on the doorstep."""
    number = secrets.randbits(48)  # never the same twice: it becomes part of cache keys
    ended, added = None, staged.rows_file
    if step.goes is not None:
        ended = staged.folder / f"ended-{number}.parquet"
        table = event.dataset
        reading.run(ENDED.format(table=table, goes=step.goes, path=quoted(ended)))
    if not step.straight:
        added = staged.folder / f"added-{number}.parquet"
        reading.run(ADDED.format(comes=step.comes, path=quoted(added)))
    extras = tuple(name for name, _ in layout.content if name not in layout.stored)
    return Delta(ended, added, extras, event.id, number)
