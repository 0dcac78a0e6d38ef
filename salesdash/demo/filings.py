"""How everything but orders reaches us: CRM exports month by month, lists, plans, master data.

Deals come monthly, lately also before each Monday's meeting, with all that changed since the export
before, so that the log knows how they moved; leads, activities and payments twice a year; master
data and costs a year ago; everything once more this morning, market and targets with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from salesdash.demo import plans, references
from salesdash.demo.generator import Demo, write_table

MONTHS = 12
"""The first files are of so many months ago; they hold all that was before."""

MONDAYS = 5
"""For so many weeks deals come before the weekly meeting, too."""

STEP = 6
"""Leads, activities and payments come every so many months."""

OVERLAP = 7
"""An export goes back so many days behind the one before."""

MORNING = time(7, 45)
METRIC = "sales"
DATE_FORMAT = "yyyy-mm-dd"

Ledger = Callable[[Demo, int, int], pa.Table]


@dataclass(frozen=True)
class Filing:
    """One file: when it was made, who brings it, and a table for each dataset in it."""

    name: str
    as_of: datetime
    who: str
    sheets: tuple[tuple[str, pa.Table], ...]


def filings(demo: Demo) -> list[Filing]:
    """All files, oldest first."""
    timeline = demo.world.timeline
    made = [timeline.ago(n) + timedelta(days=1) for n in range(MONTHS, -1, -1)]
    monthly = [*(day for day in made if day < timeline.today), timeline.today]
    seldom = [*monthly[:-1:STEP], timeline.today]
    ends = [day - timedelta(days=1) for day in monthly[1:-1]]  # so that each month's end is shown
    monday = timeline.today - timedelta(days=timeline.today.weekday())
    mondays = [monday - timedelta(weeks=n) for n in range(MONDAYS)]
    lately = sorted({*ends, *(day for day in mondays if monthly[0] < day < timeline.today)})
    found = [
        *_series(demo, ("customers", "products", "people"), [monthly[0], timeline.today]),
        *_series(demo, ("leads",), seldom),
        *_series(demo, ("deals",), [monthly[0], *lately, timeline.today]),
        *_series(demo, ("activities",), seldom),
        *_series(demo, ("payments",), seldom),
        *_series(demo, ("costs",), [monthly[0], timeline.today]),
        *_series(demo, ("market",), [timeline.today]),
        *_series(demo, ("targets",), [timeline.today]),
    ]
    return sorted(found, key=lambda filing: filing.as_of)


def _series(demo: Demo, datasets: tuple[str, ...], days: list[date]) -> Iterable[Filing]:
    """The files of one kind, each with what came since the one before."""
    importers, number = demo.world.company.importers, demo.world.timeline.number
    since = -(10**6)
    for day in days:
        tables = [(name, _LEDGERS[name](demo, since, number(day))) for name in datasets]
        yield Filing(
            name=demo.world.company.files[datasets[0]].file.format(label=f"{day:%Y-%m-%d}"),
            as_of=datetime.combine(day, MORNING),
            who=importers[list(_LEDGERS).index(datasets[0]) % len(importers)],
            sheets=tuple((name, table) for name, table in tables if table.num_rows),
        )
        since = number(day)


def _deals(demo: Demo, since: int, until: int) -> pa.Table:
    return demo.registers.deals(until - 1, since - OVERLAP)


def _leads(demo: Demo, since: int, until: int) -> pa.Table:
    return demo.registers.leads(until - 1, since - OVERLAP)


def _activities(demo: Demo, since: int, until: int) -> pa.Table:
    return demo.registers.activities(since - OVERLAP, until)


def _payments(demo: Demo, since: int, until: int) -> pa.Table:
    return demo.registers.payments(since - OVERLAP, until)


def _customers(demo: Demo, _since: int, until: int) -> pa.Table:
    return references.customers(demo.registers, until - 1, demo.desk.rng(11))


def _products(demo: Demo, _since: int, until: int) -> pa.Table:
    return references.products(demo.shelves, until - 1)


def _people(demo: Demo, _since: int, until: int) -> pa.Table:
    return references.people(demo.world.staff, until - 1)


def _costs(demo: Demo, since: int, until: int) -> pa.Table:
    return plans.costs(demo.world, demo.desk.rng(12), demo.recipe.scale, (since, until))


def _market(demo: Demo, _since: int, _until: int) -> pa.Table:
    return plans.market(demo.world, demo.desk.rng(13), demo.recipe.scale)


def _targets(demo: Demo, _since: int, _until: int) -> pa.Table:
    return plans.targets(demo.world, demo.desk.takings, METRIC)


_LEDGERS: dict[str, Ledger] = {
    "deals": _deals,
    "leads": _leads,
    "activities": _activities,
    "payments": _payments,
    "customers": _customers,
    "products": _products,
    "people": _people,
    "costs": _costs,
    "market": _market,
    "targets": _targets,
}


def write_filings(demo: Demo, folder: Path) -> list[tuple[Filing, Path]]:
    """Write every file under the company's headers, in order: CSV as UTF-8, or XLSX."""
    written = []
    for filing in filings(demo):
        path = folder / filing.name
        if path.suffix == ".csv":
            dataset, table = filing.sheets[0]
            write_table([table], demo.world.company.files[dataset].headers, path)
        else:
            _write_workbook(demo, filing, path)
        written.append((filing, path))
    return written


def _write_workbook(demo: Demo, filing: Filing, path: Path) -> None:
    """One sheet a dataset, dates as dates; equal content gives equal bytes."""
    with xlsxwriter.Workbook(path, {"default_date_format": DATE_FORMAT}) as book:
        book.set_properties({"created": filing.as_of})
        for dataset, table in filing.sheets:
            look = demo.world.company.files[dataset]
            sheet = book.add_worksheet(look.sheet)
            sheet.write_row(0, 0, [look.headers[name] for name in table.column_names])
            for column, name in enumerate(table.column_names):
                sheet.write_column(1, column, table[name].to_pylist())
