"""The demo company's costs, market sizes and targets, as Arrow tables."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from salesdash.demo.leads import flooding
from salesdash.demo.orders import World
from salesdash.demo.takings import Takings
from salesdash.periods import add_months

WEEKS = 52
PRICES = 1.03
"""Yearly rise of what things cost."""

MARKET_GROWTH = 1.06
PUBLISHED_AFTER = timedelta(days=20)
"""The market report of a quarter comes out so long after its end."""

MORE = 1.08
"""Targets are the quarter a year ago times this, rounded to TARGET_STEP."""

TARGET_STEP = 1_000
FRIDAY = 4
Row = tuple[date | str | float | None, ...]


def costs(world: World, rng: np.random.Generator, scale: float, days: tuple[int, int]) -> pa.Table:
    """Costs of those days (half-open): by channel each Friday, overhead at each month's end."""
    money, columns = world.company.money, ("cost_date", "cost_type", "channel", "amount")
    rows: list[Row] = []
    for number in range(*np.clip(days, 0, world.timeline.days)):
        day = world.timeline.first + timedelta(days=number)
        dearer = PRICES ** (number / 365.25) * scale
        if day.weekday() == FRIDAY:
            season = dearer * world.company.months[day.month - 1] * 12 / WEEKS
            for channel, kinds in money.costs.items():
                times = season * _flood(world, channel, number)
                for kind, month in kinds.items():
                    rows.append((day, kind, channel, _paid(month * times, rng, 0.15)))
        if (day + timedelta(days=1)).day == 1:
            rows += [
                (day, kind, None, _paid(month * dearer, rng, 0.02))
                for kind, month in money.overhead.items()
            ]
    return _table(columns, rows)


def _paid(usual: float, rng: np.random.Generator, spread: float) -> float:
    return round(usual * rng.uniform(1 - spread, 1 + spread), 2)


def _flood(world: World, channel: str, day: int) -> float:
    if channel != world.company.desk_plots.channel:
        return 1.0
    return float(flooding(world, np.asarray([day], np.int32))[0])


def market(world: World, rng: np.random.Generator, scale: float) -> pa.Table:
    """What all suppliers together sold, by region and whole quarter that is reported on."""
    rows: list[Row] = []
    for number, (start, end) in enumerate(_quarters(world)):
        if start < world.timeline.first or end + PUBLISHED_AFTER > world.timeline.today:
            continue
        season = np.mean([world.company.months[(start.month - 1 + n) % 12] for n in range(3)])
        for region, size in world.company.money.market.items():
            amount = size * scale * season * MARKET_GROWTH ** (number / 4) * rng.uniform(0.97, 1.03)
            rows.append((start, end - timedelta(days=1), region, float(round(amount, -3))))
    return _table(("period_start", "period_end", "region", "amount"), rows)


def targets(world: World, takings: Takings, metric: str) -> pa.Table:
    """Targets by region and quarter, as far as the year before is known, to this year's end.

    The running quarter is planned by month: its months are too unlike for one pace.
    """
    found = takings.orders
    counts = ~(found.void | found.recalled)
    region = np.asarray([c.region for c in world.company.cities])[
        world.customers.city[found.customer]
    ]
    rows: list[Row] = []
    for start, end in _planned(world):
        before = add_months(start, -12), add_months(end, -12)
        if before[0] < world.timeline.first:
            continue
        first, last = (world.timeline.number(day) for day in before)
        inside = counts & (found.day >= first) & (found.day < last)
        for name in world.company.money.market:
            amount = int(takings.amount[inside & (region == name)].sum()) / 100
            step = round(amount * MORE / TARGET_STEP) * TARGET_STEP
            rows.append((start, end - timedelta(days=1), name, metric, float(step)))
    return _table(("period_start", "period_end", "region", "metric", "target"), rows)


def _quarters(world: World) -> Iterator[tuple[date, date]]:
    """Calendar quarters from the history's first to the last of this year, half-open."""
    timeline = world.timeline
    start = date(timeline.first.year, (timeline.first.month - 1) // 3 * 3 + 1, 1)
    while start.year <= timeline.today.year:
        yield start, add_months(start, 3)
        start = add_months(start, 3)


def _planned(world: World) -> Iterator[tuple[date, date]]:
    """The quarters, that of the last day of the history cut into months."""
    for start, end in _quarters(world):
        if start <= world.timeline.edge < end:
            yield from ((add_months(start, n), add_months(start, n + 1)) for n in range(3))
        else:
            yield start, end


def _table(columns: tuple[str, ...], rows: list[Row]) -> pa.Table:
    return pa.table({name: [row[n] for row in rows] for n, name in enumerate(columns)})
