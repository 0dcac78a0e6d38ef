"""Segments on Customers: who is worth what and how long silent, who moved, and who they are."""

from collections.abc import Mapping
from functools import partial
from itertools import islice

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import rfm
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.customers import CUSTOMER
from salesdash.analysis.rfm import Rfm, Segment
from salesdash.charts import Words
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, marks, shell, state, url
from salesdash.ui.marks import Cell

LISTED, MOVES = 20, 10
"""So many customers and moves are shown; the files have all."""

FIRST = Segment.AT_RISK
"""Whose customers are listed unless another segment was chosen."""


def show(selection: Selection) -> None:
    """The whole view."""
    with shell.patience("segments"):
        found = ask(selection)
    _opening(found)
    if found.reason is not None:
        return
    left, right = st.columns([7, 5], gap="small")
    with left:
        _sizes(found, selection)
    with right:
        _moves(found, selection)
    _customers(found, selection)
    _rules(found)


def ask(selection: Selection) -> Rfm:
    """The answer, shared by all sessions that ask the same."""

    def make() -> Rfm:
        asked = Question(context.warehouse(), context.settings(), selection, context.today())
        return rfm.build(asked, rfm.earlier(asked))

    return context.remembered(("segments", selection), make)


def chosen() -> Segment:
    """The segment that the address says, or the one to look at first."""
    code = state.segment.get()
    return Segment(code) if code in set(Segment) else FIRST


def _opening(found: Rfm) -> None:
    words, told = context.words(), []
    if found.reason is None:
        day = formats.date(found.day, words.lang, "exact")
        names = words.say("ui.list_comma").join(
            charts.segment_name(each, words) for each in rfm.SLIPPED
        )
        told.append(words.say("rfm.lead", count=found.customers, day=day, names=names))
        if found.customers < rfm.FEW:
            told.append(words.say("rfm.few", few=rfm.FEW))
    lead = words.say("comparison.lead.join").join(told)
    st.html(marks.headline(words.tell(found.headline), lead))


def _tool(key: str, selection: Selection) -> cards.More:
    topic = agenda.topic(Reason("rfm.topic"), selection)
    codes = {"view": "segments", "segment": chosen().value}
    return agenda.tool(key, "customers", topic, codes)


def _sizes(found: Rfm, selection: Selection) -> None:
    words = context.words()
    title, note = words.say("rfm.segments.title"), words.say("rfm.segments.note")
    with cards.card("segments", title, note):
        bars = charts.segment_bars(found)
        cards.chart(
            "segments",
            charts.tally,
            bars,
            (title, note),
            selection,
            follow=_follow,
            more=_tool("segments", selection),
        )


def _follow(pick: Mapping[str, object]) -> bool:
    """A bar lists the customers of its segment."""
    state.segment.set(tuple(Segment)[int(str(pick["place"]))].value)
    state.touched.set(value=True)
    return True


def _moves(found: Rfm, selection: Selection) -> None:
    words = context.words()
    if found.then is None:
        with cards.card("moves", words.say("rfm.moves.title")):
            none = words.say("rfm.moves.none")
            st.html(f'<div class="sd-body sd-muted">{marks.escape(none)}</div>')
        return
    days = {
        name: formats.date(day, words.lang, "exact")
        for name, day in (("then", found.then), ("now", found.day))
    }
    with cards.card("moves", words.say("rfm.moves.title"), words.say("rfm.moves.note", **days)):
        moved = [move for move in found.moves if move.then is not move.now]
        if moved:
            table = charts.moves_table(found, moved, words)
            kinds = ("key", "key", "num", "num")
            cards.listed("moves", table, kinds, MOVES, selection)
        else:
            stayed = words.say("rfm.moves.stayed")
            st.html(f'<div class="sd-body sd-muted">{marks.escape(stayed)}</div>')


def _customers(found: Rfm, selection: Selection) -> None:
    """Those of the chosen segment, each with the way to all that is known of it."""
    words, segment = context.words(), chosen()
    count = next(each.customers for each in found.groups if each.segment is segment)
    note = words.say("cohorts.rows.count", count=count)
    with cards.card("segment-customers", words.say("rfm.list.title"), note):
        st.selectbox(
            words.say("rfm.list.label"),
            [each.value for each in Segment],
            format_func=lambda code: charts.segment_name(Segment(code), words),
            key=state.segment.seed(segment.value),
            on_change=state.segment.take,
            label_visibility="collapsed",
            width=220,
        )
        meaning = words.say(f"rfm.meaning.{segment.value}")
        st.html(f'<div class="sd-note">{marks.escape(meaning)}</div>')
        st.html(_listed(found, segment, words))
        with cards.tools("segment-customers"):
            name, names = charts.segment_name(segment, words), context.names(CUSTOMER)
            listed = found.listed(segment)
            make = partial(charts.scored_table, found, listed, names, words)
            cards.files("segment-customers", "segment", make, name, selection, segment)


def _listed(found: Rfm, segment: Segment, words: Words) -> str:
    """The first customers; a name narrows every screen to it."""
    shown = tuple(islice(found.listed(segment), LISTED))
    table = charts.scored_table(found, shown, context.names(CUSTOMER), words)
    kinds = ["key", "num opt", "num opt", *(["num"] * 4), "key"][: len(table.columns)]
    header = [Cell(c.name, kind) for c, kind in zip(table.columns, kinds, strict=True)]
    body = []
    for one, cells in zip(shown, table.shown, strict=True):
        link = url.address("customers", _narrowed(one.customer))
        row = [Cell(text, kind) for text, kind in zip(cells, kinds, strict=True)]
        body.append([Cell(cells[0], "key", link=link), *row[1:]])
    return marks.table(header, body)


def _narrowed(customer: str) -> url.Query:
    others = tuple(pair for pair in state.filters.get() if pair[0] != CUSTOMER)
    return url.query("customers", {"view": ""}, where=(*others, (CUSTOMER, (customer,))))


def _rules(found: Rfm) -> None:
    """How scores and segments come about."""
    words = context.words()
    metric = cards.inner(words.metric(found.metric), words)
    with st.expander(words.say("rfm.rules"), icon=":material/rule:"):
        foot = words.say("rfm.foot", metric=metric)
        st.html(f'<div class="sd-note">{marks.escape(foot)}</div>')
        st.html(cards.html_table(charts.grid_table(words)))
