"""Customers at risk on Customers: each with the reason, what is at stake, and an action to make."""

from collections.abc import Callable

import streamlit as st

from salesdash import formats
from salesdash.analysis.answers import Reason
from salesdash.analysis.customers import CUSTOMER
from salesdash.analysis.silence import AtRisk, Silence
from salesdash.charts import Column, Table, Words
from salesdash.metrics import Unit
from salesdash.selection import Filter, Selection
from salesdash.ui import agenda, cards, context, marks, proposal, url
from salesdash.workspace import Promise, Source

SHOWN = 8
"""So many are shown with a way to act on them; the file has all."""

COLUMNS = ("customer", "reason", "last", "stake")


def card(found: Silence, selection: Selection, everybody: Callable[[], Silence]) -> None:
    """The card; nobody at risk leaves a sentence. `everybody`: the answer with all of them."""
    words = context.words()
    stake = words.value(found.stake, Unit.MONEY)
    note = words.say("risk.note", count=found.count, stake=stake) if found.count else ""
    with cards.card("risk", words.say("risk.title"), note):
        if not found.count:
            st.html(f'<div class="sd-body sd-muted">{marks.escape(words.say("risk.none"))}</div>')
        for place, each in enumerate(found.risks[:SHOWN]):
            _line(place, each, selection, words)
        st.html(f'<div class="sd-note">{marks.escape(_foot(found, words))}</div>')
        if found.count:
            with cards.tools("risk"):
                topic = agenda.topic(Reason("risk.title"), selection)
                agenda.tool("risk", "customers", topic, {"view": "value", "card": "risk"})()
                asked = words.say("risk.title"), selection
                cards.files("risk", "at-risk", lambda: table(everybody(), words), *asked)


def why(each: AtRisk, words: Words) -> str:
    """All reasons of a customer in one line."""
    return words.say("risk.why.join").join(words.tell(reason) for reason in each.reasons)


def table(found: Silence, words: Words) -> Table:
    """Those at risk with their reasons, as a file has them."""
    columns = tuple(Column(words.say(f"risk.column.{name}"), name == "stake") for name in COLUMNS)
    rows = [
        (each.name, why(each, words), each.last.isoformat(), each.stake) for each in found.risks
    ]
    shown = [
        (name, reason, formats.date(each.last, words.lang, "exact"), words.value(stake, Unit.MONEY))
        for (name, reason, _, stake), each in zip(rows, found.risks, strict=True)
    ]
    return Table(columns, tuple(shown), tuple(rows))


def _line(place: int, each: AtRisk, selection: Selection, words: Words) -> None:
    """Who, how much and why; and a proposal to act on it."""
    narrowed = selection.where(CUSTOMER, each.customer)
    link = url.address("trends", url.link("trends", narrowed, metric="sales", by=""))
    name, reason = marks.escape(each.name), marks.escape(why(each, words))
    stake = marks.escape(words.value(each.stake, Unit.MONEY))
    exact = marks.escape(words.value(each.stake, Unit.MONEY, "exact"))
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"risk-{place}"
    ):
        st.html(
            f'<div class="sd-risk"><a href="{marks.escape(link)}" target="_self">{name}</a>'
            f'<b title="{exact}">{stake}</b><span>{reason}</span></div>',
            width="stretch",
        )
        proposal.offer(f"risk-{place}", promise(each, words))


def promise(each: AtRisk, words: Words) -> Promise:
    """The action: call them; it is to move sales with this customer."""
    return Promise(
        words.say("risk.action", customer=each.name),
        page="customers",
        query={"view": ["value"], "where": [f"{CUSTOMER}:{each.customer}"]},
        origin=Source("metric", "sales"),
        metric="sales",
        scope=(Filter(CUSTOMER, (each.customer,)),),
    )


def _foot(found: Silence, words: Words) -> str:
    told = []
    if found.count:
        told.append(words.say(f"risk.foot.{'modelled' if found.modelled else 'own'}"))
    if found.lost:
        told.append(words.say("risk.lost", count=found.lost, months=found.window))
    return words.say("levers.space").join(told)
