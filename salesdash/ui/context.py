"""The one place with caches and the clock: homes, settings, language, questions and answers.

A process opens each home once and shares its answers; a session only says which home, language
and selection it looks at. Keys are (question, home, data version, settings, day, selection ...),
never ambient state.
"""

import gc
import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Literal, TypeVar, cast
from zoneinfo import ZoneInfo

import streamlit as st

from salesdash import demo, texts
from salesdash.analysis import asking
from salesdash.analysis import overview as overviews
from salesdash.analysis import rows as behind
from salesdash.analysis import trend as trends
from salesdash.analysis.answers import Overview, Trend
from salesdash.analysis.asking import DATASET, Choice
from salesdash.analysis.rows import Rows
from salesdash.charts import Words
from salesdash.commands import homes
from salesdash.commands.office import DEFAULT_HOME, DEMO_HOME, Desk, Options
from salesdash.config import Settings, Watcher
from salesdash.engine import Engine, Watched
from salesdash.imports import Home
from salesdash.metrics import Bound
from salesdash.periods import FiscalCalendar
from salesdash.selection import Selection
from salesdash.ui import state
from salesdash.ui.jobs import Job
from salesdash.ui.memory import Answers
from salesdash.warehouse import Coverage, Dimension, Warehouse
from salesdash.warehouse.dimensions import DISPLAY

T = TypeVar("T")
Kind = Literal["own", "demo"]

KEPT_ANSWERS = 512


@dataclass
class Process:
    """What all sessions share; made once."""

    options: Options
    answers: Answers = field(default_factory=lambda: Answers(KEPT_ANSWERS))
    watcher: Watcher = field(init=False)
    demo_job: Job[None] | None = None
    lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.watcher = Watcher(self.options.config)

    def building(self, build: Callable[[Job[None], str], None], language: str) -> Job[None]:
        """The one building of the demo company that all sessions wait for."""
        with self.lock:
            if self.demo_job is None:
                self.demo_job = Job(lambda job: build(job, language))
            return self.demo_job

    def built(self) -> None:
        """The building has ended, well or not."""
        with self.lock:
            self.demo_job = None

    def place(self, kind: Kind) -> Path:
        """The folder of a home."""
        if kind == "own":
            return self.options.home
        if self.options.home == DEFAULT_HOME:
            return DEMO_HOME
        return self.options.home.with_name(f"{self.options.home.name}-demo")


def process() -> Process:
    """The shared state of this process."""
    return _process()


@st.cache_resource(show_spinner=False)
def _process() -> Process:
    """Options come from whoever started the app, by its environment."""
    given = {
        name: os.environ[f"SALESDASH_{name.upper()}"]
        for name in ("home", "config", "today", "as")
        if os.environ.get(f"SALESDASH_{name.upper()}")
    }
    return Process(Options.read(given))


def begin() -> None:
    """Start of a run: notice a changed config.yaml, once freeze what start-up has made."""
    process().watcher.refresh()
    _settle()


@st.cache_resource(show_spinner=False)
def _settle() -> bool:
    """A full collection after each run costs more than the run: leave start-up's objects out."""
    gc.collect()
    gc.freeze()
    return True


def settings() -> Settings:
    """The settings in use: of config.yaml, or the last good ones. Raises ConfigError."""
    return process().watcher.settings


def now() -> datetime:
    """The moment, naive, in the company's zone; the day is the one given by --today, if any."""
    moment = datetime.now(ZoneInfo(settings().company.timezone)).replace(tzinfo=None)
    fixed = process().options.today
    return datetime.combine(fixed, moment.time()) if fixed else moment


def today() -> date:
    """The day taken for today."""
    return process().options.today or now().date()


def lang() -> str:
    """The language of this session: chosen, else that of the browser."""
    chosen = state.language.get()
    if chosen in texts.LANGUAGES:
        return chosen
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def words() -> Words:
    """Language, currency and metric names, for tiles and charts."""
    known = settings()
    return process().answers.get(
        ("words", known.hash, lang()), lambda: _words(known, lang()), state.breathe
    )


def _words(known: Settings, language: str) -> Words:
    names = tuple((name, metric.name[language]) for name, metric in known.metrics.items())
    return Words(language, known.company.currency, known.fiscal, names)


def fiscal() -> FiscalCalendar:
    """The company's calendar."""
    return settings().fiscal


# --- homes ------------------------------------------------------------------------------------


