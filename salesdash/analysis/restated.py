"""Restated since: what a closed meeting showed that later imports, undos or definitions changed."""

from collections.abc import Iterable
from datetime import date

from salesdash.analysis.asking import Question
from salesdash.analysis.minutes import Minutes
from salesdash.analysis.restatement import Restatement
from salesdash.analysis.restating import Restating, Shown
from salesdash.config import Settings
from salesdash.warehouse import Warehouse
from salesdash.workspace import Event


def asking(
    warehouse: Warehouse,
    settings: Settings,
    minutes: Minutes,
    events: Iterable[Event],
    today: date,
) -> Restating:
    """Asks how the shown figures differ from those of the same question asked today."""
    tiles = {tile.metric: tile for line in minutes.lines for tile in line.tiles}
    shown = Shown(
        metrics=tuple(tiles),
        windows=(minutes.window,),
        since=minutes.selection.cut or 0,
        until=warehouse.version,
        at=minutes.opened.at if minutes.opened is not None else None,
        figures={(name, minutes.window): tile.figure for name, tile in tiles.items()},
    )
    question = Question(warehouse, settings, minutes.selection, today)
    return Restating(question, shown, {event.id: event for event in events})


def build(
    warehouse: Warehouse,
    settings: Settings,
    minutes: Minutes,
    events: Iterable[Event],
    today: date,
) -> Restatement:
    """The figures that are different today, and what moved them."""
    return asking(warehouse, settings, minutes, events, today).build()
