"""What was restated, as blocks: figures then and now, rows, and the imports behind them."""

from collections.abc import Iterator

from salesdash import charts
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.analysis.restatement import RestatedList
from salesdash.charts import Words, restated
from salesdash.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Item,
    Label,
    Paragraph,
    Table,
)


def blocks(line: Shown, _minutes: Minutes, words: Words) -> Iterator[Block]:
    """All that a line of this kind shows."""
    answer = line.restated
    if answer is None:
        return
    yield Paragraph(words.tell(answer.headline))
    if answer.totals:
        yield _table(restated.totals(answer, words))
        for told in restated.notes(answer, words):
            yield Paragraph(told, quiet=True)
    for each in answer.lists:
        yield from _list(each, words)


def _list(answer: RestatedList, words: Words) -> Iterator[Block]:
    name = words.say(f"datasets.{answer.dataset}")
    yield Label(words.say("restated.rows_note", dataset=name, count=answer.count))
    yield _table(restated.units(answer, words))
    others = restated.others(answer, words)
    if others:
        yield Paragraph(others)
    yield Bullets(tuple(map(Item, restated.files(answer, words))))


def _table(table: charts.Table) -> Table:
    columns = tuple(Column(column.name, column.figures) for column in table.columns)
    return Table(columns, tuple(tuple(Cell(text) for text in row) for row in table.shown))
