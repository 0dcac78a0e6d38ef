"""The one place with the clock: what this session looks at, and questions with their answers.

A run sees one `Here`, worked out once. Cache keys are (question, home, data version, settings,
day, selection ...), never ambient state; answers are shared by all sessions.
"""

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

import streamlit as st

from salesdash import demo, texts
from salesdash import imports as way_in
from salesdash.analysis import asking, judging, offered, presets, reviews, targets
from salesdash.analysis import goals as board
from salesdash.analysis import overview as overviews
from salesdash.analysis import rows as behind
from salesdash.analysis import trend as trends
from salesdash.analysis.answers import Overview, Trend
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.progress import Progress
from salesdash.analysis.reviews import Due
from salesdash.analysis.rows import Rows
from salesdash.charts import Words
from salesdash.commands import homes
from salesdash.config import Settings
from salesdash.engine import Engine, Watched
from salesdash.imports import Home, is_taken
from salesdash.metrics import Bound, Metric
from salesdash.periods import FiscalCalendar
from salesdash.selection import Selection
from salesdash.ui import process, state
from salesdash.ui.process import Kind
from salesdash.warehouse import Dimension, Warehouse
from salesdash.warehouse.dimensions import DISPLAY
from salesdash.warehouse.edges import FACTS

T = TypeVar("T")
U = TypeVar("U")

MANY = 50
"""Dimensions with more members stand behind the others."""

DEMO_CURRENCY = {"en": "USD", "zh": "CNY"}

_thread = threading.local()


@dataclass
class Here:
    """What one run looks at: settings, day, language, home; each worked out when first needed.

    `breathe` is called while a question takes long, and may end it.
    """

    breathe: Callable[[], None] = state.breathe

    @cached_property
    def settings(self) -> Settings:
        """Of config.yaml, or the last good ones. Raises ConfigError."""
        return process.shared().watcher.settings

    @cached_property
    def today(self) -> date:
        """The day taken for today."""
        return process.shared().options.today or now().date()

    @cached_property
    def lang(self) -> str:
        """Chosen, else as config.yaml says, else that of the browser."""
        chosen = state.language.get() or self.settings.company.language
        if chosen in texts.LANGUAGES:
            return chosen
        return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"

    @cached_property
    def kind(self) -> Kind:
        """As chosen; else the own home once it holds an import."""
        chosen = state.home.get()
        if chosen in ("own", "demo"):
            return cast("Kind", chosen)
        return "own" if open_home("own").holds_import() else "demo"

    @cached_property
    def home(self) -> Home:
        """Opened once per process and shared with the commands under /api."""
        return open_home(self.kind)

    @cached_property
    def goals(self) -> int:
        """Changes with every change of a goal, which figures about targets depend on."""
        return self.home.workspace.goals.state()

    @cached_property
    def currency(self) -> str:
        """Of the company; the demo company has one of its own."""
        known = demo.info(self.home) if self.kind == "demo" and demo_is_ready() else None
        own = self.settings.company.currency
        return DEMO_CURRENCY.get(known.lang, own) if known else own

    @cached_property
    def words(self) -> Words:
        """Language, currency and metric names, for tiles and charts."""
        known, lang = self.settings, self.lang
        names = tuple((name, metric.name[lang]) for name, metric in known.metrics.items())
        return Words(lang, self.currency, known.fiscal, names)


def begin() -> None:
    """Start of a run: everything is looked at afresh."""
    process.stir()
    _thread.here = Here()


@contextmanager
def looking(at: Here) -> Iterator[None]:
    """Look at something in a thread of its own."""
    _thread.here = at
    try:
        yield
    finally:
        del _thread.here


def here() -> Here:
    """What this run looks at."""
    if not hasattr(_thread, "here"):
        begin()
    return cast("Here", _thread.here)


def now() -> datetime:
    """The moment, naive, in the company's zone; the day is the one given by --today, if any."""
    zone = ZoneInfo(here().settings.company.timezone)
    moment = datetime.now(zone).replace(tzinfo=None)
    fixed = process.shared().options.today
    return datetime.combine(fixed, moment.time()) if fixed else moment


def settings() -> Settings:
    """The settings in use."""
    return here().settings


def today() -> date:
    """The day taken for today."""
    return here().today


def lang() -> str:
    """The language of this session."""
    return here().lang


def words() -> Words:
    """How figures are written for this session."""
    return here().words


def fiscal() -> FiscalCalendar:
    """The company's calendar."""
    return here().settings.fiscal


# --- homes ------------------------------------------------------------------------------------


def kind() -> Kind:
    """Which home this session looks at."""
    return here().kind


def home() -> Home:
    """The home this session looks at."""
    return here().home


def open_home(which: Kind) -> Home:
    """A home of this process; opened when it is not yet. Raises HomeBusy, StorageError."""
    place = process.shared().place(which)
    return homes.get(place, now=now(), settings=here().settings)


def is_empty() -> bool:
    """Nothing to show figures of yet."""
    return home().is_empty


def demo_is_ready() -> bool:
    """Whether there is a demo company that is not too old; looked at once a session."""
    if state.demo_seen.get():
        return True
    if not is_taken(process.shared().place("demo")):
        return False
    found = open_home("demo")
    if demo.info(found) is None or demo.is_stale(found, now()):
        return False
    state.demo_seen.set(value=True)
    return True


