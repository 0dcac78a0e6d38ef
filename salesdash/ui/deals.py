"""The drawer of deals behind a mark, and what a click on a mark opens."""

from collections.abc import Callable, Hashable, Mapping

import streamlit as st

from salesdash.analysis import pipeline
from salesdash.analysis.bars import Bars
from salesdash.analysis.rows import Rows
from salesdash.charts.tally import label
from salesdash.selection import Selection
from salesdash.ui import cards, context, exports, filters, marks, state
from salesdash.warehouse.deals import Which

ROWS_SHOWN = 200

_opened: state.Slot[tuple[str, Which] | None] = state.Slot("opened_deals", None)


def show(title: str, which: Which) -> None:
    """Open the drawer in this run; for callbacks."""
    _opened.set((title, which))


def opener(answer: Bars) -> Callable[[Mapping[str, object]], bool]:
    """What a click on a bar does: narrow every screen to its member, else show its deals."""

    def follow(pick: Mapping[str, object]) -> bool:
        bar = answer.chart[int(str(pick["place"]))]
        if bar.filters is not None:
            filters.drill(*bar.filters)
        elif bar.which is not None:
            words = context.words()
            show(words.say(f"pipeline.rows.{_kind(answer)}", name=label(bar, words)), bar.which)
        return bar.filters is not None or bar.which is not None

    return follow


def draw(selection: Selection) -> None:
    """Draw the drawer that was opened, once: its own clicks don't rerun the page."""
    opened = _opened.get()
    _opened.clear()
    if opened is not None:
        title, which = opened
        st.dialog(context.words().say("pipeline.rows.title"), position="right", width="medium")(
            _rows
        )(title, which, selection)


def behind(selection: Selection, which: Which, limit: int) -> Rows:
    """The deals themselves; not kept."""
    return pipeline.rows(context.warehouse(), selection, context.today(), which, limit)


def download(key: str, selection: Selection, which: Which, *question: Hashable) -> None:
    """All deals of a mark as CSV."""
    cards.download(
        key,
        context.words().say("ui.metric.download"),
        exports.file_name("deals", "csv", selection, which, *question),
        lambda: exports.arrow_csv(behind(selection, which, exports.ALL_ROWS).table),
    )


def _kind(answer: Bars) -> str:
    return {"pipeline": "stage"}.get(answer.metric, answer.metric)


def _rows(title: str, which: Which, selection: Selection) -> None:
    words, found = context.words(), behind(selection, which, ROWS_SHOWN)
    key = "pipeline.rows.newest" if found.more else "pipeline.rows.all"
    st.html(marks.head(title, words.say(key, count=found.table.num_rows), level=3))
    st.dataframe(
        exports.readable(found.table, words),
        hide_index=True,
        height=560,
        alt=title,
        key="deals-rows",
    )
    with cards.tools("deals-rows"):
        download("deals-rows", selection, which)
