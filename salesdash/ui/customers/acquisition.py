"""Acquisition on Customers: what a new customer costs, is worth, and when that is paid back."""

import streamlit as st

from salesdash import charts
from salesdash.analysis import acquisition
from salesdash.analysis.acquisition import CAC, CLV, Acquisition
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Question
from salesdash.charts import Words
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, dialogs, marks, shell, state

FIRST = "channel"
"""What it is broken down by unless something else was chosen."""

KINDS = ("key", "num opt", "num opt", "num", "num opt", "num", "num")
"""How the columns look; a phone leaves out what the ratio is made of."""

WHOLE = "all"
"""The code of no breakdown."""


def show(selection: Selection) -> None:
    """The whole view."""
    offered = dimensions()
    by = chosen(offered)
    with shell.patience("acquisition"):
        found = ask(selection, by)
    _opening(found)
    _controls(offered, by)
    if found.total.value(CAC) is not None and found.refused is None:
        _cards(found, selection)


def is_known() -> bool:
    """Whether config.yaml has what this view asks."""
    return {*acquisition.FIGURES} <= {*context.metrics().metrics}


def dimensions() -> tuple[str, ...]:
    """What costs and orders both state."""
    found = context.dimensions(*context.metrics().datasets(CAC))
    return tuple(each.name for each in found if each.name != "customer")


def chosen(offered: tuple[str, ...]) -> str | None:
    """The dimension that the address says; the channel, else the first there is."""
    code = state.breakdown.get()
    if code in offered:
        return code
    if code == WHOLE or not offered:
        return None
    return FIRST if FIRST in offered else offered[0]


def ask(selection: Selection, by: str | None) -> Acquisition:
    """The answer, shared by all sessions that ask the same."""
    question = Question(context.warehouse(), context.settings(), selection, context.today())
    return context.remembered(
        ("acquisition", selection, by), lambda: acquisition.build(question, by)
    )


def _opening(found: Acquisition) -> None:
    words = context.words()
    told = [words.tell(each) for each in found.notes]
    if found.refused is not None:
        told.insert(0, words.tell(found.refused))
    lead = words.say("comparison.lead.join").join(told)
    st.html(marks.headline(words.tell(found.headline), lead))


def _controls(offered: tuple[str, ...], by: str | None) -> None:
    words = context.words()
    if not offered:
        return
    st.selectbox(
        words.say("cohorts.acquisition.choice"),
        [*offered, WHOLE],
        format_func=lambda name: (
            words.say("cohorts.acquisition.whole") if name == WHOLE else words.dimension(name)
        ),
        key=state.breakdown.seed(by or WHOLE),
        on_change=state.breakdown.take,
        width=190,
    )


def _cards(found: Acquisition, selection: Selection) -> None:
    words = context.words()
    _table(found, selection, words)
    bars = charts.acquisition_bars(found)
    if bars.bars:
        title, note = (words.say(f"cohorts.acquisition.{name}") for name in ("title", "note"))
        with cards.card("acquisition-bars", title, note):
            cards.chart("acquisition-bars", charts.tally, bars, (title, note), selection)


def _table(found: Acquisition, selection: Selection, words: Words) -> None:
    """Each member and the total, with what figures mean and where they come from."""
    name = "" if found.by is None else cards.inner(words.dimension(found.by), words)
    title = (
        words.say("cohorts.acquisition.table", dimension=name)
        if name
        else words.say("cohorts.acquisition.title")
    )
    with cards.card("acquisition", title):
        table = charts.acquisition_table(found, words)
        kinds = KINDS
        header = [marks.Cell(c.name, kind) for c, kind in zip(table.columns, kinds, strict=True)]
        body = [
            [marks.Cell(text, kind) for text, kind in zip(cells, kinds, strict=True)]
            for cells in table.shown
        ]
        st.html(marks.table(header, body, total=True))
        foot = "foot" if name else "foot_total"
        told = [words.say(f"cohorts.acquisition.{foot}", dimension=name)]
        if found.total.value(CLV) is None:
            told.append(_no_worth(found, words))
        st.html("".join(f'<div class="sd-note">{marks.escape(each)}</div>' for each in told))
        with cards.tools("acquisition"):
            topic = agenda.topic(Reason("cohorts.acquisition.topic"), selection)
            codes = {"view": "acquisition", "by": found.by or WHOLE}
            agenda.tool("acquisition", "customers", topic, codes)()
            st.button(
                words.say("ui.tools.rows"),
                key="acquisition-rows",
                type="tertiary",
                icon=":material/list_alt:",
                on_click=dialogs.open_metric,
                args=(CAC,),
            )
            cards.files("acquisition", "cac", lambda: table, title, selection, found.by)


def _no_worth(found: Acquisition, words: Words) -> str:
    """Why there is no lifetime value."""
    reason = found.total.figures[CLV].reason
    if reason is not None and reason.key == "metrics.reason.short_history":
        return words.tell(reason)
    return words.say("cohorts.acquisition.no_margin")
