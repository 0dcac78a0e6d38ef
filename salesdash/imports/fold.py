"""One import applied to a state, set by set: which rows go, which rows come.

The state is a table of rows: the stored ones, or a temporary table while units are recomputed.
For each document of the import the verdict is new, changed, unchanged (the stored version stays,
the import counts as having spoken) or older (a newer as-of moment has spoken; nothing happens).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesdash.engine import Transaction
from salesdash.imports.rows import Shape
from salesdash.imports.speeches import Mode, Speech

SPAN = """
select
    min(order_date) as first,
    max(order_date) as last
from {incoming} as i
"""

KNOWN = """
create or replace temp table known as
select
    spoken.document
from (
    select distinct
        document
    from {incoming} as i
    where document is not null
) as spoken
where spoken.document in (select s.document from {state} as s where s.document is not null)
"""

VERDICTS = """
create or replace temp table verdicts as
select
    said.document,
    case
        when {covered} or {newer} then 'older'
        when held.document is null then 'new'
        when said.rows = held.rows and said.content = held.content then 'unchanged'
        else 'changed'
    end as verdict,
    said.rows
from (
    select
        i.document,
        min(i.order_date) as day,
        count(*) as rows,
        sum({said_hash}) as content
    from {incoming} as i
    where {spoken}
    group by i.document
) as said
left join (
    select
        s.document,
        {speaker} as speaker,
        count(*) as rows,
        sum({held_hash}) as content
    from {state} as s
    where s.document in (select k.document from known as k)
    group by s.document
) as held
    on held.document = said.document
"""

VANISHING = """
create or replace temp table vanishing as
select distinct
    s.document
from {state} as s
where s.document is not null
  and {within}
  and {yields}
  and s.document not in (select i.document from {incoming} as i where i.document is not null)
  and s.document not in (
    select
        b.document
    from {state} as b
    where b.document is not null
      and {before}
  )
"""

VANISHES = """(
    s.document in (select g.document from vanishing as g)
    or (s.document is null and s.event not in ({family}) and {within} and {yields})
)"""

COMES = """
select
    {columns}
from {incoming} as i
left join verdicts as v
    on v.document = i.document
where coalesce(v.verdict, 'new') in ('new', 'changed')
  and not (i.document is null and ({covered}))
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
class Cover:
    """Dates a replace has spoken of, both included; None and None: complete, all dates."""

    first: date | None
    last: date | None

    def condition(self, day: str) -> str:
        """Whether a date expression lies within."""
        if self.first is None or self.last is None:
            return "true"
        return f"{day} between date '{self.first}' and date '{self.last}'"


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


@dataclass(frozen=True)
class Saying:
    """An import about to be applied: its rows as a relation, what newer imports have covered."""

    speech: Speech
    incoming: str
    span: tuple[date | None, date | None]
    covers: tuple[Cover, ...] = ()

    def covered(self, day: str) -> str:
        """Whether a newer replace or complete has spoken of that date."""
        return " or ".join(cover.condition(day) for cover in self.covers) or "false"


def span(transaction: Transaction, incoming: str) -> tuple[date | None, date | None]:
    """First and last date of the rows of an import."""
    first, last = transaction.rows(SPAN.format(incoming=incoming))[0]
    return first, last


def newer_covers(
    speech: Speech, earlier: Sequence[tuple[Speech, tuple[date | None, date | None]]]
) -> tuple[Cover, ...]:
    """The dates that earlier imports of a newer moment have spoken of as a whole."""
    if speech.forced:
        return ()
    return tuple(
        Cover(*(dates if other.mode is Mode.REPLACE else (None, None)))
        for other, dates in earlier
        if other.mode.speaks_of_more and other.as_of > speech.as_of and dates[0] is not None
    )


