"""Stage: read, map, clean and count a file; everything is known then, nothing is stored."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from salesdash import ingest
from salesdash.datasets import DATASETS
from salesdash.errors import DataRefused, FileError, Place, UsageError
from salesdash.imports.home import Home
from salesdash.imports.moments import as_of
from salesdash.imports.preflight import counted
from salesdash.imports.request import Request, Staged
from salesdash.imports.speeches import is_alive, modes
from salesdash.ingest import Mapping, Reading, Watch
from salesdash.workspace import Event, EventKind

Progress = Callable[[float, str], None]


def stage(home: Home, request: Request, now: datetime, progress: Progress | None = None) -> Staged:
    """Read a file and count what importing it would change.

    With open `questions`, or when the file was imported already (`duplicate_of`), it stops there.
    `progress` is told (share done, step); raising in it gives up. Raises FileError, DataRefused,
    UsageError, DiskFull; nothing of it stays then.
    """
    _require_fitting(request)
    staged = _received(home, request, now, progress)
    try:
        staged = replace(staged, duplicate_of=duplicate(home, staged))
        return staged if staged.duplicate_of else _prepared(staged, progress)
    except BaseException:
        staged.discard()
        raise


def stage_repair(
    home: Home, number: int, request: Request, now: datetime, progress: Progress | None = None
) -> Staged:
    """Read mended rejects of an import: rows that name the record of its file they stand for.

    Raises DataRefused when the file does not name records, UsageError when the import is not there.
    """
    event = standing(home, number, EventKind.IMPORT)
    staged = replace(_received(home, request, now, progress), repairs=number)
    try:
        _require_records(staged)
        memory = Mapping.from_json(event.mapping) if event.mapping else None
        return _prepared(staged, progress, memory)
    except BaseException:
        staged.discard()
        raise


def again(staged: Staged, request: Request, progress: Progress | None = None) -> Staged:
    """Stage the same file with other decisions; only what they concern is done again.

    The earlier staged import must not be used any more. Raises as `stage` does; the files stay.
    """
    _require_fitting(request)
    before = staged.request
    if request.read_options != before.read_options:
        reading = _read(staged, request, progress)
        return _prepared(replace(staged, request=request, reading=reading), progress)
    staged = replace(staged, request=request, questions=())
    if request.overrides != before.overrides or staged.cleaned is None:
        return _prepared(staged, progress)
    return counted(_dated(staged))


def standing(home: Home, number: int, *kinds: EventKind) -> Event:
    """The event of that number, if it stands. Raises UsageError when it does not."""
    event = home.workspace.log.event(number)
    if event.kind not in kinds or not is_alive(number, home.done()):
        raise UsageError("event.not_standing", event=number)
    return event


def duplicate(home: Home, staged: Staged) -> int | None:
    """The number of the living import of the same file, None if there is none."""
    events = home.done()
    same = (EventKind.IMPORT, staged.sha256, staged.request.dataset)
    living = (
        event.id
        for event in events
        if (event.kind, event.file_sha256, event.dataset) == same and is_alive(event.id, events)
    )
    return next(living, None)


def _require_fitting(request: Request) -> None:
    """Refuse a dataset that is none, and a mode that says nothing about such rows."""
    if request.dataset not in DATASETS:
        raise UsageError("dataset.unknown", dataset=request.dataset, known=sorted(DATASETS))
    fitting = modes(DATASETS[request.dataset])
    if request.mode is not None and request.mode not in fitting:
        known = ", ".join(fitting)
        raise UsageError("import.mode", mode=request.mode, dataset=request.dataset, known=known)


def _require_records(staged: Staged) -> None:
    if staged.reading is None or not any(table.is_repair for table in staged.reading.tables):
        raise DataRefused("repair.no_records", place=Place(staged.request.name))


def _received(home: Home, request: Request, now: datetime, progress: Progress | None) -> Staged:
    """Keep the file in the staging folder and read it, both at once."""
    if not request.path.is_file():
        raise FileError("file.not_found", place=Place(request.name))
    size = request.path.stat().st_size
    home.disk.require(home.path, size)
    folder = home.disk.folder(home.staging / secrets.token_hex(8))
    bare = Staged(home, folder, request, sha256="", size=size, received=now)
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            kept = pool.submit(home.disk.compress, request.path, bare.original)
            reading = _read(bare, request, progress)
            return replace(bare, sha256=kept.result(), reading=reading)
    except BaseException:
        bare.discard()
        raise


def _read(staged: Staged, request: Request, progress: Progress | None) -> Reading:
    options, folder = request.read_options, staged.folder
    return ingest.read(request.path, request.name, options, folder, Watch(progress))


def _prepared(staged: Staged, progress: Progress | None, memory: Mapping | None = None) -> Staged:
    """Map, clean, count; as far as the questions allow."""
    request, reading = staged.request, staged.reading
    if reading is None:  # pragma: no cover - reading comes first, always
        return staged
    memory = memory or _remembered(staged)
    mapping = ingest.propose(reading, DATASETS[request.dataset], memory, request.overrides)
    staged = replace(staged, mapping=mapping, questions=mapping.questions, cleaned=None)
    if staged.questions:
        return staged
    cleaned = ingest.clean(reading, mapping, staged.folder, Watch(progress))
    return counted(_dated(replace(staged, cleaned=cleaned)))


def _dated(staged: Staged) -> Staged:
    modified = staged.cleaned.modified_at if staged.cleaned else None
    moment, source = as_of(staged.request, modified, staged.received)
    return replace(staged, as_of=moment, as_of_source=source)


def _remembered(staged: Staged) -> Mapping | None:
    """The mapping confirmed for a file with these headers."""
    mappings = staged.home.workspace.mappings
    for table in staged.reading.tables if staged.reading else ():
        found = mappings.recall(staged.request.dataset, table.fingerprint)
        if found is not None:
            return Mapping.from_json(found.mapping)
    return None
