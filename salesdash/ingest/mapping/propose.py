"""The proposal: a plan for each dataset that a file holds, with the questions it leaves open."""

from collections.abc import Sequence
from dataclasses import replace

from salesdash.datasets import SALES, Dataset
from salesdash.errors import DataRefused, Place, Problem, UsageError
from salesdash.ingest.headers import plain
from salesdash.ingest.mapping import detect, joins, specs
from salesdash.ingest.mapping.assembly import plan
from salesdash.ingest.mapping.draft import Draft, begin, completed, missing
from salesdash.ingest.mapping.plan import Mapping, Overrides, Question
from salesdash.ingest.reading import Reading, Table

Memory = Mapping | Sequence[Mapping] | None
"""Mappings kept under the fingerprints of the file's tables."""


def propose(
    reading: Reading,
    dataset: Dataset,
    memory: Memory = None,
    overrides: Overrides | None = None,
) -> Mapping:
    """The mapping of a reading to one dataset.

    `memory` is what was kept under `Table.fingerprint` for an earlier file, if any. Raises
    DataRefused when nothing can become rows: no records, or no column for a required field and
    none that could be asked about; UsageError for an override that names nothing.
    """
    said, kept = overrides or Overrides(), _kept(memory)
    drafts = []
    for number, table in _named(reading, said):
        specs.require(specs.specs(table, said), said, dataset)
        known = next((m for m in kept if _is_of(m, table, dataset)), None)
        drafts.append(completed(begin(table, number, dataset, known, said)))
    draft, rivals = _fitting(drafts, reading)
    return _planned(draft, reading, said, rivals)


def propose_all(
    reading: Reading,
    dataset: Dataset | None = None,
    memory: Memory = None,
    overrides: Overrides | None = None,
) -> tuple[Mapping, ...]:
    """The mappings of a reading to all datasets it holds, or to the one that was given.

    A table may feed two (revenue and spend by channel), sheets may hold different ones. What is
    not clear is a question of the first mapping: `dataset`, answered by naming one. Raises as
    `propose` does.
    """
    said, kept = overrides or Overrides(), _kept(memory)
    if dataset is not None:
        return (propose(reading, dataset, kept, said),)
    found = [
        each
        for number, table in _named(reading, said)
        for each in detect.datasets_of(table, number, reading, kept, said)
    ]
    if not found:
        _refuse_other_kinds(reading, kept, said)
        return (propose(reading, detect.guess(reading, said), kept, said),)
    return _each_once(found, reading, said)


def _refuse_other_kinds(reading: Reading, kept: tuple[Mapping, ...], said: Overrides) -> None:
    """DataRefused when every table is known to hold no dataset."""
    tables = [table for _, table in _tables(reading, said)]
    kinds = [detect.other_kind(table, kept, said) for table in tables]
    if kinds and kinds[0] is not None and all(kinds):
        raise DataRefused(f"data.other.{kinds[0]}", place=Place(reading.file))


def _each_once(found: list[detect.Found], reading: Reading, said: Overrides) -> tuple[Mapping, ...]:
    """One mapping a dataset; what two tables of one could be is asked."""
    order = list(dict.fromkeys(each.draft.dataset.name for each in found))
    mappings = []
    for name in order:
        same = [each for each in found if each.draft.dataset.name == name]
        beside = frozenset().union(
            *(_columns_of(each.draft) for each in found if _shares(each, same[0]))
        )
        draft = completed(same[0].draft)
        draft = replace(draft, elsewhere=draft.elsewhere | (beside - set(draft.places.values())))
        asked = (*_which_dataset(same[0], reading), *_which_sheet([e.draft for e in same], reading))
        mappings.append(_planned(draft, reading, said, asked, bare=same[0].beside))
    first, *others = mappings
    read = {number for mapping in mappings for number in mapping.tables}
    return (replace(first, warnings=(*first.warnings, *_unread(reading, read, said))), *others)


