"""Overview's tiles, asked of the warehouse without kept answers, against one raw scan by DuckDB.

Each twice: with what the warehouse keeps of a version of the data (sums by day, days of customers),
as with every period but the first under some filters; and that first one, with nothing known but
the columns.
The scan sums the columns that the additive tiles need, over the whole table. The tiles answer the
window, the comparison, twelve periods and the twelve of the year before.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.importing import HOME, NOW
from bench.measure import ROOT, in_child, interleaved, median, spread, table, timed
from salesdash.analysis.presets import ORDERS

TODAY = date(2026, 11, 23)
SCAN = """
select
    sum(amount),
    sum(quantity),
    sum(cost),
    sum(list_amount),
    count(*)
from sales
where counts
"""


def report(folder: Path, rows: int, rounds: int) -> str:
    """Times of the scan and of the groups of tiles, in turns."""
    answer = in_child("bench.tiles", str(folder), str(rounds)).answer
    floor = median(answer["seconds"]["one scan"])
    return table(
        f"Overview's figures, none kept, {rows:,} lines, {rounds} rounds",
        ["", "ms", "x scan"],
        [
            [
                f"{name}: {', '.join(answer['tiles'].get(name, ()))}".rstrip(": "),
                *_times(times, floor),
            ]
            for name, times in answer["seconds"].items()
        ],
        "Quarter to date against last year, with sparklines. The first: with nothing kept of this "
        "version of the data. Customer tiles need each customer's days and are no scan.",
    )


def _times(seconds: list[float], floor: float) -> list[str]:
    return [spread(seconds, 1, 1000), f"{median(seconds) / floor:.2f}"]


def ask(folder: Path, rounds: int) -> dict[str, Any]:
    """Measure in this process."""
    from salesdash import config
    from salesdash.analysis import kpis, overview
    from salesdash.imports.home import Home
    from salesdash.metrics import Kind
    from salesdash.periods import Comparison, parse
    from salesdash.selection import Selection

    settings = config.load(ROOT / "config.yaml")
    home = Home.open(folder / HOME, now=NOW, settings=settings)
    try:
        edge = home.warehouse.edge("sales", TODAY)
        window = parse("qtd", edge, settings.fiscal)
        selection = Selection(window, Comparison.LAST_YEAR)
        groups = _groups(settings, Kind)
        works: dict[str, Callable[[], object]] = {
            name: _asking(kpis.build, home.warehouse, settings, selection, ids)
            for name, ids in groups.items()
        }
        works["whole Overview"] = lambda: overview.build(home.warehouse, settings, selection, TODAY)
        timers = {"one scan": lambda: timed(lambda: home.engine.rows(SCAN))}
        for name, work in works.items():
            timers[name] = _again(work)
            timers[f"{name}, the first"] = _first(home, work)
        return {"seconds": interleaved(timers, rounds), "tiles": groups}
    finally:
        home.close()


def _groups(settings: Any, kind: Any) -> dict[str, list[str]]:
    """Tiles by what they need: sums alone, distinct orders, customers' histories."""
    metrics = settings.metrics
    additive, orders, customers = [], [], []
    for name in ORDERS:
        parts = _parts(name, metrics)
        if any(metrics[part].kind is kind.CUSTOMER or part == "active_customers" for part in parts):
            customers.append(name)
        elif "orders" in parts:
            orders.append(name)
        else:
            additive.append(name)
    return {
        "additive tiles": additive,
        "additive and order tiles": additive + orders,
        "customer tiles": customers,
    }


def _parts(name: str, metrics: Any) -> set[str]:
    """The metric and those it is made of."""
    metric = metrics[name]
    inner = {part for part in (metric.numerator, metric.denominator) if part in metrics}
    return {name}.union(*(_parts(part, metrics) for part in inner)) if inner else {name}


def _asking(build: Any, *arguments: Any) -> Callable[[], object]:
    *subject, ids = arguments
    return lambda: build(*subject, TODAY, ids)


def _again(work: Callable[[], object]) -> Callable[[], float]:
    """Time of the work once what serves all periods is kept."""

    def measure() -> float:
        work()
        return timed(work)

    return measure


def _first(home: Any, work: Callable[[], object]) -> Callable[[], float]:
    """Time of the work with nothing known of the data but their columns."""

    def measure() -> float:
        home.warehouse.refresh()
        return timed(work)

    return measure


if __name__ == "__main__":
    print(json.dumps(ask(Path(sys.argv[1]), int(sys.argv[2]))))
