"""One import applied to a state, set by set: which rows go, which rows come.

The state is a table of rows: the stored ones, or a temporary table while units are recomputed.
A unit is what an import replaces as a whole: the lines of a document, a deal; a row without key is
a unit of its own. For each unit of the import the verdict is new, changed, unchanged (the stored
version stays, the import counts as having spoken) or older (a newer as-of moment has spoken;
nothing happens).
"""

from dataclasses import dataclass, replace

from salesdash.engine import Transaction
from salesdash.imports.covers import Cover, Dates, cover
from salesdash.imports.rows import Shape
from salesdash.imports.speeches import Mode, Speech

CHANGED = "{s.unit} in (select v.unit from verdicts as v where v.verdict = 'changed')"

IS_KNOWN = "{i.unit} in (select k.unit from known as k)"

KNOWN = """
create or replace temp table known as
select
    spoken.unit
from (
    select distinct
        {i.unit} as unit
    from {incoming} as i
    where {i.unit} is not null
) as spoken
where spoken.unit in (select {s.unit} from {state} as s where {s.unit} is not null)
"""

VERDICTS = """
create or replace temp table verdicts as
select
    said.unit,
    case
        when {covered} or {newer} then 'older'
        when held.unit is null then 'new'
        when said.rows = held.rows and said.content = held.content then 'unchanged'
        else 'changed'
    end as verdict,
    said.rows
from (
    select
        {i.unit} as unit,
        min({i.day}) as day,
        count(*) as rows,
        sum({said_hash}) as content
    from {incoming} as i
    where {spoken}
    group by {i.unit}
) as said
left join (
    select
        {s.unit} as unit,
        {speaker} as speaker,
        count(*) as rows,
        sum({held_hash}) as content
    from {state} as s
    where {s.unit} in (select k.unit from known as k)
    group by {s.unit}
) as held
    on held.unit = said.unit
"""

VANISHING = """
create or replace temp table vanishing as
select distinct
    {s.unit} as unit
from {state} as s
where {s.unit} is not null
  and {within}
  and {yields}
  and {s.unit} not in (select {i.unit} from {incoming} as i where {i.unit} is not null)
  and {s.unit} not in (
    select
        {b.unit}
    from {state} as b
    where {b.unit} is not null
      and {before}
  )
"""

VANISHES = """(
    {s.unit} in (select g.unit from vanishing as g)
    or ({s.unit} is null and s.event not in ({family}) and {within} and {yields})
)"""

COMES = """
select
    {columns}
from {incoming} as i
left join verdicts as v
    on v.unit = {i.unit}
where coalesce(v.verdict, 'new') in ('new', 'changed')
  and not ({i.unit} is null and ({covered}))
"""

ALL_COME = """
select
    {columns}
from {incoming} as i
where not ({covered})
"""

TALLY = """
select
    coalesce(sum(case when v.verdict = 'changed' then v.rows end), 0) as changed,
    coalesce(sum(case when v.verdict = 'unchanged' then v.rows end), 0) as unchanged,
    coalesce(sum(case when v.verdict = 'older' then v.rows end), 0) as older
from verdicts as v
"""

COUNT = """
select
    count(*) as rows
from {relation} as s
where {condition}
"""


@dataclass(frozen=True)
class State:
    """A table of rows.

    `speaker`: its column with the as-of moment of who spoke last, or None where that cannot
    matter (no live import is newer than the one that is applied).
    """

    table: str
    speaker: str | None = None


