"""Who needs what: each person's weakest lever against the team, and the course that trains it."""

from dataclasses import dataclass

import streamlit as st

from salesdash import texts
from salesdash.analysis.abilities import CLEAR, Level, Need
from salesdash.analysis.giving import Gift, Wish, gift
from salesdash.analysis.rests import LEAST
from salesdash.analysis.training import Board
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.ui import cards, context, marks
from salesdash.ui.marks import Cell
from salesdash.ui.training import asking, assigning, choosing
from salesdash.ui.training.asking import day_words, name_key

SAME = 0.0005
"""A difference that would be written as 0.0 %."""


@dataclass(frozen=True)
class _Weak:
    """Somebody's weakest lever; `key` tells the elements of two places apart."""

    person: str
    level: Level
    key: str


def draw(found: Board, words: Words, *, ready: bool) -> None:
    """A line for each person with a weak lever, the weakest first; the others are counted."""
    needs = [asking.needs().get(person.name) for person in found.people]
    known = [each for each in needs if each is not None]
    weak = [_weak(each, "all") for each in known]
    told = [each for each in weak if each is not None]
    told.sort(key=lambda each: each.level.gap or 0.0)
    note = words.say("learning.needs_note")
    with cards.card("needs", words.say("learning.needs"), note):
        if not known:
            st.html(f'<div class="sd-body sd-muted">{_nothing(words)}</div>')
            return
        with st.grid(2, min_column_width=340, gap="small"):
            for each in told:
                _line(each, found, words, ready=ready)
        others = words.say("learning.no_need", count=len(known) - len(told))
        _note(others, words)


def figures(need: Need | None, found: Board, words: Words, *, ready: bool) -> None:
    """A person's levers beside the team's median, and the course for the weakest."""
    if need is None:
        st.html(f'<div class="sd-body sd-muted">{_nothing(words)}</div>')
        return
    weak = _weak(need, "one")
    if weak is not None:
        st.html(
            f'<div class="sd-body"><b>{marks.escape(words.metric(weak.level.metric))}</b></div>'
        )
        _body(weak, found, words, ready=ready)
    else:
        st.html(f'<div class="sd-body">{marks.escape(words.say("learning.none_weak"))}</div>')
    names = ("lever", "value", "gap", "median", "steady", "trains")
    kinds = ("key", "num", "num", "num opt", "opt", "opt")
    header = [
        Cell(words.say(f"learning.column.{name}"), kind)
        for name, kind in zip(names, kinds, strict=True)
    ]
    courses = {each.id: each.name[words.lang] for each in found.courses}
    st.html(marks.table(header, [_row(each, courses, words) for each in need.levels]))
    days = words.say(
        "learning.measured",
        first=day_words(need.since, words),
        last=day_words(need.until, words),
    )
    _note(days, words)


def said(level: Level, words: Words) -> str:
    """31.8 % below the median of the team (n = 75, in 3 of 4 quarters)."""
    return words.say(
        f"learning.below.{level.among}",
        gap=_percent(level, words),
        value=_value(level, level.value, words),
        median=_value(level, level.median, words),
        others=level.others,
        count=level.count,
        base=cards.inner(words.metric(level.base), words),
        below=level.below,
        parts=level.parts,
    )


def _weak(need: Need, place: str) -> _Weak | None:
    level, name = need.weakest, need.place.person
    return None if level is None else _Weak(name, level, f"{name_key(name)}-{place}")


def _note(told: str, words: Words) -> None:
    """A sentence, and the rule by which a figure is called weak."""
    rule = words.say("learning.needs_rule", least=LEAST, clear=round(100 * CLEAR))
    text = words.say("levers.space").join((told, rule))
    st.html(f'<div class="sd-note">{marks.escape(text)}</div>')


def _line(weak: _Weak, found: Board, words: Words, *, ready: bool) -> None:
    """Whose lever; the button opens the person's page."""
    metric = words.metric(weak.level.metric)
    with st.container(gap="xxsmall", key=f"late-need-{weak.key}"):
        st.button(
            texts.markdown_safe(
                words.say("team.training.whose", person=weak.person, course=metric)
            ),
            key=f"need-open-{weak.key}",
            type="tertiary",
            icon=":material/trending_down:",
            on_click=choosing.look,
            args=(weak.person,),
        )
        _body(weak, found, words, ready=ready)


def _body(weak: _Weak, found: Board, words: Words, *, ready: bool) -> None:
    """How far below whom, and one click that assigns the course."""
    st.html(f'<div class="sd-note">{marks.escape(said(weak.level, words))}</div>')
    course = next((each for each in found.courses if each.id == weak.level.course), None)
    if course is None:
        return
    wish = Wish((course.id,), (weak.person,))
    planned = gift(wish, found, asking.staff(), context.today())
    if not planned.rows:
        told = words.say(
            "learning.has_finished" if planned.finished else "learning.has_been_given",
            course=course.name[words.lang],
        )
        st.html(f'<div class="sd-note">{marks.escape(told)}</div>')
        return
    with st.container(key=f"tools-give-{weak.key}"):
        st.button(
            texts.markdown_safe(words.say("learning.give_one", course=course.name[words.lang])),
            key=f"give-{weak.key}",
            type="tertiary",
            icon=":material/assignment_add:",
            on_click=_assign,
            args=(planned,),
            disabled=not ready,
        )


def _assign(planned: Gift) -> None:
    assigning.assign(planned)


def _row(level: Level, courses: dict[str, str], words: Words) -> list[Cell]:
    base = words.say("learning.rests_on", count=level.count, base=words.metric(level.base))
    steady = words.say("learning.steady", below=level.below, parts=level.parts)
    why = words.tell(level.why) if level.why else ""
    return [
        Cell(words.metric(level.metric), "key"),
        Cell(_value(level, level.value, words), "num", note=base),
        Cell(_signed(level, words), "num", tone="bad" if level.is_weak else None),
        Cell(_value(level, level.median, words), "num opt", note=_among(level, words)),
        Cell(why or (steady if level.parts else words.say("learning.few_parts")), "opt"),
        Cell(courses.get(level.course or "", ""), "opt"),
    ]


def _among(level: Level, words: Words) -> str:
    if level.median is None:
        return ""
    return words.say(f"learning.among.{level.among}", count=level.others)


def _value(level: Level, value: float | None, words: Words) -> str:
    unit = context.metrics().metrics[level.metric].unit
    return words.value(value, unit)


def _percent(level: Level, words: Words) -> str:
    return words.value(abs(level.gap or 0.0), Unit.SHARE)


def _signed(level: Level, words: Words) -> str:
    if level.gap is None:
        return ""
    if abs(level.gap) < SAME:
        return words.say("learning.gap.same")
    return words.say(
        f"learning.gap.{'worse' if level.gap < 0 else 'better'}", gap=_percent(level, words)
    )


def _nothing(words: Words) -> str:
    return marks.escape(words.say("learning.nothing_measured"))
