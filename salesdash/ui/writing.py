"""Writing from the screen: saved at once in a callback; what fails is said where it happened."""

from collections.abc import Callable

import streamlit as st

from salesdash.errors import Conflict, InputError, SalesdashError
from salesdash.ui import context, people, problems, state
from salesdash.workspace import Stamp


def save(place: str, write: Callable[[Stamp], object]) -> bool:
    """Write under the stated name; True when it is on the disk.

    An error waits for `told(place)`, so that it stands beside what was edited.
    """
    slot = _error(place)
    try:
        name = people.stated()
        if not name:
            raise InputError("who.needed")
        write(Stamp(name, context.now()))
    except SalesdashError as error:
        slot.set(error)
        return False
    slot.clear()
    return True


def fail(place: str, error: SalesdashError) -> None:
    """Say this in its place: what was typed means nothing that could be written."""
    _error(place).set(error)


def told(place: str) -> None:
    """Say once what went wrong with the last write here."""
    error = _error(place).get()
    if error is not None:
        _error(place).clear()
        problems.show(error)


def conflict(place: str) -> Conflict | None:
    """The conflict of the last write here, until it is settled by another one."""
    error = _error(place).get()
    return error if isinstance(error, Conflict) else None


def settle(place: str) -> None:
    """The conflict is settled: their version stays."""
    _error(place).clear()


def choose(place: str, insist: Callable[..., None], *args: object) -> None:
    """The two ways on from a conflict: theirs stays, or `insist` writes mine over it."""
    words = context.words()
    with st.container(horizontal=True, gap="small"):
        st.button(
            words.say("team.meetings.keep.theirs"),
            key=f"keep-theirs-{place}",
            on_click=settle,
            args=(place,),
        )
        st.button(
            words.say("team.meetings.keep.mine"),
            key=f"keep-mine-{place}",
            type="primary",
            on_click=insist,
            args=args,
        )


def ready(key: str = people.FIELD) -> bool:
    """Whether it is known who writes; until then a field and a button that ask for it."""
    if people.who() and not state.renaming.get():
        people.ask(key)
        return True
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="who-first"):
        people.ask(key)
        words = context.words()
        st.button(words.say("ui.who.ok"), key=f"ok-{key}", type="primary", on_click=people.keep)
        st.html(f'<span class="sd-note">{words.say("ui.who.first")}</span>', width="content")
    return False


def _error(place: str) -> "state.Slot[SalesdashError | None]":
    return state.Slot(f"said.{place}", None)
