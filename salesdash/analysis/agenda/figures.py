"""Figures in a meeting: tiles of its period, and what is out of line."""

from typing import Any

from salesdash.analysis.agenda.held import Held
from salesdash.analysis.answers import Tile
from salesdash.workspace import Line

_NOT_IMPORTED = "metrics.reason.empty"


def fill(line: Line, held: Held) -> dict[str, Any]:
    """`tiles` of the metrics the line shows."""
    return tiles(names(line, held), held)


def names(line: Line, held: Held) -> tuple[str, ...]:
    """The metrics a line of figures shows: those it names, of the Overview when it names none.

    Where nothing was imported for any that it names, the first of the Overview stand in: a team
    that keeps deals and no orders looks at its deals.
    """
    tiles, overview = held.figures.tiles, held.figures.overview.tiles
    named = [tiles[name] for name in line.tiles if name in tiles]
    if any(map(_is_imported, named)):
        return line.tiles
    known = tuple(tile.metric for tile in overview if not line.tiles or _is_imported(tile))
    return known[: len(line.tiles) or None] or line.tiles


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


def _is_imported(tile: Tile) -> bool:
    """Whether there are rows of its dataset at all, in whatever period."""
    reason = tile.figure.reason
    return reason is None or reason.key != _NOT_IMPORTED
