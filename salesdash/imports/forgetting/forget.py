"""Forget: a customer or person is replaced by a stand-in in everything that the home keeps.

It happens as one, and survives whatever comes: new files are written beside the old ones, a pending
event names both, the projection is built from the new ones in one transaction, the event is done;
then the old files go. A death before that leaves the rows as they were, one after it is cleaned up
at the next start. The file of the projection is made anew then, too: freed pages of it may hold old
text until they are written over.
"""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from salesdash.datasets.keys import folded
from salesdash.errors import SalesdashError
from salesdash.imports import recovery, retention
from salesdash.imports.forgetting import originals, rewriting, search
from salesdash.imports.forgetting.columns import columns_of
from salesdash.imports.forgetting.originals import Impossible, Writing
from salesdash.imports.forgetting.subject import Kind, Secret, Subject
from salesdash.imports.home import Home
from salesdash.workspace import Draft, Event, EventKind, Stamp, Status
from salesdash.workspace.redaction import Redacted, Rule, redact

BACKUPS = "backups"
"""Setting: the backups that were written, with their moments."""

DATASETS = {Kind.CUSTOMER: "customers", Kind.PERSON: "people"}


@dataclass(frozen=True)
class Forgotten:
    """What forgetting did, or would do.

    `rows`: clean rows of all imports by dataset; `rewritten`, `dropped`: numbers of imports whose
    originals were written anew, or had to go; `workspace`: places and typed texts; `backups`: files
    that still know, `inbox`: files there that may.
    """

    subject: Subject
    rows: dict[str, int]
    rejects: int
    rewritten: tuple[int, ...]
    dropped: tuple[int, ...]
    workspace: Redacted
    backups: tuple[str, ...]
    inbox: tuple[str, ...]
    event: Event | None = None


