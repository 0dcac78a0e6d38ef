"""One action on a page of its own: what was promised, then what `SECTIONS` add."""

from collections.abc import Callable

import streamlit as st

from salesdash.ui import context, state, writing
from salesdash.ui.actions import comments, facts, history
from salesdash.ui.effects import section as effect
from salesdash.workspace import Action

SECTIONS: tuple[Callable[[Action], None], ...] = (
    facts.show,
    effect.show,
    comments.show,
    history.show,
)
"""Cards of the page, in this order."""


def chosen() -> Action | None:
    """The action of the address; None when it names none that there is."""
    known = {str(each.id): each for each in context.home().workspace.actions.all()}
    return known.get(state.action.get())


def show(action: Action) -> None:
    """All about one action."""
    words = context.words()
    st.button(
        words.say("actions.single.back"),
        key="all-actions",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=leave,
    )
    facts.opening(action, words)
    writing.ready()
    for section in SECTIONS:
        section(action)


def leave() -> None:
    """Back to all actions; for `on_click`."""
    state.action.clear()
    state.touched.set(value=True)
