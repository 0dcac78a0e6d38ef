"""Going through the goals that are due for review, one after the other."""

from collections.abc import Sequence

import streamlit as st

from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.ui import context, marks, state

_walk: state.Slot[tuple[str, ...]] = state.Slot("reviews-walk", ())
"""Codes of the goals that were due when it began."""


def offer(found: Sequence[Progress], words: Words) -> None:
    """The button that begins it, where goals are due."""
    due = tuple(context.due(found))
    if due:
        st.button(
            words.say("reviews.walk.begin", count=len(due)),
            key="review-walk",
            icon=":material/rate_review:",
            on_click=_begin,
            args=(due,),
        )


def strip(words: Words) -> None:
    """Where one is among them, and the ways on; nothing outside of a walk."""
    codes, here = _walk.get(), state.goal.get()
    if not is_on():
        return
    place = codes.index(here)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="review-steps"
    ):
        told = words.say("reviews.walk.place", number=place + 1, count=len(codes))
        st.html(f'<span class="sd-body">{marks.escape(told)}</span>', width="content")
        for name, step, icon in (
            ("previous", place - 1, ":material/chevron_left:"),
            ("next", place + 1, ":material/chevron_right:"),
        ):
            st.button(
                words.say(f"reviews.walk.{name}"),
                key=f"walk-{name}",
                icon=icon,
                disabled=not 0 <= step < len(codes),
                on_click=_go,
                args=(codes[step % len(codes)],),
            )
        st.button(words.say("reviews.walk.end"), key="walk-end", type="tertiary", on_click=_end)


def onward(words: Words) -> None:
    """The way to the next one from within a card that is redrawn alone; nothing outside."""
    codes, here = _walk.get(), state.goal.get()
    if not is_on() or here == codes[-1]:
        return
    label, following = words.say("reviews.walk.onward"), codes[codes.index(here) + 1]
    icon = ":material/arrow_forward:"
    if st.button(label, key="walk-onward", icon=icon, on_click=_go, args=(following,)):
        st.rerun()


def is_on() -> bool:
    """Whether the goal on the page is one of those."""
    return state.goal.get() in _walk.get()


def _begin(codes: tuple[str, ...]) -> None:
    _walk.set(codes)
    _go(codes[0])


def _go(code: str) -> None:
    state.goal.set(code)
    state.touched.set(value=True)


def _end() -> None:
    _walk.clear()
    state.goal.clear()
    state.touched.set(value=True)