@dataclass
class _Plan:
    """New files beside the old ones: `files` says which stands for which, "" for none."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    new: dict[str, Path] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    rejects: int = 0
    rewritten: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)


def forget(home: Home, given: str, kind: Kind, stamp: Stamp, *, dry: bool = False) -> Forgotten:
    """Replace a customer or person, by key or name; `dry` only looks.

    Raises UsageError when nobody has that name, DataRefused when several customers have it,
    DiskFull and StorageError; nothing changed then.
    """
    with home.writing():
        secret = Secret.of(home.workspace, stamp.who, stamp.at)
        subject = search.find(home, given, kind, secret)
        folder = home.disk.folder(home.staging / secrets.token_hex(8))
        try:
            plan = _planned(home, subject, folder)
            told = redact(home.workspace, rule(subject), dry=True)
            done = _done(home, subject, plan, told)
            if dry:
                return done
            event = _enacted(home, plan, _draft(subject, plan, secret, stamp), subject)
        finally:
            with suppress(SalesdashError):
                home.disk.remove(folder)
        home.copies.drop()
        with suppress(SalesdashError):  # they go at the next start
            retention.sweep(home)
            _inbox_copies(home, plan)
        return Forgotten(**{**vars(done), "event": event})


def rule(subject: Subject) -> Rule:
    """How names give way in the workspace."""
    return Rule(subject.cell, subject.within, lambda text: subject.is_(text) or subject.is_in(text))


def _planned(home: Home, subject: Subject, folder: Path) -> _Plan:
    plan = _Plan(folder)
    for event, path in search.files(home):
        target = folder / f"rows-{event.id}.parquet"
        known = columns_of(subject.kind, event.mapping)
        count = rewriting.rows(home.engine, path, subject, known, target)
        if count:
            plan.rows[event.dataset] = plan.rows.get(event.dataset, 0) + count
            _replace(home, plan, path.name, target, "imports")
            plan.touched.add(str(event.original))
    for event in home.workspace.log.events():
        name = event.rejects_file
        if name and name not in plan.files and (home.imports / name).exists():
            target = folder / f"rejects-{event.id}.parquet"
            known = columns_of(subject.kind, event.mapping)
            count = rewriting.rejects(home.imports / name, subject, known, target)
            if count:
                plan.rejects += count
                _replace(home, plan, name, target, "imports")
                plan.touched.add(str(event.original))
    for event in home.workspace.log.events():
        if event.original and event.original not in plan.files:
            _original(home, plan, event, subject)
    return plan


def _replace(home: Home, plan: _Plan, old: str, draft: Path, folder: str) -> None:
    name = f"{home.disk.fingerprint(draft)}{Path(old).suffix}"
    plan.files[old] = name
    plan.new[f"{folder}/{name}"] = draft


def _original(home: Home, plan: _Plan, event: Event, subject: Subject) -> None:
    """Write an original anew, or let it go where that is impossible."""
    name = str(event.original)
    path = home.originals / name
    if not path.exists():
        return
    target = plan.folder / f"original-{event.id}.zst"
    how = _writing(home, event, subject)
    speaks = name in plan.touched or how.delimiter is not None
    if not speaks and not originals.mentions(path, subject, target):
        return
    try:
        if not originals.original(path, target, subject, how):
            return
    except Impossible:
        plan.files[name] = ""
        plan.dropped.append(event.id)
        return
    _replace(home, plan, name, target, "originals")
    plan.rewritten.append(event.id)


def _writing(home: Home, event: Event, subject: Subject) -> Writing:
    """How the text of its file is written, as the log says; of all datasets that it fed."""
    read = event.options.get("read") or {}
    is_text = read.get("format") == "csv"
    encoding, delimiter = (
        read.get(each) if is_text else None for each in ("encoding", "delimiter")
    )
    fed = [e.mapping for e in home.workspace.log.events() if e.original == event.original]
    return Writing(encoding, delimiter, columns_of(subject.kind, *fed))


def _done(home: Home, subject: Subject, plan: _Plan, told: Redacted) -> Forgotten:
    inbox = (home.inbox / place for place in ("", "questions", "refused"))
    files = sorted(
        p.name for folder in inbox if folder.is_dir() for p in folder.iterdir() if p.is_file()
    )
    return Forgotten(
        subject,
        plan.rows,
        plan.rejects,
        tuple(plan.rewritten),
        tuple(plan.dropped),
        told,
        tuple(_backups(home)),
        tuple(name for name in files if not name.endswith(".why.json")),
    )


def _backups(home: Home) -> Iterator[str]:
    """Copies of the home that were made before, where they are known."""
    known = home.workspace.settings.read(BACKUPS)
    yield from (str(each) for each in (known.value if known else []))
    for pattern in ("backups/*.sqlite", "warehouse.duckdb.corrupt-*"):
        yield from sorted(str(path) for path in home.path.glob(pattern))


def _draft(subject: Subject, plan: _Plan, secret: Secret, stamp: Stamp) -> Draft:
    kind = subject.kind
    marks = {secret.mark(kind, old): new for old, new in subject.values.items()}
    known = sorted({secret.mark(kind, folded(old)) for old in subject.values})
    options = {
        "forgotten": kind.value,
        "token": subject.token,
        "files": plan.files,
        "marks": marks,
        "folds": known,
    }
    counts = {"changed": sum(plan.rows.values()), "rejected": plan.rejects}
    return Draft(
        EventKind.FORGET,
        stamp.who,
        stamp.at,
        dataset=DATASETS[kind],
        counts=counts,
        options=options,
    )


def _enacted(home: Home, plan: _Plan, draft: Draft, subject: Subject) -> Event:
    """Files, pending, names in the workspace, projection, done."""
    for name, path in plan.new.items():
        home.disk.keep(path, home.path / name)
    home.disk.mark(home.path / recovery.STALE)
    home.on_step("kept")
    (event,) = home.workspace.log.begin(draft)
    home.on_step("pending")
    try:
        redact(home.workspace, rule(subject))
        home.on_step("redacted")
        recovery.rebuild_with(home, event)
    except BaseException:
        with suppress(SalesdashError):  # else it is settled before the next write
            recovery.settle(home)
        raise
    try:
        home.on_step("applied")
        done = home.workspace.log.settle(event.id, Status.DONE)
    finally:
        home.warehouse.refresh()  # see commit.enact
    home.on_step("done")
    return done


def _inbox_copies(home: Home, plan: _Plan) -> None:
    """Copies of files that spoke of the forgotten, which the inbox keeps in `done`."""
    hashes = {
        event.file_sha256
        for event in home.workspace.log.events()
        if event.id in (*plan.rewritten, *plan.dropped)
    }
    folder = home.inbox / "done"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and home.disk.fingerprint(path) in hashes:
            home.disk.remove(path)
