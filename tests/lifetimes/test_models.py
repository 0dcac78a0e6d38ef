"""BG/NBD and gamma-gamma: the papers' formulas, true parameters found again, what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import trapezoid
from scipy.special import hyp2f1
from scipy.stats import beta as beta_law
from scipy.stats import gamma as gamma_law

from salesdash.errors import DataRefused
from salesdash.lifetimes import (
    Frequency,
    Purchases,
    Spend,
    fit,
    frequency,
    likelihood,
    quadrature,
    spend,
)
from salesdash.texts import LANGUAGES, error
from tests.lifetimes import simulated

PAPER = Frequency(0.243, 4.414, 0.793, 2.426, -9582.4, 2357, 946)
"""Table 2 of Fader, Hardie, Lee (2005)."""

NOTE = Spend(6.25, 3.74, 15.44, 0.0, 946, None)
"""Fader, Hardie (2013), of the same data."""


def one(times, recency, age):
    return Purchases.of(np.array([times]), np.array([float(recency)]), np.array([float(age)]))


def closed(model, times, recency, age, horizon):
    """Equation 10 as it is printed."""
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    z = horizon / (alpha + age + horizon)
    series = hyp2f1(r + times, b + times, a + b + times - 1, z)
    whole = 1 - ((alpha + age) / (alpha + age + horizon)) ** (r + times) * series
    left = a / (b + times - 1) * ((alpha + age) / (alpha + recency)) ** (r + times)
    return (a + b + times - 1) / (a - 1) * whole / (1 + (times > 0) * left)


def test_the_first_customer_of_the_paper():
    """Two purchases, the last after 30.43 of 38.86 weeks: 1.226 more within 39."""
    found = PAPER.expected(one(2, 30.43, 38.86), np.array([39.0]))
    assert found[0, 0] == pytest.approx(1.226, abs=5e-4)


@given(
    st.integers(0, 60),
    st.floats(0, 1),
    st.floats(1, 200),
    st.floats(0.5, 100),
    st.floats(0.05, 0.95) | st.floats(1.05, 5),
)
def test_expected_purchases_are_those_of_the_printed_series(times, part, age, horizon, a):
    model = Frequency(0.4, 5.0, a, 2.5, 0.0, 1, 1)
    recency = part * age if times else 0.0
    found = model.expected(one(times, recency, age), np.array([horizon]))[0, 0]
    assert found == pytest.approx(closed(model, times, recency, age, horizon), rel=1e-6, abs=1e-9)


def test_frequent_customers_overflow_nothing():
    """A customer of a thousand purchases, where the printed series is no number."""
    found = PAPER.expected(one(1000, 156, 156.2), np.array([52.0]))[0, 0]
    assert 100 < found < 400
    assert PAPER.alive(one(1000, 30, 156))[0] == pytest.approx(0, abs=1e-300)


def test_alive():
    """P = 1 / (1 + a/(b+x-1) ((alpha+T)/(alpha+t))^(r+x)), by hand for x = 1, and 1 for x = 0."""
    model = Frequency(1.0, 10.0, 1.0, 2.0, 0.0, 1, 1)
    # ((10 + 20) / (10 + 5))^2 = 4; a / (b + 1 - 1) = 1/2; 1 / (1 + 2)
    assert model.alive(one(1, 5, 20))[0] == pytest.approx(1 / 3)
    assert model.alive(one(0, 0, 20))[0] == 1


def test_a_new_customer_comes_ever_more_slowly():
    weeks = PAPER.of_new(np.array([13.0, 26.0, 39.0]))
    assert weeks[2] == pytest.approx(closed(PAPER, 0, 0, 0, 39), rel=1e-9)
    assert weeks[0] > weeks[1] - weeks[0] > weeks[2] - weeks[1] > 0


@given(st.floats(0.05, 50), st.floats(0.05, 50))
def test_means_over_a_beta_distribution(first, second):
    values, weights = quadrature.beta(first, second)
    law = beta_law(first, second)
    assert weights.sum() == pytest.approx(1)
    assert weights @ values == pytest.approx(law.mean())
    assert weights @ values**2 - (weights @ values) ** 2 == pytest.approx(law.var(), abs=1e-9)


def test_what_a_purchase_is_worth():
    """p (v + x z) / (p x + q - 1): 35.2 of whom nothing is known; customers 1 and 2 of CDNOW."""
    assert NOTE.mean == pytest.approx(6.25 * 15.44 / 2.74)
    found = NOTE.expected(np.array([0, 2, 1, 100]), np.array([0, 22.35, 11.77, 50.0]))
    assert found == pytest.approx([35.22, 24.66, 18.92, 49.94], abs=0.01)


def test_a_mean_below_zero_counts_as_nothing():
    """Credit notes beyond purchases: drawn to the mean of all from zero, not from below."""
    twice = np.array([2])
    assert NOTE.expected(twice, np.array([-80.0])) == NOTE.expected(twice, np.zeros(1))


@pytest.fixture(scope="module")
def many():
    return simulated.ledger(6_000)


@pytest.fixture(scope="module")
def models(many):
    return fit(many, simulated.DAYS - 1)


def test_true_parameters_are_found_again(models):
    found = models.frequency
    assert (found.r, found.alpha) == pytest.approx((0.5, 8.0), rel=0.1)
    assert found.a / (found.a + found.b) == pytest.approx(0.8 / 4.8, rel=0.1)
    assert models.spend.mean == pytest.approx(6 * 45 / 3, rel=0.05)
    assert (models.spend.p, models.spend.q) == pytest.approx((6, 4), rel=0.1)
    assert abs(models.spend.correlation) < 0.05


def test_rounded_histories_lead_to_the_same_top(many, models, monkeypatch):
    monkeypatch.setattr(frequency, "MANY", 100)
    monkeypatch.setattr(spend, "MANY", 1_000)
    quick = fit(many, simulated.DAYS - 1)
    for whole, other in ((models.frequency, quick.frequency), (models.spend, quick.spend)):
        assert [*vars(other).values()] == pytest.approx([*vars(whole).values()], rel=1e-4)


def slopes_are_right(function, *place):
    at = np.array(place)
    for axis, slope in enumerate(function(at)[1]):
        step = np.zeros(len(at))
        step[axis] = 1e-6
        change = (function(at + step)[0] - function(at - step)[0]) / 2e-6
        assert slope == pytest.approx(change, rel=1e-4, abs=1e-4)


def test_slopes_are_those_of_the_likelihood():
    """Derivatives against differences, of both models."""
    rng = np.random.default_rng(2)
    times, age = rng.integers(0, 5, 50), rng.uniform(5, 60, 50)
    known = Purchases.of(times, np.where(times > 0, age * 0.6, 0.0), age)
    slopes_are_right(frequency._likelihood(known.grouped()), 0.4, 6.0, 0.9, 2.2)
    amounts = rng.gamma(3, 10, 50)
    slopes_are_right(spend._likelihood(np.maximum(times, 1) * 1.0, amounts), 4.0, 3.0, 20.0)


def test_the_likelihood_of_one_customer_by_brute_force():
    """One purchase after 4 of 10 weeks: every rate and every chance to leave, integrated."""
    r, alpha, a, b = 1.5, 5.0, 1.2, 3.0
    value, _ = frequency._likelihood(one(1, 4, 10))(np.array([r, alpha, a, b]))

    rate, leaves = np.meshgrid(np.linspace(0, 6, 2001), np.linspace(0, 1, 1001), indexing="ij")
    seen = rate * ((1 - leaves) * np.exp(-rate * 10) + leaves * np.exp(-rate * 4))
    mixed = seen * gamma_law(r, scale=1 / alpha).pdf(rate) * beta_law(a, b).pdf(leaves)
    whole = trapezoid(trapezoid(mixed, dx=1 / 1000), dx=6 / 2000)
    assert value == pytest.approx(np.log(whole), abs=5e-4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_few_to_say(lang):
    known = Purchases.of(np.ones(99, dtype=int), np.ones(99), np.full(99, 9.0))
    with pytest.raises(DataRefused) as refused:
        frequency.fit(known)
    assert "99" in error(refused.value, lang)
    with pytest.raises(DataRefused, match="few_amounts") as refused:
        spend.fit(np.ones(1, dtype=int), np.ones(1))
    assert "100" in error(refused.value, lang)


def test_amounts_without_a_mean():
    """Pareto amounts of index 0.6: the mean of any sample is its largest purchase."""
    amounts = np.random.default_rng(3).pareto(0.6, 400) + 0.01
    with pytest.raises(DataRefused, match="no_mean"):
        spend.fit(np.ones(400, dtype=int), amounts)


def test_equal_amounts_are_expected_again():
    """A subscription: everybody pays 30; nothing to correlate, and 30 is what is expected."""
    found = spend.fit(np.tile([1, 2, 3, 4], 50), np.full(200, 30.0))
    assert found.correlation is None
    assert found.expected(np.array([0, 3]), np.array([0, 30.0])) == pytest.approx(30, rel=0.01)


def test_no_rest_is_no_answer():
    with pytest.raises(DataRefused, match="unfitted"):
        likelihood.highest(
            lambda _: (np.nan, np.full(2, np.nan)), likelihood.Search([(1.0, 1.0)], np.eye(2), 1)
        )


def peak(place):
    """Highest at 2 and 3, of a hundred customers."""
    logs = np.log(place) - np.log([2.0, 3.0])
    return -100 * float(logs @ logs), -200 * logs / place


def slope(place):
    """Rises without end."""
    return float(np.log(place).sum()) * 100, 100 / place


@pytest.mark.parametrize("rough", [None, peak, slope])
def test_a_rough_likelihood_that_leads_astray_costs_time_only(rough):
    search = likelihood.Search([(1.0, 1.0)], np.eye(2), 100)
    found, value = likelihood.highest(peak, search, rough)
    assert found == pytest.approx([2, 3], rel=1e-4)
    assert value == pytest.approx(0, abs=1e-6)


def test_nobody_leaves():
    """All buy every 30 days to the end: a fit at the limit, where nobody is expected to leave."""
    known = Purchases.of(np.full(200, 12), np.full(200, 51.0), np.full(200, 52.0))
    found = frequency.fit(known)
    assert found.alive(known).min() > 0.98
    assert found.expected(known, np.array([52.0]))[0, 0] == pytest.approx(12, rel=0.05)
