"""Pieces of Training: the sentence, the matrix, a checklist that saves each tick, assigning."""

from datetime import date, timedelta

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import training
from salesdash.analysis.answers import Judgement
from salesdash.analysis.training import Board, Cell, Written
from salesdash.charts import Words
from salesdash.config import Course
from salesdash.ui import cards, context, marks, state, url, writing
from salesdash.workspace import Tick

PAGE = "training"
OVERDUE_SHOWN = 8
PLACE = "training"
ASSIGNING = "training-assign"
DAY_FORMAT = "YYYY-MM-DD"
_CHIPS: dict[str, Judgement] = {"overdue": "bad", "soon": "warning", "renew": "warning"}


def screen() -> None:
    """The page; each tick redraws it and nothing around it."""
    st.fragment(_screen, key="training")()


def _screen() -> None:
    found = _board()
    words = context.words()
    lead = words.tell(found.lead) if found.lead else ""
    st.html(marks.headline(words.tell(found.headline), lead))
    ready = writing.ready()
    if not found.courses:
        return
    if found.overdue:
        _overdue(found, words)
    _matrix(found, words, ready=ready)
    _checklist(found, words, ready=ready)
    url.keep(PAGE)


def _board() -> Board:
    written = Written.read(context.home().workspace.training)
    return training.build(context.settings().training, written, _known(), context.today())


def everybody() -> list[str]:
    """The people of the data and those somebody typed, by name."""
    return sorted({*_known(), *context.home().workspace.training.people()})


def _known() -> tuple[str, ...]:
    return context.remembered(("people",), lambda: training.people(context.warehouse()))


# --- overdue and the matrix -------------------------------------------------------------------


def _overdue(found: Board, words: Words) -> None:
    """The oldest first; each line opens its checklist."""
    note = words.say("team.training.late_note", count=len(found.overdue))
    with cards.card("overdue", words.say("team.training.late"), note):
        with st.grid(2, min_column_width=320, gap="small"):
            for cell in found.overdue[:OVERDUE_SHOWN]:
                _late(cell, found, words)
        more = len(found.overdue) - OVERDUE_SHOWN
        if more > 0:
            st.html(f'<div class="sd-note">{words.say("team.more", count=more)}</div>')


def _late(cell: Cell, found: Board, words: Words) -> None:
    course = next(each for each in found.courses if each.id == cell.course)
    with st.container(gap="xxsmall", key=f"late-{cell.course}-{_key(cell.person)}"):
        st.button(
            texts.markdown_safe(
                words.say("team.training.whose", person=cell.person, course=course.name[words.lang])
            ),
            key=f"late-open-{cell.course}-{_key(cell.person)}",
            type="tertiary",
            icon=":material/schedule:",
            on_click=_look,
            args=(cell.person, cell.course),
        )
        days = (context.today() - (cell.due or context.today())).days
        told = words.say("team.training.late_by", count=days)
        left = words.say("team.training.left", count=cell.total - cell.done)
        st.html(f'<div class="sd-note">{told} · {left}</div>')


def _matrix(found: Board, words: Words, *, ready: bool) -> None:
    """People by courses: what is done of what, and what is out of time."""
    note = words.say("team.training.matrix_note")
    with cards.card("matrix", words.say("team.training.matrix"), note):
        if found.people:
            st.html(_matrix_html(found, words))
        else:
            st.info(words.say("team.training.nobody"), icon=":material/group_add:")
        with cards.tools("matrix"):
            _assign(found, words, ready=ready)


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
        return marks.chip(_CHIPS[cell.state], f"{word} {_day(cell.due, words)}")
    if cell.state == "done":
        return marks.chip("good", word)
    told = words.say("team.training.until", day=_day(cell.due, words)) if cell.due else ""
    return f'<span class="sd-note">{marks.escape(told)}</span>'


# --- one checklist ----------------------------------------------------------------------------


def _checklist(found: Board, words: Words, *, ready: bool) -> None:
    """A person's course: its items with their ticks, and the day it is due."""
    person, course = _chosen(found)
    with cards.card("checklist", words.say("team.training.checklist"), course.name[words.lang]):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _person_box(found, person, words, ready=ready)
            _course_box(found, course, words)
            if person:
                _due_box(person, course, words, ready=ready)
        writing.told(PLACE)
        if not person:
            st.html(f'<div class="sd-body">{words.say("team.training.choose")}</div>')
            return
        about = marks.escape(course.description[words.lang])
        st.html(f'<div class="sd-body sd-muted">{about}</div>')
        ticks = {
            tick.item: tick
            for tick in context.home().workspace.training.ticks()
            if (tick.person, tick.course) == (person, course.id)
        }
        with st.grid(2, min_column_width=320, gap="small"):
            for item in course.items:
                _item(person, course, item, ticks.get(item), ready=ready)


def _chosen(found: Board) -> tuple[str, Course]:
    """The person and course of the address, else those most overdue, else the first."""
    names = [person.name for person in found.people]
    person, course = state.trainee.get(), state.course.get()
    first = found.overdue[0] if found.overdue else None
    if person not in names:
        person = first.person if first else (names[0] if names else "")
    ids = {each.id: each for each in found.courses}
    if course not in ids:
        course = first.course if first and first.person == person else found.courses[0].id
    return person, ids[course]


