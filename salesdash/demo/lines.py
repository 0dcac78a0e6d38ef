"""The lines of the demo company's orders: products, quantities, prices, discounts, in cents."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.orders import SHUFFLES, Orders, World, month_numbers
from salesdash.demo.timeline import MONTHS

CHUNK = 65_536
"""Orders whose lines are made together; part of the seed, so that chunks never change a line."""

PRICE_RISE = 1.03
LAUNCH_MONTHS = 8
RAMP_MONTHS = 5
"""The launched product came so many months ago, and took so many to be in full use."""

DISCOUNTS = np.asarray([0, 5, 10, 15, 20])
DISCOUNT_TIERS = (0.9, 1.6, 3.0)
"""Customers of at least these sizes get 5, 10, 15 % as a rule."""

SECOND_MACHINE = 0.08
"""Machines are not bought by the dozen: this share of their lines are two."""

CORRECTIONS = np.asarray([0.5, 0.75, 1.5, 2.0])


@dataclass(frozen=True)
class Lines:
    """Columns of equal length: the order's position, the product's, quantities, cents, percent.

    `revised` is the quantity after the order was corrected; equal to `quantity` for the others.
    """

    order: NDArray[np.int64]
    product: NDArray[np.int64]
    quantity: NDArray[np.int64]
    revised: NDArray[np.int64]
    price: NDArray[np.int64]
    discount: NDArray[np.int64]


class Shelves:
    """What the company sells when and to whom: shares and prices by month, ready to draw from."""

    def __init__(self, world: World) -> None:
        self.world = world
        rng = np.random.default_rng(len(world.company.products))
        count = len(world.company.products)
        self._shuffles = np.stack([rng.permutation(count) for _ in range(SHUFFLES)])

    @cached_property
    def _until(self) -> NDArray[np.float64]:
        """Flat list: product shares of basket b, cumulated, rise from b to b + 1."""
        rows = []
        for month in range(MONTHS + 1):
            for segment in range(len(self.world.company.segments)):
                weights = self._weights(month, segment)
                rows += [np.cumsum(weights[s]) / weights.sum() for s in self._shuffles]
        return np.concatenate([b + row for b, row in enumerate(rows)])

    def _weights(self, month: int, segment: int) -> NDArray[np.float64]:
        """How much of each product the segment takes in the month."""
        company, plots = self.world.company, self.world.company.plots
        appetite = dict(zip(company.categories, company.segments[segment].appetite, strict=True))
        whole = {c: sum(p.weight for p in company.products if p.category == c) for c in appetite}
        calendar_month = (self.world.timeline.first.month - 1 + month) % 12 + 1
        in_season = calendar_month in plots.season_months
        on_sale = np.clip((month - (MONTHS - LAUNCH_MONTHS) + 1) / RAMP_MONTHS, 0, 1)
        weights = []
        for product in company.products:
            weight = appetite[product.category] * product.weight / whole[product.category]
            weight *= plots.season_lift if in_season and product.category == plots.season else 1
            weights.append(weight * (on_sale if product.name == plots.launch else 1))
        return np.asarray(weights)

    def products(self, basket: NDArray[np.int32], at: NDArray[np.float64]) -> NDArray[np.int64]:
        """The product at a place between 0 and 1 of a basket's shares."""
        found = np.searchsorted(self._until, basket + at, side="right")
        count = len(self.world.company.products)
        place = np.clip(found - basket.astype(np.int64) * count, 0, count - 1)
        return np.asarray(self._shuffles[basket % SHUFFLES, place], np.int64)

    @cached_property
    def prices(self) -> NDArray[np.int64]:
        """Price in cents by year of the history and product: the list price, dearer each year."""
        listed = np.asarray([product.price for product in self.world.company.products])
        years = np.arange(MONTHS // 12 + 2)[:, None]
        return np.asarray(np.rint(listed * PRICE_RISE**years / 10) * 10, np.int64)

    @cached_property
    def years(self) -> NDArray[np.int64]:
        """For each day the number of its calendar year since the first."""
        start = self.world.timeline.first.month - 1
        return (month_numbers(self.world.timeline) + start) // 12


def lines(shelves: Shelves, found: Orders, seed: int, chunk: int) -> Lines:
    """The lines of one chunk of orders; `order` counts from the chunk's first order."""
    part = found.take(slice(chunk * CHUNK, (chunk + 1) * CHUNK))
    rng = np.random.default_rng([seed, chunk])
    order = np.repeat(np.arange(len(part)), part.lines)
    nth = np.arange(len(order)) - np.repeat(np.cumsum(part.lines) - part.lines, part.lines)
    # One draw an order, its lines equally far apart: no product twice while none has more than
    # a sixth of the shares.
    at = (nth + part.draw[order]) / part.spread[order]
    product = shelves.products(part.basket[order], at)
    quantity = _quantity(shelves, part, order, product, rng)
    return Lines(
        order=order,
        product=product,
        quantity=quantity,
        revised=_revised(part, order, nth, quantity, rng),
        price=shelves.prices[shelves.years[part.day[order]], product],
        discount=_discount(shelves, part, order, rng),
    )


def _quantity(
    shelves: Shelves,
    part: Orders,
    order: NDArray[np.int64],
    product: NDArray[np.int64],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    usual = np.asarray([p.quantity for p in shelves.world.company.products])[product]
    size = shelves.world.customers.size[part.customer[order]]
    wanted = np.rint(usual * size * rng.lognormal(0, 0.35, len(order)))
    few = 1 + (rng.random(len(order)) < SECOND_MACHINE)
    bought = np.where(usual > 1, np.maximum(wanted, 1), few)
    back = -(1 + rng.integers(0, 2, len(order)))
    return np.where(part.credit[order], back, bought).astype(np.int64)


def _revised(
    part: Orders,
    order: NDArray[np.int64],
    nth: NDArray[np.int64],
    quantity: NDArray[np.int64],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """A correction changes the quantity of the first line."""
    factor = CORRECTIONS[rng.integers(0, len(CORRECTIONS), len(order))]
    other = np.maximum(np.rint(quantity * factor), 1).astype(np.int64)
    other = np.where(other == quantity, quantity + 1, other)
    corrected = (part.changed >= 0) & ~part.recalled
    return np.where(corrected[order] & (nth == 0), other, quantity)


def _discount(
    shelves: Shelves, part: Orders, order: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    tier = np.searchsorted(DISCOUNT_TIERS, shelves.world.customers.size, side="right")
    step = rng.choice([-1, 0, 0, 0, 1], len(order))
    place = np.clip(tier[part.customer[order]] + step, 0, len(DISCOUNTS) - 1)
    return np.asarray(DISCOUNTS[place], np.int64)
