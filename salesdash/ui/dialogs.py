"""The drawer behind a figure: what it means, how it is asked, and the rows it came from."""

import streamlit as st

from salesdash import formats, texts
from salesdash.metrics import Metric
from salesdash.selection import Selection
from salesdash.ui import cards, context, exports, filters, marks, state

ROWS_SHOWN = 200


def open_metric(metric: str) -> None:
    """Open the drawer of a metric in this run; for `on_click`."""
    state.opened_metric.set(metric)


def draw() -> None:
    """Draw the drawer that was opened, once: its own clicks don't rerun the page."""
    name = state.opened_metric.get()
    state.opened_metric.clear()
    metric = context.settings().metrics.get(name)
    if metric is not None:
        st.dialog(metric.name[context.lang()], position="right", width="large")(_metric)(
            metric, filters.current()
        )


def _metric(metric: Metric, selection: Selection) -> None:
    lang = context.lang()
    st.html(f'<div class="sd-body">{marks.escape(metric.description[lang])}</div>')
    st.html(marks.facts(_facts(metric, selection)))
    sql = context.metric_sql(metric, selection)
    if sql:
        with st.expander(texts.t("ui.metric.sql", lang), icon=":material/code:"):
            st.html(f'<div class="sd-code">{marks.escape(sql)}</div>')
    _rows(metric, selection)


def _facts(metric: Metric, selection: Selection) -> list[tuple[str, str, str]]:
    lang = context.lang()
    found = context.coverage(selection)
    rows = [
        ("ui.metric.formula", metric.formula[lang], ""),
        ("ui.metric.date", texts.t(f"fields.{metric.date}", lang), ""),
        ("ui.metric.unit", texts.t(f"ui.metric.{metric.better}", lang), ""),
    ]
    if selection.window is not None:
        days = formats.date_range(selection.window.period, lang)
        rows.append(("ui.metric.period", days, ""))
    rows.append(("ui.metric.coverage", found.days, found.count))
    rows.append(("ui.metric.last_import", found.last_import, ""))
    return [(texts.t(name, lang), value, note) for name, value, note in rows]


def _rows(metric: Metric, selection: Selection) -> None:
    lang = context.lang()
    table = context.rows_behind(selection, ROWS_SHOWN)
    st.html(
        marks.head(
            texts.t("ui.metric.rows", lang),
            texts.t("ui.metric.rows_note", lang, count=table.num_rows),
            level=3,
        )
    )
    with cards.tools(f"rows-{metric.id}"):
        cards.download(
            f"rows-{metric.id}",
            texts.t("ui.metric.download", lang),
            exports.file_name("rows", selection, "csv"),
            lambda: exports.rows_csv(selection),
        )
    st.dataframe(
        exports.readable(table, lang),
        hide_index=True,
        height=360,
        alt=texts.t("ui.metric.rows", lang),
    )
