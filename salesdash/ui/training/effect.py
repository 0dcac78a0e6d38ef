"""Did the courses help? One course and one figure at a time, trained people beside their peers."""

import streamlit as st

from salesdash import charts
from salesdash.analysis import training_effect
from salesdash.analysis.answers import Judgement
from salesdash.analysis.asking import Question
from salesdash.analysis.classroom import WEEKS
from salesdash.analysis.training import Book
from salesdash.analysis.training_effect import TrainingEffect, Word
from salesdash.charts import Words
from salesdash.config import Course
from salesdash.selection import Selection
from salesdash.ui import cards, context, marks, shell, state

_JUDGED: dict[Word, Judgement] = {"helped": "good", "did_not": "bad"}


def draw(book: Book, words: Words) -> None:
    """The card; another course or figure redraws it alone."""
    with st.container(border=True, key="card-course-effect"):
        st.fragment(_card, key="course-effect")(book, words)


def _card(book: Book, words: Words) -> None:
    known = context.settings().training
    done = training_effect.courses(known.values(), book)
    st.html(
        marks.head(words.say("effect.course.title"), words.say("effect.course.note", weeks=WEEKS))
    )
    if not done:
        quiet = marks.escape(words.say("effect.course.none"))
        st.html(f'<div class="sd-body sd-muted">{quiet}</div>')
        return
    question = Question(context.warehouse(), context.settings(), Selection(None), context.today())
    with st.container(horizontal=True, gap="small", key="course-effect-choice"):
        course = _course(tuple(known[code] for code in done), words)
        metric = _metric(question, course, words)
    if metric is None:
        return
    days = done[course.id]
    key = ("course-effect", course.id, metric, tuple(sorted(days.items())))
    with shell.patience("course-effect"):
        found: TrainingEffect = context.remembered(
            key, lambda: training_effect.build(question, course, metric, days)
        )
    _shown(found, course, words, key)


def _course(known: tuple[Course, ...], words: Words) -> Course:
    by_code = {course.id: course for course in known}
    chosen = state.learned.get()
    if chosen not in by_code:
        chosen = known[0].id
    st.selectbox(
        words.say("effect.course.which"),
        list(by_code),
        format_func=lambda code: by_code[code].name[words.lang],
        key=state.learned.seed(chosen),
        on_change=state.learned.take,
        width=260,
    )
    return by_code[chosen]


def _metric(question: Question, course: Course, words: Words) -> str | None:
    """The figure chosen for this course; else the first one that it trains."""
    names = training_effect.metrics(question, course)
    if not names:
        return None
    slot = state.Slot(f"learned-by.{course.id}", "")
    chosen = slot.get() if slot.get() in names else names[0]
    st.selectbox(
        words.say("effect.course.figure"),
        names,
        format_func=words.metric,
        key=slot.seed(chosen),
        on_change=slot.take,
        width=260,
    )
    return chosen


def _shown(found: TrainingEffect, course: Course, words: Words, key: tuple[object, ...]) -> None:
    st.html(_told(found, words))
    if any(each.change is not None for each in found.people):
        title = f"{course.name[words.lang]} · {words.metric(found.metric)}"
        note = words.say("effect.course.legend")
        st.html(f'<div class="sd-note">{marks.escape(note)}</div>')
        cards.chart(
            f"course-effect-{course.id}-{found.metric}", charts.course, found, (title, note), *key
        )


def _told(found: TrainingEffect, words: Words) -> str:
    """The word with its reason, how far, how sure, and who is still to come."""
    word = words.say(f"effect.course.word.{found.word}")
    judgement = _JUDGED.get(found.word)
    quiet = f'<span class="sd-chip sd-muted">{marks.escape(word)}</span>'
    chip = quiet if judgement is None else marks.chip(judgement, word)
    lines = [words.tell(each) for each in found.told]
    if found.early:
        lines.append(words.say("effect.course.early", count=found.early))
    listed = "".join(f"<li>{marks.escape(line)}</li>" for line in lines)
    why = marks.escape(words.tell(found.why))
    body = f'<ul class="sd-list sd-plain">{listed}</ul>' if lines else ""
    return f'<div class="sd-body">{chip} {why}</div>{body}'
