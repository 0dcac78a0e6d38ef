"""What is asked on this screen, and what came of it: kept for the session, run beside it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import streamlit as st

from salesdash.commands import sql as commands
from salesdash.engine.sandbox import Answer
from salesdash.errors import SalesdashError, UsageError
from salesdash.imports import Home
from salesdash.imports.copies import Copy
from salesdash.selection import numbered
from salesdash.ui import context, jobs, people, state
from salesdash.ui.jobs import Job
from salesdash.workspace import Entry, Saved, Stamp

LONGEST = 2_000
"""Characters of a question that an address holds."""

_pool = ThreadPoolExecutor(max_workers=10, thread_name_prefix="sql")
"""As many as may run and wait: nothing else waits behind them."""


@dataclass(frozen=True)
class Outcome:
    """A question with its answer, or with why there is none; neither when it was stopped.

    `home` and `version`: the rows it was asked of.
    """

    sql: str
    home: Path
    version: int
    answer: Answer | None = None
    error: SalesdashError | None = None


_session = state.Slot("query-session", "")
_running: state.Slot[tuple[str, Job[Outcome]] | None] = state.Slot("query-running", None)
_outcome: state.Slot[Outcome | None] = state.Slot("query-outcome", None)
_long = state.Slot("query-long", "")


def saved() -> Saved | None:
    """The saved question of the address, None without one, or where there is no such."""
    number = numbered(state.query_saved.get())
    if number is None:
        return None
    try:
        return context.home().workspace.queries.get(number)
    except UsageError:
        return None


def wanted() -> str:
    """The question of the address: typed, else the saved one."""
    found = saved()
    return state.query_sql.get() or _long.get() or (found.sql if found else "")


def want(sql: str) -> None:
    """Put a question into the address; one that is saved as it stands needs its number only."""
    found = saved()
    said = "" if found is not None and found.sql == sql else sql
    fits = len(said) <= LONGEST
    state.query_sql.set(said if fits else "")
    _long.set("" if fits else said)
    state.touched.set(value=True)


def open_saved(number: int | None) -> None:
    """Go on to a saved question, or from it to none."""
    state.query_saved.set("" if number is None else str(number))
    for slot in (state.query_sql, _long, *state.QUERY_CHART):
        slot.clear()
    if number is not None:
        for slot, name in zip(state.QUERY_CHART, ("kind", "x", "y"), strict=True):
            found = saved()
            slot.set(str(found.chart.get(name, "")) if found else "")
    state.touched.set(value=True)


def keep_saved(number: int) -> None:
    """The question was saved as it stands: the address is that of the saved one."""
    state.query_saved.set(str(number))
    for slot in (state.query_sql, _long):
        slot.clear()
    state.touched.set(value=True)


def ensure(copy: Copy) -> None:
    """Ask what the address wants, unless that was done of these rows, or is being done."""
    sql, found, running = wanted(), _outcome.get(), _running.get()
    asked = (sql, context.home().path, copy.version)
    done = found is not None and (found.sql, found.home, found.version) == asked
    if sql and copy.tables and not done and (running is None or running[0] != sql):
        start(sql)


def start(sql: str) -> None:
    """Ask a question; one that runs is given up."""
    _leave()
    if not _session.get():
        _session.set(token_hex(8))
    home, who, session = context.home(), people.who(), _session.get()
    stamp = Stamp(who, context.now()) if who else None
    _running.set((sql, Job(lambda job: _worked(job, home, (sql, session), stamp), _pool)))


def stop() -> None:
    """Give the running question up; for `on_click`."""
    running = _running.get()
    if running is not None:
        _outcome.set(_stopped(running[0]))
    _leave()


def _stopped(sql: str) -> Outcome:
    home = context.home()
    return Outcome(sql, home.path, home.warehouse.version)


def _leave() -> None:
    """Nobody waits for the running question any more; it ends at once."""
    running = _running.get()
    if running is not None:
        running[1].stop()
        _running.clear()


def is_running() -> bool:
    """Whether this session's question is being answered."""
    return _running.get() is not None


def follow() -> None:
    """Show that it is being answered, until it is."""
    running = _running.get()
    if running is None:
        return
    words = context.words()
    try:
        _outcome.set(jobs.follow(running[1], words.say, words.say("sql.running")))
    except jobs.GivenUp:  # in another window of this session
        _outcome.set(_stopped(running[0]))
    _running.clear()
    st.rerun()  # what is drawn above says that it runs


def outcome() -> Outcome | None:
    """What came of the last question, None before the first one."""
    return _outcome.get()


def _worked(job: Job[Outcome], home: Home, asked: tuple[str, str], stamp: Stamp | None) -> Outcome:
    """Ask, and keep in the history of who asked what came of it."""
    sql, session = asked
    place = (sql, home.path, home.warehouse.version)
    try:
        answer = commands.ask(home, sql, session, job.tick)
    except SalesdashError as error:
        found, entry = Outcome(*place, error=error), {"error": error.key}
        rows, seconds = None, None
    else:
        found, entry = Outcome(*place, answer), {}
        rows, seconds = len(answer.rows), round(answer.seconds, 3)
    if stamp is not None:
        home.workspace.asked.note(Entry(sql, stamp.at, rows, seconds, **entry), stamp)
    return found
