"""A template while it is written: its name and rhythm, and a card for each line of its agenda.

The draft is a row of numbers, one a line, in their order; what is typed stands in the widgets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args

import streamlit as st

from salesdash.charts import Words
from salesdash.config import LineKind
from salesdash.config import Meeting as Plan
from salesdash.errors import Conflict
from salesdash.ui import context, state, writing
from salesdash.workspace import Own, Point, Template
from salesdash.workspace.templates import Rhythm

PLACE = "template"
RHYTHMS: tuple[Rhythm, ...] = ("week", "month", "once")
COMPARISONS = ("previous", "last-year", "none")
KINDS: tuple[str, ...] = get_args(LineKind)
LONGEST = 480


@dataclass(frozen=True)
class Draft:
    """What a template starts from: what stood there, and which version of which is edited."""

    start: Template
    rows: tuple[int, ...]
    points: Mapping[int, Point]
    number: int | None = None
    version: int | None = None


_draft: "state.Slot[Draft | None]" = state.Slot("template-draft", None)
_round = state.Slot("template-round", 0)
"""Keys of widgets carry it, so that the next draft begins with its own values."""


def is_open() -> bool:
    """Whether one is being written."""
    return _draft.get() is not None


def begin(plan: Plan | None) -> None:
    """A new one, empty or from a kind that exists; for `on_click`."""
    if plan is None:
        _open(Template({}, "week", "previous", (Point("text", {}, {}),)))
        return
    points = tuple(
        Point(line.kind, dict(line.title), dict(line.hint), line.tiles, minutes=line.minutes)
        for line in plan.agenda
    )
    every = "once" if plan.once else plan.every.value
    _open(Template({}, cast("Rhythm", every), plan.compare.value, points, plan.one_to_one))


def edit(own: Own) -> None:
    """Write one anew; for `on_click`."""
    _open(own, own.id, own.version)


def end() -> None:
    """Put the draft away; for `on_click`."""
    _draft.clear()


def show(*, ready: bool) -> None:
    """Its fields, its lines, and saving."""
    draft, words = _draft.get(), context.words()
    assert draft is not None, "only drawn while one is open"
    with st.container(border=True, key="template-head"):
        _head(draft, words)
    for place, row in enumerate(draft.rows):
        with st.container(border=True, key=f"template-line-{row}"):
            _line(draft, place, row, words)
    with st.container(horizontal=True, gap="small"):
        st.button(
            words.say("meeting.template.add_line"),
            key="add-line",
            icon=":material/add:",
            on_click=_add,
        )
        st.button(
            words.say("team.actions.save"),
            key="save-template",
            type="primary",
            disabled=not ready,
            on_click=_save,
        )
        st.button(
            words.say("meeting.template.cancel"),
            key="cancel-template",
            type="tertiary",
            on_click=end,
        )
    writing.told(PLACE)


def _head(draft: Draft, words: Words) -> None:
    start = draft.start
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            words.say("meeting.template.name"),
            _text(start.name, words.lang),
            key=_key("name"),
            max_chars=80,
            width=320,
        )
        st.selectbox(
            words.say("meeting.template.rhythm"),
            RHYTHMS,
            RHYTHMS.index(start.every),
            format_func=lambda code: words.say(f"meeting.template.every.{code}"),
            key=_key("every"),
            width=190,
        )
        st.selectbox(
            words.say("ui.filter.comparison"),
            COMPARISONS,
            COMPARISONS.index(start.compare),
            format_func=lambda code: words.say(f"ui.comparison.{code}"),
            key=_key("compare"),
            width=240,
        )
        st.checkbox(
            words.say("meeting.template.one_to_one"), start.one_to_one, key=_key("one_to_one")
        )


def _line(draft: Draft, place: int, row: int, words: Words) -> None:
    """One line: what it shows, what it is called, what to talk about, how long."""
    point = draft.points[row]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.html(f'<span class="sd-title">{place + 1}.</span>', width="content")
        kind = st.selectbox(
            words.say("meeting.template.kind"),
            KINDS,
            KINDS.index(point.kind) if point.kind in KINDS else KINDS.index("text"),
            format_func=lambda code: words.say(f"meeting.template.kinds.{code}"),
            key=_key("kind", row),
            width=220,
        )
        st.text_input(
            words.say("meeting.template.line_title"),
            _text(point.title, words.lang),
            key=_key("title", row),
            max_chars=120,
            width=280,
        )
        st.number_input(
            words.say("meeting.template.minutes"),
            1,
            LONGEST,
            point.minutes,
            step=5,
            key=_key("minutes", row),
            width=130,
            placeholder="–",
        )
        _moves(draft, place, row, words)
    st.text_input(
        words.say("meeting.template.hint"),
        _text(point.hint, words.lang),
        key=_key("hint", row),
        max_chars=240,
    )
    if kind == "figures":
        known = context.metrics().metrics
        st.multiselect(
            words.say("meeting.template.tiles"),
            tuple(known),
            [name for name in point.tiles if name in known],
            format_func=words.metric,
            key=_key("tiles", row),
            placeholder=words.say("meeting.template.tiles_hint"),
        )


def _moves(draft: Draft, place: int, row: int, words: Words) -> None:
    """Up, down, away."""
    moves = (
        ("up", ":material/arrow_upward:", place > 0),
        ("down", ":material/arrow_downward:", place < len(draft.rows) - 1),
        ("remove", ":material/delete:", len(draft.rows) > 1),
    )
    for name, icon, possible in moves:
        st.button(
            words.say(f"meeting.template.{name}"),
            key=f"{name}-{row}",
            type="tertiary",
            icon=icon,
            disabled=not possible,
            on_click=_move,
            args=(name, place),
        )


def _open(start: Template, number: int | None = None, version: int | None = None) -> None:
    _round.set(_round.get() + 1)
    points = dict(enumerate(start.agenda))
    _draft.set(Draft(start, tuple(points), points, number, version))


def _change(rows: tuple[int, ...], points: Mapping[int, Point]) -> None:
    draft = _draft.get()
    assert draft is not None, "only offered while one is open"
    _draft.set(Draft(draft.start, rows, points, draft.number, draft.version))


def _add() -> None:
    draft = _draft.get()
    assert draft is not None, "only offered while one is open"
    row = max(draft.points) + 1
    _change((*draft.rows, row), {**draft.points, row: Point("text", {}, {})})


def _move(way: str, place: int) -> None:
    draft = _draft.get()
    assert draft is not None, "only offered while one is open"
    rows = list(draft.rows)
    row = rows.pop(place)
    if way != "remove":
        rows.insert(place + (-1 if way == "up" else 1), row)
    _change(tuple(rows), draft.points)


def _save() -> None:
    """Keep what is typed; an edit that somebody else was faster with is said, and stays here."""
    draft, lang = _draft.get(), context.lang()
    assert draft is not None, "only offered while one is open"
    template = Template(
        _said(draft.start.name, _typed("name"), lang),
        cast("Rhythm", _typed("every")),
        str(_typed("compare")),
        tuple(_point(draft.points[row], row, lang) for row in draft.rows),
        one_to_one=bool(_typed("one_to_one")),
    )
    store = context.home().workspace.templates
    if draft.number is None:
        done = writing.save(PLACE, lambda stamp: store.make(template, stamp))
    else:
        number = draft.number
        done = writing.save(PLACE, lambda stamp: store.edit(number, template, stamp, draft.version))
    if done:
        end()
        st.toast(context.words().say("meeting.template.saved"), icon=":material/check:")
    elif isinstance(writing.conflict(PLACE), Conflict) and draft.number is not None:
        newest = next(each for each in store.all() if each.id == draft.number)
        _draft.set(Draft(draft.start, draft.rows, draft.points, draft.number, newest.version))


def _point(point: Point, row: int, lang: str) -> Point:
    kind = str(_typed("kind", row))
    minutes, tiles = _typed("minutes", row), _typed("tiles", row) or ()
    return Point(
        kind,
        _said(point.title, _typed("title", row), lang),
        _said(point.hint, _typed("hint", row), lang),
        tuple(cast("list[str]", tiles)) if kind == "figures" else (),
        minutes=int(cast("int", minutes)) if minutes else None,
    )


def _said(before: dict[str, str], typed: object, lang: str) -> dict[str, str]:
    """Words as typed; those of the other language stay only as long as these do."""
    text = str(typed or "").strip()
    return before if text == _text(before, lang).strip() else {lang: text}


def _text(words: Mapping[str, str], lang: str) -> str:
    return words.get(lang) or next(iter(words.values()), "")


def _typed(name: str, row: int | None = None) -> object:
    return state.widget(_key(name, row))


def _key(name: str, row: int | None = None) -> str:
    return f"w.template.{_round.get()}.{name}" + ("" if row is None else f".{row}")
