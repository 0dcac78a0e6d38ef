"""Which grid of targets is looked at: metric, year, units, members, figure; the address says it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from salesdash import formats
from salesdash.analysis.grid import BOUNDS, GRAINS, Bound, Frame
from salesdash.charts import Words
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.ui import context, state
from salesdash.ui.goals import asking

COMPANY = "-"
"""The address of a grid without members."""

PREFERRED = ("region", "team", "person")
YEARS_BACK, YEARS_ON = 1, 2

_bound: state.Slot[Bound] = state.Slot("targets-bound", BOUNDS[0])


def frame() -> Frame:
    """The chosen grid; of the first use: months of the year in which the next quarter lies."""
    names = [metric.id for metric in asking.offered()]
    metric = state.metric.get() if state.metric.get() in names else asking.leading()
    grain = next((each for each in GRAINS if each.value == state.grain.get()), GRAINS[-1])
    return Frame(metric, _year(), grain, _by(metric), _bound.get())


def draw(chosen: Frame, words: Words) -> None:
    """The choices, in a row."""
    metrics = {metric.id: words.metric(metric.id) for metric in asking.offered()}
    by = {name: words.dimension(name) for name in asking.dimensions(chosen.metric)}
    by = {COMPANY: words.say("goals.form.company"), **by}
    years = {_code(year): year_words(year, words) for year in _years()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _select("targets.what", state.metric, metrics, chosen.metric, words)
        _select("targets.by", state.breakdown, by, chosen.by or COMPANY, words)
        _select("targets.year", state.year, years, _code(chosen.year), words)
        grains = [each.value for each in GRAINS]
        _switch("targets.grain", state.grain, grains, chosen.grain.value, words)
        _switch("targets.bound", _bound, BOUNDS, chosen.bound, words)


def year_words(year: Period, words: Words) -> str:
    """The name of a year."""
    return words.period(Grain.YEAR, year)


def unit_words(chosen: Frame, unit: Period, words: Words) -> str:
    """The name of a column: the year stands above."""
    fiscal, year = context.fiscal(), unit.start.year
    return formats.unit_label(chosen.grain, unit, words.lang, fiscal, this_year=year)


def stretches(chosen: Frame) -> tuple[Period, ...]:
    """Stretches of the grid that can be filled at once: its year, its quarters, its units."""
    fiscal = context.fiscal()
    quarters = fiscal.units(Grain.QUARTER, chosen.year)
    return tuple(dict.fromkeys((*quarters, *chosen.units(fiscal), chosen.year)))


def _by(metric: str) -> str | None:
    offered = asking.dimensions(metric)
    if state.breakdown.get() == COMPANY or not offered:
        return None
    if state.breakdown.get() in offered:
        return state.breakdown.get()
    return next((name for name in PREFERRED if name in offered), offered[0])


def _year() -> Period:
    known = {_code(year): year for year in _years()}
    return known.get(state.year.get()) or _coming(context.today(), context.fiscal())


def _coming(today: date, fiscal: FiscalCalendar) -> Period:
    """The year of the next quarter: what is planned now."""
    quarter = fiscal.previous(Grain.QUARTER, fiscal.unit(Grain.QUARTER, today), -1)
    return fiscal.unit(Grain.YEAR, quarter.start)


def _years() -> list[Period]:
    fiscal = context.fiscal()
    now = fiscal.unit(Grain.YEAR, context.today())
    return [fiscal.previous(Grain.YEAR, now, -n) for n in range(-YEARS_BACK, YEARS_ON + 1)]


def _code(year: Period) -> str:
    return str(context.fiscal().name(Grain.YEAR, year).year)


def _select(
    label: str,
    slot: state.Slot[str],
    options: dict[str, str],
    chosen: str,
    words: Words,
) -> None:
    """A list of codes, each with its words."""
    st.selectbox(
        words.say(label),
        list(options),
        key=slot.seed(chosen),
        format_func=options.__getitem__,
        on_change=slot.take,
        width=190,
    )


def _switch(
    label: str, slot: state.Slot[Any], options: Sequence[str], chosen: str, words: Words
) -> None:
    """A switch between codes, with words under the label's key."""
    st.segmented_control(
        words.say(label),
        options,
        key=slot.seed(chosen),
        format_func=lambda code: words.say(f"{label}s.{code}"),
        on_change=slot.take,
        required=True,
    )
