"""What each order of the demo company comes to: amount, leading product, first of its customer."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.lines import Lines
from salesdash.demo.orders import Orders
from salesdash.demo.rows import amounts

NOT_YET = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Takings:
    """Columns beside the orders: cents after the corrections, product of the largest line.

    `first` marks each customer's first order that stands, `first_days` is its day beside the
    customers, NOT_YET for those without.
    """

    orders: Orders
    amount: NDArray[np.int64]
    product: NDArray[np.int64]
    first: NDArray[np.bool_]
    first_days: NDArray[np.int32]


def takings(
    orders: Orders, chunks: Iterable[tuple[Orders, Lines]], known: int, customers: int
) -> Takings:
    """The orders' sums as the system knows them on day `known`; `chunks` hold all of them."""
    parts = [_sums(part, lines, known) for part, lines in chunks]
    gone = orders.void | ((orders.changed <= known) & orders.recalled)
    bought = ~(orders.credit | orders.anonymous | gone) & (orders.entered <= known)
    positive = np.flatnonzero(bought)
    who, where = np.unique(orders.customer[positive], return_index=True)
    first = np.zeros(len(orders), np.bool_)
    first[positive[where]] = True
    first_days = np.full(customers, NOT_YET, np.int32)
    first_days[who] = orders.day[positive[where]]
    return Takings(
        orders,
        amount=np.concatenate([amount for amount, _ in parts]),
        product=np.concatenate([product for _, product in parts]),
        first=first,
        first_days=first_days,
    )


def _sums(part: Orders, lines: Lines, known: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Amount and leading product of each order of a chunk."""
    revised = ((part.changed >= 0) & (part.changed <= known))[lines.order]
    quantity = np.where(revised, lines.revised, lines.quantity)
    amount = amounts(quantity, lines.price, lines.discount)
    begins = np.searchsorted(lines.order, np.arange(len(part)))
    by_size = np.lexsort((amount, lines.order))
    largest = by_size[np.append(begins[1:], len(lines.order)) - 1]
    return np.add.reduceat(amount, begins), lines.product[largest]