# --- questions --------------------------------------------------------------------------------


def warehouse() -> Warehouse:
    """The rows of this session's home; a question stops when its screen is left."""
    own = home().warehouse
    engine = own.engine
    return own.through(Watched(engine, here().breathe)) if isinstance(engine, Engine) else own


def key(*parts: Hashable) -> tuple[Hashable, ...]:
    """Cache key of anything that depends on data, goals, settings and day."""
    place, now_here = home(), here()
    state_of = place.warehouse.version, now_here.goals, now_here.settings.hash
    return (*parts, place.path, *state_of, today())


def remembered(question: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """Anything that depends on data, settings, day and `question` only: made once, then shared."""
    return process.shared().answers.get(key(*question), make, here().breathe)


def overview(selection: Selection) -> Overview:
    """The whole first screen."""
    count = len(due(goals(selection.cut))) if selection.cut is None else 0
    judged = judging.count(home().workspace, today()) if selection.cut is None else 0

    def ask() -> Overview:
        beside = overviews.Beside(waiting(selection.cut), goals(selection.cut), count, judged)
        return overviews.build(warehouse(), settings(), selection, today(), beside)

    return remembered(("overview", selection, goals_state(), count, judged), ask)


def goals(cut: int | None = None) -> tuple[Progress, ...]:
    """All goals, riskiest first."""
    standing = home().workspace.goals.standing
    return remembered(
        ("goals", goals_state(), cut),
        lambda: board.build(warehouse(), settings(), standing(), today(), cut),
    )


def goals_state() -> int:
    """Changes with every change of a goal: part of the key of what depends on them."""
    return home().workspace.goals.state()


def due(found: Sequence[Progress]) -> dict[str, Due]:
    """The reviews that goals wait for, by the codes of the goals."""
    stores = home().workspace
    written = remembered(
        ("reviewed", stores.reviews.state(), goals_state()),
        lambda: reviews.Written.read(stores.reviews.days(), stores.goals.originals()),
    )
    return reviews.waiting(found, written, settings(), today())


def waiting(cut: int | None = None) -> int:
    """Rejected rows of standing imports that nobody has mended yet."""

    def ask() -> int:
        return sum(each.rows for each in way_in.waiting(home(), home().done(cut)))

    return remembered(("waiting", cut), ask)


def trend(selection: Selection, choice: Choice) -> Trend:
    """A metric over time, with the targets of goals that belong beside it."""

    def ask() -> Trend:
        found = trends.build(warehouse(), settings(), selection, today(), choice)
        terms = [each.goal.terms for each in goals(selection.cut)]
        return targets.beside(found, terms, selection.filters, fiscal())

    return remembered(("trend", selection, choice, goals_state()), ask)


def rows(selection: Selection, limit: int, metric: Metric | None = None) -> Rows:
    """The newest rows behind a selection, those that a metric counts from; not kept."""
    return behind.build(warehouse(), selection, limit, metric)


def drawn(draw: Callable[[T, Words], U], answer: T, *question: Hashable) -> U:
    """An answer in this language (chart, HTML), worked out once and shared: do not change it."""
    name = f"{draw.__module__}.{draw.__qualname__}"
    return remembered((name, lang(), *question), lambda: draw(answer, words()))


def tiles() -> tuple[str, ...]:
    """The metrics of the Overview."""
    asked = Question(home().warehouse, settings(), Selection(None), today())
    return presets.tiles(asked)


def metrics() -> Bound:
    """The metrics that work on this home's columns."""
    return asking.bound(home().warehouse, settings())


# --- what the data hold -----------------------------------------------------------------------


def edge(cut: int | None = None) -> date:
    """The newest day with data up to today; today when there is none."""
    return asking.edge(home().warehouse, today(), cut) or today()


def dimensions(*datasets: str) -> tuple[Dimension, ...]:
    """What can be filtered by, or what the rows of all given datasets can be broken down by.

    Those with few members first.
    """
    held = home().warehouse
    if datasets:
        found = offered.dimensions(held, datasets, shared=True)
    else:
        found = offered.dimensions(held)
    hidden = set(DISPLAY.values())
    shown = (d for d in found if d.offered and d.members > 1 and d.name not in hidden)
    return tuple(sorted(shown, key=lambda d: (d.members > MANY, d.extra, d.members)))


def members(dimension: str, limit: int, dataset: str | None = None) -> tuple[tuple[str, str], ...]:
    """(member, the name people know it by), the most frequent first."""

    def ask() -> tuple[tuple[str, str], ...]:
        named = names(dimension, dataset)
        found = offered.members(home().warehouse, dimension, limit, _of(dataset))
        return tuple((member, named.get(member, member)) for member in found)

    return remembered(("members", dataset, dimension, limit), ask)


def names(dimension: str, dataset: str | None = None) -> dict[str, str]:
    """Display names of a dimension whose members are keys."""
    return offered.names(home().warehouse, dimension, _of(dataset))


def _of(dataset: str | None) -> tuple[str, ...]:
    return FACTS if dataset is None else (dataset,)
