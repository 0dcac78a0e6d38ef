"""Cards: a head, a body that may fail alone, and the tools under it."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import streamlit as st

from salesdash import charts
from salesdash.analysis.answers import Trend
from salesdash.analysis.rows import Rows
from salesdash.charts import Table, Words
from salesdash.charts.paths import now_name, reference_name
from salesdash.formats import currency_symbol
from salesdash.selection import Selection
from salesdash.ui import context, drill, exports, marks, problems, state
from salesdash.ui.marks import Cell


class Drawn(Protocol):
    """An answer that `charts` can draw, table and put in words."""

    @property
    def metric(self) -> str:
        """What it is about; names the files of its downloads."""


A = TypeVar("A", bound=Drawn)

Follow = Callable[[Mapping[str, object]], bool]
"""What a click on a mark does with what the mark carries; False: it leads nowhere."""

More = Callable[[], None]
"""Draws tools of its own before the others of a card."""


def _nothing() -> None:
    """A card without tools of its own."""


@contextmanager
def card(key: str, title: str, note: str = "") -> Iterator[None]:
    """A bordered box with its head; what goes wrong inside stays inside."""
    with st.container(border=True, height="stretch", key=f"card-{key}"):
        st.html(marks.head(title, note))
        with problems.kept():
            yield


@contextmanager
def section(title: str, note: str = "") -> Iterator[None]:
    """A heading outside any box, for grids of tiles and editable tables."""
    st.html(f'<div class="sd-section">{marks.head(title, note)}</div>')
    with problems.kept():
        yield


def chart(  # noqa: PLR0913 - an answer, how it is drawn, what its marks and tools do
    key: str,
    draw: Callable[[A, Words], dict[str, Any]],
    answer: A,
    title: tuple[str, str],
    *question: Hashable,
    follow: Follow = drill.follow,
    more: More = _nothing,
) -> None:
    """An answer as chart or table, with its tools; a click on a mark filters, or as `follow` says.

    `title` and note go into the picture; `question` names the answer among those of `key`.
    """
    words = context.words()
    as_table = state.Slot(f"table.{key}", default=False)
    spec = context.drawn(draw, answer, key, *question)
    if as_table.get():
        st.html(html_table(charts.table(answer, words)))
    else:
        _clickable(key, spec, context.drawn(charts.alt, answer, key, *question), follow)
    with tools(key):
        more()
        st.button(
            words.say("ui.tools.chart" if as_table.get() else "ui.tools.table"),
            key=f"view-{key}",
            type="tertiary",
            icon=":material/show_chart:" if as_table.get() else ":material/table_rows:",
            on_click=as_table.set,
            args=(not as_table.get(),),
        )
        files(key, answer.metric, lambda: charts.table(answer, words), title[0], *question)
        download(
            f"{key}-png",
            words.say("ui.tools.png"),
            exports.file_name(answer.metric, "png", key, *question),
            lambda: exports.picture(spec, *title),
        )


def files(key: str, what: str, make: Callable[[], Table], title: str, *question: Hashable) -> None:
    """A table as CSV, and as a workbook that says what it is: `title`, the metric `what`.

    A selection in `question` says which days and members are looked at.
    """
    words = context.words()
    asked = next((each for each in question if isinstance(each, Selection)), None)
    about = exports.about(title, what, asked)
    download(
        f"{key}-csv",
        words.say("ui.tools.csv"),
        exports.file_name(what, "csv", key, *question),
        lambda: exports.table_csv(make()),
    )
    download(
        f"{key}-xlsx",
        words.say("ui.tools.xlsx"),
        exports.file_name(what, "xlsx", key, words.lang, *question),
        lambda: exports.table_xlsx(make(), about),
    )


def rows(
    key: str,
    what: str,
    read: Callable[[int], Rows],
    title: str,
    *question: Hashable,
    metric: str = "",
) -> None:
    """All rows behind a figure as CSV, the first ones as a workbook; `read` takes how many."""
    words = context.words()
    asked = next((each for each in question if isinstance(each, Selection)), None)
    about = exports.about(title, metric, asked)
    download(
        key,
        words.say("ui.metric.download"),
        exports.file_name(what, "csv", *question),
        lambda: exports.arrow_csv(read(exports.ALL_ROWS).table),
    )
    download(
        f"{key}-xlsx",
        words.say("ui.tools.xlsx"),
        exports.file_name(what, "xlsx", words.lang, *question),
        lambda: exports.rows_xlsx(read(exports.MOST_ROWS), about),
    )


def trend(key: str, answer: Trend, *question: Hashable, more: More = _nothing) -> None:
    """A card with a metric over time, titled with what is to be seen."""
    words = context.words()
    title = words.tell(answer.headline) if answer.headline else words.metric(answer.metric)
    note = legend(answer, words)
    with card(key, title, note):
        chart(key, charts.trend, answer, (title, note), *question, more=more)


def legend(answer: Trend, words: Words) -> str:
    """Unit and time at the right of a trend's title."""
    unit = _unit(answer, words)
    both = words.say(
        "ui.note.both", now=now_name(answer, words), then=reference_name(answer, words)
    )
    lines = both if answer.reference and not answer.dimension else ""
    apart = words.say("ui.note.not_additive") if answer.dimension and not answer.additive else ""
    return words.say("ui.list_comma").join(part for part in (lines, unit, apart) if part)


