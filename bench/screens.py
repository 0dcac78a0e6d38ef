"""The screens' questions, asked of the warehouse without kept answers, each against its own scan.

A screen's scan reads every column that the screen reads, once and over the whole table: what no
answer can go below without rollups. A screen asks many windows, members and reasons of it.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.importing import HOME, NOW
from bench.measure import ROOT, in_child, interleaved, median, spread, table, timed

TODAY = date(2026, 11, 23)
DEALS = "deals.csv"

COLUMNS = {
    "overview": (
        "sales",
        "order_date document customer amount quantity cost list_amount profit region category "
        "person channel",
    ),
    "trends": ("sales", "order_date amount region"),
    "comparison": ("sales", "order_date amount customer"),
    "drivers": ("sales", "order_date amount region channel category person product customer"),
    "customers": ("sales", "order_date amount document customer customer_name"),
    "cohorts": ("sales", "order_date amount customer customer_since"),
    "segments": ("sales", "order_date amount document customer"),
    "goals": ("sales", "order_date amount region"),
    "pipeline": (
        "deals",
        "created_date close_date stage outcome amount probability person lost_reason competitor",
    ),
    "quality": (
        "sales",
        "order_date document customer customer_name product product_name category segment region "
        "channel team person amount quantity price discount list_amount cost profit",
    ),
}
"""What each screen reads."""

Work = Callable[[], object]


def report(folder: Path, rows: int, rounds: int) -> str:
    """Times of each screen and of its scan, in turns."""
    seconds = in_child("bench.screens", str(folder), str(rows), str(rounds)).answer["seconds"]
    return table(
        f"The screens' questions, no answer kept, {rows:,} order lines and as many deals, "
        f"{rounds} rounds",
        ["", "ms", "ms of its scan", "x scan"],
        [
            [
                name,
                spread(seconds[name], 1, 1000),
                spread(seconds[f"{name} scan"], 1, 1000),
                f"{median(seconds[name]) / median(seconds[f'{name} scan']):.1f}",
            ]
            for name in COLUMNS
        ],
        "Quarter to date against last year. Overview: eight tiles with sparklines, trend, "
        "movers, alerts. Trends: sales by week and region. Comparison: sales by customer. "
        "Customers: tiles, their course by month, the largest; histories of customers are no "
        "scan. Cohorts: 24 months by 24, customers and money. Segments: recency, orders and "
        "money of every customer on two days. Goals: twelve, of two quarters, company and "
        "regions. Pipeline: eight tiles with sparklines, stages, ages, late deals, win rate by "
        "salesperson, cycle, reasons, competitors. Quality: gaps of all fields, months, "
        "repeats, keys, restated months, of orders and deals.",
    )


def ask(folder: Path, rows: int, rounds: int) -> dict[str, Any]:
    """Measure in this process; the deals are imported on the first call."""
    from salesdash import config
    from salesdash.imports.home import Home
    from salesdash.periods import Comparison, parse
    from salesdash.selection import Selection

    settings = config.load(ROOT / "config.yaml")
    home = Home.open(folder / HOME, now=NOW, settings=settings)
    try:
        if not home.warehouse.coverage("deals").rows:
            _import_deals(home, folder / DEALS, rows)
        edge = home.warehouse.edge("sales", TODAY) or TODAY
        selection = Selection(parse("qtd", edge, settings.fiscal), Comparison.LAST_YEAR)
        works = _screens(home.warehouse, settings, selection)
        works |= {f"{name} scan": _scan(home, *COLUMNS[name]) for name in COLUMNS}
        for work in works.values():
            work()
        return {"seconds": interleaved({n: _timer(work) for n, work in works.items()}, rounds)}
    finally:
        home.close()


def _import_deals(home: Any, file: Path, rows: int) -> None:
    """Generated deals, through the same door as anybody's."""
    from salesdash import imports
    from salesdash.demo.generator import Recipe, export_csv
    from salesdash.imports import Request

    if not file.exists():
        export_csv(file, rows=rows, recipe=Recipe("en", TODAY), dataset="deals")
    staged = imports.stage(home, Request(file, file.name, dataset="deals"), NOW)
    if staged.questions:
        raise RuntimeError(f"the import asks: {staged.questions}")
    imports.commit(home, staged, "bench", NOW)


def _screens(warehouse: Any, settings: Any, selection: Any) -> dict[str, Work]:
    """What each page asks, as the page asks it."""
    from salesdash.analysis import (
        cohorts,
        comparison,
        customers,
        driving,
        goals,
        overview,
        pipeline,
        quality,
        rfm,
        trend,
    )
    from salesdash.analysis.asking import Choice, Question
    from salesdash.analysis.breakdown import Listing
    from salesdash.analysis.customers import Watch
    from salesdash.analysis.health import Log
    from salesdash.periods import Grain

    how = Choice("sales", grain=Grain.WEEK, by="region")
    asked = (warehouse, settings, selection, TODAY)
    promised = _goals(warehouse, settings)
    question = Question(*asked)

    def deals() -> None:
        pipeline.tiles(*asked)
        pipeline.build(warehouse, selection, TODAY, "person")

    return {
        "overview": lambda: overview.build(*asked),
        "trends": lambda: trend.build(*asked, how),
        "comparison": lambda: comparison.build(*asked, Listing("sales", "customer")),
        "drivers": lambda: driving.build(question, "sales"),
        "customers": lambda: customers.build(*asked, Watch()),
        "cohorts": lambda: cohorts.build(question, Grain.MONTH),
        "segments": lambda: rfm.build(question, rfm.earlier(question)),
        "goals": lambda: goals.build(warehouse, settings, promised, TODAY),
        "pipeline": deals,
        "quality": lambda: quality.build(warehouse, settings, TODAY, Log()),
    }


def _goals(warehouse: Any, settings: Any) -> list[Any]:
    """Sales of the quarter and the one before, of the company and of the largest regions."""
    from salesdash.periods import Grain
    from salesdash.selection import Filter
    from salesdash.workspace import Goal, Terms

    quarter = settings.fiscal.unit(Grain.QUARTER, TODAY)
    periods = (quarter, settings.fiscal.previous(Grain.QUARTER, quarter, 1))
    regions = warehouse.members("sales", "region", limit=5)
    scopes = [(), *((Filter("region", (name,)),) for name, _ in regions)]
    return [
        Goal(Terms("sales", period, Decimal(1_000_000), scope), number)
        for number, (period, scope) in enumerate(
            ((period, scope) for period in periods for scope in scopes), start=1
        )
    ]


def _scan(home: Any, dataset: str, columns: str) -> Work:
    figures = ", ".join(f"max({name})" for name in columns.split())
    return lambda: home.engine.rows(f"select {figures} from {dataset} where counts")


def _timer(work: Work) -> Callable[[], float]:
    return lambda: timed(work)


if __name__ == "__main__":
    print(json.dumps(ask(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
