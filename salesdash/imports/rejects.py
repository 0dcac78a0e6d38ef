"""Rejected rows of an import, and repairs of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from salesdash.imports.commit import commit
from salesdash.imports.home import Home
from salesdash.imports.request import Request
from salesdash.imports.rows import quoted
from salesdash.imports.speeches import is_alive, whole
from salesdash.imports.stage import Progress, stage_repair
from salesdash.ingest import Reject, read_rejects
from salesdash.workspace import Event, EventKind

REASONS = """
select
    x.reason,
    x."column",
    count(*) as rows_found,
    min(x.value) as example
from read_parquet({rejects}) as x
where {out}
group by
    x.reason,
    x."column"
order by
    rows_found desc,
    x.reason,
    x."column"
"""

STILL_OUT = """not exists (
        select 1
        from read_parquet({path}) as mended
        where mended.sheet = x.sheet
          and mended.record = x.record
    )"""


@dataclass(frozen=True)
class Waiting:
    """Records of one import that are out for one reason; `reason` is a text key."""

    event: int
    dataset: str
    reason: str
    column: str | None
    rows: int
    example: str | None


def waiting(home: Home, events: Sequence[Event]) -> tuple[Waiting, ...]:
    """The records of standing imports that nobody has mended, by import and reason.

    `events`: the log, or the part of it up to a cut. The newest import first.
    """
    found = (event for event in events if event.kind is EventKind.IMPORT and event.rejects_file)
    alive = [event for event in found if is_alive(event.id, events)]
    return tuple(each for event in reversed(alive) for each in _reasons(home, event, events))


def _reasons(home: Home, event: Event, events: Sequence[Event]) -> Iterator[Waiting]:
    repairs = whole(event.id, events, home.imports).parts[1:]
    out = "\n  and ".join(STILL_OUT.format(path=quoted(part.path)) for part in repairs)
    rejects = quoted(home.imports / str(event.rejects_file))
    for row in home.engine.rows(REASONS.format(rejects=rejects, out=out or "true")):
        yield Waiting(event.id, event.dataset, *row)


def rejects(home: Home, number: int) -> tuple[Reject, ...]:
    """The records of an import (or repair) that are still out, in the order of its file.

    Those that a standing repair brought in are left out. Raises UsageError for an unknown event.
    """
    event = home.workspace.log.event(number)
    if event.rejects_file is None:
        return ()
    mended = _mended(home, event)
    found = read_rejects(home.imports / event.rejects_file)
    return tuple(reject for reject in found if (reject.sheet, reject.record) not in mended)


def repair(  # noqa: PLR0913 - who, when and progress, as every write has them
    home: Home,
    number: int,
    path: Path,
    who: str,
    now: datetime,
    progress: Progress | None = None,
) -> Event:
    """Bring mended rejects back as a repair of their import.

    Raises DataRefused when the file does not name records or a question is open, UsageError when
    the import does not stand, FileError.
    """
    request = Request(path, path.name, dataset=home.workspace.log.event(number).dataset)
    staged = stage_repair(home, number, request, now, progress)
    try:
        return commit(home, staged, who, now)
    except BaseException:
        staged.discard()
        raise


def _mended(home: Home, event: Event) -> set[tuple[int, int]]:
    """Sheet and record of the rows that repairs supplied."""
    if event.kind is not EventKind.IMPORT:
        return set()
    repairs = whole(event.id, home.done(), home.imports).parts[1:]
    tables = (pq.read_table(part.path, columns=["sheet", "record"]) for part in repairs)
    return {(row["sheet"], row["record"]) for table in tables for row in table.to_pylist()}
