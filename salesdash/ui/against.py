"""What the screens compare with: a rule, or days of one's own, in the filter bar."""

from collections.abc import Callable
from dataclasses import asdict
from html import escape

import streamlit as st

from salesdash import texts
from salesdash.analysis.asking import Question
from salesdash.errors import UsageError
from salesdash.periods import (
    Against,
    Comparison,
    FiscalCalendar,
    Period,
    Window,
    against,
    against_code,
)
from salesdash.ui import context, state

DEFAULT = Comparison.LAST_YEAR
CUSTOM = "custom"
RULES = (Comparison.LAST_YEAR.value, Comparison.PREVIOUS.value, Comparison.NONE.value)


def read(code: str, fiscal: FiscalCalendar) -> Against:
    """What the code of an address compares with; UsageError for one that does not exist."""
    return against(code, fiscal) if code else DEFAULT


def chosen() -> Against:
    """What is compared with, a year ago where nothing or nonsense was chosen."""
    code = state.comparison.get()
    try:
        return DEFAULT if code == CUSTOM else read(code, context.fiscal())
    except UsageError:
        return DEFAULT


def box() -> None:
    """The rules, the days that were chosen, and the way to others."""
    now = against_code(chosen())
    codes = [*([] if now in RULES else [now]), *RULES, CUSTOM]
    labels = {code: _label(code) for code in codes}
    st.selectbox(
        context.words().say("ui.filter.comparison"),
        codes,
        format_func=labels.__getitem__,
        key=state.comparison.seed(CUSTOM if state.comparison.get() == CUSTOM else now),
        on_change=state.comparison.take,
        label_visibility="collapsed",
        width=230,
    )


def others(ask: Callable[[], Question]) -> None:
    """Two dates while "other dates" is chosen; they begin at what the default compares with."""
    if state.comparison.get() == CUSTOM:
        range_box("against", state.comparison, ask().compared)


def lengths(ask: Callable[[], Question]) -> None:
    """That the days chosen to compare with are more or fewer than those looked at."""
    found = ask().uneven if isinstance(chosen(), Period) else None
    if found is not None:
        told = context.words().say("ui.filter.lengths", **asdict(found))
        st.html(f'<div class="sd-note">{escape(told)}</div>')


def range_box(name: str, slot: state.Slot[str], window: Window | None) -> None:
    """First and last day; they count once they are applied."""
    lang = context.lang()
    start, end = (window.period.start, window.period.last_day) if window else (None, None)
    picked = st.date_input(
        texts.t(f"ui.filter.{name}", lang), value=(start, end), key=f"w.{name}", width=290
    )
    days = [day.isoformat() for day in picked]
    if len(days) > 1:  # after the first click there is only a first day
        label = texts.t("ui.filter.apply", lang)
        st.button(label, key=f"apply-{name}", on_click=_apply, args=(slot, "..".join(days)))


def _apply(slot: state.Slot[str], code: str) -> None:
    slot.set(code)
    state.touched.set(value=True)


def _label(code: str) -> str:
    words = context.words()
    if code == CUSTOM:
        return words.say("ui.filter.custom")
    found = against(code, context.fiscal())
    if isinstance(found, Period):
        return words.say("ui.comparison.days", days=words.days(found))
    return words.say(f"ui.comparison.{code}")
