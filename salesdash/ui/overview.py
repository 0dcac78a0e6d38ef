"""Pieces of the Overview: the sentence, what needs attention, tiles, trend and movers."""

from collections.abc import Hashable

import streamlit as st

from salesdash import charts, texts
from salesdash.analysis.answers import Movers, Notice, Overview, Reason, Trend
from salesdash.selection import Selection
from salesdash.ui import cards, context, exports, filters, marks, state, tiles, url
from salesdash.ui.figures import legend, say

NOTICES = 5
TREND_HEIGHT, NOTICE_LINES = 300, 2


def opening(report: Overview) -> None:
    """The sentence that is the answer, and the line under it."""
    st.html(marks.headline(say(report.headline), say(report.lead) if report.lead else ""))


def key_figures(report: Overview, selection: Selection) -> None:
    """The tiles, under a line that says what they compare."""
    words = context.words()
    first = report.tiles[0] if report.tiles else None
    note = ""
    if first is not None:
        grain = words.say(f"overview.spark.{first.spark_grain.value}", count=len(first.spark))
        note = words.say("overview.tiles.note", lines=grain)
    with cards.section(words.say("overview.tiles.title"), note):
        tiles.row(report.tiles, selection.comparison, words)


def evidence(report: Overview, selection: Selection) -> None:
    """The trend beside what moved it and what needs attention."""
    left, right = st.columns([7, 5], gap="small")
    with left:
        if report.trend is not None:
            trend_card(report.trend, "overview-trend", selection)
    with right:
        if report.movers is not None:
            _movers_card(report.movers, selection)
    attention(report)


def attention(report: Overview) -> None:
    """What is out of line, worst first; each line leads somewhere."""
    words = context.words()
    note = words.say("overview.attention.count", count=len(report.notices))
    with cards.card("attention", words.say("overview.attention.title"), note if report.notices else ""):
        for number, notice in enumerate(report.notices[:NOTICES]):
            _notice(number, notice)
        if not report.notices:
            st.html(f'<div class="sd-body sd-muted">{marks.escape(words.say("overview.attention.none"))}</div>')


def trend_card(answer: Trend, key: str, *question: Hashable) -> None:
    """A metric over time: chart or table, to take along as CSV or picture."""
    words = context.words()
    title = say(answer.headline) if answer.headline else words.metric(answer.metric)
    with cards.card(key, title, legend(answer, words)):
        cards.chart(key, charts.trend, answer, question)


def _movers_card(answer: Movers, selection: Selection) -> None:
    words = context.words()
    note = words.say(
        "overview.movers.note",
        change=words.value(answer.change, answer.unit, "signed"),
        versus=tiles.versus(selection.comparison, words),
    )
    title = words.say("overview.movers.title", metric=words.metric(answer.metric))
    with cards.card("movers", title, note):
        cards.chart("movers", charts.movers, answer, (selection,))


def _notice(number: int, notice: Notice) -> None:
    with st.container(gap="xxsmall", key=f"notice-{notice.judgement}-{number}"):
        st.page_link(
            f"pages/{notice.page}.py",
            label=texts.markdown_safe(say(notice.text)),
            icon=notice.icon,
            query_params=url.link(notice.page, notice.selection),
        )
        if notice.detail:
            st.html(f'<div class="sd-body sd-muted">{marks.escape(say(notice.detail))}</div>')