def _person_box(found: Board, person: str, words: Words, *, ready: bool) -> None:
    names = [each.name for each in found.people]
    st.selectbox(
        words.say("team.training.person"),
        names,
        index=None,
        key=state.trainee.seed(person) if person else state.trainee.key,
        on_change=_take_person,
        args=(tuple(names),),
        accept_new_options=ready,
        placeholder=words.say("team.training.type_name"),
        width=240,
    )


def _course_box(found: Board, course: Course, words: Words) -> None:
    names = {each.id: each.name[words.lang] for each in found.courses}
    st.selectbox(
        words.say("team.training.course"),
        list(names),
        format_func=names.__getitem__,
        key=state.course.seed(course.id),
        on_change=state.course.take,
        width=240,
    )


def _due_box(person: str, course: Course, words: Words, *, ready: bool) -> None:
    found = context.home().workspace.training.assignments()
    due = next((a.due for a in found if (a.person, a.course) == (person, course.id)), None)
    slot = state.Slot[date | None](f"due.{course.id}.{_key(person)}", None)
    st.date_input(
        words.say("team.training.due"),
        value=None,
        key=slot.seed(due),
        format=DAY_FORMAT,
        on_change=_assign_one,
        args=(person, course.id, slot.key),
        disabled=not ready,
        help=words.say("team.training.due_help"),
        width=180,
    )


def _item(person: str, course: Course, item: str, tick: Tick | None, *, ready: bool) -> None:
    words = context.words()
    done = tick is not None and tick.done
    slot = state.Slot(f"tick.{course.id}.{item}.{_key(person)}", default=False)
    label = texts.markdown_safe(course.items[item][words.lang])
    if tick is not None:
        key = "team.training.ticked" if tick.done else "team.training.taken_back"
        told = words.say(key, who=tick.who, day=_day(tick.at.date(), words))
        label += f"  \n:small[:gray[{texts.markdown_safe(told)}]]"
    st.checkbox(
        label,
        key=slot.seed(done),
        on_change=_tick,
        args=((person, course.id, item), slot.key, tick.version if tick else 0),
        disabled=not ready,
        wrap=True,
        width="stretch",
    )


# --- writing ----------------------------------------------------------------------------------


def _tick(key: tuple[str, str, str], widget: str, version: int) -> None:
    done = bool(state.widget(widget))
    store = context.home().workspace.training
    writing.save(PLACE, lambda stamp: store.tick(key, stamp, done=done, version=version))


def _assign_one(person: str, course: str, widget: str) -> None:
    due, store = state.widget(widget), context.home().workspace.training
    writing.save(PLACE, lambda stamp: store.assign([(person, course, due)], stamp))


def _take_person(known: tuple[str, ...]) -> None:
    typed = str(state.widget(state.trainee.key) or "")
    store = context.home().workspace.training
    if typed and typed not in known:
        writing.save(PLACE, lambda stamp: state.trainee.set(store.add(typed, stamp)))
    else:
        state.trainee.set(typed)


def _look(person: str, course: str) -> None:
    state.trainee.set(person)
    state.course.set(course)


def _assign(found: Board, words: Words, *, ready: bool) -> None:
    """Courses for many people at once."""
    popover = st.popover(
        words.say("team.training.assign"),
        icon=":material/assignment_add:",
        key="assign-popover",
        on_change="rerun",
        disabled=not ready,
    )
    writing.told(ASSIGNING)
    if not popover.open:
        return
    names = {each.id: each.name[words.lang] for each in found.courses}
    with popover:
        st.multiselect(
            words.say("team.training.people"),
            [person.name for person in found.people],
            key="assign-people",
            accept_new_options=True,
            placeholder=words.say("team.training.type_names"),
            select_all=True,
        )
        st.multiselect(
            words.say("team.training.courses"),
            list(names),
            format_func=names.__getitem__,
            key="assign-courses",
            placeholder=words.say("team.training.choose_courses"),
            select_all=True,
        )
        st.date_input(
            words.say("team.training.due"),
            value=None,
            key="assign-due",
            format=DAY_FORMAT,
            help=words.say("team.training.own_days"),
        )
        st.button(
            words.say("team.training.assign_now"),
            key="assign-now",
            type="primary",
            on_click=_assign_many,
        )


def _assign_many() -> None:
    people, courses = state.widget("assign-people") or (), state.widget("assign-courses") or ()
    due, today = state.widget("assign-due"), context.today()
    known, store = context.settings().training, context.home().workspace.training
    wanted = [
        (person, course, due or today + timedelta(days=known[course].due_days))
        for person in people
        for course in courses
    ]
    words = context.words()
    if wanted and writing.save(ASSIGNING, lambda stamp: store.assign(wanted, stamp)):
        st.toast(words.say("team.training.assigned", count=len(wanted)), icon=":material/check:")
        for key in ("assign-people", "assign-courses"):
            state.forget(key)


def _day(day: date | None, words: Words) -> str:
    return formats.date(day, words.lang, this_year=context.today().year) if day else ""


def _key(name: str) -> str:
    """A name as part of an element's key."""
    return name.encode().hex()
