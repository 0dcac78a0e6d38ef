"""Share this view: the link of exactly this screen, for whoever may open the app.

All choices stand in it, none of its reader's own (the language). On demand it keeps the figures as
they are: pinned to the newest import, and a running period to its own days.
"""

import os
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from salesdash.commands.address import SHARED
from salesdash.periods import against_code
from salesdash.ui import agenda, context, filters, marks, state, url

SCRIPT = Path(__file__).with_name("share.js")
LOOPBACK = ("127.0.0.1", "localhost", "::1")

_keeps = state.Slot("share-keeps", default=False)


def draw(page: str, *, first: bool, filtered: bool) -> None:
    """The control at the top right; `filtered`: a page of figures, which can be kept."""
    words = context.words()
    with st.container(key="share", width="content"):
        popover = st.popover(
            words.say("sharing.title"),
            icon=":material/share:",
            type="tertiary",
            key="share-popover",
            on_change="rerun",
        )
        if not popover.open:
            return
        with popover:
            if filtered and not context.is_empty():
                st.checkbox(
                    words.say("sharing.keep"),
                    key=_keeps.seed(_keeps.get()),
                    on_change=_keeps.take,
                )
            _field("" if first else page, query(page, keeps=filtered and _keeps.get()))


def query(page: str, *, keeps: bool) -> url.Query:
    """All choices of a page as its link says them; `keeps`: the figures as they are now."""
    kept: dict[str, str] = {"lang": "", "home": context.kind()}
    if keeps and not context.is_empty():
        selection = filters.current()
        cut = filters.cut() or context.home().warehouse.version
        period, compare = agenda.pinned(selection.window), against_code(selection.comparison)
        kept |= {"period": period, "compare": compare, "cut": str(cut)}
    return url.query(page, kept)


def link(path: str, asked: url.Query) -> str:
    """The whole address, under the name that others in the network know this machine by."""
    here = urlsplit(_here())
    base = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    shared = os.environ.get(SHARED, "")
    if shared and here.hostname in LOOPBACK:
        base = shared
    return f"{base}/{url.address(path, asked)}"


def _here() -> str:
    """The address in the reader's browser."""
    return st.context.url or ""


def _field(path: str, asked: url.Query) -> None:
    words, found = context.words(), link(path, asked)
    copy, done = (marks.escape(words.say(f"sharing.{name}")) for name in ("copy", "done"))
    label = marks.escape(words.say("sharing.title"))
    st.html(
        f'<div class="sd-share" data-done="{done}"><input readonly aria-label="{label}" '
        f'value="{marks.escape(found)}"><button type="button">{copy}</button></div>'
        f"<script>{_script()}</script>",
        unsafe_allow_javascript=True,
    )
    alone = urlsplit(found).hostname in (*LOOPBACK, None)
    note = words.say("sharing.alone" if alone else "sharing.note")
    st.html(f'<div class="sd-note">{marks.escape(note)}</div>')


@cache
def _script() -> str:
    return SCRIPT.read_text("utf-8")
