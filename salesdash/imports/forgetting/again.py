"""A later file that names somebody who was forgotten: the stand-in comes in instead of the name."""

from dataclasses import replace

from salesdash.datasets.keys import folded
from salesdash.engine import identifier
from salesdash.imports.forgetting import originals, rewriting
from salesdash.imports.forgetting.columns import columns_of
from salesdash.imports.forgetting.originals import Impossible, Writing
from salesdash.imports.forgetting.subject import FIELDS, Kind, Secret, Subject
from salesdash.imports.request import Staged
from salesdash.imports.rows import column_names, quoted
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
    subject = _met(part, event)
    if subject is None or part.cleaned is None:
        return part, None
    known = columns_of(subject.kind, part.mapping.to_json() if part.mapping else None)
    draft = part.rows_file.with_suffix(".redacted")
    if rewriting.rows(part.home.engine, part.rows_file, subject, known, draft):
        draft.replace(part.rows_file)
        column_names.cache_clear()
    if part.rejects_file and rewriting.rejects(part.rejects_file, subject, known, draft):
        draft.replace(part.rejects_file)
    return part, subject


def _met(part: Staged, event: Event) -> Subject | None:
    """Whom of the forgotten the rows name, with the writings in which they do."""
    kind = Kind(event.options["forgotten"])
    secret = Secret.of(part.home.workspace, event.who, event.at)
    marks, folds = dict(event.options["marks"]), set(event.options["folds"])
    token, found = str(event.options["token"]), dict[str, str]()
    for value in _values(part, kind):
        known = marks.get(secret.mark(kind, value))
        if known is None and secret.mark(kind, folded(value)) in folds:
            known = token + "." * len(marks)
        if known is not None:
            found[value] = known
    if not found:
        return None
    names = tuple(sorted(v for v in found if not any(sign.isdigit() for sign in v) and len(v) > 1))
    return Subject(kind, token, found, names)


def _values(part: Staged, kind: Kind) -> list[str]:
    names = column_names(part.rows_file)
    return [
        str(row[0])
        for field in FIELDS[kind]
        if field in names
        for row in part.home.engine.rows(
            VALUES.format(column=identifier(field), path=quoted(part.rows_file))
        )
    ]


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
