"""The back-test: models of what was known then, held against what has come since."""

from dataclasses import dataclass

import numpy as np

from salesdash.lifetimes.arrays import Ints
from salesdash.lifetimes.ledger import Ledger, Truth
from salesdash.lifetimes.prospect import WEEK, Models, fit

LEAST_DAYS = 28
"""A shorter time tells nothing."""


@dataclass(frozen=True)
class Holdout:
    """Customers known at the end of day `split`, in the days after it up to `end`.

    `orders` and `amounts`: expected and come. `course`: for each whole week after the split its
    number, the orders expected until its end, and those that came.
    """

    split: int
    end: int
    customers: int
    orders: tuple[float, int]
    amounts: tuple[float, float]
    course: tuple[tuple[int, float, int], ...]
    models: Models


def holdout(ledger: Ledger, end: int, days: int) -> Holdout | None:
    """The last `days`, at most half of all, forecast from what lay before; None where too short.

    Raises DataRefused where what was known then fits no model.
    """
    whole = end - int(ledger.first.min()) + 1
    held = min(days, whole // 2)
    if held < LEAST_DAYS:
        return None
    split = end - held
    before, customers = ledger.until(split), ledger.known_at(split)
    models = fit(before, split)
    weeks = np.arange(1, held // int(WEEK) + 1)
    horizons = np.append(weeks, held / WEEK)
    expected = models.frequency.expected(before.purchases(split, WEEK), horizons)
    worth = models.spend.expected(before.times, before.means)
    came = ledger.within(split + 1, end, customers)
    sums, counted = expected.sum(axis=0), np.cumsum(_weekly(ledger, (split, end), customers))
    course = (
        (int(week), float(sums[place]), int(counted[place])) for place, week in enumerate(weeks)
    )
    return Holdout(
        split,
        end,
        before.customers,
        (float(sums[-1]), came[0]),
        (float(expected[:, -1] @ worth), came[1]),
        tuple(course),
        models,
    )


def _weekly(ledger: Ledger, days: tuple[int, int], customers: Truth) -> Ints:
    """Purchases of some customers in each week between two days, also in one cut short."""
    split, end = days
    inside = (ledger.days > split) & (ledger.days <= end)
    rows = ledger.bought & inside & customers[ledger.owners]
    weeks = (ledger.days[rows] - split - 1) // int(WEEK)
    return np.bincount(weeks, minlength=(end - split) // int(WEEK) + 1)
