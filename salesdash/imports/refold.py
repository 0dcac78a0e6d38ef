"""Recompute units from the kept Parquet files: what undo, redo, repairs and late exports need.

Only touched units are read and folded again, import by import in the order of the log, in
temporary tables. The outcome is then compared with the stored rows, record by record: a row keeps
its version when the same record stands for it before and after.
"""

from salesdash.engine import Transaction, identifier
from salesdash.imports.fold import Changes, Saying, State, Step, newer_covers, span, step
from salesdash.imports.rows import Layout, relation
from salesdash.imports.speeches import Mode, Speech
from salesdash.imports.touched import Dates, Touched

FOLDED = State("folded", speaker="s.speaker", temporary=True)

START = """
create or replace temp table folded as
select
    {columns},
    cast(null as timestamp) as speaker
from {table} as s
where false
"""

HEARD = """
create or replace temp table heard as
select
    r.*
from {incoming} as r
where {touched}
"""

COMING = "create or replace temp table coming as {comes}"

LEAVE = "delete from folded as s where {goes}"

ENTER = """
insert into folded ({columns}, speaker)
select
    {columns},
    {moment} as speaker
from coming as c
"""

SPEAK_AGAIN = """
update folded
set speaker = {moment}
where document in (select v.document from verdicts as v where v.verdict = 'unchanged')
"""

SPEAK_TOGETHER = """
update folded
set speaker = latest.speaker
from (
    select
        f.document,
        max(f.speaker) as speaker
    from folded as f
    where f.document in (select c.document from coming as c)
    group by f.document
) as latest
where latest.document = folded.document
"""

COMES = """
select
    {columns}
from folded as f
where not exists (
    select 1
    from {table} as held
    where held.event = f.event
      and held.sheet = f.sheet
      and held.record = f.record
)
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
    transaction.run(START.format(columns=layout.listed_stored("s"), table=table))
    changes = Changes()
    heard: list[tuple[Speech, Dates]] = []
    for speech in live:
        rows = relation(speech, layout)
        dates = span(transaction, rows) if speech.mode.speaks_of_more else (None, None)
        transaction.run(HEARD.format(incoming=rows, touched=touched.condition("r")))
        saying = Saying(speech, "heard", dates, newer_covers(speech, tuple(heard)))
        changes = _hear(transaction, saying, layout)
        heard.append((speech, dates))
    goes = GOES.format(touched=touched.condition("s"))
    return Step(goes, COMES.format(columns=layout.listed("f"), table=table), changes)


def _hear(transaction: Transaction, saying: Saying, layout: Layout) -> Changes:
    """Let the temporary state hear one import."""
    done = step(transaction, FOLDED, saying, layout)
    moment = f"timestamp '{saying.speech.as_of}'"
    columns = ",\n    ".join(identifier(name) for name in layout.names)
    transaction.run(COMING.format(comes=done.comes))
    if done.goes is not None:
        transaction.run(LEAVE.format(goes=done.goes))
    if done.changes.unchanged:
        transaction.run(SPEAK_AGAIN.format(moment=moment))
    transaction.run(ENTER.format(columns=columns, moment=moment))
    if saying.speech.mode is Mode.APPEND:
        # what was added to a document never makes it look older than it is
        transaction.run(SPEAK_TOGETHER)
    return done.changes
