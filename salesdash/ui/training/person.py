"""A person's own page: courses, checklist with evidence, figures beside the team, history."""

import streamlit as st

from salesdash import formats
from salesdash.analysis.learned import Span, spans
from salesdash.analysis.staff import Place
from salesdash.analysis.training import Board, Book, Cell, cell
from salesdash.charts import Words
from salesdash.config import Course
from salesdash.ui import cards, context, marks, state, writing
from salesdash.ui.training import asking, checklist, choosing, evidence, matrix, needing
from salesdash.ui.training.asking import day_words


def draw(found: Board, book: Book, name: str, words: Words) -> None:
    """Everything about one person; of who left what was learned and nothing to tick."""
    cells = tuple(cell(course, name, book) for course in found.courses)
    place = asking.staff().place(name, context.today())
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="training-back"
    ):
        st.button(
            words.say("learning.back"),
            key="all-people",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=state.trainee.clear,
        )
    st.html(marks.headline(_sentence(name, cells, words), _about(place, words)))
    ready = writing.ready() and place.left is None
    _courses(found, cells, book, words)
    checklist.draw(found, book, name, words, ready=ready)
    if place.left is None:
        with cards.card("figures", words.say("learning.figures"), words.say("learning.needs_note")):
            writing.told(asking.PLACE)
            needing.figures(asking.needs().get(name), found, words, ready=ready)
    _history(found, book, name, words)


def _sentence(name: str, cells: tuple[Cell, ...], words: Words) -> str:
    """How many courses are finished of those that are asked or begun, and what is late."""
    begun = [each for each in cells if each.state != "none"]
    late = sum(each.state == "overdue" for each in begun)
    finished = sum(each.done == each.total for each in begun)
    if not begun:
        return words.say("learning.person.nothing", person=name)
    key = "late" if late else "fine"
    facts = {"person": name, "finished": finished, "count": len(begun), "late": late}
    return words.say(f"learning.person.{key}", **facts)


def _about(place: Place, words: Words) -> str:
    """Role, team, manager, since when, and that somebody left."""
    parts = [place.role, place.team]
    if place.manager:
        parts.append(words.say("learning.manager", name=place.manager))
    if place.since:
        parts.append(
            words.say("learning.since", day=formats.date(place.since, words.lang, "exact"))
        )
    if place.left:
        parts.append(
            words.say("learning.gone_on", day=formats.date(place.left, words.lang, "exact"))
        )
    return " · ".join(part for part in parts if part)


def _courses(found: Board, cells: tuple[Cell, ...], book: Book, words: Words) -> None:
    """A line for each course: why, how far, until when, and what shows it."""
    notes = {each.course: each for each in evidence.of(book, cells[0].person, None)}
    names = ("course", "asked", "progress", "evidence")
    heads = "".join(
        f'<th scope="col">{marks.escape(words.say(f"learning.column.{name}"))}</th>'
        for name in names
    )
    rows = "".join(
        _course_row(course, each, notes.get(course.id), words)
        for course, each in zip(found.courses, cells, strict=True)
    )
    with cards.card("courses", words.say("team.training.courses")):
        st.html(
            '<div class="sd-wide" tabindex="0"><table class="sd-table sd-matrix"><thead><tr>'
            f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )


def _course_row(course: Course, each: Cell, note: evidence.Noted | None, words: Words) -> str:
    asked = words.say(f"learning.asked.{each.asked}") if each.state != "none" else formats.DASH
    shown = choosing.link(each.person, course.name[words.lang], course.id)
    told = evidence.html(note, words) if note and note.note else ""
    return (
        f'<tr><th scope="row" class="sd-key">{shown}</th>'
        f'<td class="sd-small">{marks.escape(asked)}</td>'
        f"<td>{matrix.cell_html(each, words)}</td>"
        f'<td class="sd-evidence">{told}</td></tr>'
    )


def _history(found: Board, book: Book, name: str, words: Words) -> None:
    """Each time a course was finished, the newest first."""
    ticks = context.home().workspace.training.ticked(name)
    said = [each for each in book.written.completions if each.person == name]
    every = [span for course in found.courses for span in spans(course, ticks, said)]
    with cards.card("history", words.say("learning.history"), words.say("learning.history_note")):
        if not every:
            told = marks.escape(words.say("learning.no_history"))
            st.html(f'<div class="sd-body sd-muted">{told}</div>')
            return
        every.sort(key=lambda span: (span.day, span.course), reverse=True)
        courses = {course.id: course for course in found.courses}
        lines = "".join(f"<li>{_span(each, courses[each.course], words)}</li>" for each in every)
        st.html(f'<ul class="sd-list sd-plain">{lines}</ul>')


def _span(span: Span, course: Course, words: Words) -> str:
    """On which day, what, how long it counted, who says so."""
    facts = {"course": course.name[words.lang], "day": day_words(span.day, words)}
    head = f"<b>{marks.escape(words.say('learning.finished_on', **facts))}</b>"
    parts = []
    if span.until is not None:
        key = "counts" if span.until > context.today() else "counted"
        parts.append(words.say(f"learning.{key}", day=day_words(span.until, words)))
    if span.said is not None:
        score = words.say("learning.score", score=span.said.score) if span.said.score else ""
        parts += [score, words.say("learning.by_file", who=span.who)]
    else:
        parts.append(words.say("learning.by_ticks", who=span.who))
    told = marks.escape(words.say("ui.list_comma").join(part for part in parts if part))
    note = f" · {evidence.text_html(span.said.note)}" if span.said and span.said.note else ""
    return f'{head} <span class="sd-note">{told}{note}</span>'
