"""A home filled with the demo company, by the same way in that any file takes."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Table, select, true

from salesdash.config import Settings
from salesdash.datasets import DATASETS, SALES
from salesdash.demo import batch
from salesdash.demo.company import company
from salesdash.demo.diary import Diary
from salesdash.demo.exports import Export, write_all
from salesdash.demo.filings import Filing, write_filings
from salesdash.demo.generator import SEED, Demo, Recipe
from salesdash.demo.stories import Story, stories
from salesdash.demo.timeline import Timeline
from salesdash.errors import UsageError
from salesdash.imports import Home, Request, commit, is_taken, seat
from salesdash.workspace import Stamp, Workspace
from salesdash.workspace.databases import Sqlite
from salesdash.workspace.metadata import metadata
from salesdash.workspace.schema import names, revisions

SETTING = "demo"
"""Where a home's workspace says that it is a demo."""

STALE_AFTER = timedelta(days=7)
OnProgress = Callable[[float, str], None]


@dataclass(frozen=True)
class Info:
    """What a demo home says about itself: its recipe, and when it was made."""

    lang: str
    today: date
    seed: int
    built_at: datetime


@dataclass(frozen=True)
class Built:
    """A demo home just made: how many imports and rows it got, and the stories to find in it."""

    path: Path
    imports: int
    rows: int
    stories: tuple[Story, ...]


def build(  # noqa: PLR0913 - a recipe spelled out, so that callers need no type of ours
    home_path: Path,
    *,
    lang: str,
    today: date,
    now: datetime,
    scale: float = 1,
    seed: int = SEED,
    settings: Settings | None = None,
    progress: OnProgress | None = None,
) -> Built:
    """Make the demo company in that folder; nothing stands there before all of it does.

    A home without imports, or a demo in which nobody typed anything, is replaced; it must not be
    open. Without `settings` its people write nothing. Raises UsageError("demo.not_replaceable")
    for anything else, HomeBusy. `progress` is told the share done and a text key.
    """
    _require_replaceable(home_path, now)
    draft = home_path.with_name(f".{home_path.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    home = Home.open(draft, now=now, settings=settings)
    try:
        demo = Demo(Recipe(lang, today, scale, seed))
        count = fill(home, demo, now, progress)
        if settings is not None:
            Diary(home, demo, settings, now).write()
        _mark(home, demo, now)
        rows = sum(home.warehouse.coverage(name).rows for name in DATASETS)
    finally:
        home.close()
    shutil.rmtree(home_path, ignore_errors=True)
    draft.rename(home_path)
    return Built(home_path, count, rows, stories(company(lang), Timeline(today)))


def fill(home: Home, demo: Demo, now: datetime, progress: OnProgress | None = None) -> int:
    """Import the demo company into an open, empty home; how many imports."""
    told = progress or _tell_nobody
    told(0.0, "demo.progress.writing")
    folder = home.disk.folder(home.staging / "demo")
    arrivals = _arrivals(demo, folder, now)
    for done, staged in enumerate(batch.staged(home, [request for _, request in arrivals])):
        who, request = arrivals[done]
        commit(home, staged, who, request.as_of or now)
        told((done + 1) / len(arrivals), "demo.progress.importing")
    home.disk.remove(folder)
    return len(arrivals)


def _mark(home: Home, demo: Demo, now: datetime) -> None:
    """Say that the home is a demo, and which; whatever is written later was typed by somebody."""
    recipe, who = demo.recipe, demo.world.company.importers[0]
    facts = {"lang": recipe.lang, "today": recipe.today.isoformat(), "seed": recipe.seed}
    home.workspace.settings.write(SETTING, facts, Stamp(who, now))


def _arrivals(demo: Demo, folder: Path, now: datetime) -> list[tuple[str, Request]]:
    """Who brings which file, in the order of time; a sheet with rows of its own comes by itself."""
    files = demo.world.company.files
    orders = ((e.who, _request(e, path, now)) for e, path in write_all(demo, folder))
    found = [(who, replace(request, dataset=SALES.name)) for who, request in orders]
    for filing, path in write_filings(demo, folder):
        for dataset, _ in filing.sheets:
            request = _request(filing, path, now)
            sheet = files[dataset].sheet
            found.append((filing.who, replace(request, dataset=dataset, sheet=sheet)))
    return sorted(found, key=lambda each: each[1].as_of or now)


def info(home: Home) -> Info | None:
    """What a demo home says about itself, None for a home of one's own."""
    return _info(home.workspace)


def is_stale(home: Home, now: datetime) -> bool:
    """Whether a demo home is older than a week and nobody has typed anything in it."""
    known = info(home)
    if known is None or now - known.built_at <= STALE_AFTER:
        return False
    return not _typed_since(home.workspace, known.built_at)


def _info(workspace: Workspace) -> Info | None:
    setting = workspace.settings.read(SETTING)
    if setting is None:
        return None
    found = setting.value
    return Info(found["lang"], date.fromisoformat(found["today"]), found["seed"], setting.at)


def _typed_since(workspace: Workspace, moment: datetime | None) -> bool:
    """Whether any row of the workspace was written later (None: at all).

    Saying who one is does not count.
    """
    with workspace.reading() as connection:
        for table in _written_tables():
            later = true() if moment is None else table.c.at > moment
            if table is revisions:
                later &= revisions.c.source != names.name
            if connection.execute(select(table.c.id).where(later).limit(1)).first():
                return True
    return False


def _written_tables() -> Iterator[Table]:
    return (table for table in metadata.tables.values() if "at" in table.c and table is not names)


def _require_replaceable(path: Path, now: datetime) -> None:
    """Refuse a folder that holds anything worth keeping."""
    if not path.exists() or not any(path.iterdir()):
        return
    if not is_taken(path) or not isinstance(seat.of(path), Sqlite):
        raise UsageError("demo.not_replaceable", path=str(path))
    home = Home.open(path, now=now)  # HomeBusy while somebody has it open
    try:
        known = info(home)
        if _typed_since(home.workspace, known.built_at if known else None):
            raise UsageError("demo.not_replaceable", path=str(path))
    finally:
        home.close()


def _request(export: Export | Filing, path: Path, now: datetime) -> Request:
    return Request(path=path, name=export.name, as_of=min(export.as_of, now))


def _tell_nobody(_share: float, _step: str) -> None:
    """Progress without a listener."""
