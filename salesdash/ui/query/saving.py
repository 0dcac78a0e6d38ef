"""A question gets a name, so that the team finds it; two people may change one at once."""

from collections.abc import Mapping

import streamlit as st

from salesdash import formats
from salesdash.errors import Conflict
from salesdash.ui import cards, context, marks, state, writing
from salesdash.ui.query import asking
from salesdash.workspace import Query, Saved, Stamp

PLACE = "saved-query"
NAME, ABOUT = "w.query-name", "w.query-about"

_open: state.Slot[str] = state.Slot("query-saving", "")
"""What the form is for: "new", "change", or "" while it is closed."""

_version = state.Slot("query-version", 0)


def buttons() -> None:
    """Save as a new one; say the opened one differently."""
    words, found = context.words(), asking.saved()
    if found is not None and not found.withdrawn:
        st.button(
            words.say("sql.save.change"),
            key="change-query",
            type="tertiary",
            icon=":material/edit:",
            on_click=_begin,
            args=("change",),
        )
    st.button(
        words.say("sql.save.new" if found else "sql.save.button"),
        key="save-query",
        type="tertiary",
        icon=":material/bookmark_add:",
        on_click=_begin,
        args=("new",),
    )


def show() -> None:
    """The form, while one is open; what somebody else wrote meanwhile beside it."""
    if writing.conflict(PLACE) is None:
        writing.told(PLACE)
    if not _open.get():
        return
    words = context.words()
    with cards.card("save-query", words.say(f"sql.save.{_open.get()}_title"), ""):
        conflict = writing.conflict(PLACE)
        if conflict is not None:
            _conflict(conflict)
        for key in (NAME, ABOUT):
            state.put(key, state.widget(key) or "")  # kept while a name is asked for
        st.text_input(words.say("sql.save.name"), key=NAME, max_chars=80, on_change="ignore")
        st.text_input(words.say("sql.save.about"), key=ABOUT, max_chars=300, on_change="ignore")
        ready = writing.ready()
        with st.container(horizontal=True, gap="small"):
            st.button(
                words.say("sql.save.confirm"),
                key="confirm-query",
                type="primary",
                disabled=not ready,
                on_click=_save,
            )
            st.button(words.say("sql.save.cancel"), key="cancel-query", on_click=_close)


def withdraw(number: int, *, withdrawn: bool) -> None:
    """List a saved question no more, or again; for callbacks."""
    store = context.home().workspace.queries
    writing.save(PLACE, lambda stamp: store.withdraw(number, stamp, withdrawn=withdrawn))


def _conflict(found: Conflict) -> None:
    """What the other one wrote, and that saving again takes its place."""
    words, theirs = context.words(), found.values["theirs"]
    assert isinstance(theirs, Mapping)
    told = words.say("sql.save.conflict", who=str(found.values["who"]))
    code = f'<div class="sd-code">{marks.escape(str(theirs["sql"]))}</div>'
    st.html(f'<div class="sd-body">{marks.sign("warning")}{marks.escape(told)}</div>{code}')


def _begin(what: str) -> None:
    found = asking.saved() if what == "change" else None
    _open.set(what)
    _version.set(found.version if found else 0)
    state.put(NAME, found.name if found else "")
    state.put(ABOUT, found.description if found else "")


def _close() -> None:
    _open.clear()
    writing.settle(PLACE)


def _save() -> None:
    from salesdash.ui.query import editor  # it draws these buttons

    found = asking.saved() if _open.get() == "change" else None
    query = Query(
        str(state.widget(NAME) or ""),
        editor.text(),
        str(state.widget(ABOUT) or ""),
        dict(zip(("kind", "x", "y"), (slot.get() for slot in state.QUERY_CHART), strict=True)),
    )
    number = 0

    def write(stamp: Stamp) -> None:
        nonlocal number
        store = context.home().workspace.queries
        if found is None:
            number = store.make(query, stamp)
        else:
            number = found.id
            store.edit(number, query, stamp, _version.get())

    if writing.save(PLACE, write):
        _open.clear()
        asking.keep_saved(number)
    elif found is not None and writing.conflict(PLACE) is not None:
        _version.set(context.home().workspace.queries.get(found.id).version)


def about(found: Saved) -> str:
    """Whose it is, and who saved it last."""
    words = context.words()
    day = formats.date(found.at.date(), words.lang, this_year=context.today().year)
    return words.say("sql.saved.about", owner=found.owner, who=found.who, day=day)
