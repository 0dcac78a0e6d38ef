"""Filling the grid of targets: a total split over it, or last year carried over."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from salesdash.analysis import grid
from salesdash.analysis.answers import Reason
from salesdash.analysis.carrying import Carrier, Places, Source
from salesdash.analysis.dividing import Cut, Divider, Division, How
from salesdash.analysis.grid import Cell, Sheet, Typed
from salesdash.analysis.planning import percent, rounded, target
from salesdash.charts import Words
from salesdash.errors import SalesdashError
from salesdash.periods import Period
from salesdash.ui import context, marks, problems, state
from salesdash.ui.goals import asking, drafts, frames
from salesdash.workspace import Terms

TOTAL, WHEN, HOW, NEW, STEP = "fill-total", "fill-when", "fill-how", "fill-new", "fill-step"
STEPS = ("", "100", "1000", "10000")
"""What parts can be rounded to; "": a cent, or one."""

SOURCE, PLUS = "carry-source", "carry-plus"

_fault: state.Slot[SalesdashError | None] = state.Slot("fill-fault", None)


def tools(sheet: Sheet, words: Words) -> None:
    """The buttons that open the two ways, and what they were worked out from."""
    with st.container(horizontal=True, gap="small", key="fill-tools"):
        if sheet.adds_up:
            with st.popover(words.say("targets.split.open"), icon=":material/call_split:"):
                _split_form(sheet, words)
        with st.popover(words.say("targets.carry.open"), icon=":material/content_copy:"):
            _carry_form(sheet, words)
    fault = _fault.get()
    if fault is not None:
        problems.show(fault)
    notes = [words.tell(note) for note in drafts.notes(sheet.frame)]
    if notes:
        st.html(f'<div class="sd-note">{marks.escape(" ".join(notes))}</div>')


def _split_form(sheet: Sheet, words: Words) -> None:
    """How much, when, by what; the parts come into the cells and nothing is saved."""
    known = frames.stretches(sheet.frame)
    st.selectbox(
        words.say("targets.split.when"),
        known,
        index=_next(known),
        key=WHEN,
        format_func=lambda period: asking.period_words(period, words),
    )
    period = state.widget(WHEN) or known[0]
    st.text_input(
        words.say("targets.split.total"),
        key=f"{TOTAL}-{period.start}-{period.end}",
        value=sheet.shown(_standing(sheet, period)),
        placeholder="3.3M",
    )
    st.selectbox(
        words.say("targets.split.how"),
        list(How),
        key=HOW,
        format_func=lambda how: words.say(f"targets.split.by.{how.value}"),
    )
    with st.container(horizontal=True, gap="small"):
        st.text_input(words.say("targets.split.newcomers"), value="0%", key=NEW)
        exact = words.say("targets.split.exact")
        st.selectbox(
            words.say("targets.split.step"),
            STEPS,
            key=STEP,
            format_func=lambda step: sheet.shown(Decimal(step)) if step else exact,
        )
    st.button(
        words.say("targets.split.do"),
        key="fill-do",
        type="primary",
        on_click=_try,
        args=(sheet, _split),
    )


def _carry_form(sheet: Sheet, words: Words) -> None:
    st.selectbox(
        words.say("targets.carry.what"),
        list(Source),
        key=SOURCE,
        format_func=lambda source: words.say(f"targets.carry.of.{source.value}"),
    )
    st.text_input(words.say("goals.copy.plus"), value="5%", key=PLUS)
    st.button(
        words.say("targets.split.do"),
        key="carry-do",
        type="primary",
        on_click=_try,
        args=(sheet, _carry),
    )


def _next(known: tuple[Period, ...]) -> int:
    """The first stretch that has not begun, else the last."""
    coming = (n for n, period in enumerate(known) if period.start > context.today())
    return next(coming, len(known) - 1)


def _standing(sheet: Sheet, period: Period) -> Decimal | None:
    """The company's target of a stretch, as it is set or typed."""
    if period == sheet.frame.year and None in sheet.years:
        return sheet.years[None].terms.target
    units = [unit for unit in sheet.units if period.clip(unit) == unit]
    values = [sheet.value((None, unit)) for unit in units]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if units and len(known) == len(units) else None


# --- what the buttons do --------------------------------------------------------------------------


def _try(sheet: Sheet, work: Callable[[Sheet], tuple[dict[Cell, Typed], Division]]) -> None:
    """Work targets out and put them into their cells; what stands in the way is said.

    Nothing is toasted here: a toast of a fragment takes the place of the stylesheet.
    """
    try:
        cells, division = work(sheet)
    except SalesdashError as error:
        _fault.set(error)
        return
    _fault.clear()
    filled = Reason("targets.filled", (("count", len(cells)),))
    drafts.fill(sheet, cells, (filled, *division.notes))


def _split(sheet: Sheet) -> tuple[dict[Cell, Typed], Division]:
    frame, period = sheet.frame, state.widget(WHEN)
    typed = str(state.widget(f"{TOTAL}-{period.start}-{period.end}") or "")
    total = _scaled(sheet, period, target(typed, sheet.unit))
    units = [unit for unit in sheet.units if period.clip(unit) == unit]
    cut = Cut(
        how=state.widget(HOW) or How.HISTORY,
        each=frame.grain if units != [period] and units else None,
        by=frame.by,
        newcomer=percent(str(state.widget(NEW) or "0")) / 100,
        step=Decimal(state.widget(STEP)) if state.widget(STEP) else None,
    )
    divider = Divider(context.warehouse(), context.settings(), context.today())
    division = divider.divide(total, cut)
    cells = grid.filled(sheet, division.parts)
    if frame.by is not None:
        cells.update(grid.filled(sheet, _company(total, division, units)))
    return cells, division


def _scaled(sheet: Sheet, period: Period, total: Decimal) -> Terms:
    """What is split; with floor and stretch of the company's goal of these days, as far off."""
    bare = Terms(sheet.frame.metric, period, total)
    is_year = period == sheet.frame.year
    goal = sheet.years.get(None) if is_year else sheet.standing.get((None, period))
    if goal is None or goal.terms.target <= 0:
        return bare
    low, high = (
        None if bound is None else rounded(bound * total / goal.terms.target, sheet.unit)
        for bound in (goal.terms.floor, goal.terms.stretch)
    )
    return replace(bare, floor=low, stretch=high)


def _company(total: Terms, division: Division, units: list[Period]) -> list[Terms]:
    """The company's own target of each unit: what its members have in it."""
    if units == [total.period]:
        return [total]
    found = []
    for unit in units:
        parts = [part.target for part in division.parts if part.period == unit]
        if parts:
            found.append(replace(total, period=unit, target=sum(parts, Decimal(0))))
    return found


def _carry(sheet: Sheet) -> tuple[dict[Cell, Typed], Division]:
    frame = sheet.frame
    goals = [each.goal for each in context.goals()]
    carrier = Carrier(context.warehouse(), context.settings(), context.today(), goals)
    source = state.widget(SOURCE) or Source.TARGETS
    plus = percent(str(state.widget(PLUS) or "0"))
    wanted = [Places(frame.metric, sheet.units)]
    if frame.by is not None:
        wanted.append(Places(frame.metric, sheet.units, frame.by, sheet.members))
    found = [carrier.carry(places, source, plus) for places in wanted]
    cells: dict[Cell, Typed] = {}
    for division in found:
        cells.update(grid.filled(sheet, division.parts))
    return cells, found[0]
