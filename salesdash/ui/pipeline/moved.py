"""Pipeline movement on its page: between which moments, the waterfall, and the deals of a bar."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis.answers import Reason, When
from salesdash.analysis.moments import ONE_DAY, AsOf, Moments
from salesdash.analysis.moved import KINDS, PUT_OFF, Movement
from salesdash.analysis.movement import Asked
from salesdash.charts import Words
from salesdash.periods import Window
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, exports, filters, marks, movement, state
from salesdash.ui.pipeline import parts

ROWS_SHOWN = 200
DUE = "period"
"""What the address says where only deals expected in the period are looked at."""

_opened: state.Slot[str] = state.Slot("opened_moved", "")


def draw(selection: Selection) -> None:
    """The card: two moments to choose, the waterfall, and what is not known."""
    words = context.words()
    title = words.say("movement.title")
    with cards.card("movement", title, words.say("movement.note.card")):
        known = Moments(context.warehouse(), context.home().done(), selection.cut)
        asked = _chosen(known, selection)
        if asked is None:
            parts.quiet(words.say("movement.no_deals"))
            return
        _boxes(known, asked, words)
        found = _answer(asked)
        st.html(f'<div class="sd-body">{marks.escape(words.tell(found.headline))}</div>')
        if found.moved:
            _waterfall(found, asked, title, words)
        movement.notes(found, words)
        if found.put_off.deals and found.then.is_shown:
            with cards.tools("put-off"):
                st.button(
                    words.say("movement.show_put_off", count=found.put_off.deals),
                    key="show-put-off",
                    type="tertiary",
                    icon=":material/table_rows:",
                    on_click=_opened.set,
                    args=(PUT_OFF,),
                )


def drawer(selection: Selection) -> None:
    """The deals of the bar that was clicked, once: its own clicks don't rerun the page."""
    kind = _opened.get()
    _opened.clear()
    known = Moments(context.warehouse(), context.home().done(), selection.cut)
    asked = _chosen(known, selection) if kind in (*KINDS, PUT_OFF) else None
    if asked is not None:
        title = context.words().say("pipeline.rows.title")
        st.dialog(title, position="right", width="medium")(_rows)(kind, asked)


def _chosen(known: Moments, selection: Selection) -> Asked | None:
    """What the choices of this session mean; None before deals came in."""
    slots = {"since": state.since, "until": state.until, "due": state.due}
    codes = {name: slot.get() for name, slot in slots.items()}
    return read(codes, known, selection, context.today())


def read(
    codes: Mapping[str, str], known: Moments, selection: Selection, today: date
) -> Asked | None:
    """What the codes of an address mean, or since last week; None before deals came in."""
    newest = known.newest()
    if newest is None:
        return None
    now = known.find(codes.get("until", "")) or newest
    then = known.find(codes.get("since", "")) or replace(known, cut=now.cut).last_week(today)
    if then.moment >= now.moment:
        then = replace(known, cut=now.cut).last_week(today)
    within = _due(selection) if codes.get("due") == DUE else None
    return Asked(known.warehouse, selection, known.events, then, now, within)


def _due(selection: Selection) -> Window | None:
    """The whole period that is looked at, also its days to come."""
    window = selection.window
    if window is None:
        return None
    unit = window.unit or window.period
    return Window(unit, window.grain, unit)


def _answer(asked: Asked) -> Movement:
    question = (asked.selection, asked.then, asked.now, asked.within)
    return context.remembered(("movement", *question), asked.build)


def _boxes(known: Moments, asked: Asked, words: Words) -> None:
    """The moments that exports show, and which deals are looked at."""
    shown = known.known()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="movement-choice"
    ):
        _box(state.since, asked.then, _starts(known, asked, shown), words)
        _box(state.until, asked.now, [each for each in shown if each.at], words)
        due = _due(asked.selection)
        if due is not None:
            when = words.told(When(due, year=context.today().year))
            names = {"": words.say("movement.all"), DUE: words.say("movement.due", when=when)}
            st.segmented_control(
                words.say("movement.which"),
                list(names),
                format_func=lambda code: names[code],
                key=state.due.seed(state.due.get() if state.due.get() in names else ""),
                on_change=state.due.take,
                required=True,
                label_visibility="collapsed",
            )


def _starts(known: Moments, asked: Asked, shown: Sequence[AsOf]) -> list[AsOf]:
    """Where a movement may begin: earlier exports, a week before, the begin of the period."""
    found = [each for each in shown if each.moment < asked.now.moment]
    days = [asked.now.end_day - 7 * ONE_DAY]
    if asked.selection.window is not None:
        days.append(asked.selection.window.period.start - ONE_DAY)
    for day in days:
        state_then = replace(known, cut=asked.now.cut).on(day)
        if state_then.moment < asked.now.moment:
            found.append(state_then)
    return found


def _box(slot: "state.Slot[str]", chosen: AsOf, offered: Sequence[AsOf], words: Words) -> None:
    states = {each.code: each for each in sorted((*offered, chosen), key=lambda one: one.moment)}
    codes = list(reversed(states))
    st.selectbox(
        words.say(f"movement.{slot.name}"),
        codes,
        format_func=lambda code: named(states[code], words),
        key=slot.seed(chosen.code),
        on_change=slot.take,
        width=270,
    )


def named(moment: AsOf, words: Words) -> str:
    """A moment with the file that showed it, or how else it is known."""
    day = formats.date(moment.day, words.lang, "exact")
    file = moment.file if moment.is_shown else words.say("movement.from_dates")
    return f"{day} · {file}" if file else day


def _waterfall(found: Movement, asked: Asked, title: str, words: Words) -> None:
    start = charts.waterfall_start(found, words)
    if start is not None:
        parts.note(words.say("movement.axis", value=start))
    question = (asked.selection, asked.then, asked.now, asked.within)
    note = words.say("movement.note.card")
    codes = {"since": asked.then.code, "until": asked.now.code, "due": DUE if asked.within else ""}
    codes["card"] = "movement"
    topic = agenda.topic(Reason("movement.title"), filters.current())
    cards.chart(
        "movement",
        charts.waterfall,
        found,
        (title, note),
        *question,
        follow=_follow,
        more=agenda.tool("movement", "pipeline", topic, codes),
    )


def _follow(pick: Mapping[str, object]) -> bool:
    """A bar opens its deals."""
    _opened.set(str(pick.get("kind", "")))
    return _opened.get() in KINDS


def _rows(kind: str, asked: Asked) -> None:
    words, found = context.words(), asked.rows(kind, ROWS_SHOWN)
    title = words.say(f"movement.part.{kind}")
    told = words.say(f"movement.meaning.{kind}")
    key = "pipeline.rows.newest" if found.more else "pipeline.rows.all"
    st.html(marks.head(title, words.say(key, count=found.table.num_rows), level=3))
    st.html(f'<div class="sd-note">{marks.escape(told)}</div>')
    st.dataframe(
        exports.readable(found.table, words),
        hide_index=True,
        height=560,
        alt=title,
        key="moved-rows",
    )
    with cards.tools("moved-rows"):
        question = (kind, asked.selection, asked.then, asked.now, asked.within)
        cards.rows("moved-rows", "movement", partial(asked.rows, kind), title, *question)
