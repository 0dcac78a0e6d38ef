"""Two members of a dimension side by side, on the Comparison page."""

from functools import partial

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import versus
from salesdash.analysis.asking import Choice
from salesdash.analysis.breakdown import Listing
from salesdash.analysis.versus import Duel, Side, Versus
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.ui import (
    agenda,
    cards,
    comparison,
    context,
    filters,
    marks,
    sentences,
    shell,
    state,
    tiles,
)
from salesdash.ui.marks import Cell
from salesdash.ui.sentences import Behind, Figures

MEMBERS = "members"
OFFERED = 500


def is_chosen() -> bool:
    """Whether members are compared, not periods."""
    return state.side.get() == MEMBERS


def page(selection: Selection, listing: Listing) -> None:
    """Everything below the filter bar: sentence, choices, lines, figures."""
    dimension = listing.by or _likely(listing.metric)
    duel = _duel(listing.metric, dimension)
    if duel is None:
        comparison.controls(listing.metric, dimension)
        st.info(context.words().say("comparison.versus.alone"), icon=":material/groups:")
        return
    with shell.patience("versus"):
        answer = ask(selection, duel)
    words = context.words()
    figures = Figures("comparison")
    told = figures.tell(answer.headline, lambda name, _: _behind(answer, name), words)
    st.html(figures.put(marks.headline(told, lead(answer, words))))
    members = {"a": duel.first, "b": duel.second}
    shown = {"metric": duel.metric, "by": duel.dimension, "side": MEMBERS, **members}
    agenda.offer("comparison", answer.headline, "versus", shown)
    comparison.controls(listing.metric, dimension)
    _choices(duel, words)
    _lines(answer, selection)
    _figures(answer, selection, duel)


def _likely(metric: str) -> str:
    """The first of the dimensions that config.yaml looks for reasons in, else any."""
    known = comparison.offered(metric)
    wanted = context.settings().overview.movers
    return next((name for name in wanted if name in known), known[0])


def ask(selection: Selection, duel: Duel) -> Versus:
    """The answer, shared by all sessions that ask the same."""
    return context.remembered(
        ("versus", selection, duel),
        lambda: versus.build(
            context.warehouse(), context.settings(), selection, context.today(), duel
        ),
    )


def _behind(answer: Versus, name: str) -> Behind:
    """What is behind a figure of the sentence: of one member, the gap of both."""
    first, second = (member or None for member in answer.members)
    members = {"value": (first,), "other": (second,)}.get(name, (first, second))
    return Behind(answer.metric, ((answer.dimension, members),))


def lead(answer: Versus, words: Words) -> str:
    """The days looked at, and those each is compared with."""
    year = context.today().year
    days = [
        formats.date_range(window.period, words.lang, this_year=year)
        for window in (answer.window, answer.compared)
        if window is not None
    ]
    key = ("all", "now", "both")[len(days)]
    values = {"days": days[0] if days else "", "then": days[-1] if days else ""}
    return words.say(f"comparison.versus.lead.{key}", **values)


def _duel(metric: str, dimension: str) -> Duel | None:
    """The chosen members, else the two with most rows; None where there are no two."""
    known = [member for member, _ in _known(metric, dimension)]
    first, second = state.first.get(), state.second.get()
    first = first if first in known else next(iter(known), "")
    others = [member for member in known if member != first]
    if not others:
        return None
    return Duel(metric, dimension, first, second if second in others else others[0])


def _known(metric: str, dimension: str) -> tuple[tuple[str, str], ...]:
    dataset = context.metrics().get(metric).dataset
    return context.members(dimension, OFFERED, dataset)


def _choices(duel: Duel, words: Words) -> None:
    """Both members; the second list lacks the first one."""
    names = dict(_known(duel.metric, duel.dimension))
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="versus-choice"
    ):
        for slot, chosen, other in (
            (state.first, duel.first, duel.second),
            (state.second, duel.second, duel.first),
        ):
            options = [member for member in names if member != other]
            st.selectbox(
                words.say(f"comparison.versus.{slot.name}"),
                options,
                format_func=names.__getitem__,
                key=slot.seed(chosen),
                on_change=slot.take,
                width=240,
            )


def _lines(answer: Versus, selection: Selection) -> None:
    """Both over time, as on Trends."""
    chosen = selection.where(answer.dimension, *(member or None for member in answer.members))
    choice = Choice(answer.metric, by=answer.dimension)
    cards.trend("versus-trend", context.trend(chosen, choice), chosen, choice)


def _figures(answer: Versus, selection: Selection, duel: Duel) -> None:
    words = context.words()
    title = words.say("comparison.versus.title", first=answer.names[0], second=answer.names[1])
    note = filters.chosen_words()
    with cards.card("versus-figures", title, note):
        st.html(html_table(answer, words))
        with cards.tools("versus-figures"):
            make = partial(charts.table, answer, words)
            cards.files("versus-figures", duel.metric, make, title, selection, duel)


def html_table(answer: Versus, words: Words) -> str:
    """A row a metric: both figures, each with its own change, and what lies between them."""
    header = [
        Cell(words.say("trends.metric"), "key"),
        *(Cell(name, "num") for name in answer.names),
        Cell(words.say("comparison.versus.gap"), "num"),
        Cell(words.say("comparison.versus.ratio"), "num opt"),
    ]
    rows = [_row(answer, side, words) for side in answer.sides]
    return marks.table(header, rows)


def _row(answer: Versus, side: Side, words: Words) -> list[Cell]:
    """The figures of a metric, each with the way to its definition and rows."""
    cells = [Cell(words.metric(side.metric), "key")]
    for change, member in zip((side.first, side.second), answer.members, strict=True):
        moved, link = "", ""
        if change.absolute is not None:
            moved = tiles.change(change, side.unit, words)
        if change.now.value is not None:
            behind = Behind(side.metric, ((answer.dimension, (member or None,)),))
            link = sentences.opening("comparison", behind)
        text = words.value(change.now.value, side.unit)
        cells.append(Cell(text, "num", note=moved, link=link))
    gap = side.gap.absolute
    if gap is None:
        return [*cells, Cell(formats.DASH, "num"), Cell(formats.DASH, "num opt")]
    arrow = tiles.ARROWS[(gap > 0) - (gap < 0)]
    tone = side.gap.judgement or "neutral"
    cells.append(Cell(words.value(gap, side.unit, "signed"), "num", tone=tone, shape=arrow))
    told = side.gap.ratio is not None and side.unit is not Unit.SHARE
    return [*cells, Cell(words.change(side.gap.ratio or 0) if told else "", "num opt")]
