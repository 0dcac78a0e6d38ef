"""What was restated: figures then and now, the rows that moved them, the files behind the rows."""

import streamlit as st

from salesdash.analysis.asking import Question
from salesdash.analysis.restatement import RestatedList, Restatement
from salesdash.analysis.restating import Restating, Shown
from salesdash.charts import Table, Words, restated
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
    table = restated.totals(answer, words)
    rows = [
        [
            Cell(period, "opt"),
            Cell(name, "key", restated.note(total, words)),
            *(
                Cell(text, kind)
                for text, kind in zip(texts, ("num then", "num", "num"), strict=True)
            ),
        ]
        for (period, name, *texts), total in zip(table.shown, answer.totals, strict=True)
    ]
    st.html(marks.table(_header(table, ("opt", "key", "num", "num", "num")), rows))


def _list(answer: RestatedList, words: Words) -> None:
    """The rows, what the others did, and what each import did."""
    name = words.say(f"datasets.{answer.dataset}")
    title = words.say("restated.rows_note", dataset=name, count=answer.count)
    st.html(f'<div class="sd-note">{marks.escape(title)}</div>')
    table = restated.units(answer, words)
    kinds = ("opt", "key", "", *("num" for _ in answer.metrics), "then")
    rows = [
        [Cell(text, kind) for text, kind in zip(cells, kinds, strict=True)] for cells in table.shown
    ]
    st.html(marks.table(_header(table, kinds), rows))
    others = restated.others(answer, words)
    if others:
        st.html(f'<div class="sd-body sd-muted">{marks.escape(others)}</div>')
    if len(answer.files) > 1 or others:
        lines = (
            f"<li>{marks.escape(name)}: {marks.escape(told)}</li>"
            for name, told in restated.files(answer, words)
        )
        st.html(f'<ul class="sd-list">{"".join(lines)}</ul>')


def _header(table: Table, kinds: tuple[str, ...]) -> list[Cell]:
    return [Cell(c.name, kind) for c, kind in zip(table.columns, kinds, strict=True)]


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
