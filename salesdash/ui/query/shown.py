"""The answer of a question: why there is none, its rows, its picture, and both as files."""

from decimal import Decimal
from math import isfinite
from typing import Any

import pandas as pd
import streamlit as st

from salesdash import charts, texts
from salesdash.analysis import answered
from salesdash.analysis.answered import Shape
from salesdash.charts import Words
from salesdash.commands.tables import csv_text
from salesdash.commands.workbooks import xlsx
from salesdash.engine.sandbox import Answer, Column
from salesdash.errors import QueryError, SalesdashError
from salesdash.ui import cards, context, exports, marks, problems, state
from salesdash.ui.query import asking

HEIGHT = 420
KEPT_DIGITS, TOO_LARGE = 15, 10**15
"""Digits that a browser keeps of a number; longer ones are shown as texts."""

YEARS = range(1900, 2101)


def show() -> None:
    """While it runs that it does; then the answer."""
    words = context.words()
    asking.follow()
    found = asking.outcome()
    if found is None:
        st.html(f'<div class="sd-note">{marks.escape(words.say("sql.hint"))}</div>')
    elif found.error is not None:
        _refused(found.error, words)
    elif found.answer is not None:
        _answer(found.sql, found.answer, words)
    else:
        st.html(f'<div class="sd-note">{marks.escape(words.say("sql.stopped"))}</div>')


def _refused(error: SalesdashError, words: Words) -> None:
    """Why there is no answer, and what may have been meant."""
    if not isinstance(error, QueryError):
        problems.show(error)
        return
    told = texts.markdown_safe(texts.error(error, words.lang))
    st.warning(told, title=words.say("sql.refused"), icon=":material/error:")


def _answer(sql: str, answer: Answer, words: Words) -> None:
    """Table and, where columns allow, picture beside it."""
    known = answered.shapes(answer)
    shape = answered.chosen(known, *(slot.get() for slot in state.QUERY_CHART))
    if shape is None:
        _table(sql, answer, words)
        return
    left, right = st.columns((0.54, 0.46), gap="medium")
    with left:
        _table(sql, answer, words)
    with right:
        _picture(sql, answer, known, shape)


def _table(sql: str, answer: Answer, words: Words) -> None:
    note = words.say("sql.rows", count=len(answer.rows), rows=f"{len(answer.rows):,}")
    if answer.more:
        note = words.say("sql.more", rows=f"{len(answer.rows):,}")
    took = words.say("sql.took", rows=note, seconds=f"{answer.seconds:.2f}")
    with cards.card("query-answer", words.say("sql.answer"), took):
        st.dataframe(
            framed(answer),
            hide_index=True,
            height=min(HEIGHT, 35 * (max(len(answer.rows), 1) + 1) + 3),
            column_config=_formats(answer),
            key="query-rows",
            alt=words.say("sql.answer"),
        )
        names = [column.name for column in answer.columns]
        with cards.tools("query-answer"):
            cards.download(
                "query-csv",
                words.say("ui.tools.csv"),
                exports.file_name("query", "csv", sql, answer.seconds),
                lambda: exports.encoded(csv_text(names, answer.rows)),
            )
            cards.download(
                "query-xlsx",
                words.say("sql.xlsx"),
                exports.file_name("query", "xlsx", sql, answer.seconds),
                lambda: xlsx(names, answer.rows, "salesdash"),
            )


def framed(answer: Answer) -> pd.DataFrame:
    """The rows for a grid: figures as figures where a browser keeps them, nothing as nothing."""
    columns = [
        [row[place] if _is_there(row[place]) else None for row in answer.rows]
        for place in range(len(answer.columns))
    ]
    return pd.DataFrame(
        {
            column.name: _series(column, values)
            for column, values in zip(answer.columns, columns, strict=True)
        }
    )


def _is_there(value: object) -> bool:
    return not isinstance(value, float) or isfinite(value)


def _series(column: Column, values: list[Any]) -> "pd.Series[Any]":
    if column.kind in ("whole", "exact") and not all(map(_fits, values)):
        return pd.Series([None if v is None else str(v) for v in values], dtype=object)
    if column.kind == "whole":
        return pd.Series(values, dtype="Int64")
    if column.kind in ("exact", "real"):
        return pd.Series([None if v is None else float(v) for v in values], dtype="Float64")
    if column.kind == "flag":
        return pd.Series(values, dtype="boolean")
    return pd.Series(values, dtype=object)


def _fits(value: int | Decimal | None) -> bool:
    exact = Decimal(value or 0)
    return len(exact.normalize().as_tuple().digits) <= KEPT_DIGITS and abs(exact) < TOO_LARGE


def _formats(answer: Answer) -> dict[str, Any]:
    """Amounts have thousands separators, years have none, days are written as such."""
    config: dict[str, Any] = {}
    for place, column in enumerate(answer.columns):
        values = [row[place] for row in answer.rows if row[place] is not None]
        if column.kind == "whole" and all(value in YEARS for value in values):
            config[column.name] = st.column_config.NumberColumn(format="%d")
        elif column.kind in ("whole", "exact") and not all(map(_fits, values)):
            config[column.name] = st.column_config.TextColumn(alignment="right")
        elif column.kind in ("whole", "exact", "real"):
            config[column.name] = st.column_config.NumberColumn(format="localized")
        elif column.kind == "day":
            config[column.name] = st.column_config.DateColumn(format="YYYY-MM-DD")
        elif column.kind == "moment":
            config[column.name] = st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm:ss")
    return config


def _picture(sql: str, answer: Answer, known: tuple[Shape, ...], shape: Shape) -> None:
    """The chart, and which columns it draws."""
    words = context.words()
    found = answered.pictured(answer, shape)
    title = words.say("sql.picture", y=shape.y, x=shape.x)
    note = words.say("sql.left_out", count=found.left_out) if found.left_out else ""
    with cards.card("query-chart", title, note):
        _choices(known, shape, words)
        if found.points:
            cards.chart(
                "query-picture",
                charts.answered,
                found,
                (title, note),
                sql,
                answer.seconds,
                shape,
            )


def _choices(known: tuple[Shape, ...], shape: Shape, words: Words) -> None:
    kinds = tuple(dict.fromkeys(each.kind for each in known))
    xs = tuple(dict.fromkeys(each.x for each in known if each.kind == shape.kind))
    ys = tuple(dict.fromkeys(s.y for s in known if (s.kind, s.x) == (shape.kind, shape.x)))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if len(kinds) > 1:
            st.segmented_control(
                words.say("sql.chart.kind"),
                kinds,
                format_func=lambda kind: words.say(f"sql.chart.{kind}"),
                key=state.query_chart.seed(shape.kind),
                on_change=_other_kind,
                required=True,
                label_visibility="collapsed",
            )
        axes = (("x", state.query_x, xs, shape.x), ("y", state.query_y, ys, shape.y))
        for axis, slot, options, name in axes:
            if len(options) > 1:
                st.selectbox(
                    words.say(f"sql.chart.{axis}"),
                    options,
                    key=slot.seed(name),
                    on_change=slot.take,
                    width=180,
                    label_visibility="collapsed",
                )


def _other_kind() -> None:
    """Columns of one kind need not be those of the other."""
    state.query_chart.take()
    state.query_x.clear()
