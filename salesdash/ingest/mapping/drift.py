"""What changed since the last file of this kind: columns that are missing, renamed or new."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from salesdash.errors import Problem
from salesdash.ingest.headers import fold
from salesdash.ingest.mapping.draft import Draft
from salesdash.ingest.mapping.plan import ColumnMap, Mapping, Overrides, Question
from salesdash.ingest.mapping.questions import could_be
from salesdash.ingest.reading import OWN_HEADERS, Table

ALIKE = 0.5
"""Share of all their headers that two files of one kind have in common, at least."""

LISTED = 10


def adapted(table: Table, known: Sequence[Mapping]) -> tuple[Mapping, ...]:
    """The mappings of the file most like this one, as if they were of it; none if none is alike."""
    headers = _folded(table.columns)
    likeness = {id(m): _alike(headers, _folded(c.header for c in m.columns)) for m in known}
    best = max(known, key=lambda mapping: likeness[id(mapping)], default=None)
    if best is None or likeness[id(best)] < ALIKE:
        return ()
    same = [mapping for mapping in known if mapping.fingerprint == best.fingerprint]
    return tuple(replace(mapping, fingerprint=table.fingerprint) for mapping in same)


def told(draft: Draft) -> tuple[Problem, ...]:
    """The columns that the last file had and this one lacks, and those that are new."""
    gone, new = _gone(draft), _new(draft)
    problems = []
    for column in gone:
        guess = _guess(column, draft)
        if guess is None:
            problems.append(Problem("mapping.column_gone", {"column": column.header}))
        else:
            renamed_to: dict[str, object] = {"column": column.header, "now": guess}
            problems.append(Problem("mapping.column_renamed", renamed_to))
    if new and gone:
        listed = ", ".join(draft.table.columns[index] for index in new[:LISTED])
        problems.append(Problem("mapping.columns_new", {"columns": listed}))
    return tuple(problems)


def suggested(column: ColumnMap, draft: Draft) -> ColumnMap:
    """A new column with the field of the missing one that it likely was."""
    if column.field is not None:
        return column
    was = next((gone for gone in _gone(draft) if _guess(gone, draft) == column.header), None)
    return column if was is None else replace(column, suggestion=was.field)


def amount_asked(draft: Draft, said: Overrides) -> list[Question]:
    """Which column is the amount now, where the one of last time is missing."""
    was = draft.memory.amount.name if draft.memory is not None else ""
    if draft.amount is None or said.amount or draft.amount.reason == "amount.given":
        return []
    if was not in {c.header for c in _gone(draft)}:
        return []
    new = {draft.table.columns[index] for index in _new(draft)}
    others = tuple(header for header in could_be(draft, "amount") if header in new)
    values = {"column": was, "now": draft.amount.name}
    options = tuple(dict.fromkeys((*others, draft.amount.name)))
    return [Question("amount", "question.amount_gone", values, options)]


def renamed(question: Question, draft: Draft) -> Question:
    """The question for a required column, reminding of the one that it was last time."""
    was = next((c for c in _gone(draft) if question.id == f"field:{c.field}"), None)
    guess = _guess(was, draft) if was is not None else None
    if was is None or guess is None:
        return question
    others = tuple(option for option in question.options if option != guess)
    values = {"column": was.header, "now": guess}
    return replace(question, text="question.renamed", values=values, options=(guess, *others))


def _gone(draft: Draft) -> tuple[ColumnMap, ...]:
    """The columns of last time that filled a field and are missing."""
    if draft.memory is None:
        return ()
    there = _folded(draft.table.columns)
    kept = draft.memory.columns
    return tuple(c for c in kept if c.field and c.member is None and fold(c.header) not in there)


def _new(draft: Draft) -> list[int]:
    """The numbers of the columns that last time were not there."""
    kept = draft.memory.columns if draft.memory is not None else ()
    known = _folded(column.header for column in kept)
    columns = enumerate(draft.table.columns)
    return [i for i, header in columns if fold(header) not in known and header not in OWN_HEADERS]


def _guess(gone: ColumnMap, draft: Draft) -> str | None:
    """The new column that a missing one became: its values would do, at best in its place."""
    field = str(gone.field)
    if field in draft.fields:
        return None
    new = {draft.table.columns[index]: index for index in _new(draft)}
    fitting = [header for header in could_be(draft, field) if header in new]
    return max(
        fitting,
        key=lambda header: (
            fuzz.ratio(fold(header), fold(gone.header)) - abs(new[header] - gone.index)
        ),
        default=None,
    )


def _folded(headers: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(header) for header in headers)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))
