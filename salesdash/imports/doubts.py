"""What only the user knows about rows that are stored already."""

from salesdash.engine import Transaction, identifier
from salesdash.imports.covers import between
from salesdash.imports.request import Staged
from salesdash.imports.rows import Layout, kept
from salesdash.imports.speeches import Mode, modes
from salesdash.ingest import Question

FEWER = 0.8
"""A replace or complete with less than this share of the rows it stands for needs a yes."""

LOOSE = """
select
    count(*) as stored,
    min({s.day}) as first,
    max({s.day}) as last
from {table} as s
where {s.unit} is null
  and {same_days}
  and exists (select 1 from {rows} as r where {r.unit} is null)
"""

SAME_DAYS = """{s.day} between
    (select min({r.day}) from {rows} as r where {r.unit} is null)
    and (select max({r.day}) from {rows} as r where {r.unit} is null)"""

COVERED = """
select
    count(*) as stored
from {table} as s
where {condition}
"""


def doubts(
    reading: Transaction, staged: Staged, layout: Layout, *, named: bool
) -> tuple[Question, ...]:
    """The questions of one part of an import.

    Their ids are `mode` and `fewer_rows`; `named`: with `:dataset` behind it.
    """
    if staged.request.force or staged.cleaned is None:
        return ()
    suffix = f":{staged.dataset.name}" if named else ""
    if staged.mode is Mode.UPDATE:
        return _loose(reading, staged, layout, f"mode{suffix}")
    known = {"fewer_rows", f"fewer_rows{suffix}"} & set(staged.request.confirmed)
    if known or not staged.mode.speaks_of_more:
        return ()
    return _fewer(reading, staged, layout, f"fewer_rows{suffix}")


def _loose(reading: Transaction, staged: Staged, layout: Layout, name: str) -> tuple[Question, ...]:
    """Rows without key where such rows are stored: for the same days, or at all."""
    dataset = staged.dataset
    by_dates = Mode.REPLACE in modes(dataset)
    names = {
        "rows": kept(staged.rows_file, layout.content),
        "s": layout.keys("s"),
        "r": layout.keys("r"),
    }
    same_days = SAME_DAYS.format(**names) if by_dates else "true"
    sql = LOOSE.format(table=identifier(dataset.name), same_days=same_days, **names)
    stored, first, last = reading.rows(sql)[0]
    if not stored:
        return ()
    text = "question.mode" if by_dates else "question.mode_whole"
    values = {"count": str(stored), "first": str(first), "last": str(last)}
    whole = Mode.REPLACE if by_dates else Mode.COMPLETE
    return (Question(name, text, values, (whole.value, Mode.APPEND.value)),)


def _fewer(reading: Transaction, staged: Staged, layout: Layout, name: str) -> tuple[Question, ...]:
    """A file that lets rows vanish, and has clearly fewer than it stands for."""
    done = staged.cleaned
    if done is None:  # pragma: no cover - asked of clean rows only
        return ()
    is_all = staged.mode is Mode.COMPLETE
    dates = (done.first_day, done.last_day)
    condition = "true" if is_all else between(layout.keys("s").day, dates)
    sql = COVERED.format(table=identifier(staged.dataset.name), condition=condition)
    stored, loaded = int(reading.rows(sql)[0][0]), done.counts.loaded
    if loaded >= stored * FEWER:
        return ()
    text = "question.fewer_rows_whole" if is_all else "question.fewer_rows"
    return (Question(name, text, {"stored": str(stored), "loaded": str(loaded)}, ("yes",)),)
