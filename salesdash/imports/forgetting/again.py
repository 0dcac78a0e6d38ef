"""A later file that names somebody who was forgotten: the stand-in comes in instead of the name."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from salesdash.datasets.keys import folded
from salesdash.engine import identifier
from salesdash.errors import Problem, Values
from salesdash.imports.forgetting import originals, rewriting
from salesdash.imports.forgetting.columns import Columns, columns_of
from salesdash.imports.forgetting.originals import Impossible, Writing
from salesdash.imports.forgetting.subject import FIELDS, Kind, Secret, Subject
from salesdash.imports.request import Staged
from salesdash.imports.rows import column_names, filled_names, quoted
from salesdash.workspace import Event, EventKind, Status

VALUES = """
select distinct
    r.{column} as value
from read_parquet({path}) as r
where r.{column} is not null
"""


def without_forgotten(staged: Staged) -> Staged:
    """A cleaned import in which nobody who was forgotten is named any more."""
    forgotten = [
        event
        for event in staged.home.workspace.log.events(Status.DONE)
        if event.kind is EventKind.FORGET
    ]
    for event in forgotten:
        parts = [_part(part, event) for part in staged.parts]
        subjects = [subject for _, subject in parts if subject is not None]
        first, *others = (part for part, _ in parts)
        name = _original(staged, subjects[0]) if subjects else first.redacted
        rest = tuple(replace(part, redacted=name) for part in others)
        staged = replace(first, others=rest, redacted=name)
    return staged


def _part(part: Staged, event: Event) -> tuple[Staged, Subject | None]:
    kind = Kind(event.options["forgotten"])
    known = columns_of(kind, part.mapping.to_json() if part.mapping else None)
    subject = _met(part, event, known)
    if subject is None or part.cleaned is None:
        return part, None
    draft = part.rows_file.with_suffix(".redacted")
    count = rewriting.rows(part.home.engine, part.rows_file, subject, known, draft)
    if count:
        draft.replace(part.rows_file)
        column_names.cache_clear()
        filled_names.cache_clear()
    if part.rejects_file and rewriting.rejects(part.rejects_file, subject, known, draft):
        draft.replace(part.rejects_file)
    told = Problem("import.forgotten", {"count": count, "token": subject.token})
    cleaned = replace(part.cleaned, warnings=(*_told(part.cleaned.warnings, subject), told))
    request = replace(part.request, name=subject.text(part.request.name))
    return replace(part, cleaned=cleaned, request=request), subject


def _told(warnings: tuple[Problem, ...], subject: Subject) -> Iterator[Problem]:
    """Warnings without the name."""
    for each in warnings:
        yield replace(each, values=cast("Values", subject.within(each.values)))


def _met(part: Staged, event: Event, known: Columns) -> Subject | None:
    """Whom of the forgotten the rows name, with the writings in which they do."""
    kind = Kind(event.options["forgotten"])
    secret = Secret.of(part.home.workspace, event.who, event.at)
    marks, folds = dict(event.options["marks"]), set(event.options["folds"])
    token, found = str(event.options["token"]), dict[str, str]()
    for value in _values(part, kind, known):
        stand_in = marks.get(secret.mark(kind, value))
        if stand_in is None and secret.mark(kind, folded(value)) in folds:
            stand_in = token + "." * (len(marks) + len(found))
        if stand_in is not None:
            found[value] = stand_in
    if not found:
        return None
    names = tuple(sorted(v for v in found if not any(sign.isdigit() for sign in v) and len(v) > 1))
    return Subject(kind, token, found, names)


def _values(part: Staged, kind: Kind, known: Columns) -> list[str]:
    """All that stands in the fields of keys and names, in rows and rejected rows."""
    names = column_names(part.rows_file)
    found = {
        str(row[0])
        for name in FIELDS[kind]
        if name in names
        for row in part.home.engine.rows(
            VALUES.format(column=identifier(name), path=quoted(part.rows_file))
        )
    }
    if part.rejects_file is not None:
        found |= rewriting.named(part.rejects_file, FIELDS[kind], known)
    return sorted(found)


def _original(staged: Staged, subject: Subject) -> str:
    """Take the subject out of the original; its name then, "" where that is impossible."""
    reading = staged.reading
    if staged.redacted == "":
        return ""
    target = staged.folder / "redacted.zst"
    mappings = (part.mapping.to_json() for part in staged.parts if part.mapping)
    known = columns_of(subject.kind, *mappings)
    is_text = reading is not None and reading.format == "csv"
    encoding, delimiter = (
        (reading.encoding, reading.delimiter) if reading and is_text else (None,) * 2
    )
    try:
        originals.original(staged.original, target, subject, Writing(encoding, delimiter, known))
    except Impossible:
        staged.original.unlink(missing_ok=True)
        return ""
    target.replace(staged.original)
    return f"{staged.home.disk.fingerprint(staged.original)}.zst"
