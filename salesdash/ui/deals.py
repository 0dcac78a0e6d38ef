"""The drawer of deals behind a mark, and what a click on a mark opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from salesdash import texts
from salesdash.analysis import passages, pipeline, pushed
from salesdash.analysis.bars import Bar, Bars, Behind
from salesdash.analysis.rows import Rows
from salesdash.charts import Words
from salesdash.charts.tally import label
from salesdash.selection import Selection
from salesdash.ui import cards, context, exports, filters, marks, state
from salesdash.warehouse.passages import Seen
from salesdash.warehouse.pushed import PutOff

ROWS_SHOWN = 200


@dataclass(frozen=True)
class Opened:
    """What the drawer shows: deals under their title; several sets of them by their names.

    `member`: whom every screen can be narrowed to from here.
    """

    title: str
    sets: tuple[tuple[str, Behind], ...]
    member: tuple[str, str | None] | None = None


opened: state.Slot[Opened | None] = state.Slot("opened_deals", None)


def show(title: str, which: Behind) -> None:
    """Open the drawer in this run; for callbacks."""
    opened.set(Opened(title, (("", which),)))


def opener(answer: Bars) -> Callable[[Mapping[str, object]], bool]:
    """What a click on a bar does: show its deals."""

    def follow(pick: Mapping[str, object]) -> bool:
        bar = answer.chart[int(str(pick["place"]))]
        if bar.which is not None:
            opened.set(_sets(answer, bar, bar.which, context.words()))
        return bar.which is not None

    return follow


def _sets(answer: Bars, bar: Bar, which: Behind, words: Words) -> Opened:
    kind = {"pipeline": "stage"}.get(answer.metric, answer.metric)
    title = words.say(f"pipeline.rows.{kind}", name=label(bar, words))
    return Opened(title, ((kind, which), *bar.besides), bar.filters)


def draw(selection: Selection) -> None:
    """Draw the drawer that was opened, once: its own clicks don't rerun the page."""
    found = opened.get()
    opened.clear()
    if found is not None:
        st.dialog(context.words().say("pipeline.rows.title"), position="right", width="medium")(
            _rows
        )(found, selection)


def behind(selection: Selection, which: Behind, limit: int) -> Rows:
    """The deals themselves; not kept."""
    warehouse = context.warehouse()
    if isinstance(which, Seen):
        return passages.rows(warehouse, selection, which, limit)
    if isinstance(which, PutOff):
        return pushed.rows(warehouse, selection, which, limit)
    return pipeline.rows(warehouse, selection, context.today(), which, limit)


def download(key: str, selection: Selection, which: Behind, title: str) -> None:
    """All deals of a mark as files."""
    cards.rows(key, "deals", partial(behind, selection, which), title, selection, which)


def _rows(what: Opened, selection: Selection) -> None:
    words = context.words()
    which = _chosen(what, words)
    found = behind(selection, which, ROWS_SHOWN)
    key = "pipeline.rows.newest" if found.more else "pipeline.rows.all"
    st.html(marks.head(what.title, words.say(key, count=found.table.num_rows), level=3))
    st.dataframe(
        exports.readable(found.table, words),
        hide_index=True,
        height=560,
        alt=what.title,
        key="deals-rows",
    )
    with cards.tools("deals-rows"):
        _narrowing(what)
        download("deals-rows", selection, which, what.title)


def _chosen(what: Opened, words: Words) -> Behind:
    """The one set, or the one of several that was picked."""
    found = dict(what.sets)
    if len(found) == 1:
        return what.sets[0][1]
    picked = st.segmented_control(
        words.say("pipeline.rows.which"),
        list(found),
        format_func=lambda name: words.say(f"pipeline.rows.view.{name}"),
        default=what.sets[0][0],
        required=True,
        label_visibility="collapsed",
        key="deals-which",
    )
    return found[picked or what.sets[0][0]]


def _narrowing(what: Opened) -> None:
    """The way to every screen of the member alone."""
    if what.member is None:
        return
    name = texts.markdown_safe(filters.member_words(*what.member))
    if st.button(
        context.words().say("pipeline.rows.narrow", name=name),
        key="deals-narrow",
        type="tertiary",
        icon=":material/filter_alt:",
        on_click=filters.drill,
        args=what.member,
    ):
        st.rerun()  # the drawer closes, and the page is another one
