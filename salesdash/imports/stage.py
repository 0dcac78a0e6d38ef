"""Stage: read, map, clean and count a file; everything is known then, nothing is stored."""

import secrets
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from salesdash import ingest
from salesdash.config import Settings
from salesdash.datasets import DATASETS, DEALS, Dataset
from salesdash.engine import child
from salesdash.errors import DataRefused, FileError, Place, Problem, UsageError
from salesdash.imports import currency
from salesdash.imports.forgetting.again import without_forgotten
from salesdash.imports.home import Home
from salesdash.imports.moments import as_of
from salesdash.imports.preflight import counted
from salesdash.imports.references import compared
from salesdash.imports.request import Request, Staged
from salesdash.imports.speeches import is_alive, modes
from salesdash.ingest import Exchange, Mapping, Overrides, Reading, Table, Watch
from salesdash.workspace import Event, EventKind

Progress = Callable[[float, str], None]


@child.shared()
def stage(home: Home, request: Request, now: datetime, progress: Progress | None = None) -> Staged:
    """Read a file and count what importing it would change.

    With open `questions` it stops there. A file that was imported already (`duplicate_of`) is not
    read at all.
    `progress` is told (share done, step); raising in it gives up. Raises FileError, DataRefused,
    UsageError, DiskFull; nothing of it stays then.
    """
    _require_known(request)
    staged = _recognised(_arrived(home, request, now))
    if staged.duplicate_of is not None:
        return staged
    staged = _received(staged, progress)
    try:
        return _prepared(staged, progress)
    except BaseException:
        staged.discard()
        raise


@child.shared()
def stage_repair(
    home: Home, number: int, request: Request, now: datetime, progress: Progress | None = None
) -> Staged:
    """Read mended rejects of an import: rows that name the record of its file they stand for.

    Raises DataRefused when the file does not name records, UsageError when the import is not there.
    """
    event = standing(home, number, EventKind.IMPORT)
    staged = replace(_received(_arrived(home, request, now), progress), repairs=number)
    try:
        _require_records(staged)
        memory = (Mapping.from_json(event.mapping),) if event.mapping else ()
        return _prepared(staged, progress, memory)
    except BaseException:
        staged.discard()
        raise


@child.shared()
def again(staged: Staged, request: Request, progress: Progress | None = None) -> Staged:
    """Stage the same file with other decisions; only what they concern is done again.

    The earlier staged import must not be used any more. Raises as `stage` does; the files stay.
    """
    if staged.reading is None:  # it was recognised before it was read
        return stage(staged.home, request, staged.received, progress)
    _require_known(request)
    before = staged.request
    if request.read_options != before.read_options:
        reading = _read(staged, request, progress)
        return _prepared(replace(staged, request=request, reading=reading), progress)
    staged = replace(staged, request=request, questions=())
    said = (request.overrides, request.dataset)
    if said != (before.overrides, before.dataset) or staged.cleaned is None:
        return _prepared(staged, progress)
    with staged.home.writing():  # nobody is forgotten before the rows are counted
        return counted(_dated(without_forgotten(staged)))


def standing(home: Home, number: int, *kinds: EventKind) -> Event:
    """The event of that number, if it stands. Raises UsageError when it does not."""
    event = home.workspace.log.event(number)
    if event.kind not in kinds or not is_alive(number, home.done()):
        raise UsageError("event.not_standing", event=number)
    return event


def duplicate(home: Home, staged: Staged) -> int | None:
    """The number of the living import of the same file (and dataset, if one was named), or None."""
    events, wanted = home.done(), staged.request.dataset
    living = (
        event.id
        for event in events
        if event.kind is EventKind.IMPORT
        and event.file_sha256 == staged.sha256
        and wanted in (None, event.dataset)
        and is_alive(event.id, events)
    )
    return next(living, None)


def _require_known(request: Request) -> None:
    """Refuse a dataset that is none, and a mode that does not fit it."""
    if request.dataset is None:
        return
    if request.dataset not in DATASETS:
        raise UsageError("dataset.unknown", dataset=request.dataset, known=sorted(DATASETS))
    _require_fitting(request, (DATASETS[request.dataset],))


def _require_fitting(request: Request, datasets: tuple[Dataset, ...]) -> None:
    """Refuse a mode, or stages, that say nothing about rows of any of these datasets."""
    if request.stages and DEALS not in datasets:
        raise UsageError("usage.no_stages", dataset=datasets[0].name)
    for name, mode in {**(request.modes or {}), "": request.mode}.items():
        meant = [each for each in datasets if name in ("", each.name)]
        if mode is None or any(mode in modes(each) for each in meant):
            continue
        first = meant[0] if meant else datasets[0]
        known = ", ".join(modes(first))
        raise UsageError("import.mode", mode=mode, dataset=name or first.name, known=known)


def _require_records(staged: Staged) -> None:
    if not _names_records(staged.reading):
        raise DataRefused("repair.no_records", place=Place(staged.request.name))


def _names_records(reading: Reading | None) -> bool:
    return reading is not None and any(table.is_repair for table in reading.tables)


def _arrived(home: Home, request: Request, now: datetime) -> Staged:
    """A file that is there; nothing of it was read yet."""
    if not request.path.is_file():
        raise FileError("file.not_found", place=Place(request.name))
    folder, size = home.staging / secrets.token_hex(8), request.path.stat().st_size
    return Staged(home, folder, request, sha256="", size=size, received=now)


def _recognised(staged: Staged) -> Staged:
    """The file with its living import, if it has one; only one of the same size can be the same."""
    home = staged.home
    if not any(event.file_size == staged.size for event in home.done()):
        return staged
    staged = replace(staged, sha256=home.disk.fingerprint(staged.request.path))
    return replace(staged, duplicate_of=duplicate(home, staged))


