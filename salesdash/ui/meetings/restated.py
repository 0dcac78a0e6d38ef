"""What was restated: figures then and now, the rows that moved them, the files behind the rows."""

import streamlit as st

from salesdash.analysis.asking import Question
from salesdash.analysis.restatement import RestatedList, Restatement
from salesdash.analysis.restating import Restating, Shown
from salesdash.charts import Words, restated
from salesdash.selection import Selection
from salesdash.ui import cards, context, exports, marks
from salesdash.ui.marks import Cell


def show(key: str, answer: Restatement, selection: Selection, words: Words) -> None:
    """All of it; `selection` has the filters that were asked with."""
    quiet = " sd-muted" if answer.is_empty else ""
    told = marks.escape(words.tell(answer.headline))
    st.html(f'<div class="sd-body{quiet}">{told}</div>')
    if answer.totals:
        _totals(answer, words)
    for each in answer.lists:
        _list(each, words)
    if answer.lists:
        with cards.tools(f"restated-{key}"):
            _download(key, answer, selection, words)


def _totals(answer: Restatement, words: Words) -> None:
    """Figures then and now, the period beside the first of each: on a phone it needs no column."""
    table, kinds = restated.totals(answer, words), ("num then", "num", "num")
    rows = [
        [Cell(name, "key", period), *map(Cell, texts, kinds)]
        for period, name, *texts in table.shown
    ]
    header = [Cell(c.name, k) for c, k in zip(table.columns[1:], ("key", *kinds), strict=True)]
    st.html(marks.table(header, rows))
    for told in restated.notes(answer, words):
        st.html(f'<div class="sd-note">{marks.escape(told)}</div>')


def _list(answer: RestatedList, words: Words) -> None:
    """The rows, what the others did, and what each import did."""
    name = words.say(f"datasets.{answer.dataset}")
    title = words.say("restated.rows_note", dataset=name, count=answer.count)
    st.html(f'<div class="sd-note">{marks.escape(title)}</div>')
    table = restated.units(answer, words)
    kinds = ("opt", "key", "", *("num" for _ in answer.metrics), "then opt")[: len(table.columns)]
    rows = [
        [Cell(text, kind) for text, kind in zip(cells, kinds, strict=True)] for cells in table.shown
    ]
    header = [Cell(c.name, kind) for c, kind in zip(table.columns, kinds, strict=True)]
    st.html(marks.table(header, rows))
    others = restated.others(answer, words)
    if others:
        st.html(f'<div class="sd-body sd-muted">{marks.escape(others)}</div>')
    lines = (f"<li>{marks.escape(told)}</li>" for told in restated.files(answer, words))
    st.html(f'<ul class="sd-list">{"".join(lines)}</ul>')


def _download(key: str, answer: Restatement, selection: Selection, words: Words) -> None:
    """Every row that moved as a file, asked for when it is wanted."""
    question = Question(context.warehouse(), context.settings(), selection, context.today())
    events = {event.id: event for event in context.home().done()}
    asking = Restating(question, Shown.of(answer), events)
    cards.download(
        f"restated-{key}",
        words.say("restated.download"),
        exports.file_name("restated", "csv", answer.cuts, answer.windows, selection),
        lambda: exports.table_csv(restated.everything(asking.units(), words)),
    )
