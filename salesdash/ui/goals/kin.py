"""The goals within a goal, on its page: how they add up, and making them its parts."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from salesdash import formats
from salesdash.analysis import families
from salesdash.analysis.families import Family
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, people, url, writing
from salesdash.ui.goals import asking, drawer
from salesdash.ui.marks import Cell
from salesdash.workspace import Edit, Stamp

PLACE = "kin"
SHOWN = 24
"""So many parts of one kind are listed."""


def show(each: Progress) -> None:
    """A card with the parts of each kind; nothing where no goals lie within this one."""
    found = _families(each)
    if not found:
        return
    words = context.words()
    with cards.card("kin", words.say("families.title"), words.say("families.note")):
        for number, family in enumerate(found):
            _family(number, family, each, words)
        writing.told(PLACE)


def _families(each: Progress) -> tuple[Family, ...]:
    goals = [other.goal for other in context.goals()]

    def ask() -> tuple[Family, ...]:
        return families.build(goals, context.metrics())

    every = context.remembered(("families", context.goals_state()), ask)
    return tuple(family for family in every if family.parent.code == each.goal.code)


def _family(number: int, family: Family, each: Progress, words: Words) -> None:
    """One kind of parts: the sentence, who they are, and a click that makes it so."""
    unit = each.subject.unit
    told = words.tell(family.told(unit))
    st.html(f'<div class="sd-body sd-gap">{marks.escape(told)}</div>')
    st.html(marks.table(_header(words), _rows(family, each, words), total=True))
    if family.offered and each.goal.number:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                words.say("families.join", count=len(family.offered)),
                key=f"kin-{number}",
                icon=":material/account_tree:",
                on_click=_join,
                args=(family,),
            )
            people.ask(f"who-kin-{number}")


def _header(words: Words) -> Sequence[Cell]:
    kinds = {"goal": "", "period": "opt", "reached": "num", "target": "num"}
    return [Cell(words.say(f"families.column.{name}"), kind) for name, kind in kinds.items()]


def _rows(family: Family, each: Progress, words: Words) -> list[list[Cell]]:
    unit, progress = each.subject.unit, {p.goal.code: p for p in context.goals()}
    rows = []
    for goal in family.parts[:SHOWN]:
        found = progress[goal.code]
        link = url.address("goals", url.query("goals", {"goal": goal.code}))
        rows.append(
            [
                Cell(words.tell(found.subject.title), link=link),
                Cell(words.tell(found.when(context.fiscal())), "opt"),
                Cell(formats.share(found.reached, words.lang) if found.reached else "", "num"),
                Cell(words.value(goal.terms.target, unit), "num"),
            ]
        )
    more = len(family.parts) - SHOWN
    name = words.say("families.sum") if more <= 0 else words.say("families.sum_more", count=more)
    rows.append(
        [Cell(name), Cell("", "opt"), Cell("", "num"), Cell(words.value(family.total, unit), "num")]
    )
    return rows


def _join(family: Family) -> None:
    """Name the goal above in each part that names none; for `on_click`."""
    words, number = context.words(), family.parent.number
    edits = [Edit(goal, replace(goal.terms, parent=number)) for goal in family.offered]

    def write(stamp: Stamp) -> None:
        asking.store().settle(edits, stamp, words.say("families.why", goal=number))

    if writing.save(PLACE, write):
        drawer.say(words.say("families.joined", count=len(edits)))
