"""What customers are expected to bring: purchases times what one is worth, and that discounted."""

from dataclasses import dataclass

import numpy as np

from salesdash.lifetimes import frequency, spend
from salesdash.lifetimes.arrays import Floats
from salesdash.lifetimes.frequency import Frequency
from salesdash.lifetimes.ledger import Ledger
from salesdash.lifetimes.spend import Spend

WEEK = 7.0
"""Days of the unit of time: the papers count weeks."""

MONTH = 365.25 / 12 / WEEK
YEAR = 12


@dataclass(frozen=True)
class Models:
    """How often customers come, and what a purchase is worth; fitted to the same history."""

    frequency: Frequency
    spend: Spend


@dataclass(frozen=True, eq=False)
class Prospect:
    """One figure a customer, in the order of the ledger.

    `alive`: the chance that each still is a customer. `orders`, `amount`: expected within the
    horizon; `present`: the amount discounted to today. `staying`: the amount if they surely were
    customers still.
    """

    alive: Floats
    orders: Floats
    amount: Floats
    present: Floats
    staying: Floats


def fit(ledger: Ledger, end: int) -> Models:
    """Both models of what was known at the end of a day. Raises DataRefused where one won't fit."""
    how_often = frequency.fit(ledger.purchases(end, WEEK))
    return Models(how_often, spend.fit(ledger.times, ledger.means))


def prospect(models: Models, ledger: Ledger, end: int, months: int, rate: float) -> Prospect:
    """What each customer is expected to bring in so many months after day `end`.

    `rate`: of a year, 0.1 = 10 %. Amounts of a month are discounted from its middle.
    """
    known = ledger.purchases(end, WEEK)
    alive = models.frequency.alive(known)
    worth = models.spend.expected(ledger.times, ledger.means)
    horizons = np.arange(1, months + 1, dtype=np.float64) * MONTH
    staying = models.frequency.staying(known, horizons, _mix(months, rate))
    orders = staying * alive[:, None]
    amount, present = (orders[:, place] * worth for place in (0, 1))
    return Prospect(alive, orders[:, 0], amount, present, staying[:, 0] * worth)


def _mix(months: int, rate: float) -> Floats:
    """Of purchases up to the end of each month: all of them, and each discounted from its month."""
    middles = (np.arange(months) + 0.5) / YEAR
    discount = (1 + rate) ** -middles
    all_of_them = np.zeros(months)
    all_of_them[-1] = 1
    return np.column_stack((all_of_them, discount - np.append(discount[1:], 0.0)))
