"""Actions on the screen: rows with a tick, a form for a new one, editing; each saved at once."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import actions as analysing
from salesdash.analysis.actions import SCOPES, Board, Row, Scope
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, people, state, url, writing
from salesdash.ui.marks import Cell
from salesdash.ui.training.asking import DAY_FORMAT, everybody
from salesdash.workspace import Promise, Standing

PAGE = "actions"
ABOUT = ("goals", "comparison", "trends")
"""Pages an action may be about."""


def screen() -> None:
    """The page; a tick redraws it and nothing around it."""
    st.fragment(_screen, key="actions")()


def _screen() -> None:
    words = context.words()
    scope = _scope()
    found = _board(scope)
    st.html(marks.headline(words.tell(found.headline), words.tell(found.lead)))
    ready = writing.ready()
    st.segmented_control(
        words.say("team.actions.scope"),
        SCOPES,
        format_func=lambda name: (
            f"{words.say(f'team.actions.scopes.{name}')} · {found.counts[name]}"
        ),
        key=state.scope.seed(scope),
        on_change=state.scope.take,
        required=True,
        label_visibility="collapsed",
    )
    title = words.say(f"team.actions.titles.{scope}")
    with cards.card("actions", title, words.say("team.actions.note")):
        if found.rows:
            _rows(found.rows, PAGE, words, ready=ready)
        else:
            quiet = marks.escape(words.say(f"team.actions.empty.{scope}"))
            st.html(f'<div class="sd-body sd-muted">{quiet}</div>')
        form(PAGE, None, ready=ready)
    url.keep(PAGE)


def _scope() -> Scope:
    """The chosen one; else my own actions, while there are any."""
    chosen = next((each for each in SCOPES if each == state.scope.get()), None)
    return chosen or ("mine" if _board("mine").rows else "team")


def _scope_words(scope: Scope, found: Board, words: Words) -> str:
    return f"{words.say(f'team.actions.scopes.{scope}')} · {found.counts[scope]}"


def _board(scope: Scope) -> Board:
    workspace = context.home().workspace
    promised, held = workspace.actions.all(), workspace.meetings.all()
    return analysing.build(promised, held, people.who(), context.today(), scope)


def ticked(ids: Iterable[int], place: str) -> None:
    """The actions of these numbers as they are now, each with its tick."""
    workspace, wanted = context.home().workspace, set(ids)
    held = workspace.meetings.all()
    rows = tuple(
        analysing.row(action, held, context.today())
        for action in workspace.actions.all()
        if action.id in wanted
    )
    _rows(rows, place, context.words(), ready=bool(people.who()))


def table(rows: Iterable[Row], words: Words) -> str:
    """Actions to be read: text, owner, due day, how they stood."""
    header = [Cell(words.say(f"team.actions.{name}")) for name in ("text", "owner", "due", "state")]
    return marks.table(header, [_cells(row, words) for row in rows])


def _cells(row: Row, words: Words) -> list[Cell]:
    note = words.say("team.minutes.carried", count=row.carried) if row.carried else ""
    tone: marks.Tone = "bad" if row.overdue else "good" if row.state is Standing.DONE else "muted"
    state_word = "overdue" if row.overdue else row.state.value
    return [
        Cell(row.text, "", note),
        Cell(row.owner or formats.DASH),
        Cell(_day(row.due, words)),
        Cell(words.say(f"team.actions.states.{state_word}"), tone=tone),
    ]


def _rows(rows: Iterable[Row], place: str, words: Words, *, ready: bool) -> None:
    writing.told(f"actions-{place}")
    for row in rows:
        _row(row, place, words, ready=ready)


def _row(row: Row, place: str, words: Words, *, ready: bool) -> None:
    """One action: its tick, its words, who until when, where it came from, a way to change it."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"event-{place}-{row.id}"
    ):
        slot = state.Slot(f"done.{place}.{row.id}", default=False)
        st.checkbox(
            texts.markdown_safe(row.text),
            key=slot.seed(row.state is Standing.DONE),
            on_change=_settle,
            args=(row.id, slot.key, place, row.version),
            disabled=not ready or row.state is Standing.DROPPED,
            wrap=True,
        )
        st.html(_facts(row, words), width="content")
        st.space("stretch")
        _origin(row, place, words)
        _editing(row, place, words, ready=ready)


def _facts(row: Row, words: Words) -> str:
    parts = []
    if row.overdue:
        parts.append(marks.chip("bad", words.say("team.actions.late", day=_day(row.due, words))))
    elif row.state is not Standing.OPEN:
        parts.append(marks.escape(words.say(f"team.actions.states.{row.state.value}")))
    elif row.due is not None:
        parts.append(marks.escape(words.say("team.training.until", day=_day(row.due, words))))
    if row.owner:
        parts.insert(0, marks.escape(row.owner))
    if row.carried:
        parts.append(marks.escape(words.say("team.minutes.carried", count=row.carried)))
    return f'<span class="sd-note">{" · ".join(parts)}</span>'


