"""Members of a dimension one by one: their table with bars, or a grid where there are many."""

from dataclasses import replace
from functools import partial

import streamlit as st

from salesdash import charts
from salesdash.analysis.breakdown import Breakdown, Line, Listing, Order
from salesdash.charts import Words
from salesdash.charts.bars import part_names
from salesdash.periods import code
from salesdash.selection import Selection
from salesdash.ui import (
    cards,
    context,
    dialogs,
    drilling,
    marks,
    member_grid,
    sentences,
    state,
    tiles,
)
from salesdash.ui.marks import Cell
from salesdash.ui.sentences import Behind
from salesdash.ui.state import Filters

_OPTIONAL = {"then", "part", "ratio", "share", "cumulative", "rank"}
"""Columns a phone leaves out."""

LENGTHS = ("10", "20", "100", "1000")
"""How many members may be listed."""

DRAWN = 20
"""Up to so many lines are a table with bars, more are a grid that scrolls."""


def card(answer: Breakdown, selection: Selection, listing: Listing) -> None:
    """The members one by one, with what can be done about them."""
    words = context.words()
    title = words.say(
        "comparison.members.title",
        metric=words.metric(answer.metric),
        dimension=cards.inner(words.dimension(answer.dimension), words),
    )
    note = words.say("comparison.members.count", count=answer.members)
    with cards.card("comparison-members", title, note):
        _arrangement(answer, listing, words)
        if len(answer.lines) > DRAWN + 1:
            member_grid.draw(answer, words)
        else:
            st.html(html_table(answer, words))
        with cards.tools("comparison-members"):
            st.button(
                words.say("ui.tools.rows"),
                key="comparison-rows",
                type="tertiary",
                icon=":material/list_alt:",
                on_click=dialogs.open_metric,
                args=(answer.metric,),
            )
            make = partial(charts.table, answer, words)
            cards.files("comparison", answer.metric, make, title, selection, listing)


def _arrangement(answer: Breakdown, listing: Listing, words: Words) -> None:
    """What comes first, and how many are shown."""
    orders = [o for o in Order if answer.compared or o in (Order.VALUE, Order.NAME)]
    shown = listing.order if listing.order in orders else Order.VALUE
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="comparison-order"
    ):
        st.selectbox(
            words.say("comparison.sort.label"),
            [order.value for order in orders],
            format_func=lambda code: words.say(f"comparison.sort.{code}"),
            key=state.order.seed(shown.value),
            on_change=state.order.take,
            width=170,
        )
        st.selectbox(
            words.say("comparison.top.label"),
            LENGTHS,
            format_func=lambda code: words.say("comparison.top.count", count=int(code)),
            key=state.listed.seed(str(listing.limit)),
            on_change=state.listed.take,
            width=130,
        )


def html_table(answer: Breakdown, words: Words) -> str:
    """Names that narrow, figures that open their rows, contributions as bars, the total last."""
    return marks.table(header(answer, words), rows(answer, words), total=True)


def header(answer: Breakdown, words: Words) -> list[Cell]:
    """The dimension, then what each column shows."""
    named = charts.heads(answer, words)
    return [
        Cell(words.dimension(answer.dimension), "key"),
        *(Cell(named[name], _kind(name)) for name in _shown(answer)),
    ]


def rows(answer: Breakdown, words: Words, page: str = "comparison") -> list[list[Cell]]:
    """A row a line, and the total; figures open what is behind them on the page."""
    names = (*part_names(answer.lines, words), words.say("charts.breakdown.total"))
    lines, bars = (*answer.lines, answer.total), _bars(answer)
    found = []
    for place, (line, name) in enumerate(zip(lines, names, strict=True)):
        cells = [Cell(name, "key", link=_narrowed(answer, line))]
        for column in _shown(answer):
            bar = bars[place] if column == "part" and place < len(bars) else None
            cell = _cell(answer, line, column, bar, words)
            if line is answer.total or line.member is not None:
                cell = replace(cell, link=_behind(answer, line, column, page))
            cells.append(cell)
        found.append(cells)
    return found


def _behind(answer: Breakdown, line: Line, column: str, page: str) -> str:
    """The address that opens definition and rows of a figure; "" where there is no figure."""
    figure = {"now": line.change.now, "then": line.change.then}.get(column)
    if figure is None or figure.value is None:
        return ""
    whose: Filters = ()
    if line is not answer.total:
        whose = ((answer.dimension, (line.member or None,)),)
    days = ""
    if column == "then" and answer.compared is not None:
        days = code(answer.compared, context.fiscal())
    return sentences.opening(page, Behind(answer.metric, whose, days))


def _shown(answer: Breakdown) -> tuple[str, ...]:
    """Columns of the screen: the rank before is a note beside the rank."""
    return tuple(name for name in charts.columns(answer) if name != "rank_then")


def _kind(column: str) -> str:
    """Class names of a column's cells."""
    kinds = ["num", *(["then"] if column == "then" else []), *(["key"] if column == "now" else [])]
    return " ".join([*kinds, *(["opt"] if column in _OPTIONAL else [])])


def _cell(answer: Breakdown, line: Line, column: str, bar: marks.Bar | None, words: Words) -> Cell:
    text, exact = charts.cell(answer, line, column, words)
    kind = _kind(column)
    if column == "change" and exact is not None:
        arrow = tiles.ARROWS[(float(exact) > 0) - (float(exact) < 0)]
        return Cell(text, kind, tone=_tone(answer, float(exact)), shape=arrow)
    if column == "rank" and line.rank is not None and line.rank_then is not None:
        gained = line.rank_then - line.rank
        if gained:
            note = words.say(f"comparison.rank.{'up' if gained > 0 else 'down'}", count=abs(gained))
            return Cell(text, kind, note=note)
    return Cell(text, kind, bar=bar)


def _tone(answer: Breakdown, change: float) -> marks.Tone:
    if answer.better == "none" or not change:
        return "neutral"
    return "good" if (change > 0) == (answer.better == "up") else "bad"


def _bars(answer: Breakdown) -> tuple[marks.Bar, ...]:
    """The contributions of the lines, the total's bar would only dwarf them."""
    parts = [float(line.part or 0) for line in answer.lines]
    return marks.bars(parts, [_tone(answer, part) for part in parts]) if parts else ()


def _narrowed(answer: Breakdown, line: Line) -> str:
    """The address of this page with a member opened; none for "other" and the total."""
    if line.member is None:
        return ""
    return drilling.address(answer, line.member or None)
