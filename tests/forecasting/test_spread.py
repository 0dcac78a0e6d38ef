"""How wide: errors by step, sums of steps, and Student's t against its own density."""

import math

import numpy as np
import pytest

from salesdash.forecasting.distribution import Distribution
from salesdash.forecasting.spread import OVERLAP, PRIOR_GROWTH, PRIOR_WEIGHT, Spread, spread


def test_two_steps_by_hand():
    """Root mean squares 1 and 2: with many errors they grow with the step itself."""
    errors = np.tile([[1.0, 2.0], [-1.0, -2.0]], (500, 1))
    found = spread(errors)
    weight = 1000 * 2 * (math.log(2) / 2) ** 2  # of the slope 1
    assert found.growth == pytest.approx(
        (weight + PRIOR_WEIGHT * PRIOR_GROWTH) / (weight + PRIOR_WEIGHT)
    )
    assert found.size == pytest.approx(1, abs=0.01)
    assert found.origins == 1000
    assert found.steps(2) == pytest.approx([1, 2], abs=0.02)


def test_one_error_leans_on_the_prior():
    found = spread(np.array([[3.0, np.nan]]))
    assert (found.size, found.growth, found.origins) == (3, PRIOR_GROWTH, 1)


def test_no_error_has_no_width():
    found = spread(np.zeros((5, 3)))
    assert found.size == 0
    assert found.correlated(np.zeros((5, 3))) == found
    assert found.sums(3).tolist() == [0, 0, 0]


def test_few_origins_widen_far_steps():
    found = Spread(10, 0, origins=4)
    assert found.steps(4) == pytest.approx(
        [10 * math.sqrt(1 + OVERLAP * k / 4) for k in range(1, 5)]
    )


@pytest.mark.parametrize("fading", [0, 0.5, 3, 100])
def test_sums_by_the_whole_covariance_matrix(fading):
    found = Spread(2.0, 0.5, origins=20, fading=fading)
    steps = [2 * math.sqrt(k) for k in range(1, 7)]
    for n in range(1, 7):
        variance = sum(
            steps[i] * steps[j] * ((min(i, j) + 1) / (max(i, j) + 1)) ** fading
            for i in range(n)
            for j in range(n)
        )
        wide = math.sqrt(variance * (1 + OVERLAP * n / 20))
        assert found.sums(6)[n - 1] == pytest.approx(wide)


def test_long_sums_of_steps_that_err_by_themselves_stay_finite():
    found = Spread(1.0, 0.0, origins=36, fading=100).sums(1000)
    assert np.isfinite(found).all()
    assert (np.diff(found) > 0).all()


def test_the_sum_of_one_step_is_that_step():
    found = Spread(2.0, 0.7, origins=9, fading=0.6)
    assert found.sums(1) == pytest.approx(found.steps(1))


def walks(rng, count, steps):
    return rng.normal(size=(count, steps)).cumsum(axis=1)


@pytest.mark.parametrize(
    ("errors", "low", "high"),
    [
        (lambda rng: rng.normal(size=(4000, 6)), 10, 100),  # each step by itself
        (lambda rng: walks(rng, 4000, 6), 0.3, 0.75),
        (lambda rng: np.tile(rng.normal(size=(4000, 1)), 6), 0, 0.05),  # all alike
    ],
)
def test_the_fading_is_found(errors, low, high):
    seen = errors(np.random.default_rng(1))
    found = spread(seen).correlated(seen)
    assert low <= found.fading <= high
    totals = seen.cumsum(axis=1).std(axis=0)
    assert found.sums(6) == pytest.approx(totals, rel=0.1)


def student(t, freedom):
    """P(T <= t), by Simpson's rule over the density."""
    constant = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    constant /= math.sqrt(freedom * math.pi)
    places = np.linspace(0, abs(t), 2001)
    heights = constant * (1 + places**2 / freedom) ** (-(freedom + 1) / 2)
    weights = np.ones(2001)
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    half = abs(t) / 2000 / 3 * float(weights @ heights)
    return 0.5 + math.copysign(half, t)


@pytest.mark.parametrize("freedom", [2, 3, 5, 10, 36])
@pytest.mark.parametrize("t", [-3, -1, -0.2, 0, 0.5, 1.3, 2.5])
def test_students_t_by_its_density(freedom, t):
    at_least = Distribution(0, 1, freedom).chance(t)
    assert at_least == pytest.approx(1 - student(t, freedom), abs=0.01 if freedom == 2 else 0.004)


def test_eighty_per_cent_of_a_normal_and_of_few():
    assert Distribution(100, 10).interval(0.8) == pytest.approx((87.18, 112.82), abs=0.01)
    low, high = Distribution(100, 10, 5).interval(0.8)  # t of 5: 1.476
    assert (low, high) == pytest.approx((85.24, 114.76), abs=0.05)


@pytest.mark.parametrize("freedom", [3, 36, math.inf])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9])
def test_chance_and_quantile_are_inverse(share, freedom):
    found = Distribution(50, 7, freedom)
    assert found.chance(found.quantile(share)) == pytest.approx(1 - share)


def test_nothing_lies_below_the_floor():
    found = Distribution(5, 10, 20, floor=0)
    assert found.quantile(0.1) == 0
    assert found.chance(0) == found.chance(-3) == 1
    assert found.chance(0.001) == pytest.approx(Distribution(5, 10, 20).chance(0.001))


def test_without_width_it_is_so_or_not():
    found = Distribution(5, 0, 3)
    assert (found.chance(5), found.chance(5.1), found.interval(0.8)) == (1, 0, (5, 5))
