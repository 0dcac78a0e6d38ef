"""Figures in a meeting: tiles of its period, and what is out of line."""

from typing import Any

from salesdash.analysis.agenda.held import Held
from salesdash.workspace import Line


def fill(line: Line, held: Held) -> dict[str, Any]:
    """`tiles` of the metrics the line names; of those of the Overview when it names none."""
    shown = tuple(tile.metric for tile in held.figures.overview.tiles)
    return tiles(line.tiles or shown, held)


def named(line: Line, held: Held) -> dict[str, Any]:
    """`tiles` of the metrics that any other line names."""
    return tiles(line.tiles, held)


def attention(_line: Line, held: Held) -> dict[str, Any]:
    """`notices`: every threshold and alert passed, and what else needs attention in the period."""
    return {"notices": held.figures.overview.notices}


def tiles(names: tuple[str, ...], held: Held) -> dict[str, Any]:
    """The tiles of these metrics that were asked."""
    asked = (*held.figures.overview.tiles, *held.figures.tiles.values())
    known = {tile.metric: tile for tile in asked}
    return {"tiles": tuple(known[name] for name in names if name in known)}
