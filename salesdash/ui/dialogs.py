"""The drawer behind a figure: what it means, how it is asked, and the rows it came from."""

from dataclasses import replace
from functools import partial

import streamlit as st

from salesdash import formats
from salesdash.analysis import kpis
from salesdash.analysis.answers import Tile
from salesdash.charts import Words
from salesdash.metrics import Kind, Metric
from salesdash.selection import Organisation, Selection
from salesdash.ui import (
    agenda,
    cards,
    context,
    exports,
    filters,
    links,
    marks,
    people,
    sentences,
    state,
    statements,
)
from salesdash.ui.state import Filters

ROWS_SHOWN = 100


def open_metric(
    metric: str, where: Filters = (), organisation: Organisation = Organisation.THEN
) -> None:
    """Open the drawer of a metric in this run; for `on_click`.

    `where`: members it is narrowed to beyond what the screen is.
    """
    state.opened_metric.set(metric)
    state.opened_where.set(where)
    state.opened_period.clear()
    state.opened_organisation.set(organisation)


def draw() -> None:
    """Draw the drawer that was opened, once: its own clicks don't rerun the page."""
    wanted = sentences.asked()
    if wanted is not None:
        known = {dimension.name for dimension in context.dimensions()}
        open_metric(wanted.metric, tuple(pair for pair in wanted.where if pair[0] in known))
        state.opened_period.set(wanted.period)
    name = state.opened_metric.get()
    state.opened_metric.clear()
    metric = context.settings().metrics.get(name) if name else None
    if metric is not None:
        selection = filters.current()
        for dimension, members in state.opened_where.get():
            selection = selection.where(dimension, *members)
        selection = replace(selection, organisation=state.opened_organisation.get())
        if state.opened_period.get():
            selection = replace(selection, window=filters.days(state.opened_period.get()))
        title = metric.name[context.lang()]
        st.dialog(title, position="right", width="medium")(_metric)(metric, selection)


def _metric(metric: Metric, selection: Selection) -> None:
    words = context.words()
    st.html(f'<div class="sd-body">{marks.escape(metric.description[words.lang])}</div>')
    st.html(marks.facts(facts(metric, selection, words)))
    if metric.id in context.metrics().metrics:
        _notes(metric, selection, words)
        links.comparison("drawer", selection, metric.id)
        topic, shown = agenda.topic(metric.id, selection), {"metric": metric.id}
        if state.opened_where.get():
            agenda.offer_of("trends", topic, "metric", shown, filters.pairs(selection))
        else:
            agenda.offer("trends", topic, "metric", shown, people.DRAWER_FIELD)
    with st.expander(words.say("ui.metric.sql"), icon=":material/code:"):
        sql = statements.of(metric, context.metrics(), context.warehouse(), selection)
        st.html(f'<div class="sd-code">{marks.escape(sql)}</div>')
    _rows(metric, selection, words)


def _notes(metric: Metric, selection: Selection, words: Words) -> None:
    """Why the figure is blank, or what to know about it and what it is compared with."""
    tile = context.remembered(("tile", selection, metric.id), lambda: _tile(metric.id, selection))
    reasons = [tile.figure.reason] if tile.figure.reason else list(tile.notes)
    if reasons:
        told = "<br>".join(marks.escape(words.tell(each)) for each in reasons)
        st.html(f'<div class="sd-note">{told}</div>')


def _tile(metric: str, selection: Selection) -> Tile:
    asked = context.warehouse(), context.settings(), selection, context.today()
    return kpis.build(*asked, (metric,))[0]


def facts(metric: Metric, selection: Selection, words: Words) -> list[tuple[str, str, str]]:
    """Formula, date role, direction, period, coverage and last import: name, value, note."""
    rows = [
        ("formula", metric.formula[words.lang], ""),
        ("date", words.say(f"fields.{metric.date}"), ""),
        ("unit", words.say(f"ui.metric.{metric.better}"), ""),
    ]
    if selection.window is not None:
        days = formats.date_range(selection.window.period, words.lang, "exact")
        rows.append(("period", days, filters.words_of(filters.pairs(selection))))
    if metric.kind is Kind.CUSTOMER:
        months = context.settings().window_months
        rows.append(("window", words.say("ui.metric.months", count=months), ""))
    rows += [("coverage", *_coverage(metric.dataset, words)), ("last_import", *_last_import(words))]
    return [(words.say(f"ui.metric.{name}"), value, note) for name, value, note in rows]


def _coverage(dataset: str, words: Words) -> tuple[str, str]:
    """The days that the data cover, and how many rows."""
    found = context.home().warehouse.coverage(dataset)
    if found.first is None or found.edge is None:
        return formats.DASH, ""
    days = f"{formats.date(found.first, words.lang, 'exact')} – "
    days += formats.date(found.edge, words.lang, "exact")
    return days, words.say("ui.metric.counted", count=found.rows, counted=f"{found.counted:,}")


def _last_import(words: Words) -> tuple[str, str]:
    """The newest event, its file, and who brought it when."""
    events = context.home().done()
    if not events:
        return words.say("ui.metric.none_yet"), ""
    last = events[-1]
    at = f"{formats.date(last.at.date(), words.lang, 'exact')} {last.at:%H:%M}"
    return f"{last.id} · {last.file_name or last.kind.value}", f"{last.who}, {at}"


def _rows(metric: Metric, selection: Selection, words: Words) -> None:
    found = context.rows(selection, ROWS_SHOWN, metric)
    key = "ui.metric.rows_newest" if found.more else "ui.metric.rows_all"
    note = words.say(key, count=found.table.num_rows)
    st.html(marks.head(words.say("ui.metric.rows"), note, level=3))
    st.dataframe(
        exports.readable(found.table, words),
        hide_index=True,
        height=360,
        alt=words.say("ui.metric.rows"),
        key=f"rows-{metric.id}",
    )
    with cards.tools(f"rows-{metric.id}"):
        question = (selection, metric.dataset, metric.date)
        read = partial(context.rows, selection, metric=metric)
        name = metric.name[words.lang]
        cards.rows(f"rows-{metric.id}", "rows", read, name, *question, metric=metric.id)
