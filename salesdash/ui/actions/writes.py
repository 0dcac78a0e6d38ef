"""Changing an action: saved at once against the version that was seen; a conflict shows both."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import streamlit as st

from salesdash.analysis import deeds
from salesdash.charts import Words
from salesdash.errors import Conflict
from salesdash.ui import context, marks, state, writing
from salesdash.ui.marks import Cell
from salesdash.workspace import Stamp, Standing

Part = Mapping[str, Any]
"""What is to change: fields of a promise, or its state."""


def place_of(place: str, number: int) -> str:
    """Where what went wrong with an action is said."""
    return f"action-{place}-{number}"


def change(number: int, part: Part, place: str, version: int) -> bool:
    """Write a part of an action; True when it stands."""
    done = writing.save(place, _write(number, part, version))
    _mine(place).set({} if done else part)
    return done


def settle(number: int, standing: Standing, place: str, version: int) -> None:
    """Say that it is done, dropped or open again; for `on_click`."""
    change(number, {"state": standing}, place, version)


def told(number: int, place: str, words: Words) -> None:
    """What went wrong with the last change here; of a conflict what both want, and the choice."""
    conflict = writing.conflict(place)
    if conflict is None:
        writing.told(place)
        return
    theirs = conflict.values["theirs"]
    if isinstance(theirs, Mapping):
        with st.container(border=True, key=f"conflict-{place}"):
            _both(conflict, theirs, words)
            writing.choose(place, _insist, number, place, int(theirs["version"]))


def _both(conflict: Conflict, theirs: Part, words: Words) -> None:
    head = words.say("actions.conflict.head", who=theirs["who"])
    st.html(f'<div class="sd-body"><b>{marks.escape(head)}</b></div>')
    names = ("field", "theirs", "mine")
    header = [Cell("" if n == "field" else words.say(f"actions.conflict.{n}")) for n in names]
    mine = conflict.values["mine"]
    rows = list(_rows({**theirs, **mine}, theirs, words)) if isinstance(mine, Mapping) else []
    st.html(marks.table(header, rows))


def _rows(mine: Part, theirs: Part, words: Words) -> Iterator[list[Cell]]:
    metrics = context.settings().metrics
    if mine["state"] != theirs["state"]:
        states = (words.say(f"team.actions.states.{each['state']}") for each in (theirs, mine))
        yield [Cell(words.say("team.actions.state"), "key"), *map(Cell, states)]
    for name in deeds.NAMED:
        if mine[name] != theirs[name]:
            texts = (words.tell(deeds.said(name, each, metrics)) for each in (theirs, mine))
            yield [Cell(words.say(f"actions.field.{name}"), "key"), *map(Cell, texts)]


def _insist(number: int, place: str, version: int) -> None:
    """Mine stands after all, unless somebody was faster again."""
    change(number, _mine(place).get(), place, version)


def _write(number: int, part: Part, version: int) -> Callable[[Stamp], None]:
    store = context.home().workspace.actions
    if "state" in part:
        return lambda stamp: store.settle(number, part["state"], stamp, version)
    return lambda stamp: store.amend(number, part, stamp, version)


def _mine(place: str) -> "state.Slot[Part]":
    return state.Slot(f"mine.{place}", {})
