"""Pieces of Comparison: what is compared, who moved it, and the members one by one."""

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import comparison as comparisons
from salesdash.analysis import movers
from salesdash.analysis.breakdown import Breakdown, Line, Listing, Order
from salesdash.charts import Words
from salesdash.charts.bars import part_names
from salesdash.formats import currency_symbol
from salesdash.selection import Selection
from salesdash.ui import (
    agenda,
    cards,
    context,
    dialogs,
    exports,
    filters,
    marks,
    member_grid,
    state,
    tiles,
    trends,
    url,
)
from salesdash.ui.marks import Cell

LENGTHS = ("10", "20", "100", "1000")
DRAWN = 20
"""Up to so many lines are a table with bars, more are a grid that scrolls."""

SIDES = ("", "members")
SEGMENTS = 6
"""So many dimensions stand side by side, more of them in a list."""

_OPTIONAL = {"then", "part", "ratio", "share", "cumulative", "rank"}
"""Columns a phone leaves out."""


def listing() -> Listing | None:
    """What the choices of this session mean; None where nothing can be broken down."""
    metric = trends.chosen_metric()
    known = offered(metric)
    if not known:
        return None
    by, order, length = state.breakdown.get(), state.order.get(), state.listed.get()
    return Listing(
        metric,
        by if by in known else None,
        Order(order) if order in set(Order) else Order.CHANGE,
        int(length) if length in LENGTHS else int(LENGTHS[0]),
    )


def offered(metric: str) -> tuple[str, ...]:
    """The dimensions of a metric's dataset that can part it, those with few members first."""
    dataset = context.metrics().get(metric).dataset
    known = tuple(dimension.name for dimension in context.dimensions(dataset))
    alone = movers.narrowed(filters.current())
    return tuple(name for name in known if name not in alone) or known


def undivided() -> None:
    """Nothing to break down by: which columns would do."""
    words = context.words()
    st.info(
        words.say("comparison.undivided.body"),
        title=words.say("comparison.undivided.title"),
        icon=":material/call_split:",
    )


def ask(selection: Selection, listing: Listing) -> Breakdown:
    """The answer, shared by all sessions that ask the same."""
    return context.remembered(
        ("comparison", selection, listing),
        lambda: comparisons.build(
            context.warehouse(), context.settings(), selection, context.today(), listing
        ),
    )


def opening(answer: Breakdown) -> None:
    """The sentence that is the answer, and the two totals under it."""
    words = context.words()
    st.html(marks.headline(words.tell(answer.headline), lead(answer, words)))
    shown = {"metric": answer.metric, "by": answer.dimension}
    agenda.offer("comparison", answer.headline, "comparison", shown)


def lead(answer: Breakdown, words: Words) -> str:
    """Both totals with their days, and whether the parts make up the difference."""
    told = [figure_words(answer, words)]
    change = answer.total.change
    if change.then.reason is not None:
        told.append(words.tell(change.then.reason))
    if answer.apart is not None:
        told.append(words.tell(answer.apart))
    elif answer.total.part is not None:
        signed = words.value(answer.total.part, answer.unit, "signed")
        told.append(words.say("comparison.lead.exact", change=signed))
    pareto = answer.pareto
    if pareto is not None and pareto.of > 1:
        told.append(words.say("comparison.lead.pareto", count=pareto.count, of=f"{pareto.of:,}"))
    return words.say("comparison.lead.join").join(told)


def figure_words(answer: Breakdown, words: Words) -> str:
    """Sales, 1 Oct – 17 Nov: $7.62M, against $8.27M on 1 Oct – 17 Nov 2025."""
    change, year = answer.total.change, context.today().year
    values = {
        "metric": words.metric(answer.metric),
        "value": words.value(change.now.value, answer.unit),
        "then": words.value(change.then.value, answer.unit),
    }
    for name, window in (("days", answer.window), ("earlier", answer.compared)):
        if window is not None:
            values[name] = formats.date_range(window.period, words.lang, this_year=year)
    if answer.window is None:
        return words.say("comparison.lead.all", **values)
    return words.say(f"comparison.lead.{'both' if answer.compared else 'now'}", **values)


