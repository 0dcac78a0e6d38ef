"""The moment of the import: it runs to its end whatever the browser does, then says what it did."""

import streamlit as st

from salesdash import imports as way_in
from salesdash import texts
from salesdash.commands.replies import rows_of
from salesdash.errors import Problem, SalesdashError
from salesdash.imports import Staged
from salesdash.ingest.frozen import from_json
from salesdash.ui import context, jobs, marks, people, problems, state, url
from salesdash.ui.imports import draft
from salesdash.ui.jobs import Job
from salesdash.workspace import Event

OF_KEYS = ("mapping.same_keys.", "mapping.unmatched_keys.")
"""Warnings about keys against lists."""

_unknown: state.Slot[tuple[str, ...]] = state.Slot("just-unknown", ())
_running: state.Slot[Job[Event] | None] = state.Slot("committing", None)


def is_running() -> bool:
    """Whether this session's import is being written."""
    return _running.get() is not None


def start(found: Staged) -> None:
    """Write the import; for `on_click`. Without a name nothing is written."""
    who = people.stated()
    if not who:
        st.toast(context.words().say("ui.who.needed"), icon=":material/person:")
        return
    home, now = context.home(), context.now()

    def work(job: Job[Event]) -> Event:
        job.tell(0.1, "imports_page.writing")
        return way_in.commit(home, found, who, now)

    _running.set(Job(work))


def follow() -> None:
    """Show the writing until it is done, then go on."""
    job = _running.get()
    if job is None:
        return
    words = context.words()
    st.html(marks.headline(words.say("imports_page.writing")))
    try:
        event = jobs.follow(job, words.say)
    except SalesdashError as error:
        _running.clear()
        problems.show(error)
        return
    _running.clear()
    draft.drop()
    state.just_in.set(told(event))
    _unknown.set(unknown(event))
    st.rerun()


def told(event: Event) -> str:
    """That an import is in, with how many rows of what."""
    events = way_in.together(event, context.home().done())
    counts = [(each.dataset, each.counts.get("loaded", 0)) for each in events]
    rows = rows_of(counts, context.lang())
    return context.words().say("imports_page.done", number=event.id, rows=rows)


def unknown(event: Event) -> tuple[str, ...]:
    """What an import warned of keys that lists lack or write otherwise."""
    events = way_in.together(event, context.home().done())
    warnings = (from_json(Problem, each) for one in events for each in one.warnings)
    keys = (each for each in warnings if each.key.startswith(OF_KEYS))
    return tuple(dict.fromkeys(texts.error(each, context.lang()) for each in keys))


def celebrate() -> None:
    """Right after an import: what went in, keys that no list has, the way to the figures."""
    news = state.just_in.get()
    if not news:
        return
    st.toast(news, icon=":material/check:")
    state.just_in.clear()
    with st.container(horizontal=True, vertical_alignment="center", key="just-in"):
        st.html(
            f'<span class="sd-chip sd-good">{marks.shape("dot")}{marks.escape(news)}</span>',
            width="content",
        )
        st.page_link(
            "pages/overview.py",
            label=context.words().say("imports_page.see"),
            icon=":material/arrow_forward:",
            query_params=url.query("overview"),
        )
    if _unknown.get():
        _keys(_unknown.get())
        _unknown.clear()


def _keys(told: tuple[str, ...]) -> None:
    """Keys that lists lack, and the way to where all of them stand."""
    lines = "<br>".join(map(marks.escape, told))
    st.html(f'<div class="sd-body">{marks.sign("warning")}{lines}</div>')
    with st.container(key="link-quality"):
        st.page_link(
            "pages/quality.py",
            label=context.words().say("imports_page.keys"),
            icon=":material/rule:",
            query_params=url.query("quality", {"data": ""}),
        )
