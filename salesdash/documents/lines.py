"""What a line of the agenda filled itself with, as blocks: one small function for each kind.

A function gives nothing for a line that holds nothing of its kind. A new kind: its function here
(a module of its own beside this one when it is larger) and its name in `KINDS`.
"""

from collections.abc import Callable, Iterable, Iterator

from salesdash import formats
from salesdash.analysis import aiming
from salesdash.analysis.actions import Row
from salesdash.analysis.agenda.aims import Aim
from salesdash.analysis.agenda.trainings import Late
from salesdash.analysis.answers import Judgement, Number, Tile
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.analysis.shortfall import Shortfall
from salesdash.charts import Words
from salesdash.documents import movement, restated, verdicts
from salesdash.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Item,
    Paragraph,
    Table,
    Tiles,
)
from salesdash.documents.speech import day
from salesdash.periods import against_kind
from salesdash.workspace import Priority


def filled(line: Shown, minutes: Minutes, words: Words) -> Iterator[Block]:
    """All that a line shows, before what was said about it."""
    for kind in KINDS:
        yield from kind(line, minutes, words)


def promised(rows: Iterable[Row], minutes: Minutes, words: Words) -> Iterator[Block]:
    """Actions with their boxes: who until when, how often carried over, what they are to move."""
    items = tuple(Item(row.text, _about(row, minutes, words), row.state.value) for row in rows)
    if items:
        yield Bullets(items)


def late(training: Late, words: Words) -> str:
    """Bo: Negotiation, overdue since 12 Nov 2026, 5 items left."""
    course = training.course[words.lang]
    told = [words.say("team.training.whose", person=training.person, course=course)]
    if training.state == "missing":
        told.append(words.say("learning.required_unfinished"))
    elif training.due is not None:
        key = _TRAINING.get(training.state, "learning.due_on")
        told.append(words.say(key, day=day(training.due, words.lang)))
    if training.left:
        told.append(words.say("team.training.left", count=training.left))
    return words.say("ui.list_comma").join(told)


def lateness(training: Late) -> Judgement:
    """Only what is past its day is bad."""
    return "bad" if training.state == "overdue" else "warning"


_TRAINING = {"overdue": "team.minutes.overdue", "renew": "learning.renew_by"}


def _tiles(line: Shown, minutes: Minutes, words: Words) -> Iterator[Block]:
    if line.tiles:
        metric, value, change, state = (
            words.say(f"team.minutes.{name}") for name in ("metric", "value", "change", "state")
        )
        figures = tuple(_figure(tile, minutes, words) for tile in line.tiles)
        yield Tiles((metric, value, change, state), figures)


def _figure(tile: Tile, minutes: Minutes, words: Words) -> Figure:
    return Figure(
        name=words.metric(tile.metric),
        value=words.value(tile.figure.value, tile.unit, "exact"),
        change=_change(tile, minutes, words),
        moved=tile.change.judgement if tile.change else None,
        state=words.tell(tile.status) if tile.status else "",
        judgement=tile.status.judgement if tile.status else None,
        spark=_complete(tile),
        spark_before=_floats(tile.spark_last_year),
    )


def _change(tile: Tile, minutes: Minutes, words: Words) -> str:
    """The change, or why there is none (yet), or why there is no figure."""
    if tile.figure.value is None:
        return words.tell(tile.figure.reason) if tile.figure.reason else ""
    if tile.change is None:
        return words.tell(tile.maturing) if tile.maturing else ""
    if tile.change.absolute is None:
        reason = tile.change.then.reason
        return words.tell(reason) if reason else ""
    return words.beside(tile.change, tile.unit, minutes.selection.comparison)


def _complete(tile: Tile) -> tuple[float | None, ...]:
    """Its last periods; one that still runs is left out, since a line to it would show a fall."""
    values = _floats(tile.spark)
    return (*values[:-1], None) if tile.spark_running else values


def _floats(values: Iterable[Number | None]) -> tuple[float | None, ...]:
    return tuple(None if value is None else float(value) for value in values)