def _shares(other: detect.Found, one: detect.Found) -> bool:
    return other is not one and other.draft.number == one.draft.number


def _columns_of(draft: Draft) -> frozenset[int]:
    """The columns that only this dataset reads: those of a wide table."""
    return frozenset(draft.spread.members) if draft.spread is not None else frozenset()


def _which_dataset(found: detect.Found, reading: Reading) -> tuple[Question, ...]:
    if not found.rivals:
        return ()
    options = (found.draft.dataset.name, *found.rivals)
    return (Question("dataset", "question.dataset", {"file": reading.file}, options),)


def _which_sheet(drafts: list[Draft], reading: Reading) -> tuple[Question, ...]:
    if len(drafts) <= 1:
        return ()
    options = tuple(reading.sheets_of(draft.table)[0].name for draft in drafts)
    copied = any(note.key == "reading.copied_sheet" for note in reading.notes)
    text = "question.sheet_copied" if copied else "question.sheet"
    return (Question("sheet", text, {"file": reading.file}, options),)


def _unread(reading: Reading, read: set[int], said: Overrides) -> tuple[Problem, ...]:
    """The sheets that nothing was read from."""
    tables = [t for n, t in _tables(reading, said) if n not in read and t.books.rows]
    names = [sheet.name for table in tables for sheet in reading.sheets_of(table)]
    return (Problem("mapping.unread_sheets", {"sheets": ", ".join(names)}),) if names else ()


def _planned(
    draft: Draft,
    reading: Reading,
    said: Overrides,
    asked: tuple[Question, ...] = (),
    *,
    bare: bool = False,
) -> Mapping:
    if not draft.table.books.rows and not draft.table.books.rejected:
        raise DataRefused("data.no_rows", place=Place(reading.file))
    _require_amount(draft, said)
    mapping = plan(draft, said, bare=bare)
    joined = () if said.sheet else joins.find(draft, reading)
    return replace(mapping, joins=joined, questions=(*asked, *mapping.questions))


def _require_amount(draft: Draft, said: Overrides) -> None:
    """UsageError when the amount that was named is nothing this table has."""
    if said.amount is None or draft.dataset is not SALES:
        return
    if draft.amount is None or draft.amount.reason != "amount.given":
        listed = specs.listed(draft.table)
        raise UsageError("mapping.no_such_column", column=said.amount, columns=listed)


def _kept(memory: Memory) -> tuple[Mapping, ...]:
    if memory is None:
        return ()
    return (memory,) if isinstance(memory, Mapping) else tuple(memory)


def _is_of(memory: Mapping, table: Table, dataset: Dataset) -> bool:
    return memory.dataset == dataset.name and memory.fingerprint == table.fingerprint


def _tables(reading: Reading, said: Overrides) -> list[tuple[int, Table]]:
    tables = list(enumerate(reading.tables))
    if said.sheet is None or len(tables) == 1:
        return tables
    wanted = plain(said.sheet).lower()
    sheets = {s.index for s in reading.sheets if plain(s.name).lower() == wanted}
    chosen = [(at, table) for at, table in tables if sheets & set(table.sheets)]
    if not chosen:
        names = ", ".join(s.name for s in reading.sheets)
        raise UsageError("file.no_such_sheet", sheet=said.sheet, sheets=names)
    return chosen


def _named(reading: Reading, said: Overrides) -> list[tuple[int, Table]]:
    """The tables that are looked at, once every header that was named is in one of them."""
    tables = _tables(reading, said)
    specs.require_headers([table for _, table in tables], said)
    return tables


def _fitting(drafts: list[Draft], reading: Reading) -> tuple[Draft, tuple[Question, ...]]:
    """The one table that has what the dataset requires; several are a question."""
    fitting = [draft for draft in drafts if not missing(draft)]
    if not fitting:
        return max(drafts, key=lambda d: (-len(missing(d)), d.table.books.rows)), ()
    return fitting[0], _which_sheet(fitting, reading)
