"""What a staged import would change, counted without touching what is stored."""

import secrets
from dataclasses import replace
from datetime import date
from decimal import Decimal

from salesdash.datasets import DATASETS
from salesdash.engine import Transaction, identifier
from salesdash.imports.apply import change
from salesdash.imports.covers import between
from salesdash.imports.fold import Step
from salesdash.imports.request import Delta, MonthChange, Staged
from salesdash.imports.rows import Layout, column_names, quoted
from salesdash.imports.speeches import Mode, modes
from salesdash.ingest import Question
from salesdash.warehouse import Warehouse
from salesdash.workspace import Event, EventKind, Status

FEWER = 0.8
"""A replace with less than this share of the rows it stands for needs a yes."""

LOOSE = """
select
    count(*) as stored,
    min({s.day}) as first,
    max({s.day}) as last
from {table} as s
where {s.unit} is null
  and {same_days}
  and exists (select 1 from read_parquet({path}) as r where {r.unit} is null)
"""

SAME_DAYS = """{s.day} between
    (select min({r.day}) from read_parquet({path}) as r where {r.unit} is null)
    and (select max({r.day}) from read_parquet({path}) as r where {r.unit} is null)"""

COVERED = """
select
    count(*) as stored
from {table} as s
where {condition}
"""

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
    from read_parquet({added}) as c
)"""

STAYS = """not exists (
        select 1
        from read_parquet({ended}) as e
        where e.event = s.event
          and e.sheet = s.sheet
          and e.record = s.record
    )"""

MONTHS = """
select
    cast(date_trunc('month', {s.day}) as date) as month,
    sum(s.amount) as amount
from {relation} as s
where s.counts
  and {s.day} is not null
group by cast(date_trunc('month', {s.day}) as date)
"""


def counted(staged: Staged) -> Staged:
    """The staged import with its changes against what is stored now, and the questions they raise.

    Raises StorageError or DiskFull; the staged files stay.
    """
    home = staged.home
    # no commit in between: log, tables and version must be of one moment
    with home.writing(), home.engine.reading() as reading:
        event = provisional(staged)
        events = (*home.done(), event)
        base = home.warehouse.version
        step, layout = change(reading, events, home.imports)
        delta = _delta(reading, staged, step, layout, event)
        found = replace(staged, changes=step.changes, base=base, delta=delta)
        asked = _questions(reading, found, layout) if staged.repairs is None else []
    return replace(found, restated=_restated(found, layout), questions=tuple(asked))


def provisional(staged: Staged) -> Event:
    """The event as it would be, with the next number."""
    last = max((event.id for event in staged.home.workspace.log.events()), default=0)
    moment = staged.as_of or staged.received
    return Event(
        id=last + 1,
        kind=EventKind.IMPORT if staged.repairs is None else EventKind.REPAIR,
        status=Status.PENDING,
        version=1,
        who="",
        at=moment,
        dataset=staged.request.dataset,
        target=staged.repairs,
        rows_file=str(staged.rows_file),
        mode=staged.mode,
        as_of=moment,
        forced=staged.request.force,
    )


def changed_warehouse(staged: Staged) -> Warehouse:
    """The warehouse with the change applied on the fly; its version is negative."""
    home, delta = staged.home, staged.delta
    if delta is None:
        return home.warehouse
    name = staged.request.dataset
    columns = dict(home.warehouse.columns(name))
    stored = [f"s.{identifier(column)}" for column in columns]
    extras = [column for column in delta.extras if column not in columns]
    stored += [f"cast(null as varchar) as {identifier(column)}" for column in extras]
    kinds = {**columns, **dict.fromkeys(extras, "varchar")}
    rows = column_names(delta.added)
    coming = [_coming(column, kind, rows, delta.event) for column, kind in kinds.items()]
    view = VIEW.format(
        table=name,
        stored=",\n        ".join(stored),
        coming=",\n        ".join(coming),
        stays=STAYS.format(ended=quoted(delta.ended)) if delta.ended else "true",
        added=quoted(delta.added),
    )
    return Warehouse(home.engine, views={name: view}, version=-1 - delta.number)


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


def _questions(reading: Transaction, staged: Staged, layout: Layout) -> list[Question]:
    """What only the user knows about rows that are stored already."""
    request, done = staged.request, staged.cleaned
    if request.force or done is None:
        return []
    if staged.mode is Mode.UPDATE:
        return _loose_questions(reading, staged, layout)
    if staged.mode.speaks_of_more and "fewer_rows" not in request.confirmed:
        dates = (done.first_day, done.last_day)
        is_all = staged.mode is Mode.COMPLETE or dates[0] is None
        condition = "true" if is_all else between(layout.keys("s").day, dates)
        sql = COVERED.format(table=identifier(request.dataset), condition=condition)
        stored = int(reading.rows(sql)[0][0])
        if done.counts.loaded < stored * FEWER:
            return [_fewer_question(staged.mode, stored, done.counts.loaded)]
    return []


def _loose_questions(reading: Transaction, staged: Staged, layout: Layout) -> list[Question]:
    """Rows without key where such rows are stored: for the same days, or at all."""
    dataset = DATASETS[staged.request.dataset]
    by_dates = Mode.REPLACE in modes(dataset)
    names = {"path": quoted(staged.rows_file), "s": layout.keys("s"), "r": layout.keys("r")}
    same_days = SAME_DAYS.format(**names) if by_dates else "true"
    sql = LOOSE.format(table=identifier(dataset.name), same_days=same_days, **names)
    stored, first, last = reading.rows(sql)[0]
    if not stored:
        return []
    text = "question.mode" if by_dates else "question.mode_whole"
    values = {"count": str(stored), "first": str(first), "last": str(last)}
    whole = Mode.REPLACE if by_dates else Mode.COMPLETE
    return [Question("mode", text, values, (whole.value, Mode.APPEND.value))]


def _fewer_question(mode: Mode, stored: int, loaded: int) -> Question:
    values = {"stored": str(stored), "loaded": str(loaded)}
    text = "question.fewer_rows" if mode is Mode.REPLACE else "question.fewer_rows_whole"
    return Question("fewer_rows", text, values, ("yes",))


def _restated(staged: Staged, layout: Layout) -> tuple[MonthChange, ...]:
    """Months that have rows now, and whose sum would be another one."""
    name = staged.request.dataset
    if layout.day is None or "amount" not in DATASETS[name].names:
        return ()
    now, then = staged.home.warehouse, changed_warehouse(staged)
    before, after = (_months(each, name, layout) for each in (now, then))
    zero = Decimal(0)
    changes = (
        MonthChange(month, amount or zero, after.get(month) or zero)
        for month, amount in sorted(before.items())
    )
    return tuple(change for change in changes if change.before != change.after)


def _months(warehouse: Warehouse, name: str, layout: Layout) -> dict[date, Decimal | None]:
    sql = MONTHS.format(relation=warehouse.relation(name), s=layout.keys("s"))
    return dict(warehouse.engine.rows(sql))