def _received(staged: Staged, progress: Progress | None) -> Staged:
    """Keep the file in the staging folder and read it, both at once."""
    disk, request = staged.home.disk, staged.request
    disk.require(staged.home.path, staged.size)
    disk.folder(staged.folder)
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            kept = pool.submit(disk.compress, request.path, staged.original)
            reading = _read(staged, request, progress)
            return replace(staged, sha256=kept.result(), reading=reading)
    except BaseException:
        staged.discard()
        raise


def _read(staged: Staged, request: Request, progress: Progress | None) -> Reading:
    options, folder = request.read_options, staged.folder
    return ingest.read(request.path, request.name, options, folder, Watch(progress))


def _prepared(
    staged: Staged, progress: Progress | None, memory: tuple[Mapping, ...] = ()
) -> Staged:
    """Map, clean, count; as far as the questions allow."""
    request, reading = staged.request, staged.reading
    if reading is None:  # pragma: no cover - reading comes first, always
        return staged
    dataset = DATASETS[request.dataset] if request.dataset else None
    memory = memory or _remembered(staged)
    mappings = ingest.propose_all(reading, dataset, memory, _said(staged))
    _require_fitting(request, tuple(DATASETS[mapping.dataset] for mapping in mappings))
    mappings = tuple(ingest.summed(reading, each, Watch(progress)) for each in mappings)
    if staged.repairs is None and _names_records(reading):
        apart = Problem("repair.apart")
        mappings = tuple(replace(each, warnings=(*each.warnings, apart)) for each in mappings)
    asked = {question.id: question for mapping in mappings for question in mapping.questions}
    bare = replace(staged, cleaned=None, questions=(), others=(), picture=None)
    parts = [replace(bare, mapping=mapping) for mapping in mappings]
    if asked:
        return _whole(replace(parts[0], questions=tuple(asked.values())), parts[1:])
    cleaned = _cleaned(parts, reading, progress)
    with staged.home.writing():  # nobody is forgotten before the rows are counted
        return counted(_dated(compared(without_forgotten(cleaned))))


def _said(staged: Staged) -> Overrides:
    """What the user said of the file, and what the company's settings say of all files."""
    settings = staged.home.calendars
    fiscal, said = settings.fiscal, staged.request.overrides
    said = replace(
        said,
        fiscal_start=fiscal.start_month,
        named_by=fiscal.named_by,
        this_year=staged.received.year,
    )
    if not isinstance(settings, Settings):
        return said
    metrics, statuses = settings.metrics.items(), settings.statuses.items()
    return replace(
        said,
        zone=settings.company.timezone,
        exchange=_exchange(settings),
        metrics={word: name for name, metric in metrics for word in metric.name.values()},
        headers={name: dict(fields) for name, fields in settings.headers.items()},
        counting={name: tuple(sorted(words.counts)) for name, words in statuses},
        excluded={name: tuple(sorted(words.excluded)) for name, words in statuses},
    )


def _exchange(settings: Settings) -> Exchange:
    rates = settings.rates.items()
    told = {month: {code: str(rate) for code, rate in of.items()} for month, of in rates}
    return Exchange(settings.company.currency, told)


def _cleaned(parts: list[Staged], reading: Reading, progress: Progress | None) -> Staged:
    """Each part with its clean rows, in a folder of its own."""
    done = []
    for number, part in enumerate(parts):
        mapping = part.mapping
        if mapping is None:  # pragma: no cover - parts are made of mappings
            continue
        watch = Watch(_share(progress, number, len(parts)))
        folder = part.folder / mapping.dataset
        cleaned = replace(part, cleaned=ingest.clean(reading, mapping, folder, watch))
        currency.require_one(cleaned)
        done.append(cleaned)
    return _whole(done[0], done[1:])


def _share(progress: Progress | None, place: int, count: int) -> Progress | None:
    """Tells how far all is, when one of several parts tells how far it is."""
    if progress is None or count == 1:
        return progress
    return lambda share, step: progress((place + share) / count, step)


def _whole(first: Staged, others: Iterable[Staged]) -> Staged:
    return replace(first, others=tuple(others))


def _dated(staged: Staged) -> Staged:
    """All parts under the one moment of their file."""
    found = (part.cleaned.modified_at for part in staged.parts if part.cleaned)
    modified = max((each for each in found if each is not None), default=None)
    moment, source = as_of(staged.request, modified, staged.received)
    first, *others = (
        replace(part, request=staged.request, as_of=moment, as_of_source=source)
        for part in staged.parts
    )
    return _whole(first, others)


def _remembered(staged: Staged) -> tuple[Mapping, ...]:
    """The mappings confirmed for files with these headers, or most of them."""
    memory = staged.home.workspace.mappings
    tables = staged.reading.tables if staged.reading else ()
    found: list[Mapping] = []
    for table in tables:
        same = [Mapping.from_json(each.mapping) for each in memory.known(table.fingerprint)]
        found += same or _alike(staged, table, [Mapping.from_json(m.mapping) for m in memory.all()])
    return tuple(found)


def _alike(staged: Staged, table: Table, known: list[Mapping]) -> tuple[Mapping, ...]:
    """The mappings of a file that was nearly like this one, unless this one holds other rows."""
    near = ingest.adapted(table, known)
    if not near or staged.reading is None:
        return ()
    try:
        fresh = ingest.propose_all(staged.reading, None, None, _said(staged))
    except DataRefused:  # something that is required goes by another name now
        return near
    return near if {m.dataset for m in near} <= {m.dataset for m in fresh} else ()
