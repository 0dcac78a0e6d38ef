"""A ledger: who bought on which days for how much, from which every model is fed.

Several documents of a day are one purchase. Credit notes of later days lower what a customer's
purchases are worth, and are none themselves.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salesdash.lifetimes.arrays import Floats, Ints
from salesdash.lifetimes.purchases import Purchases

Truth = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Ledger:
    """Days of customers in order, those of one from its place in `starts` on.

    `keys`: the numbers by which customers were given. `days` count from any day; `bought` says of
    which that something was, `amounts` are their sums. Each customer bought on one day at least.
    """

    keys: Ints
    starts: Ints
    days: Ints
    bought: Truth
    amounts: Floats

    @classmethod
    def of(cls, customers: Ints, days: Ints, bought: Truth, amounts: Floats) -> "Ledger":
        """From rows in the order of customers, who are numbers from 0, and of days.

        Customers who never bought are left out.
        """
        size = int(customers[-1]) + 1 if len(customers) else 0
        buyers = np.bincount(customers, weights=bought, minlength=size) > 0
        kept = buyers[customers]
        lengths = np.bincount(customers[kept], minlength=size)[buyers]
        starts = np.cumsum(lengths) - lengths
        return cls(np.flatnonzero(buyers), starts, days[kept], bought[kept], amounts[kept])

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.starts)

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        columns = (self.keys, self.starts, self.days, self.bought, self.amounts)
        return sum(each.nbytes for each in columns)

    @cached_property
    def owners(self) -> Ints:
        """The customer of each row."""
        lengths = np.diff(np.append(self.starts, len(self.days)))
        return np.repeat(np.arange(self.customers), lengths)

    @cached_property
    def first(self) -> Ints:
        """The day of each customer's first purchase."""
        return np.minimum.reduceat(np.where(self.bought, self.days, LATE), self.starts)

    @cached_property
    def last(self) -> Ints:
        """The day of each customer's last purchase."""
        return np.maximum.reduceat(np.where(self.bought, self.days, -LATE), self.starts)

    @cached_property
    def times(self) -> Ints:
        """Purchases of each customer after the first one."""
        return np.add.reduceat(self.bought.astype(np.int64), self.starts) - 1

    @cached_property
    def means(self) -> Floats:
        """What a purchase after the first was worth on average, 0 where there was none."""
        later = self.days > self.first[self.owners]
        sums = np.add.reduceat(np.where(later, self.amounts, 0.0), self.starts)
        means: Floats = np.where(self.times > 0, sums / np.maximum(self.times, 1), 0.0)
        return means

    def until(self, day: int) -> "Ledger":
        """What was known at the end of a day: customers who had bought by then."""
        kept = self.days <= day
        owners = self.keys[self.owners[kept]]
        return Ledger.of(owners, self.days[kept], self.bought[kept], self.amounts[kept])

    def known_at(self, day: int) -> Truth:
        """Which customers had bought by the end of a day."""
        return np.asarray(self.first <= day)

    def purchases(self, end: int, unit: float) -> Purchases:
        """How often and how lately, seen at the end of day `end`; `unit`: days a unit of time."""
        recency, age = self.last - self.first, end - self.first
        return Purchases.of(self.times, recency / unit, age / unit)

    def within(self, first: int, last: int, customers: Truth) -> tuple[int, float]:
        """Purchases and amount of some customers on the days from `first` to `last`."""
        rows = (self.days >= first) & (self.days <= last) & customers[self.owners]
        return int(self.bought[rows].sum()), float(self.amounts[rows].sum())


LATE = 1 << 40
"""After every day."""
