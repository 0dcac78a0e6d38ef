"""The moment of the import: it runs to its end whatever the browser does, then says what it did."""

import streamlit as st

from salesdash import imports as way_in
from salesdash.commands.replies import rows_of
from salesdash.errors import SalesdashError
from salesdash.imports import Staged
from salesdash.ui import context, jobs, marks, people, problems, state, url
from salesdash.ui.imports import draft
from salesdash.ui.jobs import Job
from salesdash.workspace import Event

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
    st.rerun()


def told(event: Event) -> str:
    """That an import is in, with how many rows of what."""
    events = way_in.together(event, context.home().done())
    counts = [(each.dataset, each.counts.get("loaded", 0)) for each in events]
    rows = rows_of(counts, context.lang())
    return context.words().say("imports_page.done", number=event.id, rows=rows)


def celebrate() -> None:
    """Right after an import: what went in, and the way to the figures."""
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