@dataclass(frozen=True)
class Changes:
    """Rows of one import by what becomes of them, and stored rows that vanish or are replaced."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    vanished: int = 0


@dataclass(frozen=True)
class Step:
    """What an import does to a state.

    `goes`: a condition on its rows (alias s; None: none goes); `comes`: a select of the new rows.
    """

    goes: str | None
    comes: str
    changes: Changes
    straight: bool = False  # every row of the file comes
    in_order: bool = False  # and as it lies: each row group has days of its own


@dataclass(frozen=True)
class Saying:
    """An import about to be applied: its rows as a relation, what newer imports have covered."""

    speech: Speech
    incoming: str
    shape: Shape
    dates: Dates
    covers: tuple[Cover, ...] = ()

    @property
    def cover(self) -> Cover | None:
        """What it speaks of beside its own units."""
        return cover(self.speech, self.dates)

    def covered(self, day: str) -> str:
        """Whether a newer replace or complete has spoken of that date."""
        return " or ".join(each.condition(day) for each in self.covers) or "false"

    def is_older_than(self, moment: str) -> str:
        """Whether a moment is newer than this import, so that it does not win."""
        return f"{moment} > timestamp '{self.speech.as_of}'"


def step(transaction: Transaction, state: State, saying: Saying) -> Step:
    """Judge an import against a state. Leaves temp tables that `goes` and `comes` refer to."""
    total = _count(transaction, saying.incoming, "true")
    if saying.speech.mode is Mode.APPEND or (not saying.covers and _is_empty(transaction, state)):
        return _all_come(transaction, saying, total)
    _judge(transaction, state, saying)
    row = saying.shape.keys("s")
    loose = f"{row.unit} is null and ({saying.covered(row.day)})"
    changed, unchanged, older = (int(n) for n in transaction.rows(TALLY)[0])
    older += _count(transaction, saying.incoming, loose)
    changes = Changes(total - changed - unchanged - older, changed, unchanged, older)
    goes = CHANGED.format(s=row)
    if saying.cover is not None:
        vanishes = _vanish(transaction, state, saying, saying.cover)
        vanished = _count(transaction, state.table, vanishes)
        changes = replace(changes, vanished=vanished)
        goes = f"{goes} or {vanishes}" if vanished else goes
    some_go = changes.changed or changes.vanished
    straight = not (changed or unchanged or older)
    comes = _coming(ALL_COME if straight else COMES, saying)
    return Step(goes if some_go else None, comes, changes, straight)


def has_known(transaction: Transaction, state: State, saying: Saying) -> bool:
    """Whether the state holds a unit of the import."""
    transaction.run(_sql(KNOWN, state, saying))
    return _count(transaction, "known", "true") > 0


def _all_come(transaction: Transaction, saying: Saying, total: int) -> Step:
    """Whatever is stored, the rows come; those that a newer import has covered stay out."""
    covered = saying.covered(saying.shape.keys("s").day)
    older = _count(transaction, saying.incoming, covered) if saying.covers else 0
    changes = Changes(new=total - older, older=older)
    return Step(None, _coming(ALL_COME, saying), changes, straight=not older)


def _coming(template: str, saying: Saying) -> str:
    row = saying.shape.keys("i")
    return template.format(
        columns=saying.shape.listed("i"),
        incoming=saying.incoming,
        covered=saying.covered(row.day),
        i=row,
    )


def _judge(transaction: Transaction, state: State, saying: Saying) -> None:
    """Fill `verdicts`; units that are new for sure are left out of it."""
    transaction.run(_sql(KNOWN, state, saying))
    row = saying.shape.keys("i")
    is_checked = state.speaker is not None and not saying.speech.forced
    newer = f"coalesce({saying.is_older_than('held.speaker')}, false)"
    transaction.run(
        _sql(
            VERDICTS,
            state,
            saying,
            covered=f"({saying.covered('said.day')})",
            newer=newer if is_checked else "false",
            speaker=f"max({state.speaker})" if is_checked else "cast(null as timestamp)",
            said_hash=saying.shape.content_hash("i", stored=False),
            held_hash=saying.shape.content_hash("s", stored=True),
            spoken=f"{row.unit} is not null" if saying.covers else IS_KNOWN.format(i=row),
        )
    )


def _vanish(transaction: Transaction, state: State, saying: Saying, spoken: Cover) -> str:
    """The condition on stored rows (alias s) that a replace or complete lets vanish."""
    day = saying.shape.keys("b").day
    is_checked = state.speaker is not None and not saying.speech.forced
    conditions = {
        "within": spoken.condition(saying.shape.keys("s").day),
        "before": "false" if spoken.is_all else f"{day} < date '{spoken.first}'",
        "yields": f"not ({saying.is_older_than(str(state.speaker))})" if is_checked else "true",
        "family": ", ".join(str(event) for event in saying.speech.family),
    }
    transaction.run(_sql(VANISHING, state, saying, **conditions))
    return _sql(VANISHES, state, saying, **conditions)


def _sql(template: str, state: State, saying: Saying, **more: str) -> str:
    """A template over the state (rows s and b) and the import (rows i)."""
    rows = {alias: saying.shape.keys(alias) for alias in ("i", "s", "b")}
    return template.format(state=state.table, incoming=saying.incoming, **rows, **more)


def _count(transaction: Transaction, relation: str, condition: str) -> int:
    sql = COUNT.format(relation=relation, condition=condition)
    return int(transaction.rows(sql)[0][0])


def _is_empty(transaction: Transaction, state: State) -> bool:
    return not transaction.rows(f"from {state.table} limit 1")
