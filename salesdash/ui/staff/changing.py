"""One click each: somebody moves to another team, leaves, or comes onto the list."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from salesdash import imports as way_in
from salesdash.analysis import organisation, roster
from salesdash.analysis.organisation import Organisation
from salesdash.analysis.roster import Entry
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, people, state, writing
from salesdash.ui.staff.teams import DAY_FORMAT
from salesdash.workspace import Stamp

PLACE = "people-change"
MOVE, LEAVE, ADD = WAYS = ("move", "leave", "add")
WIDE, NARROW = 220, 150

Change = Callable[[tuple[Entry, ...]], tuple[Entry, ...]]
"""All entries -> those of whom something changes."""

_way = state.Slot("people-way", MOVE)


def card(found: Organisation, day: date) -> None:
    """What changes, and the button that writes it."""
    words = context.words()
    ways = WAYS if found.unlisted else (MOVE, LEAVE)
    chosen = _way.get() if _way.get() in ways else MOVE
    with cards.card("change", words.say("people.change"), words.say("people.change_note")):
        st.segmented_control(
            words.say("people.change"),
            ways,
            format_func=lambda way: words.say(f"people.way.{way}", count=len(found.unlisted)),
            key=_way.seed(chosen),
            on_change=_way.take,
            required=True,
            label_visibility="collapsed",
        )
        told = marks.escape(words.say(f"people.how.{chosen}"))
        st.html(f'<div class="sd-note">{told}</div>')
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _FORMS[chosen](found, day, words)
        writing.told(PLACE)
        people.ask(people.STAFF_FIELD)


def _move(found: Organisation, day: date, words: Words) -> None:
    _person(found, words)
    _team(found, words)
    _text("manager", words)
    _day("from_day", day, words)
    _button(MOVE, words, _write_move)


def _leave(found: Organisation, day: date, words: Words) -> None:
    _person(found, words)
    _day("last_day", day, words)
    _button(LEAVE, words, _write_leave)


def _add(found: Organisation, _day: date, words: Words) -> None:
    st.multiselect(
        words.say("people.field.names"),
        found.unlisted,
        key="people-names",
        placeholder=words.say("people.field.choose"),
        width=2 * WIDE,
    )
    _team(found, words)
    _button(ADD, words, _write_add)


_FORMS: dict[str, Callable[[Organisation, date, Words], None]] = {
    MOVE: _move,
    LEAVE: _leave,
    ADD: _add,
}


def _person(found: Organisation, words: Words) -> None:
    here = [place.person for team in found.teams for place in team.members]
    known = sorted({*here, *(place.person for place in (*found.gone, *found.coming))})
    st.selectbox(
        words.say("people.field.person"),
        [*known, *found.unlisted],
        index=None,
        key="people-person",
        placeholder=words.say("people.field.choose"),
        width=WIDE,
    )


def _team(found: Organisation, words: Words) -> None:
    st.selectbox(
        words.say("people.field.team"),
        [team.name for team in found.teams if team.name],
        index=None,
        key="people-team",
        placeholder=words.say("people.field.choose_or_type"),
        accept_new_options=True,
        width=WIDE,
    )


def _text(name: str, words: Words) -> None:
    st.text_input(
        words.say(f"people.field.{name}"),
        key=f"people-{name}",
        placeholder=words.say("people.field.same"),
        max_chars=120,
        width=WIDE,
    )


def _day(name: str, day: date, words: Words) -> None:
    st.date_input(
        words.say(f"people.field.{name}"),
        value=day,
        format=DAY_FORMAT,
        key=f"people-{name}",
        width=NARROW,
    )


def _button(way: str, words: Words, write: Change) -> None:
    st.button(
        words.say(f"people.do.{way}"),
        key=f"people-do-{way}",
        type="primary",
        on_click=_save,
        args=(write,),
    )


def _said(name: str) -> str:
    return str(state.widget(f"people-{name}") or "")


def _write_move(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    day = state.widget("people-from_day") or context.today()
    manager = " ".join(_said("manager").split()) or None
    return organisation.moved(entries, _said("person"), _said("team"), day, manager)


def _write_leave(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    day = state.widget("people-last_day") or context.today()
    return organisation.left(entries, _said("person"), day)


def _write_add(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return organisation.listed(entries, state.widget("people-names") or (), _said("team"))


def _save(change: Change) -> None:
    """Write what was stated as one event; for `on_click`."""
    saved = []

    def write(stamp: Stamp) -> None:
        home = context.home()
        rows = [vars(entry) for entry in change(roster.entries(home.warehouse))]
        saved.append(way_in.edit(home, "people", rows, stamp.who, stamp.at))

    if writing.save(PLACE, write):
        for name in ("person", "team", "manager", "names"):
            state.forget(f"people-{name}")
        told = context.words().say("imports_page.people.saved", number=saved[0].id)
        st.toast(told, icon=":material/check:")
