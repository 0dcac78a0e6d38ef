"""Commit, undo, redo: each is an event, and is there completely or not at all.

The order makes it so: files on the disk, a pending event in the log, one transaction in the
projection that also writes the ledger, the event done. Whatever is interrupted is settled by the
ledger when the home opens or writes the next time.
"""

from contextlib import suppress
from datetime import datetime

from salesdash.errors import DataRefused, SalesdashError, UsageError
from salesdash.imports import recovery, retention, running
from salesdash.imports.apply import replay
from salesdash.imports.forgetting.again import without_forgotten
from salesdash.imports.home import Home
from salesdash.imports.preflight import counted
from salesdash.imports.request import Staged
from salesdash.imports.speeches import is_alive, together
from salesdash.imports.stage import duplicate, standing
from salesdash.ingest.frozen import to_json
from salesdash.workspace import Draft, Event, EventKind, Stamp, Status


def commit(home: Home, staged: Staged, who: str, now: datetime) -> Event:
    """Store a staged import (or repair) and apply it; of several datasets the event of the first.

    When others wrote since it was staged, it is counted anew first. Raises DataRefused when it is
    a duplicate by now or has (new) open questions, DiskFull and StorageError; nothing changed then,
    and the same staged import can be committed again.
    """
    with home.writing():
        staged = _current(home, staged)
        home.on_step("checked")
        drafts = [_draft(part, who, now, _keep(home, part)) for part in staged.parts]
        home.on_step("kept")
        events = enact(home, drafts)
        if staged.repairs is None:
            _remember(home, staged, Stamp(who, now))
        with suppress(SalesdashError):  # the import is in, whatever housekeeping meets
            staged.discard()
            retention.expire(home, now)
        return events[0]


def _remember(home: Home, staged: Staged, stamp: Stamp) -> None:
    """Keep the confirmed mappings for the next file like this one."""
    for mapping in (part.mapping for part in staged.parts if part.mapping is not None):
        key = (mapping.dataset, mapping.fingerprint)
        with suppress(SalesdashError):  # a memory is a comfort: the import is in
            home.workspace.mappings.remember(key, mapping.to_json(), stamp, None)


def undo(home: Home, number: int, who: str, now: datetime) -> Event:
    """Take an import, edit or repair out again; of an undo or redo: the contrary of it.

    What one file brought into several datasets goes as one; the first event is returned. Raises
    UsageError when there is nothing to undo.
    """
    return _turn(home, number, EventKind.UNDO, Stamp(who, now))


def redo(home: Home, number: int, who: str, now: datetime) -> Event:
    """Bring back what was undone, all of it; of an undo or redo: the same again.

    Raises UsageError when there is nothing to redo.
    """
    return _turn(home, number, EventKind.REDO, Stamp(who, now))


def _turn(home: Home, number: int, kind: EventKind, stamp: Stamp) -> Event:
    with home.writing():
        subject = home.workspace.log.event(number)
        if subject.kind is EventKind.FORGET:
            raise UsageError("event.forgotten", event=number)
        if not subject.kind.brings_rows and subject.target is not None:
            same = subject.kind is EventKind.REDO
            kind = kind if same else _contrary(kind)
            subject = home.workspace.log.event(subject.target)
        events = home.done()
        stands = kind is EventKind.UNDO
        meant = [e for e in together(subject, events) if is_alive(e.id, events) is stands]
        if not meant:
            raise UsageError(f"event.nothing_to_{kind}", event=number)
        drafts = [
            Draft(kind, stamp.who, stamp.at, dataset=each.dataset, target=each.id) for each in meant
        ]
        return enact(home, drafts)[0]


def _contrary(kind: EventKind) -> EventKind:
    return EventKind.REDO if kind is EventKind.UNDO else EventKind.UNDO


def _current(home: Home, staged: Staged) -> Staged:
    """The staged import against what is stored at this moment."""
    known = duplicate(home, staged) if staged.repairs is None else None
    if known is not None:
        raise DataRefused("import.duplicate", event=known, file=staged.request.name)
    if staged.repairs is not None:
        standing(home, staged.repairs, EventKind.IMPORT)
    if staged.base != home.warehouse.version and not staged.questions:
        staged = counted(without_forgotten(staged))
    if staged.questions or staged.cleaned is None:
        asked = ", ".join(question.id for question in staged.questions)
        raise DataRefused("data.open_questions", questions=asked)
    return staged


def _keep(home: Home, staged: Staged) -> dict[str, str]:
    """Bring the files of a staged import to their lasting places; their names there."""
    kept = {"original": f"{staged.sha256}.zst" if staged.redacted is None else staged.redacted}
    if kept["original"]:
        home.disk.keep(staged.original, home.originals / kept["original"])
    else:  # it names somebody who was forgotten, and cannot be written anew
        del kept["original"]
    for field, path in (("rows_file", staged.rows_file), ("rejects_file", staged.rejects_file)):
        if path is not None:
            kept[field] = f"{home.disk.fingerprint(path)}.parquet"
            home.disk.keep(path, home.imports / kept[field])
    return kept


def _draft(staged: Staged, who: str, now: datetime, files: dict[str, str]) -> Draft:
    request, done, reading = staged.request, staged.cleaned, staged.reading
    changes = vars(staged.changes)
    counts = {**vars(done.counts), **changes} if done else changes
    kind = EventKind.IMPORT if staged.repairs is None else EventKind.REPAIR
    told = done or staged.mapping  # the cleaning repeats what the mapping warned of
    warnings = told.warnings if told else ()
    options = {**request.options()}
    if reading is not None:
        options["read"] = {
            "format": reading.format,
            "encoding": reading.encoding,
            "delimiter": reading.delimiter,
            "sheets": [sheet.name for sheet in reading.sheets],
        }
    return Draft(
        kind,
        who,
        now,
        dataset=staged.dataset.name,
        target=staged.repairs,
        file_name=request.name,
        file_sha256=staged.sha256,
        file_size=staged.size,
        mapping=staged.mapping.to_json() if staged.mapping else None,
        mode=staged.mode.value,
        as_of=staged.as_of,
        forced=request.force,
        first_date=done.first_day if done else None,
        last_date=done.last_day if done else None,
        counts=counts,
        options=options,
        warnings=[to_json(warning) for warning in warnings],
        **files,
    )


def enact(home: Home, drafts: list[Draft]) -> tuple[Event, ...]:
    """Log, apply, log again: all events or none; taken back when the projection refuses.

    Readers see the new version last: what they keep of it must rest on events that are done.
    """
    events = home.workspace.log.begin(*drafts)
    home.on_step("pending")
    try:
        with (
            home.engine.transaction() as transaction,
            running.interruptible(transaction.interrupt, "step.writing"),
        ):
            before = home.done()
            for place in range(1, len(events) + 1):
                known = (*before, *events[:place])
                replay(transaction, known, home.imports, home.calendars)
                home.on_step("applying")
    except BaseException:
        with suppress(SalesdashError):  # else it is settled before the next write
            recovery.settle(home)
        raise
    try:
        home.on_step("applied")
        done = tuple(home.workspace.log.settle(event.id, Status.DONE) for event in events)
    finally:
        home.warehouse.refresh()
    home.on_step("done")
    return done
