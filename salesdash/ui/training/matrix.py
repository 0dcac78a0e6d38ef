"""Who is late, and people by courses: what is done of what, and what is out of time."""

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis.answers import Judgement
from salesdash.analysis.training import Board, Cell
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, state
from salesdash.ui.training import assigning
from salesdash.ui.training.asking import day_words, name_key

OVERDUE_SHOWN = 8
_CHIPS: dict[str, Judgement] = {
    "overdue": "bad",
    "soon": "warning",
    "renew": "warning",
    "missing": "warning",
}


def overdue(found: Board, words: Words) -> None:
    """The oldest first; each line opens its checklist."""
    note = words.say("team.training.late_note", count=len(found.overdue))
    with cards.card("overdue", words.say("team.training.late"), note):
        with st.grid(2, min_column_width=320, gap="small"):
            for cell in found.overdue[:OVERDUE_SHOWN]:
                _late(cell, found, words)
        more = len(found.overdue) - OVERDUE_SHOWN
        if more > 0:
            st.html(f'<div class="sd-note">{words.say("team.more", count=more)}</div>')


def draw(found: Board, words: Words, *, ready: bool) -> None:
    """People by courses: what is done of what, and what is out of time."""
    note = words.say("team.training.matrix_note")
    with cards.card("matrix", words.say("team.training.matrix"), note):
        if found.people:
            st.html(_matrix_html(found, words))
        else:
            st.info(words.say("team.training.nobody"), icon=":material/group_add:")
        with cards.tools("matrix"):
            assigning.popover(found, words, ready=ready)


def _late(cell: Cell, found: Board, words: Words) -> None:
    course = next(each for each in found.courses if each.id == cell.course)
    with st.container(gap="xxsmall", key=f"late-{cell.course}-{name_key(cell.person)}"):
        st.button(
            texts.markdown_safe(
                words.say("team.training.whose", person=cell.person, course=course.name[words.lang])
            ),
            key=f"late-open-{cell.course}-{name_key(cell.person)}",
            type="tertiary",
            icon=":material/schedule:",
            on_click=_look,
            args=(cell.person, cell.course),
        )
        days = (context.today() - (cell.due or context.today())).days
        told = words.say("team.training.late_by", count=days)
        left = words.say("team.training.left", count=cell.total - cell.done)
        st.html(f'<div class="sd-note">{told} · {left}</div>')


def _matrix_html(found: Board, words: Words) -> str:
    heads = "".join(
        f'<th scope="col">{marks.escape(text)}</th>'
        for text in (
            words.say("team.training.person"),
            *(course.name[words.lang] for course in found.courses),
        )
    )
    rows = "".join(
        f'<tr><th scope="row" class="sd-key">{marks.escape(person.name)}</th>'
        + "".join(f"<td>{_cell_html(cell, words)}</td>" for cell in person.cells)
        + "</tr>"
        for person in found.people
    )
    return (
        '<div class="sd-wide" tabindex="0"><table class="sd-table sd-matrix"><thead><tr>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell_html(cell: Cell, words: Words) -> str:
    if cell.state == "none":
        return f'<span class="sd-muted">{formats.DASH}</span>'
    figure = marks.escape(words.say("team.training.of", done=cell.done, total=cell.total))
    share = round(100 * cell.done / cell.total)
    told = _state_html(cell, words)
    return f"{marks.meter(share)}{figure}<div>{told}</div>"


def _state_html(cell: Cell, words: Words) -> str:
    """Exceptions as chips; what is on time stays quiet."""
    word = words.say(f"team.training.state.{cell.state}")
    if cell.state in _CHIPS:
        return marks.chip(_CHIPS[cell.state], f"{word} {day_words(cell.due, words)}".strip())
    if cell.state == "done":
        return marks.chip("good", word)
    told = words.say("team.training.until", day=day_words(cell.due, words)) if cell.due else ""
    return f'<span class="sd-note">{marks.escape(told)}</span>'


def _look(person: str, course: str) -> None:
    state.trainee.set(person)
    state.course.set(course)
