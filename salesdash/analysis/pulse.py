"""Who still is a customer: the chance by how often they bought and how long they are silent."""

from dataclasses import dataclass

import numpy as np

from salesdash.analysis.worth import VALUE, People

TIMES = ((2, 2), (3, 3), (4, 5), (6, 9), (10, 19), (20, None))
"""Purchases of a row, from the first to the last."""

SILENCES = ((0, 30), (31, 60), (61, 90), (91, 180), (181, 365), (366, None))
"""Days of a column."""

Range = tuple[int, int | None]


@dataclass(frozen=True)
class Beat:
    """A cell: so many customers, and the mean of their chances."""

    row: int
    column: int
    customers: int
    alive: float


@dataclass(frozen=True)
class Pulse:
    """Cells that hold somebody, by the places of their ranges."""

    beats: tuple[Beat, ...]
    metric: str = VALUE
    times: tuple[Range, ...] = TIMES
    silences: tuple[Range, ...] = SILENCES


def build(people: People) -> Pulse:
    """Of those who came back."""
    table = people.table
    columns = (table.column(name).to_numpy() for name in ("purchases", "silence", "alive"))
    times, silence, alive = columns
    rows = np.searchsorted([low for low, _ in TIMES], times, side="right") - 1
    places = np.searchsorted([low for low, _ in SILENCES], silence, side="right") - 1
    cells = np.where(rows >= 0, rows * len(SILENCES) + places, -1)
    found = []
    for cell in np.unique(cells[cells >= 0]).tolist():
        inside = cells == cell
        row, column = divmod(cell, len(SILENCES))
        found.append(Beat(row, column, int(inside.sum()), float(alive[inside].mean())))
    return Pulse(tuple(found))
