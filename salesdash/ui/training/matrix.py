"""Who is late, what comes next, and people by courses: what is done of what."""

from collections.abc import Sequence

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis.answers import Judgement
from salesdash.analysis.training import Board, Cell
from salesdash.charts import Words
from salesdash.ui import cards, context, marks
from salesdash.ui.training import choosing
from salesdash.ui.training.asking import day_words, name_key

SHOWN = 8
_CHIPS: dict[str, Judgement] = {
    "overdue": "bad",
    "soon": "warning",
    "renew": "warning",
    "missing": "warning",
}


def late(found: Board, words: Words) -> None:
    """What is overdue, the oldest first; each line opens its checklist."""
    if found.overdue:
        note = words.say("team.training.late_note", count=len(found.overdue))
        with cards.card("overdue", words.say("team.training.late"), note):
            _lines(found.overdue, found, words)


def coming(found: Board, words: Words) -> None:
    """What is due or to be renewed within two weeks, and what is required and missing."""
    cells = (*found.coming, *found.missing)
    if cells:
        note = words.say("learning.coming_note")
        with cards.card("coming", words.say("learning.coming"), note):
            _lines(cells, found, words)


def draw(found: Board, words: Words) -> None:
    """People by courses: what is done of what, and what is out of time."""
    note = words.say("team.training.matrix_note")
    with cards.card("matrix", words.say("team.training.matrix"), note):
        if found.people:
            st.html(_matrix_html(found, words))
            st.html(f'<div class="sd-note">{marks.escape(words.say("learning.legend"))}</div>')
        else:
            st.info(words.say("team.training.nobody"), icon=":material/group_add:")


def cell_html(cell: Cell, words: Words) -> str:
    """How far a course is, where it stands, and whether it must be."""
    if cell.state == "none":
        return f'<span class="sd-muted">{formats.DASH}</span>'
    figure = marks.escape(words.say("team.training.of", done=cell.done, total=cell.total))
    if cell.asked == "required":
        title = marks.escape(words.say("learning.asked.required"))
        figure += f' <span class="sd-small" title="{title}">{REQUIRED}</span>'
    share = round(100 * cell.done / cell.total)
    return f"{marks.meter(share)}{figure}<div>{state_html(cell, words)}</div>"


REQUIRED = "＊"


def state_html(cell: Cell, words: Words) -> str:
    """Exceptions as chips; what is on time stays quiet."""
    word = words.say(f"team.training.state.{cell.state}")
    if cell.state in _CHIPS:
        return marks.chip(_CHIPS[cell.state], f"{word} {day_words(cell.due, words)}".strip())
    if cell.state == "done":
        told = words.say("learning.until", day=day_words(cell.due, words)) if cell.due else ""
        return f'{marks.chip("good", word)} <span class="sd-note">{marks.escape(told)}</span>'
    told = words.say("team.training.until", day=day_words(cell.due, words)) if cell.due else ""
    return f'<span class="sd-note">{marks.escape(told)}</span>'


def _lines(cells: Sequence[Cell], found: Board, words: Words) -> None:
    with st.grid(2, min_column_width=320, gap="small"):
        for cell in cells[:SHOWN]:
            _line(cell, found, words)
    more = len(cells) - SHOWN
    if more > 0:
        st.html(f'<div class="sd-note">{words.say("team.more", count=more)}</div>')


def _line(cell: Cell, found: Board, words: Words) -> None:
    course = next(each for each in found.courses if each.id == cell.course)
    key = f"{cell.course}-{name_key(cell.person)}"
    with st.container(gap="xxsmall", key=f"late-{key}"):
        st.button(
            texts.markdown_safe(
                words.say("team.training.whose", person=cell.person, course=course.name[words.lang])
            ),
            key=f"late-open-{key}",
            type="tertiary",
            icon=":material/schedule:",
            on_click=choosing.look,
            args=(cell.person, cell.course),
        )
        told = [_when(cell, words)]
        if cell.done < cell.total:
            told.append(words.say("team.training.left", count=cell.left))
        st.html(f'<div class="sd-note">{marks.escape(" · ".join(told))}</div>')


def _when(cell: Cell, words: Words) -> str:
    if cell.state == "missing" or cell.due is None:
        return words.say("learning.required_unfinished")
    if cell.state == "overdue":
        return words.say("team.training.late_by", count=(context.today() - cell.due).days)
    key = "renew_by" if cell.state == "renew" else "due_on"
    return words.say(f"learning.{key}", day=day_words(cell.due, words))


def _matrix_html(found: Board, words: Words) -> str:
    heads = "".join(
        f'<th scope="col">{marks.escape(text)}</th>'
        for text in (
            words.say("team.training.person"),
            *(course.name[words.lang] for course in found.courses),
        )
    )
    rows = "".join(
        f'<tr><th scope="row" class="sd-key">{choosing.link(person.name, person.name)}</th>'
        + "".join(f"<td>{cell_html(cell, words)}</td>" for cell in person.cells)
        + "</tr>"
        for person in found.people
    )
    return (
        '<div class="sd-wide" tabindex="0"><table class="sd-table sd-matrix"><thead><tr>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
