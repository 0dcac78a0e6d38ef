"""From a member into the next dimension, and back: the steps of Comparison, kept in its address.

A step is a filter like any other; `path` in the address only says in which order they were taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from salesdash import texts
from salesdash.analysis import comparison as comparisons
from salesdash.analysis import hierarchy
from salesdash.analysis.answers import Member
from salesdash.analysis.asking import Question
from salesdash.analysis.breakdown import Breakdown, Line
from salesdash.charts import Words
from salesdash.selection import Selection
from salesdash.ui import cards, context, filters, marks, state, url
from salesdash.ui.cards import Follow
from salesdash.ui.state import Filters

BETWEEN = ","


@dataclass(frozen=True)
class Step:
    """A member that was opened; None is the empty one."""

    dimension: str
    member: str | None


def steps() -> tuple[Step, ...]:
    """The steps that were taken, as far as their filters still stand with one member each."""
    chosen = {name: members for name, members in state.filters.get() if len(members) == 1}
    names = dict.fromkeys(name for name in state.path.get().split(BETWEEN) if name in chosen)
    return tuple(Step(name, chosen[name][0]) for name in names)


def trail(answer: Breakdown, selection: Selection) -> None:
    """Where one is: the levels above with their figures, each leading back, and what comes next."""
    words, taken = context.words(), steps()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="comparison-trail"
    ):
        for place in range(len(taken) + 1) if taken else ():
            told = _told(answer, selection, taken, place, words)
            if place < len(taken):
                st.button(
                    texts.markdown_safe(told),
                    key=f"trail-{place}",
                    type="tertiary",
                    on_click=_back,
                    args=(taken, place),
                )
                st.html('<span class="sd-muted" aria-hidden="true">›</span>', width="content")
            else:
                here = f'<span class="sd-trail" aria-current="page">{marks.escape(told)}</span>'
                st.html(here, width="content")
        hint = marks.escape(_hint(answer, words))
        st.html(f'<span class="sd-note">{hint}</span>', width="content")


def follow(answer: Breakdown) -> Follow:
    """What a click on a mark of an answer does: it opens the member."""

    def into(pick: Mapping[str, object]) -> bool:
        if pick.get("part") == "other" or "dimension" not in pick:
            return False
        member = pick.get("member")
        enter(answer, str(member) if member else None)
        return True

    return into


def enter(answer: Breakdown, member: str | None) -> None:
    """Open a member of the answer's dimension by the next one; for `on_click` and the like."""
    state.path.set(_path(answer))
    state.breakdown.set(following(answer) or "")
    filters.drill(answer.dimension, member)


def address(answer: Breakdown, member: str | None) -> str:
    """The same as an address, for names in a table."""
    others = tuple(pair for pair in state.filters.get() if pair[0] != answer.dimension)
    codes = {"by": following(answer) or "", "path": _path(answer)}
    where = (*others, (answer.dimension, (member,)))
    return url.address("comparison", url.query("comparison", codes, where))


def following(answer: Breakdown) -> str | None:
    """What a member is opened by: what lies within its dimension; None: whatever tells most."""
    return context.remembered(
        ("below", answer.metric, answer.dimension, state.filters.get()),
        lambda: hierarchy.below(_question(), answer.metric, answer.dimension),
    )


def _question() -> Question:
    known = context.warehouse(), context.settings(), filters.current(), context.today()
    return Question(*known)


def _path(answer: Breakdown) -> str:
    """The steps taken, and one into the answer's dimension."""
    names = [step.dimension for step in steps() if step.dimension != answer.dimension]
    return BETWEEN.join((*names, answer.dimension))


def _back(taken: tuple[Step, ...], place: int) -> None:
    """Before the step at a place, to the dimension it was taken in; for `on_click`."""
    left = {step.dimension for step in taken[place:]}
    kept: Filters = tuple(pair for pair in state.filters.get() if pair[0] not in left)
    state.filters.set(kept)
    state.path.set(BETWEEN.join(step.dimension for step in taken[:place]))
    state.breakdown.set(taken[place].dimension)
    state.touched.set(value=True)


def _told(
    answer: Breakdown, selection: Selection, taken: tuple[Step, ...], place: int, words: Words
) -> str:
    """Midwest −$75.2K: a level with its part of the level above, or its value."""
    left = {step.dimension for step in taken[place:]}
    kept = tuple(each for each in selection.filters if each.dimension not in left)
    line = _level(replace(selection, filters=kept), answer.metric)
    part = line.change.absolute if line.part is None else line.part
    figure = words.value(line.change.now.value, answer.unit)
    if part is not None:
        figure = words.value(part, answer.unit, "signed")
    if not place:
        return words.say(
            "comparison.trail.level", name=words.say("comparison.trail.all"), figure=figure
        )
    step = taken[place - 1]
    name = (
        filters.member_words(step.dimension, step.member) if step.member else words.told(Member(""))
    )
    return words.say("comparison.trail.level", name=name, figure=figure)


def _level(selection: Selection, metric: str) -> Line:
    asked = (context.warehouse(), context.settings(), selection, context.today())
    return context.remembered(
        ("comparison-level", selection, metric), lambda: comparisons.level(*asked, metric)
    )


def _hint(answer: Breakdown, words: Words) -> str:
    """What a click does."""
    following_one = following(answer)
    if following_one is None:
        return words.say("comparison.trail.open")
    name = cards.inner(words.dimension(following_one), words)
    return words.say("comparison.trail.open_by", dimension=name)
