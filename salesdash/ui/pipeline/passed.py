"""How deals move on from stage to stage, and how often their expected close is put off."""

import streamlit as st

from salesdash.analysis import passages, pushed
from salesdash.analysis.answers import Reason
from salesdash.analysis.deals import FEW
from salesdash.selection import Selection
from salesdash.ui import cards, context
from salesdash.ui.pipeline import parts


def draw(selection: Selection) -> None:
    """Both, once two exports stand."""
    left, right = st.columns([7, 5], gap="small")
    with left:
        _passages(selection)
    with right:
        _pushed(selection)


def _passages(selection: Selection) -> None:
    """The share of deals that moved on from each stage."""
    words, warehouse = context.words(), context.warehouse()
    title, note = words.say("passages.title"), words.say("passages.note")
    found = context.remembered(
        ("passages", selection), lambda: passages.build(warehouse, selection)
    )
    with cards.card("passages", title, note if found is not None else ""):
        if found is None:
            parts.quiet(words.say("passages.few"))
            return
        if any(bar.role == "faint" for bar in found.bars):
            parts.note(words.say("passages.faint", few=FEW))
        none, discuss = words.say("passages.none"), (Reason("passages.title"), dict[str, str]())
        parts.bars("passages", found, (title, note), none, selection, discuss=discuss)


def _pushed(selection: Selection) -> None:
    """Open deals by how often their expected close was put off."""
    words, warehouse = context.words(), context.warehouse()
    title, note = words.say("pushed.title"), words.say("pushed.note")
    found = context.remembered(("pushed", selection), lambda: pushed.build(warehouse, selection))
    with cards.card("pushed", title, note if found is not None else ""):
        if found is None:
            parts.quiet(words.say("pushed.few"))
            return
        none, discuss = words.say("pushed.none"), (Reason("pushed.title"), dict[str, str]())
        parts.bars("pushed", found, (title, note), none, selection, discuss=discuss)
