"""Each customer's own rhythm: the pauses between purchases, and how long the present one is."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from salesdash.lifetimes import Ledger
from salesdash.metrics.customers import months_before
from salesdash.warehouse.purchases import number_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Truth = NDArray[np.bool_]

YEAR = 365

PLACES = 4
"""Of money, as it is stored: sums of binary fractions leave dust behind them."""

SPAN = 6
"""Months that are held against the same months of the year before."""


@dataclass(frozen=True, eq=False)
class Rhythms:
    """One value a customer, in days and money.

    `silence`: since the last purchase. `longest`, `middle`: the longest and the median pause before
    it, 0 of who bought once. `year`: sales of the 365 days that ended with the last purchase.
    """

    silence: Ints
    longest: Ints
    middle: Floats
    year: Floats


@dataclass(frozen=True, eq=False)
class Halves:
    """Sales of the last `SPAN` months, of the same a year before, and the purchases of those."""

    now: Floats
    then: Floats
    bought: Ints


def rhythms(ledger: Ledger, end: int) -> Rhythms:
    """As seen at the end of a day of the ledger."""
    longest, middle = _pauses(ledger)
    late = ledger.days > (ledger.last - YEAR)[ledger.owners]
    return Rhythms(end - ledger.last, longest, middle, _sums(ledger, late))


def halves(ledger: Ledger, last: date) -> Halves | None:
    """The last months beside those a year before; None where the data do not go back so far."""
    after = last + timedelta(days=1)
    recent, before, earlier = (
        number_of(months_before(after, months)) for months in (SPAN, 12, 12 + SPAN)
    )
    if not ledger.customers or int(ledger.days.min()) > earlier:
        return None
    then = (ledger.days >= earlier) & (ledger.days < before)
    bought = np.bincount(ledger.owners[then & ledger.bought], minlength=ledger.customers)
    return Halves(_sums(ledger, ledger.days >= recent), _sums(ledger, then), bought)


def _sums(ledger: Ledger, rows: Truth) -> Floats:
    """The amounts of some rows by customer."""
    sums = np.bincount(ledger.owners, np.where(rows, ledger.amounts, 0.0), ledger.customers)
    return sums.astype(np.float64).round(PLACES)


def _pauses(ledger: Ledger) -> tuple[Ints, Floats]:
    """The longest and the median pause of each customer."""
    owners, days = ledger.owners[ledger.bought], ledger.days[ledger.bought]
    same = owners[1:] == owners[:-1]
    whose, pauses = owners[1:][same], np.diff(days)[same]
    order = np.lexsort((pauses, whose))
    pauses = pauses[order]
    ends = np.cumsum(ledger.times)
    starts, some = ends - ledger.times, ledger.times > 0
    longest = np.zeros(ledger.customers, dtype=np.int64)
    middle = np.zeros(ledger.customers)
    longest[some] = pauses[ends[some] - 1]
    low = pauses[(starts + (ledger.times - 1) // 2)[some]]
    high = pauses[(starts + ledger.times // 2)[some]]
    middle[some] = (low + high) / 2
    return longest, middle
