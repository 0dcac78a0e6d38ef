"""Pipeline movement as blocks: from opening to closing, and the largest deals of each part."""

from collections.abc import Iterator

from salesdash.analysis.minutes import Minutes, Shown
from salesdash.analysis.moved import Movement
from salesdash.charts import Words
from salesdash.charts.waterfall import deals_of, figure, steps
from salesdash.documents.blocks import Block, Bullets, Cell, Column, Item, Label, Paragraph, Table
from salesdash.metrics import Unit


def blocks(line: Shown, _minutes: Minutes, words: Words) -> Iterator[Block]:
    """All that a line of this kind shows."""
    answer = line.moved
    if answer is None:
        return
    yield Paragraph(words.tell(answer.headline))
    if answer.moved:
        yield _parts(answer, words)
        for part in answer.moved:
            yield Label(words.say(f"movement.part.{part.kind}"))
            found = deals_of(answer, part.kind, words)
            columns = tuple(Column(column.name, column.figures) for column in found.columns)
            yield Table(columns, tuple(tuple(map(Cell, row)) for row in found.shown))
    if answer.notes:
        yield Bullets(tuple(Item(words.tell(note)) for note in answer.notes))


def _parts(answer: Movement, words: Words) -> Table:
    names = (("part", False), ("deals", True), ("amount", True))
    columns = (Column(words.say(f"movement.tip.{name}"), figures) for name, figures in names)
    rows = (
        (
            Cell(step.name),
            Cell(words.value(step.deals, Unit.COUNT, "exact")),
            Cell(figure(answer, step, words)),
        )
        for step in steps(answer, words)
    )
    return Table(tuple(columns), tuple(rows))
