"""The inbox on the Imports screen: what is on its way in, what waits, what was refused."""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from salesdash import inbox, texts
from salesdash.charts import Words
from salesdash.errors import SalesdashError
from salesdash.imports import Home
from salesdash.imports.running import Work, under_way
from salesdash.inbox import Place, Waiting
from salesdash.ui import cards, context, marks, state
from salesdash.ui.imports import draft
from salesdash.ui.imports.draft import Draft

SECONDS = 2.0
SHOWN = 6

_answering = state.Slot("inbox-answering", default=False)


def show() -> None:
    """Follows the inbox of one's own home by itself, without a rerun of the page."""
    if context.kind() == "own":
        st.fragment(_screen, run_every=SECONDS, key="inbox")()


def where() -> str:
    """The sentence that names the folder."""
    folder = context.home().inbox
    here = Path.cwd()
    shown = folder.relative_to(here) if folder.is_relative_to(here) else folder
    return context.words().say("imports_page.inbox.where", folder=shown)


def _screen() -> None:
    if _answering.get():  # a file was chosen in here: the page goes on with it
        _answering.clear()
        st.rerun()
    home, words = context.home(), context.words()
    working = under_way(home.path)
    waiting, refused = inbox.waiting(home), inbox.refused(home)
    if not working and not waiting and not refused:
        return
    with cards.card(
        "inbox", words.say("imports_page.inbox.title"), words.say("imports_page.inbox.note")
    ):
        for work in working:
            _progress(work, words)
        _listed(waiting, _asked, words)
        _listed(refused, _refused, words)


def _progress(work: Work, words: Words) -> None:
    """A file on its way in: how far it is, and a way to stop it."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", key=f"event-work-{work.number}"
    ):
        st.html(_line(work.name, words.say(work.step or "imports_page.reading")), width="stretch")
        st.progress(work.share, width=220)
        st.button(
            words.say("imports_page.inbox.stop"),
            key=f"stop-{work.number}",
            type="tertiary",
            icon=":material/cancel:",
            on_click=work.stop,
        )


def _listed(files: Sequence[Waiting], draw: Callable[[Waiting, Words], None], words: Words) -> None:
    for each in files[:SHOWN]:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"event-{_key(each)}"
        ):
            why = each.note.why.get(words.lang, "") if each.note else ""
            st.html(_line(each.name, why), width="stretch")
            draw(each, words)
    if len(files) > SHOWN:
        more = words.say("imports_page.inbox.more", count=len(files) - SHOWN)
        st.html(f'<div class="sd-note">{marks.escape(more)}</div>')


def _line(name: str, told: str) -> str:
    facts = "<br>".join(marks.escape(line) for line in told.splitlines())
    return (
        f'<div class="sd-body"><b>{marks.escape(name)}</b><div class="sd-note">{facts}</div></div>'
    )


def _asked(each: Waiting, words: Words) -> None:
    st.button(
        words.say("imports_page.inbox.answer"),
        key=f"answer-{_key(each)}",
        icon=":material/help:",
        on_click=_answer,
        args=(each.path, each.name),
    )


def _answer(path: Path, name: str) -> None:
    """The file is looked at like one that was dropped; for `on_click`."""
    if not path.is_file():
        return  # somebody else was faster
    file = Draft(str(path), name, path.stat().st_size, parked=True)
    draft.waiting.set((file, *draft.waiting.get()))
    _answering.set(value=True)


def _refused(each: Waiting, words: Words) -> None:
    for verb, icon, act in (("again", "redo", inbox.again), ("away", "done", inbox.put_away)):
        st.button(
            words.say(f"imports_page.inbox.{verb}"),
            key=f"{verb}-{_key(each)}",
            type="tertiary",
            icon=f":material/{icon}:",
            on_click=_try,
            args=(act, each.path.name),
        )


def _try(act: Callable[[Home, Place, str], None], name: str) -> None:
    """Move a refused file; for `on_click`. One that is gone was moved by somebody else."""
    try:
        act(context.home(), Place.REFUSED, name)
    except SalesdashError as error:
        st.toast(texts.error(error, context.lang(), markdown=True), icon=":material/error:")


def _key(each: Waiting) -> str:
    return f"{each.path.parent.name}-{draft.token(each.path)}"
