"""BG/NBD: how often customers will come again, and whether they still are customers.

Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy Way. While alive a customer buys at
random with a rate of their own, gamma distributed over customers (shape r, scale alpha); after each
purchase they leave with a chance of their own, beta distributed (a, b). Nobody sees them leave:
silence that is long for their own rhythm speaks for it.
"""

from dataclasses import dataclass

import numpy as np

from salesdash.errors import DataRefused
from salesdash.lifetimes.arrays import Floats
from salesdash.lifetimes.likelihood import Likelihood, Search, highest
from salesdash.lifetimes.purchases import MANY, Purchases, distinct
from salesdash.lifetimes.quadrature import beta

AXES = np.array([[1.0, 0, 0, 0], [1, -1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
"""Log r, alpha, a, b of: log r, the mean rate r / alpha, the odds to leave a / b, and b."""

FEWEST = 100
"""Customers who came back, below which four parameters tell more of chance than of customers."""


@dataclass(frozen=True)
class Frequency:
    """A fitted BG/NBD model; alpha in the unit of time of the purchases.

    `log_likelihood`: of all `customers`, `returning` of whom came back.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    customers: int
    returning: int

    @property
    def leaving(self) -> float:
        """The mean chance to leave after a purchase."""
        return self.a / (self.a + self.b)

    def alive(self, known: Purchases) -> Floats:
        """The chance that each is still a customer; 1 for who bought once (appendix of the paper).

        After the first purchase nobody has had the occasion to leave, as the model has it.
        """
        times = np.maximum(known.times, 1)
        silence = np.log(self.alpha + known.age) - np.log(self.alpha + known.recency)
        odds = np.log(self.a) - np.log(self.b + times - 1) + (self.r + times) * silence
        chance: Floats = np.where(known.times > 0, 1 / (1 + np.exp(np.minimum(odds, 700))), 1.0)
        return chance

    def expected(self, known: Purchases, horizons: Floats) -> Floats:
        """Purchases expected of each within each horizon from now: (customers, horizons)."""
        return np.asarray(self.staying(known, horizons) * self.alive(known)[:, None])

    def staying(self, known: Purchases, horizons: Floats, mix: Floats | None = None) -> Floats:
        """The same of each who surely still is a customer; with `alive` equation 10 of the paper.

        As a mean over the chance to leave instead of its hypergeometric series, which overflows
        for frequent customers. `mix`: weights of the horizons, a column a figure wanted of them.
        """
        first, places = distinct(known.times, known.age)
        numbers, spans = known.times[first], self.alpha + known.age[first]
        found = np.empty((len(first), len(horizons)))
        for times in np.unique(numbers):
            rows = np.flatnonzero(numbers == times)
            chances, weights = beta(self.a, self.b + times)
            for place, horizon in enumerate(horizons):
                reach = np.log1p(np.outer(horizon / spans[rows], chances))
                found[rows, place] = -np.expm1(-(self.r + times) * reach) @ (weights / chances)
        return np.asarray((found if mix is None else found @ mix)[places])

    def of_new(self, horizons: Floats) -> Floats:
        """Purchases expected of a customer in each time after the first one (equation 9)."""
        nothing = np.zeros(1)
        new = Purchases.of(np.zeros(1, np.int64), nothing, nothing)
        return np.asarray(self.expected(new, horizons)[0])


def fit(known: Purchases) -> Frequency:
    """The most likely parameters. Raises DataRefused when too few came back, or nothing fits."""
    if known.returning < FEWEST:
        raise DataRefused("lifetimes.few", count=known.returning, fewest=FEWEST)
    groups = known.grouped()
    rough = _likelihood(groups.rounded()) if len(groups.times) > MANY else None
    search = Search(_starts(groups), AXES, known.customers)
    found, value = highest(_likelihood(groups), search, rough)
    r, alpha, a, b = found.tolist()
    return Frequency(r, alpha, a, b, value, known.customers, known.returning)


def _starts(groups: Purchases) -> tuple[tuple[float, ...], ...]:
    """Customers alike and unlike each other, who leave early or late; the mean rate as it is."""
    pace = float((groups.times @ groups.count) / max(float(groups.age @ groups.count), 1e-9))
    shapes = ((0.3, 0.8, 2.5), (1.0, 0.2, 5.0), (5.0, 1.0, 1.0))
    return tuple((r, r / max(pace, 1e-9), a, b) for r, a, b in shapes)


def _likelihood(groups: Purchases) -> Likelihood:
    """Equation 6 of the paper in logarithms, with its derivatives.

    What depends on the number of purchases alone is worked out once a number.
    """
    from scipy.special import gammaln, psi  # 300 ms: only when something is fitted

    numbers, places = np.unique(groups.times, return_inverse=True)
    count, again = groups.count, groups.times > 0
    many = np.bincount(places, weights=count)
    x = groups.times.astype(np.float64)

    def of_numbers(parameters: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = parameters
        value = gammaln(r + numbers) - gammaln(r) + r * np.log(alpha)
        value += gammaln(a + b) + gammaln(b + numbers) - gammaln(b) - gammaln(a + b + numbers)
        whole = psi(a + b) - psi(a + b + numbers)
        slopes = (
            psi(r + numbers) - psi(r) + np.log(alpha),
            np.full(len(numbers), r / alpha),
            whole,
            whole + psi(b + numbers) - psi(b),
        )
        return float(many @ value), np.array([many @ each for each in slopes])

    def likelihood(parameters: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = parameters
        value, slopes = of_numbers(parameters)
        aged, seen = np.log(alpha + groups.age), np.log(alpha + groups.recency)
        stays = -(r + x) * aged
        before = np.where(again, b + x - 1, 1.0)
        left = np.where(again, np.log(a / before) - (r + x) * seen, -np.inf)
        either = np.logaddexp(stays, left)
        gone = np.exp(left - either) * count
        here = count - gone
        slopes += (
            -(here @ aged + gone @ seen),
            -((r + x) * here @ (1 / (alpha + groups.age)))
            - ((r + x) * gone @ (1 / (alpha + groups.recency))),
            gone.sum() / a,
            -(gone @ (1 / before)),
        )
        return value + float(count @ either), slopes

    return likelihood
