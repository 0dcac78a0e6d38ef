"""Gamma-gamma: what a purchase of each customer is worth on average.

Fader, Hardie (2013), "The Gamma-Gamma Model of Monetary Value". Amounts of a customer vary about a
mean of their own (shape p), means vary over customers (q, v). So the mean of few purchases is drawn
to that of everybody, that of many stands for itself. It takes means to be independent of how often
a customer buys: `correlation` says whether they are.
"""

from dataclasses import dataclass

import numpy as np

from salesdash.errors import DataRefused
from salesdash.lifetimes.arrays import Floats, Ints
from salesdash.lifetimes.frequency import FEWEST
from salesdash.lifetimes.likelihood import Likelihood, Search, highest
from salesdash.lifetimes.purchases import MANY

HEAVY = 1.02
"""A q below has no mean worth the name: a few enormous purchases decide everything."""

AXES = np.array([[1.0, 0, 0], [0, 1, 0], [-1, 1, 1]])
"""Log p, q, v of: log p, q, and p v / q, near the mean."""

STARTS = ((5.0, 4.0, 3.0), (1.0, 2.0, 1.0), (20.0, 10.0, 10.0))


@dataclass(frozen=True)
class Spend:
    """A fitted gamma-gamma model; v in the unit of money.

    `correlation`: between the number of purchases and their mean amount; None where all are alike.
    """

    p: float
    q: float
    v: float
    log_likelihood: float
    customers: int
    correlation: float | None

    @property
    def mean(self) -> float:
        """What a purchase of a customer is worth of whom nothing is known."""
        return self.p * self.v / (self.q - 1)

    def expected(self, times: Ints, means: Floats) -> Floats:
        """What a purchase of each is worth, by the mean of so many (0: nothing is known)."""
        seen = times * np.maximum(np.where(times > 0, means, 0.0), 0.0)
        value: Floats = self.p * (self.v + seen) / (self.p * times + self.q - 1)
        return value


def fit(times: Ints, means: Floats) -> Spend:
    """The most likely parameters of those who came back with a mean above zero.

    Raises DataRefused: too few of them, nothing fits, or amounts without a mean.
    """
    used = (times > 0) & (means > 0)
    x, z = times[used].astype(np.float64), means[used]
    if len(x) < FEWEST:
        raise DataRefused("lifetimes.few_amounts", count=len(x), fewest=FEWEST)
    unit = float(np.median(z))
    z = z / unit
    step = 1 + len(x) // MANY
    rough = _likelihood(x[::step], z[::step], step) if step > 1 else None
    found, value = highest(_likelihood(x, z), Search(STARTS, AXES, len(x)), rough)
    p, q, v = found.tolist()
    if q <= HEAVY:
        raise DataRefused("lifetimes.no_mean")
    value -= len(x) * float(np.log(unit))
    return Spend(p, q, v * unit, value, len(x), correlation(x, z))


def correlation(x: Floats, z: Floats) -> float | None:
    """Pearson's, between the numbers of purchases and their means."""
    if np.ptp(x) == 0 or np.ptp(z) == 0:
        return None
    return float(np.corrcoef(x, z)[0, 1])


def _likelihood(x: Floats, z: Floats, weight: float = 1.0) -> Likelihood:
    """Equation 1a of the note in logarithms, with its derivatives; each row weighs so much."""
    from scipy.special import gammaln, psi  # 300 ms: only when something is fitted

    log_x, log_z = np.log(x), np.log(z)

    def likelihood(parameters: Floats) -> tuple[float, Floats]:
        p, q, v = parameters
        shape, whole = p * x, p * x + q
        sums = np.log(v + x * z)
        value = gammaln(whole) - gammaln(shape) - gammaln(q) + q * np.log(v)
        value += (shape - 1) * log_z + shape * log_x - whole * sums
        digamma = psi(whole)
        slopes = (
            x @ (digamma - psi(shape) + log_z + log_x - sums),
            (digamma - psi(q) + np.log(v) - sums).sum(),
            (q / v - whole / (v + x * z)).sum(),
        )
        return float(value.sum()) * weight, np.array(slopes) * weight

    return likelihood
