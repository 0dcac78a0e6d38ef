"""Restated since: figures a meeting showed that later imports, undos or definitions changed."""

from dataclasses import dataclass, replace
from datetime import date

from salesdash.analysis import kpis
from salesdash.analysis.answers import Figure
from salesdash.analysis.minutes import Minutes
from salesdash.config import Settings
from salesdash.metrics import Unit
from salesdash.warehouse import Warehouse


@dataclass(frozen=True)
class Restated:
    """A figure as the meeting showed it, and as it is now; a metric that is gone has none."""

    metric: str
    unit: Unit
    then: Figure
    now: Figure


def build(
    warehouse: Warehouse, settings: Settings, minutes: Minutes, today: date
) -> tuple[Restated, ...]:
    """The shown figures that differ from those of the same question asked today."""
    shown = {tile.metric: tile for line in minutes.lines for tile in line.tiles}
    asked = tuple(name for name in shown if name in settings.metrics)
    newest = replace(minutes.selection, cut=None)
    now = {
        tile.metric: tile.figure for tile in kpis.build(warehouse, settings, newest, today, asked)
    }
    found = [
        Restated(name, tile.unit, tile.figure, now.get(name, Figure(None)))
        for name, tile in shown.items()
    ]
    return tuple(each for each in found if each.then.value != each.now.value)
