"""What people think of a meeting at its end: from 1 to 10, with a word if they like."""

import streamlit as st

from salesdash import documents
from salesdash.ui import cards, context, marks, people, state, writing
from salesdash.ui.training.asking import name_key
from salesdash.workspace import Rating

SCALE = tuple(range(1, 11))
PLACE = "rating"


def ask(meeting: int, *, ready: bool) -> None:
    """A card at the end of an open meeting; it is redrawn on its own."""
    words = context.words()
    with cards.card("rating", words.say("meeting.rating.title"), words.say("meeting.rating.note")):
        st.fragment(_ask, key="rating")(meeting, ready=ready)


def _ask(meeting: int, *, ready: bool) -> None:
    words, store = context.words(), context.home().workspace
    given = {each.person: each for each in store.ratings.of(meeting)}
    names = tuple(dict.fromkeys((people.who(), *store.meetings.present(meeting), *given)))
    names = tuple(name for name in names if name)
    who: state.Slot[str] = state.Slot(f"rater.{meeting}", "")
    chosen = who.get() if who.get() in names else next(iter(names), "")
    mine = given.get(chosen)
    tag = f"{meeting}.{name_key(chosen)}"
    number: state.Slot[int | None] = state.Slot(f"rating.{tag}", None)
    word: state.Slot[str] = state.Slot(f"word.{tag}", "")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if names:
            st.selectbox(
                words.say("meeting.rating.who"),
                names,
                key=who.seed(chosen),
                on_change=who.take,
                width=180,
                disabled=not ready,
            )
        st.segmented_control(
            words.say("meeting.rating.number"),
            SCALE,
            key=number.seed(mine.rating if mine else None),
            on_change=_rate,
            args=(meeting, chosen, number.key, word.key),
            width="content",
            disabled=not ready,
        )
        st.text_input(
            words.say("meeting.rating.say"),
            key=word.seed(mine.word if mine else ""),
            placeholder=words.say("meeting.rating.say_hint"),
            max_chars=80,
            on_change=_rate,
            args=(meeting, chosen, number.key, word.key),
            width=220,
            disabled=not ready or mine is None,
        )
    writing.told(PLACE)
    summary = documents.rated(tuple(given.values()), words)
    if summary:
        st.html(f'<div class="sd-body">{marks.escape(summary)}</div>')


def _rate(meeting: int, person: str, number: str, word: str) -> None:
    """Keep a rating, once it has a number."""
    value, said = state.widget(number), str(state.widget(word) or "")
    if value is None:
        return
    given, store = Rating(meeting, person or people.stated(), int(value), said), context.home()
    writing.save(PLACE, lambda stamp: store.workspace.ratings.rate(given, stamp))
