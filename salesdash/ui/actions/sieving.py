"""Which actions are looked for: words, and behind a button owner, priority, origin and order."""

from collections.abc import Mapping, Sequence

import streamlit as st

from salesdash.analysis.actions import Row
from salesdash.analysis.lanes import NOWHERE, ORDERS, Order, Sieve
from salesdash.charts import Words
from salesdash.ui import state
from salesdash.ui.actions.origin import ICONS
from salesdash.workspace import Priority

CHOICES: Mapping[str, "state.Slot[str]"] = {
    "owner": state.action_owner,
    "priority": state.action_priority,
    "origin": state.action_origin,
}


def chosen() -> Sieve:
    """As the address says it."""
    parts = {name: slot.get() for name, slot in CHOICES.items()}
    return Sieve(**parts, text=state.action_text.get())


def order() -> Order:
    """How the list stands."""
    return next((each for each in ORDERS if each == state.action_order.get()), "due")


def draw(rows: Sequence[Row], words: Words) -> None:
    """The field for words, and the button; `rows` are all that may be chosen among."""
    st.text_input(
        words.say("actions.sieve.text"),
        key=state.action_text.seed(state.action_text.get()),
        on_change=state.action_text.take,
        placeholder=words.say("actions.sieve.text"),
        icon=":material/search:",
        label_visibility="collapsed",
        width=220,
    )
    count = chosen().count
    label = words.say("actions.sieve.some" if count else "actions.sieve.none", count=count)
    popover = st.popover(label, icon=":material/tune:", key="sieve", on_change="rerun")
    if popover.open:
        with popover:
            _choices(rows, words)


def _choices(rows: Sequence[Row], words: Words) -> None:
    origins = [NOWHERE, *ICONS]
    _select("owner", sorted({row.owner for row in rows if row.owner}), words)
    _select("priority", [each.value for each in Priority], words)
    _select("origin", origins, words)
    st.selectbox(
        words.say("actions.sieve.order"),
        list(ORDERS),
        key=state.action_order.seed(order()),
        format_func=lambda code: words.say(f"actions.sieve.orders.{code}"),
        on_change=state.action_order.take,
    )
    if chosen().count:
        st.button(words.say("actions.sieve.all"), key="sieve-all", on_click=_all)


def _select(name: str, options: Sequence[str], words: Words) -> None:
    slot = CHOICES[name]
    known = slot.get()
    st.selectbox(
        words.say(f"actions.sieve.{name}"),
        [*options, known] if known and known not in options else options,
        index=None,
        key=slot.seed(known or None),  # type: ignore[arg-type]  # no choice is None in a widget
        format_func=lambda code: _word(name, code, words),
        on_change=_take,
        args=(name,),
        placeholder=words.say("ui.filter.any"),
    )


def _word(name: str, code: str, words: Words) -> str:
    if name == "priority":
        return words.say(f"actions.priority.{code}")
    return words.say(f"actions.origin.kind.{code}") if name == "origin" else code


def _take(name: str) -> None:
    slot = CHOICES[name]
    slot.set(state.widget(slot.key) or "")
    state.touched.set(value=True)


def _all() -> None:
    for slot in CHOICES.values():
        slot.clear()
    state.touched.set(value=True)
