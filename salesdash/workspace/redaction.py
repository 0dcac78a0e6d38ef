"""Redaction: names in what people wrote and what the log remembers give way to a stand-in.

Structured places (owners, who wrote, scopes, samples in warnings) change; texts that people typed,
and places where a name stands among others, stay as they are, and are listed.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, Connection, Row, Table, select, update

from salesdash.workspace import guards
from salesdash.workspace.metadata import metadata

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

CLASS, PLAIN = "~", ("decimal", "date", "moment")
"""In JSON that was frozen: says what follows; these are numbers and days, all others classes."""

CODE = re.compile(r"[a-z][a-z0-9_.-]*")
"""Texts of answers that look like this are keys of ours, like goals.word.target."""

ADDRESS = "query"
"""Columns with the query of an address."""

NUMBERS = frozenset(
    (
        *(f"goal_revisions.{name}" for name in ("target", "floor", "stretch", "baseline", "basis")),
        *("actions.expected", "actions.ref"),
    )
)
"""Amounts and numbers of rows that stand as text: no keys of customers."""

RECORDED = "revisions.content"
"""What was written in other tables, by the names of their columns."""

TYPED = frozenset(
    (
        "actions.text",
        "annotations.text",
        "action_comments.text",
        "action_verdicts.note",
        "meeting_texts.text",
        "meeting_lines.title",
        "meeting_lines.hint",
        "meeting_templates.name",
        "meeting_templates.agenda",
        "meeting_ratings.word",
        "reopenings.reason",
        "goal_revisions.reason",
        "goal_revisions.why",
        "goal_reviews.note",
        "goal_reviews.decision",
        "goal_reviews.next_step",
        "evidence.note",
        "completions.note",
        "completions.score",
        "saved_queries.name",
        "saved_queries.description",
        RECORDED,
    )
)
"""Words of people."""

QUESTIONS = frozenset(("saved_queries.sql", "asked_queries.entries"))
"""SQL: a text in quotes is a cell, and a name may stand anywhere else."""

QUOTED = re.compile(r"'((?:[^']|'')*)'")

NAMING = frozenset(
    ("who", "owner", "person", "witness", "made_by", "settled_by", "opened_by", "closed_by")
)
"""Columns that hold a name, in whatever table; several may be typed into one."""

FROZEN = frozenset(
    (
        "meetings.answers",
        "reopenings.answers",
        "goal_reviews.answers",
        "action_verdicts.answers",
    )
)
"""JSON kept as text."""

FILES = frozenset(("events.file_name", "training_steps.file"))
"""Names of files, which may hold somebody's."""


@dataclass(frozen=True)
class Rule:
    """What becomes of names: `cell` of a value that is nothing else, `within` of JSON and texts."""

    cell: Callable[[str], str]
    within: Callable[[object], object]
    is_in: Callable[[str], bool]


@dataclass
class Redacted:
    """How many places changed in which table, and the typed texts that name somebody."""

    places: dict[str, int] = field(default_factory=dict)
    texts: list[tuple[str, int, str]] = field(default_factory=list)


def redact(workspace: "Workspace", rule: Rule, *, dry: bool = False) -> Redacted:
    """Replace names in all tables, all or nothing; `dry` only looks.

    What was there before leaves the file, too: freed pages are overwritten.
    """
    if dry:
        with workspace.reading() as connection:
            return _all(connection, rule, write=False)
    with workspace.writing() as connection, guards.lifted(connection):
        found = _all(connection, rule, write=True)
    workspace.compact()
    workspace.log.reread()
    return found


def _all(connection: Connection, rule: Rule, *, write: bool) -> Redacted:
    found = Redacted()
    for table in metadata.sorted_tables:
        for row in connection.execute(select(table)).all():
            changed = dict(_changes(table, row, rule, found))
            if changed:
                found.places[table.name] = found.places.get(table.name, 0) + len(changed)
            if changed and write:
                connection.execute(update(table).where(table.c.id == row.id).values(**changed))
    return found


