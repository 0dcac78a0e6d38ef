"""A quiet line for a goal that was hit, once for each browser."""

import re
from collections.abc import Sequence

import streamlit as st

from salesdash.analysis import hits
from salesdash.analysis.hits import Hit
from salesdash.analysis.progress import Progress
from salesdash.ui import context, marks, state

COOKIE = "salesdash_hits"
MOST = 3
"""Lines at once; what else was hit stands on the board."""

KEPT = 60
"""Hits a browser remembers."""

CLOSE = "close-hits"
_NAME = re.compile(r"[od][0-9a-f]+v\d+")
_seen: state.Slot[tuple[str, ...]] = state.Slot("hits-seen", ())
_shown: state.Slot[tuple[str, ...]] = state.Slot("hits-shown", ())


def show(found: Sequence[Progress]) -> None:
    """The goals hit of late that this browser has not been told; until the page is left."""
    hit = context.remembered(("hits", context.goals_state()), lambda: _hit(found))
    if state.widget(CLOSE) is None:  # the page is opened anew
        _shown.set(_fresh(hit))
    shown = [each for each in hit if _name(each) in _shown.get()][:MOST]
    if not shown:
        return
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="hits", border=False
    ):
        lines = "".join(_line(words.tell(each.told)) for each in shown)
        st.html(f'<div class="sd-hits">{lines}</div>', width="content")
        st.button(words.say("hits.close"), key=CLOSE, type="tertiary", on_click=_shown.clear)
    _remember(tuple(map(_name, hit)))


def _hit(found: Sequence[Progress]) -> tuple[Hit, ...]:
    return hits.build(context.warehouse(), context.settings(), found, context.today())


def _line(told: str) -> str:
    return f"<div>{marks.shape('star')}{marks.escape(told)}</div>"


def _name(hit: Hit) -> str:
    """What a hit is remembered by; each home has goals of its own."""
    return f"{context.kind()[0]}{hit.code}"


def _fresh(hit: Sequence[Hit]) -> tuple[str, ...]:
    told = {*_kept(), *_seen.get()}
    return tuple(name for name in map(_name, hit) if name not in told)


def _kept() -> list[str]:
    """What this browser was told in earlier sessions."""
    return _NAME.findall(str(st.context.cookies.get(COOKIE, "")))


def _remember(names: tuple[str, ...]) -> None:
    """Leave in the browser what it was told."""
    if set(names) <= set(_seen.get()):
        return
    both = dict.fromkeys((*names, *_seen.get(), *_kept()))
    _seen.set(tuple(both)[:KEPT])
    crumbs = f"{COOKIE}={'.'.join(_seen.get())}; path=/; max-age=63072000; samesite=lax"
    st.html(f"<script>document.cookie={crumbs!r}</script>", unsafe_allow_javascript=True)
