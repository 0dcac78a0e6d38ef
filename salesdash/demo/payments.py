"""What the demo company is paid: most invoices after a month or two, some late, some never."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.orders import World
from salesdash.demo.takings import Takings
from salesdash.demo.timeline import Rota

LATE = 0.09
UNPAID = 0.012
HALVED = 0.1
"""Shares of the orders on credit: paid weeks late, never paid, paid in two parts."""

CREDIT_DAYS = 5
"""Terms of payment longer than this are credit."""

SLIPPING_MONTHS = 6
SLIPPING = 55
"""In the region of the story payments take up to so many days longer by now."""


@dataclass(frozen=True)
class Payments:
    """Columns of equal length, sorted by `day`: when, for which order, cents, number of the day."""

    day: NDArray[np.int32]
    order: NDArray[np.int64]
    amount: NDArray[np.int64]
    number: NDArray[np.int64]

    def __len__(self) -> int:
        """How many payments."""
        return len(self.day)


def payments(world: World, takings: Takings, rota: Rota, rng: np.random.Generator) -> Payments:
    """All payments up to yesterday; credit notes are paid back."""
    found = takings.orders
    order = np.flatnonzero(~(found.void | found.recalled) & (found.entered < world.timeline.days))
    wait, credit = _wait(world, takings, order, rng)
    never = credit & (rng.random(len(order)) < UNPAID)
    order, wait, credit = order[~never], wait[~never], credit[~never]
    halved = credit & (rng.random(len(order)) < HALVED)
    total = takings.amount[order]
    first = np.where(halved, total // 2, total)
    day = found.day[order] + wait
    later = day[halved] + rng.integers(14, 40, np.count_nonzero(halved))
    days = rota.snap(np.concatenate([day, later]))
    days = np.maximum(days, found.day[np.concatenate([order, order[halved]])])
    return _until_yesterday(
        world,
        days,
        np.concatenate([order, order[halved]]),
        np.concatenate([first, (total - first)[halved]]),
    )


def _wait(
    world: World, takings: Takings, order: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Days until each order is paid, and whether it is on credit."""
    company, found, count = world.company, takings.orders, len(order)
    terms = np.asarray([company.money.terms[method] for method in company.payments])
    start, end = terms[found.payment[order]].T
    credit = (end > CREDIT_DAYS) & ~found.anonymous[order]
    wait = start + rng.beta(2.2, 2.6, count) * (end - start)
    late = credit & (rng.random(count) < LATE)
    wait = np.where(late, wait + rng.integers(20, 75, count), wait)
    here = np.asarray([c.region == company.desk_plots.late_region for c in company.cities])
    begin = world.timeline.number(world.timeline.ago(SLIPPING_MONTHS))
    slip = np.interp(found.day[order], [begin, world.timeline.days], [0, SLIPPING])
    wait += np.where(credit & here[world.customers.city[found.customer[order]]], slip, 0)
    return np.where(found.anonymous[order], 0, np.rint(wait)).astype(np.int64), credit


def _until_yesterday(
    world: World, day: NDArray[np.int32], order: NDArray[np.int64], amount: NDArray[np.int64]
) -> Payments:
    """Sorted by day, numbered within it, nothing of today or later."""
    past = np.flatnonzero(day < world.timeline.days)
    ready = past[np.argsort(day[past], kind="stable")]
    sorted_days = day[ready]
    number = np.arange(len(ready)) - np.searchsorted(sorted_days, sorted_days) + 1
    return Payments(sorted_days, order[ready], amount[ready], number)
