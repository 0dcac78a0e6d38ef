"""Touched units: those that can differ with and without one import or repair."""

from dataclasses import dataclass, replace

from salesdash.engine import Transaction
from salesdash.imports.covers import Dates, between, span
from salesdash.imports.rows import Layout, kept, quoted, relation
from salesdash.imports.speeches import Mode, Part, Speech

TOUCHED = """
create or replace temp table touched as
select distinct
    said.unit
from ({selects}
) as said
where said.unit is not null
"""

UNITS = """
    select
        {p.unit} as unit
    from {rows} as p
    where {condition}"""

IS_TOUCHED = """(
    {row.unit} in (select t.unit from touched as t)
    or ({row.unit} is null and ({loose}))
)"""

SAME_RECORD = """exists (
        select 1
        from read_parquet({path}) as mended
        where mended.sheet = p.sheet
          and mended.record = p.record
    )"""


@dataclass(frozen=True)
class Touched:
    """Units in the temp table `touched`, and rows without a key by event or by date.

    Both days of `dates` are included. `everything`: all rows.
    """

    events: tuple[int, ...] = ()
    dates: tuple[Dates, ...] = ()
    everything: bool = False

    def condition(self, alias: str, layout: Layout) -> str:
        """Whether a row belongs to a touched unit."""
        if self.everything:
            return "true"
        row = layout.keys(alias)
        events = ", ".join(str(event) for event in self.events)
        loose = [f"{alias}.event in ({events})"]
        loose += [between(row.day, dates) for dates in self.dates]
        return IS_TOUCHED.format(row=row, loose=" or ".join(loose))


def by_import(
    transaction: Transaction, speech: Speech, live: tuple[Speech, ...], layout: Layout
) -> Touched:
    """What an import touches, with and without its repairs; fills the temp table."""
    if speech.mode is Mode.COMPLETE:
        return Touched(everything=True)
    selects = [_units(part, "true", layout) for part in speech.parts]
    dates: tuple[Dates, ...] = ()
    if speech.mode is Mode.REPLACE:
        files = (kept(part.path, layout.content) for part in speech.parts)
        spans = (span(transaction, file, layout) for file in files)
        dates = tuple(found for found in spans if found[0] is not None)
    return _fill(transaction, speech, selects + _dated(live, dates, layout), dates)


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
    before, after = (span(transaction, relation(s, layout), layout) for s in (bare, mended))
    dates: tuple[Dates, ...] = ()
    if before != after and mended.mode.speaks_of_more:
        # its import now covers other dates, and so other units
        if mended.mode is Mode.COMPLETE:
            return Touched(everything=True)
        dates = tuple(found for found in (before, after) if found[0] is not None)
    same = SAME_RECORD.format(path=quoted(part.path))
    selects = [_units(other, same, layout) for other in mended.parts]
    return _fill(transaction, mended, selects + _dated(live, dates, layout), dates)


def _fill(
    transaction: Transaction, speech: Speech, selects: list[str], dates: tuple[Dates, ...]
) -> Touched:
    transaction.run(TOUCHED.format(selects="\n    union all".join(selects)))
    return Touched(speech.family, dates)


def _units(part: Part, condition: str, layout: Layout) -> str:
    rows = kept(part.path, layout.content)
    return UNITS.format(rows=rows, condition=condition, p=layout.keys("p"))


def _dated(live: tuple[Speech, ...], dates: tuple[Dates, ...], layout: Layout) -> list[str]:
    """Units of any live import with a row on these dates."""
    if not dates:
        return []
    condition = " or ".join(between(layout.keys("p").day, found) for found in dates)
    return [_units(part, condition, layout) for speech in live for part in speech.parts]
