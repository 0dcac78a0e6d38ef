"""Customers as they come and go: the sentence, the flows, how many stay, the largest."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import customers
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.customers import Buyers, Customers, Watch
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import Grain
from salesdash.selection import Selection
from salesdash.ui import (
    agenda,
    cards,
    context,
    links,
    marks,
    members,
    shell,
    state,
    tiles,
)
from salesdash.ui.marks import Cell

RHYTHMS = tuple(grain.value for grain in customers.PERIODS)
WINDOWS = (1, 3, 12)
"""A month, a quarter, a year; the one of config.yaml is offered, too."""


def show(selection: Selection) -> None:
    """The whole view."""
    watch = _watch()
    with shell.patience("customers"):
        answer = ask(selection, watch)
    opening(answer)
    controls(answer, watch)
    key_figures(answer, selection, watch)
    course(answer, selection, watch)
    largest(answer, selection, watch)


def _watch() -> Watch:
    """What the choices of this session mean."""
    slots = {"every": state.rhythm, "window": state.months, "top": state.listed}
    return read({name: slot.get() for name, slot in slots.items()})


def read(chosen: Mapping[str, str]) -> Watch:
    """What the codes of an address mean; what is not offered gives way."""
    rhythm, months, length = (chosen.get(name, "") for name in ("every", "window", "top"))
    return Watch(
        Grain(rhythm) if rhythm in RHYTHMS else Grain.MONTH,
        int(months) if months in {str(n) for n in _windows()} else None,
        int(length) if length in members.LENGTHS[:2] else int(members.LENGTHS[0]),
    )


def ask(selection: Selection, watch: Watch) -> Customers:
    """The answer, shared by all sessions that ask the same."""
    return context.remembered(
        ("customers", selection, watch),
        lambda: customers.build(
            context.warehouse(), context.settings(), selection, context.today(), watch
        ),
    )


def opening(answer: Customers) -> None:
    """Whether the base grew, and how much hangs on few."""
    words = context.words()
    st.html(marks.headline(words.tell(answer.headline), lead(answer, words)))
    agenda.offer("customers", answer.headline, "customers", codes(answer, _watch()))


def codes(answer: Customers, watch: Watch) -> dict[str, str]:
    """The choices of the page, also those nobody touched."""
    return {"every": watch.grain.value, "window": str(answer.months), "top": str(watch.limit)}


def lead(answer: Customers, words: Words) -> str:
    """How much of it few customers make, and the lines that name none."""
    found = answer.concentration
    told = []
    if found.ten is not None:
        share = words.value(found.ten, Unit.SHARE)
        metric = cards.inner(words.metric(answer.buyers.metric), words)
        told.append(words.say("customers.lead.ten", share=share, metric=metric))
    if answer.without is not None:
        told.append(words.tell(answer.without))
    return words.say("comparison.lead.join").join(told)


def controls(answer: Customers, watch: Watch) -> None:
    """By month, quarter or year, and the window after which a silent customer is lost."""
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="customers-choice"
    ):
        st.segmented_control(
            words.say("trends.grain"),
            RHYTHMS,
            format_func=lambda code: words.say(f"periods.grain.{code}"),
            key=state.rhythm.seed(watch.grain.value),
            on_change=state.rhythm.take,
            required=True,
        )
        st.selectbox(
            words.say("customers.window.label"),
            [str(months) for months in _windows()],
            format_func=lambda months: words.say("ui.metric.months", count=int(months)),
            key=state.months.seed(str(answer.months)),
            on_change=state.months.take,
            help=words.say("customers.window.help"),
            width=150,
        )


def key_figures(answer: Customers, selection: Selection, watch: Watch) -> None:
    """The tiles; each opens its definition and rows."""
    if answer.tiles:
        tiles.row(answer.tiles, selection, watch)


def _tool(
    key: str, about: Reason, answer: Customers, selection: Selection, watch: Watch
) -> Callable[[], None]:
    """A card of this page for discussion, with the choices it is seen with."""
    shown = {**codes(answer, watch), "card": key}
    return agenda.tool(key, "customers", agenda.topic(about, selection), shown)


def course(answer: Customers, selection: Selection, watch: Watch) -> None:
    """Who came and went beside how many stayed, period by period."""
    words = context.words()
    left, right = st.columns([7, 5], gap="small")
    title = words.say("customers.flows.title")
    note = words.say("customers.flows.note", count=answer.months)
    with left, cards.card("flows", title, note):
        put = _tool("flows", Reason("customers.flows.title"), answer, selection, watch)
        cards.chart("flows", charts.flows, answer.flows, (title, note), selection, watch, more=put)
        if answer.flows.reason is not None:
            told = marks.escape(words.tell(answer.flows.reason))
            st.html(f'<div class="sd-note">{told}</div>')
    with right:
        _retention(answer, selection, watch)


def _retention(answer: Customers, selection: Selection, watch: Watch) -> None:
    """The course of retention; while it is blank throughout, the reason."""
    found, words = answer.retention, context.words()
    if found is None:
        return
    if any(point.value is not None for point in found.series[0].points):
        about = Reason("goals.whole", (("metric", Name("metric", found.metric)),))
        put = _tool("retention", about, answer, selection, watch)
        cards.trend("retention", found, selection, watch, more=put)
        return
    reason = found.total.now.reason
    with cards.card("retention", words.metric(found.metric)):
        told = marks.escape(words.tell(reason)) if reason is not None else ""
        st.html(f'<div class="sd-body sd-muted">{told}</div>')


def largest(answer: Customers, selection: Selection, watch: Watch) -> None:
    """How much hangs on few, and the largest customers one by one."""
    words = context.words()
    title = largest_title(answer, words)
    note = words.say("customers.top.count", count=answer.concentration.customers)
    with cards.card("customers-top", title, note):
        st.html(marks.figures(concentration(answer, words)))
        st.html(html_table(answer.buyers, words))
        about = Reason("customers.top.title", (("metric", Name("metric", answer.buyers.metric)),))
        with cards.tools("customers-top"):
            _tool("customers-top", about, answer, selection, watch)()
            links.comparison("customers", selection, answer.buyers.metric, customers.CUSTOMER)
            make = partial(charts.table, answer.buyers, words)
            cards.files("customers-top", answer.buyers.metric, make, title, selection, watch)


def largest_title(answer: Customers, words: Words) -> str:
    """What the largest customers are called."""
    metric = cards.inner(words.metric(answer.buyers.metric), words)
    return words.say("customers.top.title", metric=metric)


def concentration(answer: Customers, words: Words) -> list[tuple[str, str, bool]]:
    """Large figures: the share of ten, of a fifth, and how few make most of it."""
    found, told = answer.concentration, []
    if found.ten is not None:
        told.append((words.value(found.ten, Unit.SHARE), words.say("customers.share.ten"), False))
    if found.fifth is not None:
        name = words.say("customers.share.fifth", count=found.fifth_count)
        told.append((words.value(found.fifth, Unit.SHARE), name, False))
    if found.most is not None:
        told.append((f"{found.most.count:,}", words.say("customers.share.most"), False))
    return told


def html_table(answer: Buyers, words: Words) -> str:
    """The largest customers: value and change as on Comparison, orders, last purchase."""
    rows = members.rows(answer.breakdown, words, "customers")
    header = [*members.header(answer.breakdown, words), *_heads(words)]
    more = [
        [
            Cell("" if orders is None else f"{orders:,}", "num opt"),
            Cell("" if day is None else formats.date(day, words.lang, "exact"), "num opt"),
        ]
        for orders, day in zip(answer.orders, answer.last, strict=True)
    ]
    more.append([Cell("", "num opt"), Cell("", "num opt")])
    body = [[*row, *cells] for row, cells in zip(rows, more, strict=True)]
    return marks.table(header, body, total=True)


def _heads(words: Words) -> list[Cell]:
    return [
        Cell(words.metric(customers.ORDERS), "num opt"),
        Cell(words.say("customers.top.last"), "num opt"),
    ]


def _windows() -> tuple[int, ...]:
    """The windows offered, in months."""
    return tuple(sorted({*WINDOWS, context.settings().window_months}))