def kind() -> Kind:
    """Which home this session looks at: as chosen; else the own one once it holds an import."""
    chosen = state.home.get()
    if chosen in ("own", "demo"):
        return cast("Kind", chosen)
    return "own" if open_home("own").holds_import() else "demo"


def home() -> Home:
    """The home this session looks at."""
    return open_home(kind())


def open_home(which: Kind) -> Home:
    """A home, opened once per process and shared with the commands under /api."""
    return homes.get(process().place(which), now=now(), settings=settings())


def is_empty() -> bool:
    """Nothing to show figures of yet."""
    return home().is_empty


def demo_is_ready() -> bool:
    """Whether there is a demo company that is not too old; looked at once a session."""
    place = process().place("demo")
    if not (place / "workspace.sqlite").exists():
        return False
    if state.demo_seen.get():
        return True
    found = open_home("demo")
    if demo.info(found) is None or demo.is_stale(found, now()):
        return False
    state.demo_seen.set(value=True)
    return True


def demo_info() -> demo.Info | None:
    """What the shown home says about being a demo, None for one's own."""
    return demo.info(home())


def close_home(which: Kind) -> None:
    """Let go of a home, so that it can be replaced."""
    homes.close(process().place(which))


def desk(who: str) -> Desk:
    """What a command needs to work for this session."""
    return Desk(home(), settings(), today(), now(), who, lang())


# --- questions --------------------------------------------------------------------------------


def warehouse() -> Warehouse:
    """The rows of this session's home; a question stops when its screen is left."""
    own = home().warehouse
    engine = own.engine
    return own.through(Watched(engine, state.breathe)) if isinstance(engine, Engine) else own


def key(*parts: Hashable) -> tuple[Hashable, ...]:
    """Cache key of anything that depends on data, settings and day."""
    place = home()
    return (*parts, place.path, place.warehouse.version, settings().hash, today())


def remembered(question: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """Anything that depends on data, settings, day and `question` only: made once, then shared."""
    return process().answers.get(key(*question), make, state.breathe)


def overview(selection: Selection) -> Overview:
    """The whole first screen."""
    waiting = home().workspace.log.waiting() if hasattr(home().workspace.log, "waiting") else 0
    return remembered(
        ("overview", selection, waiting),
        lambda: overviews.build(warehouse(), settings(), selection, today(), waiting),
    )


def trend(selection: Selection, choice: Choice) -> Trend:
    """A metric over time."""
    return remembered(
        ("trend", selection, choice),
        lambda: trends.build(warehouse(), settings(), selection, today(), choice),
    )


def rows(selection: Selection, limit: int) -> Rows:
    """The newest rows behind a selection; not kept."""
    return behind.build(warehouse(), selection, limit)


def drawn(
    draw: Callable[[T, Words], dict[str, Any]], answer: T, *question: Hashable
) -> dict[str, Any]:
    """The Vega-Lite dict of an answer in this language, shared by all: do not change it."""
    return remembered(
        ("chart", draw.__qualname__, lang(), *question), lambda: draw(answer, words())
    )


def metrics() -> Bound:
    """The metrics that work on this home's columns."""
    return asking.bound(home().warehouse, settings())


# --- what the data hold -----------------------------------------------------------------------


def edge(cut: int | None = None) -> date:
    """The last day with data up to today; today when there is none."""
    return home().warehouse.edge(DATASET, today(), cut) or today()


def coverage() -> Coverage:
    """First day, edge and rows of this home."""
    return home().warehouse.coverage(DATASET)


def dimensions() -> tuple[Dimension, ...]:
    """What can be filtered and broken down by: more than one member, and worth offering."""
    found = home().warehouse.dimensions(DATASET)
    hidden = set(DISPLAY.values())
    return tuple(d for d in found if d.offered and d.members > 1 and d.name not in hidden)


def members(dimension: str, limit: int) -> tuple[tuple[str, str], ...]:
    """(member, the name people know it by), the most frequent first."""

    def ask() -> tuple[tuple[str, str], ...]:
        named = names(dimension)
        found = home().warehouse.members(DATASET, dimension, limit)
        return tuple((member, named.get(member, member)) for member, _ in found)

    return remembered(("members", dimension, limit), ask)


def names(dimension: str) -> dict[str, str]:
    """Display names of a dimension whose members are keys."""
    return home().warehouse.names(DATASET, dimension)


# --- start and end ----------------------------------------------------------------------------


def warm() -> None:
    """Before the first visitor: settings, templates of the charts, then the freeze."""
    begin()


def close() -> None:
    """After the last: let go of the homes."""
    homes.close_all()
