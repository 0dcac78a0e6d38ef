"""Pieces of the Overview: the sentence, what needs attention, tiles, trend and movers."""

from dataclasses import replace

import streamlit as st

from salesdash import charts, texts
from salesdash.analysis.answers import Movers, Notice, Overview, Trend
from salesdash.selection import Selection
from salesdash.ui import agenda, annotating, cards, context, links, marks, tiles, url
from salesdash.ui.goals import board


def opening(report: Overview) -> None:
    """The sentence that is the answer, and the line under it."""
    words = context.words()
    lead = words.tell(report.lead) if report.lead else ""
    st.html(marks.headline(words.tell(report.headline), lead))


def key_figures(report: Overview, selection: Selection) -> None:
    """The tiles, under a line that says what their lines are."""
    title = context.words().say("overview.tiles.title")
    with cards.section(title, tiles.note(report.tiles)):
        tiles.row(report.tiles, selection)


def promises(report: Overview, selection: Selection) -> None:
    """The riskiest goals beside what needs attention; nothing while no goal runs."""
    if not _running(selection):
        return
    left, right = st.columns([7, 5], gap="small")
    with left:
        board.card(context.goals(selection.cut))
    with right:
        attention(report)


def _running(selection: Selection) -> bool:
    return any(each.runs for each in context.goals(selection.cut))


def evidence(report: Overview, selection: Selection) -> None:
    """The trend beside what moved it, and what needs attention where no goals stand above."""
    alone = not _running(selection)
    left, right = st.columns([7, 5], gap="small")
    with left:
        if report.trend is not None:
            _trend(report.trend, selection)
    with right:
        if report.movers is not None:
            _movers(report.movers, selection)
        elif alone:
            attention(report)
    if report.movers is not None and alone:
        attention(report)


def _trend(answer: Trend, selection: Selection) -> None:
    """The course of the year; for discussion as Trends shows it."""
    shown = {"metric": answer.metric, "period": agenda.pinned(answer.window)}
    shown |= {"grain": answer.grain.value, "by": "", "average": "", "show": ""}
    title = agenda.topic(answer.metric, replace(selection, window=answer.window))
    put = agenda.tool("overview-trend", "trends", title, shown)
    beside = annotating.beside(answer, selection)
    cards.trend("overview-trend", beside, selection, annotating.state_of(), more=put)


def attention(report: Overview) -> None:
    """What is out of line, worst first; each line leads somewhere."""
    words = context.words()
    count = len(report.notices)
    note = words.say("overview.attention.count", count=count) if count else ""
    with cards.card("attention", words.say("overview.attention.title"), note):
        if not count:
            quiet = marks.escape(words.say("overview.attention.none"))
            st.html(f'<div class="sd-body sd-muted">{quiet}</div>')
            return
        with st.grid(2, min_column_width=320, gap="small"):
            for number, notice in enumerate(report.notices):
                _notice(number, notice)


def _movers(answer: Movers, selection: Selection) -> None:
    words = context.words()
    change = words.value(answer.change, answer.unit, "signed")
    note = words.say(
        "overview.movers.note", change=change, versus=tiles.versus(selection.comparison, words)
    )
    title = words.say(
        "overview.movers.title",
        metric=cards.inner(words.metric(answer.metric), words),
        dimension=cards.inner(words.dimension(answer.dimension), words),
    )
    with cards.card("movers", title, note):
        shown = {"metric": answer.metric, "by": answer.dimension, "side": ""}
        told = agenda.topic(answer.metric, selection)
        put = agenda.tool("movers", "comparison", told, shown)
        cards.chart("movers", charts.movers, answer, (title, note), selection, more=put)
        links.comparison("movers", selection, answer.metric, answer.dimension)


def _notice(number: int, notice: Notice) -> None:
    words = context.words()
    with st.container(gap="xxsmall", key=f"notice-{notice.judgement}-{number}"):
        st.page_link(
            f"pages/{notice.page}.py",
            label=texts.markdown_safe(words.tell(notice.text)),
            icon=notice.icon,
            query_params=url.link(notice.page, notice.selection, **_choice(notice)),
        )
        if notice.detail:
            detail = marks.escape(words.tell(notice.detail))
            st.html(f'<div class="sd-body sd-muted">{detail}</div>')


def _choice(notice: Notice) -> dict[str, str]:
    """The data, the goals or the metric a notice is about, a metric by whatever tells most."""
    if notice.dataset is not None:
        return {"data": notice.dataset}
    if notice.page == "customers":
        return {"view": "value"}
    if notice.page == "goals":
        return {"group": "due", "goal": "", "view": ""}
    return {} if notice.metric is None else {"metric": notice.metric, "by": ""}
