"""Touched units: those that can differ with and without one import or repair."""

from dataclasses import dataclass, replace
from datetime import date

from salesdash.engine import Transaction
from salesdash.imports.fold import span
from salesdash.imports.rows import Layout, quoted, relation
from salesdash.imports.speeches import Mode, Part, Speech

TOUCHED = """
create or replace temp table touched as
select distinct
    said.document
from ({selects}
) as said
where said.document is not null
"""

DOCUMENTS = """
    select
        p.document
    from read_parquet({path}) as p
    where {condition}"""

IS_TOUCHED = """(
    {alias}.document in (select t.document from touched as t)
    or ({alias}.document is null and ({loose}))
)"""

SAME_RECORD = """exists (
        select 1
        from read_parquet({path}) as mended
        where mended.sheet = p.sheet
          and mended.record = p.record
    )"""

Dates = tuple[date | None, date | None]


@dataclass(frozen=True)
class Touched:
    """Documents in the temp table `touched`, and rows without document by event or by date.

    Both days of `dates` are included. `everything`: all rows.
    """

    events: tuple[int, ...] = ()
    dates: tuple[Dates, ...] = ()
    everything: bool = False

    def condition(self, alias: str) -> str:
        """Whether a row belongs to a touched unit."""
        if self.everything:
            return "true"
        events = ", ".join(str(event) for event in self.events)
        loose = [f"{alias}.event in ({events})"]
        loose += [_between(f"{alias}.order_date", dates) for dates in self.dates]
        return IS_TOUCHED.format(alias=alias, loose=" or ".join(loose))


def by_import(transaction: Transaction, speech: Speech, live: tuple[Speech, ...]) -> Touched:
    """What an import touches, with and without its repairs; fills the temp table."""
    if speech.mode is Mode.COMPLETE:
        return Touched(everything=True)
    selects = [_documents(part, "true") for part in speech.parts]
    dates: tuple[Dates, ...] = ()
    if speech.mode is Mode.REPLACE:
        spans = (span(transaction, f"read_parquet({quoted(p.path)})") for p in speech.parts)
        dates = tuple(found for found in spans if found[0] is not None)
    return _fill(transaction, speech, selects + _dated(live, dates), dates)


def by_repair(
    transaction: Transaction,
    part: Part,
    speech: Speech,
    live: tuple[Speech, ...],
    layout: Layout,
) -> Touched:
    """What a repair of an import touches; `speech`: the import, with or without the repair."""
    others = tuple(other for other in speech.parts if other.event != part.event)
    mended = replace(speech, parts=tuple(sorted((*others, part), key=lambda p: p.event)))
    bare = replace(speech, parts=others)
    before, after = (span(transaction, relation(s, layout)) for s in (bare, mended))
    dates: tuple[Dates, ...] = ()
    if before != after and mended.mode.speaks_of_more:
        # its import now covers other dates, and so other units
        if mended.mode is Mode.COMPLETE:
            return Touched(everything=True)
        dates = tuple(found for found in (before, after) if found[0] is not None)
    same = SAME_RECORD.format(path=quoted(part.path))
    selects = [_documents(other, same) for other in mended.parts] + _dated(live, dates)
    return _fill(transaction, mended, selects, dates)


def _fill(
    transaction: Transaction, speech: Speech, selects: list[str], dates: tuple[Dates, ...]
) -> Touched:
    transaction.run(TOUCHED.format(selects="\n    union all".join(selects)))
    return Touched(speech.family, dates)


def _documents(part: Part, condition: str) -> str:
    return DOCUMENTS.format(path=quoted(part.path), condition=condition)


def _dated(live: tuple[Speech, ...], dates: tuple[Dates, ...]) -> list[str]:
    """Documents of any live import with a row on these dates."""
    if not dates:
        return []
    condition = " or ".join(_between("p.order_date", found) for found in dates)
    return [_documents(part, condition) for speech in live for part in speech.parts]


def _between(day: str, dates: Dates) -> str:
    return f"{day} between date '{dates[0]}' and date '{dates[1]}'"
