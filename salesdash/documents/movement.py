"""Pipeline movement as blocks: from opening to closing, and the largest deals of each part."""

from collections.abc import Iterator

from salesdash import formats
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.analysis.moved import Movement
from salesdash.charts import Words
from salesdash.charts.waterfall import deals_of, figure, steps
from salesdash.documents.blocks import Block, Bullets, Cell, Column, Item, Label, Paragraph, Table
from salesdash.metrics import Unit

_UNKNOWN = {"", formats.DASH}


def blocks(line: Shown, _minutes: Minutes, words: Words) -> Iterator[Block]:
    """All that a line of this kind shows."""
    answer = line.moved
    if answer is None:
        return
    yield Paragraph(words.tell(answer.headline))
    if answer.moved:
        yield _parts(answer, words)
        yield from _deals(answer, words)
    if answer.notes:
        yield Bullets(tuple(Item(words.tell(note)) for note in answer.notes))


def _deals(answer: Movement, words: Words) -> Iterator[Block]:
    """A table for each part; a column nobody states is left out, one file is said once, below."""
    found = {part.kind: deals_of(answer, part.kind, words) for part in answer.moved}
    rows = [row for each in found.values() for row in each.shown]
    kept = [at for at, cells in enumerate(zip(*rows, strict=True)) if set(cells) - _UNKNOWN]
    files = {row[-1] for row in rows}
    if len(files) == 1 and kept:
        kept.pop()
    for kind, each in found.items():
        yield Label(words.say(f"movement.part.{kind}"))
        columns = tuple(Column(each.columns[at].name, each.columns[at].figures) for at in kept)
        yield Table(columns, tuple(tuple(Cell(row[at]) for at in kept) for row in each.shown))
    if len(files) == 1:
        yield Paragraph(words.say("movement.source", file=files.pop()), quiet=True)


def _parts(answer: Movement, words: Words) -> Table:
    """Deals and amounts; without any amount the deals are the figure, and stand there once."""
    names = ("part", "deals", "amount") if answer.priced else ("part", "deals")
    columns = (Column(words.say(f"movement.tip.{name}"), name != "part") for name in names)
    rows = []
    for step in steps(answer, words):
        deals = (Cell(words.value(step.deals, Unit.COUNT, "exact")),) if answer.priced else ()
        rows.append((Cell(step.name), *deals, Cell(figure(answer, step, words))))
    return Table(tuple(columns), tuple(rows))