def step(transaction: Transaction, state: State, saying: Saying, shape: Shape) -> Step:
    """Judge an import against a state. Leaves temp tables that `goes` and `comes` refer to."""
    total = _count(transaction, saying.incoming, "true")
    if saying.speech.mode is Mode.APPEND:
        return _append(transaction, saying, shape, total)
    if not saying.covers and _is_empty(transaction, state):
        columns = ALL_COME.format(
            columns=shape.listed("i"), incoming=saying.incoming, covered="false"
        )
        return Step(None, columns, Changes(new=total), straight=True)
    _judge(transaction, state, saying, shape)
    tally = [int(n) for n in transaction.rows(TALLY)[0]]
    older_loose = _count(
        transaction, saying.incoming, f"s.document is null and ({saying.covered('s.order_date')})"
    )
    changed, unchanged, older = tally[0], tally[1], tally[2] + older_loose
    changes = Changes(total - changed - unchanged - older, changed, unchanged, older)
    comes = COMES.format(
        columns=shape.listed("i"),
        incoming=saying.incoming,
        covered=saying.covered("i.order_date"),
    )
    goes = "s.document in (select v.document from verdicts as v where v.verdict = 'changed')"
    if saying.speech.mode.speaks_of_more:
        vanishes = _vanish(transaction, state, saying)
        vanished = _count(transaction, state.table, vanishes)
        changes = replace(changes, vanished=vanished)
        goes = f"{goes} or {vanishes}" if vanished else goes
    some_go = changes.changed or changes.vanished
    straight = not (changed or unchanged or older)
    return Step(goes if some_go else None, comes, changes, straight)


def has_known(transaction: Transaction, state: State, saying: Saying) -> bool:
    """Whether the state holds a document of the import."""
    transaction.run(KNOWN.format(incoming=saying.incoming, state=state.table))
    return _count(transaction, "known", "true") > 0


def _append(transaction: Transaction, saying: Saying, shape: Shape, total: int) -> Step:
    comes = ALL_COME.format(
        columns=shape.listed("i"),
        incoming=saying.incoming,
        covered=saying.covered("i.order_date"),
    )
    older = _count(transaction, saying.incoming, saying.covered("s.order_date"))
    return Step(None, comes, Changes(new=total - older, older=older), straight=not older)


def _judge(transaction: Transaction, state: State, saying: Saying, shape: Shape) -> None:
    """Fill `verdicts`; documents that are new for sure are left out of it."""
    transaction.run(KNOWN.format(incoming=saying.incoming, state=state.table))
    known = "i.document in (select k.document from known as k)"
    is_checked = state.speaker is not None and not saying.speech.forced
    moment = f"timestamp '{saying.speech.as_of}'"
    transaction.run(
        VERDICTS.format(
            covered=f"({saying.covered('said.day')})",
            newer=f"coalesce(held.speaker > {moment}, false)" if is_checked else "false",
            speaker=f"max({state.speaker})" if is_checked else "cast(null as timestamp)",
            said_hash=shape.content_hash("i", stored=False),
            held_hash=shape.content_hash("s", stored=True),
            incoming=saying.incoming,
            state=state.table,
            spoken="i.document is not null" if saying.covers else known,
        )
    )


def _vanish(transaction: Transaction, state: State, saying: Saying) -> str:
    """The condition on stored rows (alias s) that a replace or complete lets vanish."""
    first, last = saying.span
    speech = saying.speech
    dates = Cover(first, last) if speech.mode is Mode.REPLACE else Cover(None, None)
    if first is None:
        return "false"
    is_checked = state.speaker is not None and not speech.forced
    yields = f"{state.speaker} <= timestamp '{speech.as_of}'" if is_checked else "true"
    is_dated = dates.first is not None
    transaction.run(
        VANISHING.format(
            state=state.table,
            incoming=saying.incoming,
            within=dates.condition("s.order_date"),
            before=f"b.order_date < date '{first}'" if is_dated else "false",
            yields=yields,
        )
    )
    family = ", ".join(str(event) for event in speech.family)
    within = dates.condition("s.order_date")
    return VANISHES.format(family=family, within=within, yields=yields)


def _count(transaction: Transaction, relation: str, condition: str) -> int:
    sql = COUNT.format(relation=relation, condition=condition)
    return int(transaction.rows(sql)[0][0])


def _is_empty(transaction: Transaction, state: State) -> bool:
    return not transaction.rows(f"from {state.table} limit 1")
