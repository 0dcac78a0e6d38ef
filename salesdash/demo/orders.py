"""The demo company's orders: who orders on which day, with the stories woven in.

An order is decided here as a whole (day, customer, number of lines, what becomes of it); `lines`
says what is in it.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.company import Company
from salesdash.demo.customers import Customers
from salesdash.demo.staff import Staff
from salesdash.demo.timeline import Timeline

LINES = 60_000
"""About so many order lines at scale 1."""

EXTRA_LINES = 5
EXTRA_SHARE = 0.28
"""An order has one line and binomially many more: 2.4 on average, 6 at most."""

SHUFFLES = 8
"""So many orderings of the products, so that no two stand in the same baskets for ever."""

CREDITS = 0.008
ANONYMOUS = 0.012
CANCELLED = 0.02
LATE_ENTRIES = 0.006
LATE_CHANGES = 0.012
"""Shares of the orders: with a credit note, without customer, cancelled at once, written down
late, changed later."""

RECALLED = 0.4
"""Share of the late changes that are cancellations; the others correct a quantity."""

SLIP_MONTHS = 6
SLIP = (0.85, 0.35)
"""The region that slips: for so many months it keeps a share of its orders that falls so."""

SLUMP_MONTHS = 3
SLUMP = 0.3
"""The salesperson in a slump: keeps this share of the orders since so many months."""


@dataclass(frozen=True)
class Orders:
    """Columns of equal length, sorted by day. Days are day numbers, -1 is never.

    `number` counts within the day; `basket` and `draw` choose the products (`spread` is the number
    of lines of the order that the draw was made for); `changed` is when an order was cancelled
    (`recalled`) or corrected after it had been exported.
    """

    day: NDArray[np.int32]
    number: NDArray[np.int32]
    customer: NDArray[np.int32]
    lines: NDArray[np.int32]
    spread: NDArray[np.int32]
    basket: NDArray[np.int32]
    draw: NDArray[np.float64]
    credit: NDArray[np.bool_]
    anonymous: NDArray[np.bool_]
    void: NDArray[np.bool_]
    channel: NDArray[np.int8]
    payment: NDArray[np.int8]
    entered: NDArray[np.int32]
    changed: NDArray[np.int32]
    recalled: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many orders, credit notes included."""
        return len(self.day)

    def take(self, index: NDArray[np.int64] | slice) -> "Orders":
        """Some of the orders."""
        return Orders(**{f.name: getattr(self, f.name)[index] for f in fields(self)})

    @cached_property
    def total_lines(self) -> int:
        """Lines of all orders together."""
        return int(self.lines.sum())


@dataclass(frozen=True)
class World:
    """All that orders are made from."""

    company: Company
    timeline: Timeline
    customers: Customers
    busy: NDArray[np.float64]
    staff: Staff


def orders(world: World, rng: np.random.Generator, scale: float) -> Orders:
    """All orders and credit notes of the history, about LINES x scale lines."""
    customer, day = _who_and_when(world, rng, LINES * scale / (1 + EXTRA_LINES * EXTRA_SHARE))
    kept = rng.random(len(day)) < _kept(world, customer, day)
    plain = _plain(world, rng, customer[kept], day[kept])
    return _sorted(_with_credits(world, rng, plain), rng)


