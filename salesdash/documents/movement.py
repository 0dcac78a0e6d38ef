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
    """Deals and amounts; without any amount the deals are the figure, and stand there once."""
    names = ("part", "deals", "amount") if answer.priced else ("part", "deals")
    columns = (Column(words.say(f"movement.tip.{name}"), name != "part") for name in names)
    rows = []
    for step in steps(answer, words):
        deals = (Cell(words.value(step.deals, Unit.COUNT, "exact")),) if answer.priced else ()
        rows.append((Cell(step.name), *deals, Cell(figure(answer, step, words))))
    return Table(tuple(columns), tuple(rows))