def _aims(line: Shown, _minutes: Minutes, words: Words) -> Iterator[Block]:
    """Goals by risk, and how many wait for their review."""
    if line.aims:
        heads = [words.say(f"team.minutes.{name}") for name in ("goal", "period", "reached")]
        columns = (*(Column(head) for head in heads), Column(words.say("team.minutes.state")))
        yield Table(columns, tuple(_aim(aim, words) for aim in line.aims))
        for told in shares(line.aims, words):
            yield Paragraph(told, quiet=True)
    if line.due:
        yield Paragraph(words.tell(line.due))


def _aim(aim: Aim, words: Words) -> tuple[Cell, ...]:
    told = [words.tell(each) for each in (aim.word, aim.told) if each]
    told += [behind(aim.shortfall, words)] if aim.shortfall else []
    return (
        Cell(words.tell(aim.title)),
        Cell(formats.date_range(aim.window.period, words.lang, "exact")),
        Cell(formats.share(aim.reached, words.lang), filled=aim.reached),
        Cell(" · ".join(told), aim.status.judgement if aim.status else None),
    )


def behind(found: Shortfall, words: Words) -> str:
    """West −$123K, 62% of the gap; North −$60K, 31% of the gap."""
    return words.say("goals.shortfall.join").join(map(words.tell, found.told))


def shares(aims: Iterable[Aim], words: Words) -> tuple[str, ...]:
    """Which shares those behind are measured by."""
    used = (aim.shortfall.selection.comparison for aim in aims if aim.shortfall is not None)
    rules = dict.fromkeys(map(against_kind, used))
    return tuple(words.say(f"goals.shortfall.note.{rule}") for rule in rules)


def _notices(line: Shown, _minutes: Minutes, words: Words) -> Iterator[Block]:
    """What is out of line."""
    items = []
    for notice in line.notices:
        told = [words.tell(each) for each in (notice.text, notice.detail) if each]
        items.append(Item(" · ".join(told), judgement=notice.judgement))
    if items:
        yield Bullets(tuple(items))


def _promises(line: Shown, minutes: Minutes, words: Words) -> Iterator[Block]:
    yield from promised(line.promises, minutes, words)


def _trainings(line: Shown, _minutes: Minutes, words: Words) -> Iterator[Block]:
    """Courses past their day, due soon, or missing."""
    if line.trainings:
        found = (Item(late(each, words), judgement=lateness(each)) for each in line.trainings)
        yield Bullets(tuple(found))


def _about(row: Row, minutes: Minutes, words: Words) -> str:
    facts = [row.owner] if row.owner else []
    if row.priority is not Priority.NORMAL:
        facts.append(words.say(f"actions.urgent.{row.priority.value}"))
    if row.due is not None:
        key = "overdue" if row.overdue else "until"
        facts.append(words.say(f"team.minutes.{key}", day=day(row.due, words.lang)))
    if row.carried:
        facts.append(words.say("team.minutes.carried", count=row.carried))
    facts += _expected(row, minutes, words)
    return words.say("ui.list_comma").join(facts)


def _expected(row: Row, minutes: Minutes, words: Words) -> Iterator[str]:
    """Sales of North: +$50.0K until 12 Jan, by the metric as the meeting defined it."""
    metric = next((each for each in minutes.definitions if each.id == row.metric), None)
    if metric is not None and row.expected is not None:
        nobody = words.say("ui.filter.empty_member")
        scope = tuple(
            nobody if name is None else name for each in row.scope for name in each.values
        )
        yield words.tell(aiming.meaning(metric, scope, aiming.Wanted(row.expected), row.check))


KINDS: tuple[Callable[[Shown, Minutes, Words], Iterator[Block]], ...] = (
    _tiles,
    _aims,
    _notices,
    _promises,
    _trainings,
    restated.blocks,
    movement.blocks,
    verdicts.blocks,
)
"""In the order in which a line shows them."""