def _unit(answer: Trend, words: Words) -> str:
    """What points are in; of an index what is 100."""
    if answer.index is not None and answer.index.base is not None:
        return words.say("trends.index", base=words.period(answer.grain, answer.index.base))
    return words.say(f"ui.unit.{answer.unit.value}", currency=currency_symbol(words.currency))


def inner(name: str, words: Words) -> str:
    """A name within an English sentence begins small, unless it is an abbreviation."""
    is_word = words.lang == "en" and not name[1:2].isupper()
    return name[:1].lower() + name[1:] if is_word else name


@contextmanager
def tools(key: str) -> Iterator[None]:
    """The quiet row of buttons at the foot of a card."""
    with st.container(
        horizontal=True, horizontal_alignment="right", gap="medium", key=f"tools-{key}"
    ):
        yield


def download(key: str, label: str, file: str, make: Callable[[], bytes]) -> None:
    """A button that makes its file only when it is pressed and reruns nothing.

    `file` must carry a hash of what it holds: Streamlit tells big files apart by name.
    """
    st.download_button(
        label,
        make,
        file_name=file,
        key=f"download-{key}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def listed(key: str, table: Table, kinds: Sequence[str], shown: int, *question: Hashable) -> None:
    """The first rows of a table, and all of them as files. `kinds`: how its columns look."""
    header = [Cell(c.name, kind) for c, kind in zip(table.columns, kinds, strict=True)]
    body = [
        [Cell(text, kind) for text, kind in zip(cells, kinds, strict=True)]
        for cells in table.shown[:shown]
    ]
    st.html(marks.table(header, body))
    with tools(key):
        files(key, key, lambda: table, table.columns[0].name, *question)


def html_table(table: Table, rows: int | None = None) -> str:
    """A chart's table, for reading; the exact figures are in its CSV."""
    kinds = ["num" if column.figures else "key" for column in table.columns]
    header = [Cell(c.name, kind) for c, kind in zip(table.columns, kinds, strict=True)]
    body = [
        [Cell(text, kind) for text, kind in zip(cells, kinds, strict=True)]
        for cells in table.shown[:rows]
    ]
    return marks.table(header, body)


def _clickable(key: str, spec: dict[str, Any], alt: str, follow: Follow) -> None:
    """A chart whose marks can be picked; a new key after each pick forgets the old one."""
    if not spec["params"]:  # nothing is drawn that could be picked
        st.vega_lite_chart(None, spec, width="stretch", height=spec["height"], alt=alt)
        return
    clicks = state.Slot(f"clicks.{key}", 0)
    name = f"chart-{key}-{clicks.get()}"
    st.vega_lite_chart(
        None,
        spec,
        width="stretch",
        height=spec["height"],
        key=name,
        on_select=lambda: _picked(name, clicks, follow),
        selection_mode="pick",
        alt=alt,
    )


def _picked(name: str, clicks: "state.Slot[int]", follow: Follow) -> None:
    event = state.widget(name)
    picks = event["selection"].get("pick") if event else None
    if picks and follow(picks[0]):
        clicks.set(clicks.get() + 1)
