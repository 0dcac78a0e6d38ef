"""How the demo company's order lines reach us: dated exports, with late changes in later ones.

The first export holds a year, then one a month, then one a week that overlaps the last. Each
holds the orders of its dates as the order system knew them that morning, and every older order
that was written down, corrected or cancelled since the export before.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salesdash.demo.generator import Demo, write_table
from salesdash.demo.orders import Orders
from salesdash.demo.timeline import MONTHS, Timeline
from salesdash.periods import Period, add_months

HISTORY_MONTHS = 12
"""The first export covers so many months."""

OVERLAP = timedelta(days=14)
"""A weekly export covers so many days."""

MORNING = time(7, 30)
BROKEN_EXPORT = 20
"""Number of the export, from 0, in which some lines cannot be read."""


@dataclass(frozen=True)
class Export:
    """One file: the dates it covers, when it was made, and who brings it."""

    name: str
    period: Period
    as_of: datetime
    who: str
    broken: bool = False


def schedule(demo: Demo) -> tuple[Export, ...]:
    """All exports, oldest first; together they cover every day of the history."""
    timeline = demo.world.timeline
    spans = [*_monthly(timeline), *_weekly(timeline)]
    words, importers = demo.world.company.words, demo.world.company.importers
    return tuple(
        Export(
            name=words["file"].format(label=label),
            period=period,
            as_of=datetime.combine(made, MORNING),
            who=importers[i % len(importers)],
            broken=i == BROKEN_EXPORT,
        )
        for i, (label, period, made) in enumerate(spans)
    )


def _monthly(timeline: Timeline) -> list[tuple[str, Period, date]]:
    """The first year, then month by month; each made on the second day after."""
    starts = [timeline.first]
    starts += [add_months(timeline.first, n) for n in range(HISTORY_MONTHS, MONTHS)]
    return [
        (_label(start, end), Period(start, end), end + timedelta(days=1))
        for start, end in pairwise(starts)
    ]


def _label(start: date, end: date) -> str:
    last = end - timedelta(days=1)
    if (start.year, start.month) == (last.year, last.month):
        return f"{start:%Y-%m}"
    return f"{start:%Y-%m}_{last:%Y-%m}"


def _weekly(timeline: Timeline) -> list[tuple[str, Period, date]]:
    """Every Monday of the last month and the running one, and today."""
    start = timeline.ago(1)
    monday = start + timedelta(days=7 - start.weekday())
    made = [monday + timedelta(days=7 * n) for n in range(11)]
    made = [day for day in made if day < timeline.today] + [timeline.today]
    return [(f"{day:%Y-%m-%d}", Period(max(start, day - OVERLAP), day), day) for day in made]


def contents(demo: Demo, export: Export, before: Export | None) -> pa.Table:
    """The lines of an export, columns named as the fields of the dataset."""
    timeline, found = demo.world.timeline, demo.orders
    made = timeline.number(export.as_of.date())
    since = timeline.number(before.as_of.date()) if before else -1
    known = (found.entered < made) & (found.day < timeline.number(export.period.end))
    inside = found.day >= timeline.number(export.period.start)
    chosen = known & (inside | _told_since(found, since, made))
    return demo.table(np.flatnonzero(chosen), made - 1)


def _told_since(found: Orders, since: int, made: int) -> NDArray[np.bool_]:
    """Orders written down or changed in the days from `since` up to the one before `made`."""
    entered = (found.entered >= since) & (found.entered < made)
    changed = (found.changed >= since) & (found.changed < made)
    return entered | changed


def write_all(demo: Demo, folder: Path) -> list[tuple[Export, Path]]:
    """Write every export that has lines as a UTF-8 CSV under the company's headers, in order.

    A week of holidays may have none; then nothing happened that a later export must tell.
    """
    written = []
    plans = schedule(demo)
    for before, export in zip((None, *plans[:-1]), plans, strict=True):
        table = contents(demo, export, before)
        if table.num_rows:
            written.append((export, folder / export.name))
            _write(demo, export, table, folder / export.name)
    return written


def _write(demo: Demo, export: Export, table: pa.Table, path: Path) -> None:
    write_table([table], demo.world.company.headers, path)
    if export.broken:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.writelines(_broken_lines(demo, table))


def _broken_lines(demo: Demo, table: pa.Table) -> list[str]:
    """The table's last line again, four times, each as a new order with one unreadable value."""
    words = demo.world.company.words
    day = str(table["order_date"][-1].as_py())
    faults = {
        "order_date": day[:8] + "32",  # no month has so many days
        "amount": words["text"],
        "quantity": words["none"],
        "cost": words["text"],
    }
    lines = []
    for number, (column, fault) in enumerate(faults.items(), start=1):
        values = {name: _text(table[name][-1].as_py()) for name in table.column_names}
        values["document"] += f"-{number}"
        values[column] = fault
        lines.append(",".join(values.values()) + "\n")
    return lines


def _text(value: object) -> str:
    return "" if value is None else str(value)
