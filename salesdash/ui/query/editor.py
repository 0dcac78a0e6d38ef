"""Where a question is typed, run and stopped."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from salesdash.analysis import examples
from salesdash.charts import Words
from salesdash.engine.sandbox import Allowance
from salesdash.imports.copies import Copy
from salesdash.ui import cards, context, marks, state
from salesdash.ui.query import asking, saving

FIELD = "w.query-text"
HEIGHT = 236
SIDES = (0.63, 0.37)

_shown: state.Slot[str | None] = state.Slot("query-shown", None)
_draft = state.Slot("query-draft", "")


def opening() -> None:
    """What this screen is for; of a saved question its name, and what it says."""
    words, found = context.words(), asking.saved()
    title = found.name if found else words.say("sql.title")
    lead = found.description if found else ""
    st.html(marks.headline(title, lead or words.say("sql.lead")))


def sides() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The place for the question, and the one for what helps to write it."""
    typed, beside = st.columns(SIDES, gap="medium")
    return typed, beside


def show(copy: Copy) -> None:
    """The field and its buttons; a question that comes with the address stands in it."""
    words, wanted = context.words(), asking.wanted()
    if _shown.get() != wanted:
        _shown.set(wanted)
        if wanted:
            put(wanted)
    if state.widget(FIELD) is None:  # the page was left, or is new
        first = next(iter(examples.build(copy, context.metrics())), None)
        put(_draft.get() or (first.sql if first else ""))
    with cards.card("query", words.say("sql.question"), _limits(words)):
        st.text_area(
            words.say("sql.question"),
            key=FIELD,
            height=HEIGHT,
            label_visibility="collapsed",
            on_change="ignore",  # it comes with the click, or with the keys
        )
        _draft.set(state.widget(FIELD) or "")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _buttons()


def _limits(words: Words) -> str:
    """What a question may take."""
    most = Allowance()
    return words.say(
        "sql.limits", seconds=most.seconds, memory=most.memory_mib, rows=f"{most.rows:,}"
    )


def _buttons() -> None:
    words = context.words()
    if asking.is_running():
        st.button(
            words.say("sql.stop"), key="stop-query", icon=":material/stop:", on_click=asking.stop
        )
    else:
        st.button(
            words.say("sql.run"),
            key="run-query",
            type="primary",
            icon=":material/play_arrow:",
            shortcut="Ctrl+Enter",
            on_click=_run,
        )
    saving.buttons()
    if asking.saved() is not None:
        st.button(
            words.say("sql.new"),
            key="new-query",
            type="tertiary",
            icon=":material/add:",
            on_click=_new,
        )


def text() -> str:
    """What stands in the field."""
    return str(state.widget(FIELD) or "").strip()


def put(sql: str) -> None:
    """Let a question stand in the field; before it is drawn."""
    state.put(FIELD, sql)
    _draft.set(sql)


def insert(name: str) -> None:
    """Add a name behind what stands there; for callbacks."""
    known = str(state.widget(FIELD) or "")
    gap = "" if not known or known.endswith((" ", "\n", "(", ".")) else " "
    put(f"{known}{gap}{name}")


def take(sql: str) -> None:
    """Let a question stand there and ask it; for callbacks."""
    put(sql)
    _run()


def _run() -> None:
    sql = text()
    if sql:
        asking.want(sql)
        asking.start(sql)
        _shown.set(sql)


def _new() -> None:
    asking.open_saved(None)
    put("")
    _shown.set("")
