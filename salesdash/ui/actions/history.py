"""The history of an action on its page: who changed what, when, in words."""

import streamlit as st

from salesdash import documents
from salesdash.analysis import deeds
from salesdash.analysis.deeds import Deed
from salesdash.charts import Words
from salesdash.ui import cards, context, marks
from salesdash.ui.marks import Cell
from salesdash.workspace import Action


def show(action: Action) -> None:
    """The card, the newest change first."""
    words, history = context.words(), context.home().workspace.history
    found = deeds.build(history.of("actions", action.id), context.settings().metrics)
    header = [Cell(words.say(f"actions.history.{name}")) for name in ("who", "what")]
    with cards.card("action-history", words.say("actions.history.title")):
        st.html(marks.table(header, [_row(each, words) for each in found]))


def _row(deed: Deed, words: Words) -> list[Cell]:
    told = words.say("actions.history.and").join(words.tell(each) for each in deed.told)
    if not deed.kept:
        told = words.say("actions.history.aside", told=told)
    at = documents.moment(deed.at, words.lang)
    return [Cell(deed.who, note=at), Cell(told, tone=None if deed.kept else "warning")]
