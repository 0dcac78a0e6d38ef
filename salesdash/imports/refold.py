"""Recompute units from the kept Parquet files: what undo, redo, repairs and late exports need.

Only touched units are read and folded again, import by import in the order of the log, in
temporary tables. The outcome is then compared with the stored rows, record by record: a row keeps
its version when the same record stands for it before and after.
"""

from salesdash.engine import Transaction, identifier
from salesdash.imports.covers import Dates, newer_covers, span
from salesdash.imports.fold import Changes, Saying, State, Step, step
from salesdash.imports.rows import Gist, Layout, relation
from salesdash.imports.speeches import Mode, Speech
from salesdash.imports.touched import Touched

FOLDED = State("folded", speaker="s.speaker")

START = """
create or replace temp table folded as
select
    {s.unit} as unit,
    {s.day} as day,
    s.event,
    s.sheet,
    s.record,
    cast(null as ubigint) as content,
    cast(null as timestamp) as speaker
from {table} as s
where false
"""

HEARD = """
create or replace temp table heard as
select
    {r.unit} as unit,
    {r.day} as day,
    r.event,
    r.sheet,
    r.record,
    {content} as content
from {incoming} as r
where {touched}
"""

LEAVE = "delete from folded as s where {goes}"

ENTER = """
insert into folded
select
    c.*,
    {moment} as speaker
from ({comes}) as c
"""

SPEAK_AGAIN = """
update folded
set speaker = {moment}
where unit in (select v.unit from verdicts as v where v.verdict = 'unchanged')
"""

SPEAK_TOGETHER = """
update folded
set speaker = latest.speaker
from (
    select
        f.unit,
        max(f.speaker) as speaker
    from folded as f
    where f.unit in (select h.unit from heard as h where h.unit is not null)
    group by f.unit
) as latest
where latest.unit = folded.unit
"""

ENTERING = """
create or replace temp table entering as
select
    f.event,
    f.sheet,
    f.record
from folded as f
where not exists (
    select 1
    from {table} as held
    where held.event = f.event
      and held.sheet = f.sheet
      and held.record = f.record
)
"""

COMES = """
select
    {columns}
from {rows} as r
where exists (
    select 1
    from entering as e
    where e.event = r.event
      and e.sheet = r.sheet
      and e.record = r.record
)
"""

NOTHING = """
select
    {columns}
where false
"""

GOES = """{touched}
  and not exists (
    select 1
    from folded as f
    where f.event = s.event
      and f.sheet = s.sheet
      and f.record = s.record
)"""


def refold(
    transaction: Transaction,
    table: str,
    live: tuple[Speech, ...],
    touched: Touched,
    layout: Layout,
) -> Step:
    """Fold the touched units anew from the live imports, in their order.

    Returns what must change in the stored rows to get there; its `changes` are those of the last
    import. Leaves temp tables that it refers to.
    """
    transaction.run(START.format(table=table, s=layout.keys("s")))
    changes = Changes()
    heard: list[tuple[Speech, Dates]] = []
    for speech in live:
        rows = relation(speech, layout)
        dates = span(transaction, rows, layout) if speech.mode.speaks_of_more else (None, None)
        transaction.run(
            HEARD.format(
                incoming=rows,
                touched=touched.condition("r", layout),
                content=layout.content_hash("r", stored=False),
                r=layout.keys("r"),
            )
        )
        covers = newer_covers(speech, heard)
        changes = _hear(transaction, Saying(speech, "heard", Gist(), dates, covers))
        heard.append((speech, dates))
    transaction.run(ENTERING.format(table=table))
    goes = GOES.format(touched=touched.condition("s", layout))
    return Step(goes, _comes(transaction, live, layout), changes)


def _hear(transaction: Transaction, saying: Saying) -> Changes:
    """Let the temporary state hear one import."""
    done = step(transaction, FOLDED, saying)
    moment = f"timestamp '{saying.speech.as_of}'"
    if done.goes is not None:
        transaction.run(LEAVE.format(goes=done.goes))
    if done.changes.unchanged:
        transaction.run(SPEAK_AGAIN.format(moment=moment))
    transaction.run(ENTER.format(comes=done.comes, moment=moment))
    if saying.speech.mode is Mode.APPEND:
        # what was added to a unit never makes it look older than it is
        transaction.run(SPEAK_TOGETHER)
    return done.changes


def _comes(transaction: Transaction, live: tuple[Speech, ...], layout: Layout) -> str:
    """The whole rows that enter, from the files of those imports that supply some."""
    events = {row[0] for row in transaction.rows("select distinct event from entering")}
    selects = [
        COMES.format(columns=layout.listed("r"), rows=relation(speech, layout))
        for speech in live
        if events & set(speech.family)
    ]
    if not selects:
        columns = ",\n    ".join(f"null as {identifier(name)}" for name in layout.names)
        return NOTHING.format(columns=columns)
    return "union all".join(selects)