def _changes(
    table: Table, row: Row[Any], rule: Rule, found: Redacted
) -> Iterator[tuple[str, object]]:
    """Columns of a row that change, with their new values; texts that still name are noted."""
    for column in table.columns:
        value, place = row._mapping[column], f"{table.name}.{column.name}"
        if place == RECORDED:
            source = metadata.tables.get(row.source)
            known = {} if source is None else dict(source.columns)
            new: object = {name: _new(known.get(name), each, rule) for name, each in value.items()}
        else:
            new = _new(column, value, rule)
        if place in TYPED:
            found.texts += [(place, row.id, said) for said in _said(row, place, new, rule)]
        elif column.name in NAMING and isinstance(new, str) and rule.is_in(new):
            found.texts.append((place, row.id, new))
        if new != value:
            yield column.name, new


def _new(column: Column[Any] | None, value: object, rule: Rule) -> object:
    """What becomes of a value; of a column that is not there any more as of a typed one."""
    place = "" if column is None else f"{column.table.name}.{column.name}"
    if column is None or place in TYPED:
        return _exact(value, rule)
    if value is None or place in NUMBERS or not _may_name(column, value):
        return value
    if place in WRITTEN:
        return WRITTEN[place](value, rule)
    if column.name == ADDRESS and isinstance(value, dict):
        return {name: [_code(each, rule) for each in codes] for name, codes in value.items()}
    if isinstance(column.type, JSON) or place in FILES:
        return rule.within(value)
    return rule.cell(str(value))


def _frozen(value: object, rule: Rule) -> str:
    text = str(value)
    known = json.loads(text)
    new = _kept(known, rule)
    return text if new == known else json.dumps(new, ensure_ascii=False)


def _kept(value: object, rule: Rule) -> object:
    """An answer without the name: its classes, fields, numbers, days and codes stay what they are.

    A customer may be called Target, or have a key that is a number.
    """
    if isinstance(value, str):
        return rule.cell(value) if CODE.fullmatch(value) else rule.within(value)
    if isinstance(value, list):
        return [_kept(each, rule) for each in value]
    if isinstance(value, dict) and value.get(CLASS) not in PLAIN:
        return {k: each if k == CLASS else _kept(each, rule) for k, each in value.items()}
    return value


def _code(value: object, rule: Rule) -> object:
    """What an address says: a number in it is that of a goal or a meeting."""
    return value if isinstance(value, str) and value.isdecimal() else rule.within(value)


def _asked(value: object, rule: Rule) -> object:
    """SQL that goes on finding who was forgotten, by the stand-in."""
    if isinstance(value, str):
        return rule.within(QUOTED.sub(lambda found: _literal(found[1], rule), value))
    if isinstance(value, list):
        return [{**each, "sql": _asked(each["sql"], rule)} for each in value]
    return value


def _literal(text: str, rule: Rule) -> str:
    return "'" + rule.cell(text.replace("''", "'")).replace("'", "''") + "'"


WRITTEN: Mapping[str, Callable[[object, Rule], object]] = {
    **dict.fromkeys(FROZEN, _frozen),
    **dict.fromkeys(QUESTIONS, _asked),
}
"""Columns in a language of their own."""


def _said(row: Row[Any], place: str, value: object, rule: Rule) -> Iterator[str]:
    """Typed texts that name somebody; of what was recorded those of the columns that hold any."""
    if place == RECORDED and isinstance(value, dict):
        value = [each for name, each in value.items() if f"{row.source}.{name}" not in FROZEN]
    yield from (said for said in _texts(value) if rule.is_in(said))


def _may_name(column: Column[Any], value: object) -> bool:
    return isinstance(column.type, JSON) or isinstance(value, str)


def _texts(value: object) -> Iterator[str]:
    """All texts within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _exact(value: object, rule: Rule) -> object:
    """A value in which texts that are a name and nothing else were replaced."""
    if isinstance(value, str):
        return rule.cell(value)
    if isinstance(value, list):
        return [_exact(each, rule) for each in value]
    if isinstance(value, dict):
        return {key: _exact(each, rule) for key, each in value.items()}
    return value