def _who_and_when(
    world: World, rng: np.random.Generator, expected: float
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Customer and day of each order: regular for each customer, following the busy days."""
    clients = world.customers
    until = np.concatenate([[0.0], np.cumsum(world.busy)])
    start, end = until[clients.joined], until[clients.left]
    wish = clients.rate * (end - start)
    counts = rng.poisson(wish * expected / wish.sum())
    counts[0] = max(round(clients.rate[0] * (end - start)[0] * expected / wish.sum()), 1)
    customer = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    nth = np.arange(len(customer)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (nth + rng.random(len(customer))) / counts[customer]
    place = start[customer] + share * (end - start)[customer]
    day = np.searchsorted(until, place, side="right") - 1
    return customer, np.clip(day, 0, world.timeline.days - 1).astype(np.int32)


def _kept(world: World, customer: NDArray[np.int32], day: NDArray[np.int32]) -> NDArray[np.float64]:
    """The chance that an order is placed at all: below 1 where a story is told."""
    company, timeline, plots = world.company, world.timeline, world.company.plots
    regions = np.asarray([city.region == plots.region for city in company.cities])
    slips = regions[world.customers.city][customer]
    begin = timeline.number(timeline.ago(SLIP_MONTHS))
    falling = np.interp(day, [begin, timeline.days], SLIP)
    chance = np.where(slips & (day >= begin), falling, 1.0)
    people = np.asarray([name == plots.person for name, _ in company.sellers])
    slumps = people[world.customers.person][customer]
    since = timeline.number(timeline.ago(SLUMP_MONTHS))
    return np.where(slumps & (day >= since), SLUMP, chance)


def _plain(
    world: World, rng: np.random.Generator, customer: NDArray[np.int32], day: NDArray[np.int32]
) -> Orders:
    """Orders without credit notes, in no order, not yet numbered."""
    count = len(day)
    lines = (1 + rng.binomial(EXTRA_LINES, EXTRA_SHARE, count)).astype(np.int32)
    late = rng.random(count) < LATE_ENTRIES
    entered = np.where(late, day + rng.integers(3, 26, count), day).astype(np.int32)
    void = rng.random(count) < CANCELLED
    changes = (rng.random(count) < LATE_CHANGES) & ~void
    after = entered + rng.integers(3, 46, count)
    return Orders(
        day=day,
        number=np.zeros(count, np.int32),
        customer=customer,
        lines=lines,
        spread=lines,
        basket=_baskets(world, rng, customer, day),
        draw=rng.random(count),
        credit=np.zeros(count, np.bool_),
        anonymous=rng.random(count) < ANONYMOUS,
        void=void,
        channel=_pick(rng, count, list(world.company.channels.values())),
        payment=_pick(rng, count, list(world.company.payments.values())),
        entered=entered,
        changed=np.where(changes, after, -1).astype(np.int32),
        recalled=changes & (rng.random(count) < RECALLED),
    )


def _pick(rng: np.random.Generator, count: int, weights: list[float]) -> NDArray[np.int8]:
    until = np.cumsum(weights) / sum(weights)
    return np.searchsorted(until, rng.random(count), side="right").astype(np.int8)


def month_numbers(timeline: Timeline) -> NDArray[np.int64]:
    """For each day the number of its month since the first."""
    months = timeline.dates().astype("datetime64[M]").astype(np.int64)
    return np.asarray(months - months[0], np.int64)


def _baskets(
    world: World, rng: np.random.Generator, customer: NDArray[np.int32], day: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Which list of product shares an order draws from: month, segment and a shuffle."""
    month = month_numbers(world.timeline)[day]
    segment = world.customers.segment[customer]
    shuffle = rng.integers(0, SHUFFLES, len(day))
    row = (month * len(world.company.segments) + segment) * SHUFFLES + shuffle
    return row.astype(np.int32)


def _with_credits(world: World, rng: np.random.Generator, plain: Orders) -> Orders:
    """A few orders get a credit note some days later: one line, the product of the first one."""
    origin = np.flatnonzero((rng.random(len(plain)) < CREDITS) & ~plain.void & ~plain.anonymous)
    day = plain.day[origin] + rng.integers(4, 30, len(origin))
    origin, day = origin[day < world.timeline.days], day[day < world.timeline.days]
    copies = plain.take(origin)
    different = {
        "day": day.astype(np.int32),
        "entered": day.astype(np.int32),
        "changed": np.full(len(day), -1, np.int32),
        "recalled": np.zeros(len(day), np.bool_),
        "lines": np.ones(len(day), np.int32),
        "credit": np.ones(len(day), np.bool_),
    }
    return Orders(
        **{
            f.name: np.concatenate(
                [getattr(plain, f.name), different.get(f.name, getattr(copies, f.name))]
            )
            for f in fields(Orders)
        }
    )


def _sorted(found: Orders, rng: np.random.Generator) -> Orders:
    """By day, at random within the day, numbered within it."""
    order = np.argsort(found.day + rng.random(len(found)), kind="stable")
    ready = found.take(order)
    starts = np.searchsorted(ready.day, ready.day, side="left")
    ready.number[:] = np.arange(len(ready)) - starts + 1
    return ready