def controls(metric: str, dimension: str) -> None:
    """What is compared: the metric, periods or members, the dimension."""
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="comparison-choice"
    ):
        trends.metric_box(metric, words)
        st.segmented_control(
            words.say("comparison.side.label"),
            SIDES,
            format_func=lambda code: words.say(f"comparison.side.{code or 'periods'}"),
            key=state.side.seed(state.side.get() if state.side.get() in SIDES else ""),
            on_change=state.side.take,
            required=True,
        )
        _dimension_box(offered(metric), dimension, words)


def _dimension_box(names: tuple[str, ...], chosen: str, words: Words) -> None:
    options = names if chosen in names else (chosen, *names)
    label, key = words.say("comparison.by"), state.breakdown.seed(chosen)
    if len(options) <= SEGMENTS:
        st.segmented_control(
            label,
            options,
            format_func=words.dimension,
            key=key,
            on_change=state.breakdown.take,
            required=True,
        )
        return
    st.selectbox(
        label,
        options,
        format_func=words.dimension,
        key=key,
        on_change=state.breakdown.take,
        width=190,
    )


def picture(answer: Breakdown, selection: Selection, listing: Listing) -> None:
    """The way from then to now where parts add up, else the members side by side."""
    words = context.words()
    steps = answer.movers is not None
    name = "bridge" if steps else "ranking"
    now, then = charts.span_names(answer, words)
    title = words.say(
        f"comparison.{name}.title",
        metric=words.metric(answer.metric),
        dimension=cards.inner(words.dimension(answer.dimension), words),
        now=now,
        then=then,
    )
    note = _bridge_note(answer, words) if steps else _ranking_note(answer, words)
    with cards.card(f"comparison-{name}", title, note):
        draw = charts.bridge if steps else charts.ranking
        cards.drawing(f"comparison-{name}", draw, answer, (title, note), selection, listing)


def _bridge_note(answer: Breakdown, words: Words) -> str:
    start = charts.bridge_start(answer)
    unit = _unit(answer, words)
    if not start:
        return unit
    told = words.say("comparison.bridge.start", start=words.axis(float(start), answer.unit))
    return words.say("ui.list_comma").join(part for part in (unit, told) if part)


def _ranking_note(answer: Breakdown, words: Words) -> str:
    mark = words.say("comparison.ranking.mark", then=charts.span_names(answer, words)[1])
    parts = (_unit(answer, words), mark if answer.compared is not None else "")
    return words.say("ui.list_comma").join(part for part in parts if part)


def _unit(answer: Breakdown, words: Words) -> str:
    return words.say(f"ui.unit.{answer.unit.value}", currency=currency_symbol(words.currency))


def members(answer: Breakdown, selection: Selection, listing: Listing) -> None:
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
            cards.download(
                "comparison-csv",
                words.say("ui.tools.csv"),
                exports.file_name(answer.metric, "csv", "comparison", selection, listing),
                lambda: exports.table_csv(charts.table(answer, words)),
            )


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
    """Names that narrow, figures, contributions as bars from one line, the total last."""
    return marks.table(header(answer, words), rows(answer, words), total=True)


def header(answer: Breakdown, words: Words) -> list[Cell]:
    """The dimension, then what each column shows."""
    named = charts.heads(answer, words)
    return [
        Cell(words.dimension(answer.dimension), "key"),
        *(Cell(named[name], _kind(name)) for name in _shown(answer)),
    ]


def rows(answer: Breakdown, words: Words) -> list[list[Cell]]:
    """A row a line, and the total."""
    names = (*part_names(answer.lines, words), words.say("charts.breakdown.total"))
    lines, bars = (*answer.lines, answer.total), _bars(answer)
    found = []
    for place, (line, name) in enumerate(zip(lines, names, strict=True)):
        cells = [Cell(name, "key", link=_narrowed(answer, line))]
        for column in _shown(answer):
            bar = bars[place] if column == "part" and place < len(bars) else None
            cells.append(_cell(answer, line, column, bar, words))
        found.append(cells)
    return found


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
    """The address of this page narrowed to a member; none for "other" and the total."""
    if line.member is None:
        return ""
    others = tuple(pair for pair in state.filters.get() if pair[0] != answer.dimension)
    where = (*others, (answer.dimension, (line.member or None,)))
    return url.address("comparison", url.query("comparison", where=where))