def _origin(row: Row, place: str, words: Words) -> None:
    """The meeting it came from, which need not be said within it; and what it is about."""
    if place != PAGE:
        return
    if row.meeting is not None:
        st.page_link(
            "pages/meetings.py",
            label=words.say("team.actions.origin"),
            icon=":material/groups:",
            query_params=url.query("meetings", {"meeting": str(row.meeting)}),
        )
    if row.page in ABOUT:
        st.page_link(
            f"pages/{row.page}.py",
            label=words.say("team.actions.about", page=words.say(f"ui.page.{row.page}")),
            icon=":material/open_in_new:",
            query_params={key: list(values) for key, values in row.query},
        )


def _editing(row: Row, place: str, words: Words, *, ready: bool) -> None:
    popover = st.popover(
        words.say("team.actions.edit"),
        type="tertiary",
        key=f"edit-{place}-{row.id}",
        on_change="rerun",
        disabled=not ready,
    )
    if not popover.open:
        return
    keys = field_keys(f"{place}-{row.id}")
    with popover:
        fields(keys, words, row)
        st.button(
            words.say("team.actions.save"),
            key=f"save-{place}-{row.id}",
            type="primary",
            on_click=_edit,
            args=(row.id, place, row.version),
        )
        if row.is_open:
            st.button(
                words.say("team.actions.drop"),
                key=f"drop-{place}-{row.id}",
                type="tertiary",
                on_click=_drop,
                args=(row.id, place, row.version),
            )
        elif row.state is Standing.DROPPED:
            st.button(
                words.say("team.actions.reopen"),
                key=f"reopen-{place}-{row.id}",
                type="tertiary",
                on_click=_reopen,
                args=(row.id, place, row.version),
            )


def form(place: str, line: int | None, *, ready: bool) -> None:
    """A new action: what, who, until when."""
    words, keys = context.words(), field_keys(f"new-{place}")
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"new-action-{place}"
    ):
        fields(keys, words, None)
        st.button(
            words.say("team.actions.add"),
            key=f"add-{place}",
            icon=":material/add:",
            disabled=not ready,
            on_click=_make,
            args=(place, line),
        )
    writing.told(f"new-{place}")


def field_keys(place: str) -> tuple[str, str, str]:
    """Where the fields of an action keep what is typed: its words, owner and due day."""
    return f"w.what-{place}", f"w.owner-{place}", f"w.due-{place}"


def fields(keys: tuple[str, str, str], words: Words, row: Row | Promise | None) -> None:
    """Text, owner, due day, as they stand in `row`; nothing is sent before the button."""
    what, owner, due = keys
    if row is not None and state.widget(what) is None:
        state.put(what, row.text)
        state.put(owner, row.owner or None)
        state.put(due, row.due)
    st.text_input(
        words.say("team.actions.text"),
        key=what,
        on_change="ignore",
        placeholder=words.say("team.actions.what"),
        max_chars=300,
    )
    known = everybody()
    names = sorted({*known, row.owner}) if row is not None and row.owner else known
    st.selectbox(
        words.say("team.actions.owner"),
        names,
        index=None,
        key=owner,
        accept_new_options=True,
        on_change="ignore",
        placeholder=words.say("team.actions.who"),
        width=190,
    )
    st.date_input(
        words.say("team.actions.due"),
        value=None,
        key=due,
        format=DAY_FORMAT,
        on_change="ignore",
        width=150,
    )


def typed(keys: tuple[str, str, str]) -> tuple[str, str, date | None]:
    """What the fields hold."""
    what, owner, due = (state.widget(key) for key in keys)
    return str(what or ""), str(owner or ""), due


# --- writing ----------------------------------------------------------------------------------


def _make(place: str, line: int | None) -> None:
    keys, store = field_keys(f"new-{place}"), context.home().workspace.actions
    text, owner, due = typed(keys)
    promise = Promise(text, owner, due, line)
    if writing.save(f"new-{place}", lambda stamp: store.make(promise, stamp)):
        for key in keys:
            state.forget(key)


def _edit(number: int, place: str, version: int) -> None:
    keys, store = field_keys(f"{place}-{number}"), context.home().workspace.actions
    part = dict(zip(("text", "owner", "due"), typed(keys), strict=True))
    if writing.save(f"actions-{place}", lambda stamp: store.amend(number, part, stamp, version)):
        for key in keys:
            state.forget(key)


def _settle(number: int, key: str, place: str, version: int) -> None:
    standing = Standing.DONE if state.widget(key) else Standing.OPEN
    _stand(number, standing, place, version)


def _drop(number: int, place: str, version: int) -> None:
    _stand(number, Standing.DROPPED, place, version)


def _reopen(number: int, place: str, version: int) -> None:
    _stand(number, Standing.OPEN, place, version)


def _stand(number: int, standing: Standing, place: str, version: int) -> None:
    store = context.home().workspace.actions
    writing.save(f"actions-{place}", lambda stamp: store.settle(number, standing, stamp, version))


def _day(day: date | None, words: Words) -> str:
    if day is None:
        return formats.DASH
    return formats.date(day, words.lang, this_year=context.today().year)
