"""Customers who behave exactly as the models take it, so that the true parameters are known."""

import numpy as np

from salesdash.lifetimes import Ledger

DAYS = 546


def rows(count, seed=1, frequency=(0.5, 8.0, 0.8, 4.0), spend=(6.0, 4.0, 45.0)):
    """Customers, days, amounts: one row a purchase; times of `frequency` are weeks."""
    rng = np.random.default_rng(seed)
    (r, alpha, a, b), (p, q, v) = frequency, spend
    rates, leaving = rng.gamma(r, 1 / alpha, count) / 7, rng.beta(a, b, count)
    scales = rng.gamma(q, 1 / v, count)
    now = rng.integers(0, DAYS // 2, count).astype(float)
    here, found = np.arange(count), [(np.arange(count), now.astype(int))]
    while len(here):
        now[here] += rng.exponential(1 / rates[here])
        here = here[now[here] < DAYS]
        found.append((here, now[here].astype(int)))
        here = here[rng.random(len(here)) >= leaving[here]]
    customers, days = (np.concatenate(each) for each in zip(*found, strict=True))
    customers, days = np.unique(np.column_stack((customers, days)), axis=0).T
    return customers, days, rng.gamma(p, 1 / scales[customers])


def ledger(count, **how):
    customers, days, amounts = rows(count, **how)
    return Ledger.of(customers, days, np.ones(len(days), dtype=bool), amounts)
