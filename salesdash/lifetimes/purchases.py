"""Purchases: how often and how lately each customer came back, all that the models need to know.

A customer's first purchase begins the count: `times` are the purchases after it, `recency` is the
time from the first to the last one, `age` the time from the first to the end of what is known.
"""

from dataclasses import dataclass

import numpy as np

from salesdash.lifetimes.arrays import Floats, Ints

MANY = 20_000
"""Groups beyond which parameters are first looked for among rounded times."""


@dataclass(frozen=True, eq=False)
class Purchases:
    """One row a customer, or a group of `count` customers with the same history."""

    times: Ints
    recency: Floats
    age: Floats
    count: Floats

    @classmethod
    def of(cls, times: Ints, recency: Floats, age: Floats) -> "Purchases":
        """One customer a row."""
        return cls(times, recency, age, np.ones(len(times)))

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return round(float(self.count.sum()))

    @property
    def returning(self) -> int:
        """How many came back at least once."""
        return round(float(self.count[self.times > 0].sum()))

    def grouped(self) -> "Purchases":
        """Customers with the same history as one row: they make the same likelihood."""
        first, places = distinct(self.times, self.recency, self.age)
        count = np.bincount(places, weights=self.count).astype(np.float64)
        return Purchases(self.times[first], self.recency[first], self.age[first], count)

    def rounded(self) -> "Purchases":
        """Groups with times rounded, far fewer of them, for a first look at the parameters."""
        step = max(float(self.age.max()), 1e-9) / 64
        recency, age = (np.round(each / step) * step for each in (self.recency, self.age))
        late = np.where(self.times > 0, np.maximum(recency, step), 0.0)
        return Purchases(self.times, late, np.maximum(age, late), self.count).grouped()


def distinct(*columns: Ints | Floats) -> tuple[Ints, Ints]:
    """Where each combination of values stands first, and for every row which one it is."""
    keys = np.zeros(len(columns[0]), dtype=np.int64)
    first = np.zeros(0, dtype=np.int64)
    for column in columns:
        values, places = np.unique(column, return_inverse=True)
        pairs = keys * len(values) + places
        _, first, keys = np.unique(pairs, return_index=True, return_inverse=True)
    return first, keys
