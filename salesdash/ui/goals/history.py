"""The revisions of a goal: what it was, who changed it, when and why."""

from collections.abc import Sequence

import streamlit as st

from salesdash import formats
from salesdash.analysis import attainment
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.ui import context, marks
from salesdash.ui.goals import asking
from salesdash.ui.marks import Cell
from salesdash.workspace import Goal


def show(goal: Goal, words: Words, progress: Progress | None = None) -> None:
    """All revisions, the newest first; with its progress also how far each target was reached."""
    revisions = asking.store().revisions(goal.number)
    note = words.say("goals.history.count", count=len(revisions))
    st.html(marks.head(words.say("goals.history.title"), note, level=3))
    _both(revisions, words, progress)
    reached = () if progress is None else ("reached",)
    names = ("target", *reached, "who", "why")
    kinds = ("num", *("num opt" for _ in reached), "", "")
    header = [
        Cell(words.say(f"goals.history.{name}"), kind)
        for name, kind in zip(names, kinds, strict=True)
    ]
    st.html(marks.table(header, [_row(each, words, progress) for each in reversed(revisions)]))


def _both(revisions: Sequence[Goal], words: Words, progress: Progress | None) -> None:
    """What was reached of the target first set, beside the one that stands."""
    first, last = revisions[0], revisions[-1]
    if progress is None or first.terms.target == last.terms.target:
        return
    parts = [attainment.against(progress, each).reached for each in (first, last)]
    if None in parts:
        return
    then, now = (formats.share(part, words.lang) for part in parts)
    targets = {"first": target_words(first, words), "last": target_words(last, words)}
    told = words.say("goals.history.both", then=then, now=now, **targets)
    st.html(f'<div class="sd-body">{marks.escape(told)}</div>')


def target_words(goal: Goal, words: Words) -> str:
    """The target of a revision in full; or that it was withdrawn."""
    if goal.withdrawn:
        return words.say("goals.history.withdrawn")
    metric = context.settings().metrics.get(goal.terms.metric)
    return words.value(goal.terms.target, metric.unit if metric else Unit.NUMBER, "exact")


def _row(goal: Goal, words: Words, progress: Progress | None) -> list[Cell]:
    day = formats.date(goal.at.date(), words.lang, "exact") if goal.at else ""
    at = f"{day} {goal.at:%H:%M}" if goal.at else ""
    return [
        Cell(target_words(goal, words), "key num", note=_basis(goal, words)),
        *_reached(goal, words, progress),
        Cell(goal.who, note=at),
        Cell(goal.why or goal.terms.reason),
    ]


def _reached(goal: Goal, words: Words, progress: Progress | None) -> list[Cell]:
    """What was reached of the target of a revision; of other days or another scope nothing."""
    if progress is None:
        return []
    found = attainment.against(progress, goal)
    if not found.comparable:
        return [Cell(formats.DASH, "num opt", note=words.say("goals.history.moved"))]
    return [Cell(formats.share(found.reached, words.lang), "num opt")]


def _basis(goal: Goal, words: Words) -> str:
    """What a relative target was worked out from."""
    basis = goal.terms.basis
    if basis is None:
        return ""
    metric = context.settings().metrics.get(goal.terms.metric)
    return words.say(
        "goals.history.basis",
        percent=f"{basis.percent.normalize():f}%",
        value=words.value(basis.value, metric.unit if metric else Unit.NUMBER),
        days=formats.date_range(basis.period, words.lang),
    )
