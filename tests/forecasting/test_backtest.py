"""The rolling back-test: which origins, what each knows, how models weigh."""

import math

import numpy as np
import pytest

from salesdash.forecasting.accuracy import accuracy, naive_error
from salesdash.forecasting.backtest import AVERAGE, _known, _relative, _weights, backtest
from salesdash.forecasting.history import History, history, origins
from salesdash.forecasting.models import MODELS, REFERENCE

RISING = np.array([100 + 3 * t + (8, -8, 0, 0)[t % 4] + (t * 7 % 5) for t in range(40)], float)


@pytest.mark.parametrize(
    ("count", "season", "horizon", "first", "stride"),
    [
        (100, 12, 18, 64, 1),  # 36 months back
        (50, 12, 18, 25, 1),  # half the values are to learn from
        (4, 12, 18, 2, 1),
        (4, 1, 37, 2, 1),
        (700, 7, 90, 520, 5),  # two horizons back, every fifth day
    ],
)
def test_origins(count, season, horizon, first, stride):
    found = origins(count, season, horizon).tolist()
    assert (found[0], found[-1], found[1] - found[0]) == (first, count, stride)
    assert len(found) <= 37


def test_an_origin_knows_what_lies_before_it():
    """Three values; from 2 on the third was forecast (one step), two steps reach beyond."""
    actual = np.array([[2.0, 3.0], [3.0, np.nan], [np.nan, np.nan]])
    found = _known(actual, np.array([1, 2, 3]))
    assert found[0].tolist() == [[0, 0], [0, 0], [0, 0]]
    assert found[1].tolist() == [[1, 0], [0, 0], [0, 0]]
    assert found[2].tolist() == [[1, 1], [1, 0], [0, 0]]


def test_relative_errors_compare_the_same_outcomes():
    """The model knows nothing of the first origin: 1 of 4, not 1 of (10 + 4) / 2."""
    errors = np.array([[np.nan], [1.0], [np.nan]])
    reference = np.array([[10.0], [4.0], [np.nan]])
    known = _known(np.array([[5.0], [5.0], [np.nan]]), np.array([1, 2, 3]))
    assert _relative(errors, reference, known) == pytest.approx([1, 1, 0.25])


def test_half_the_error_weighs_four_times():
    paths = {
        REFERENCE: np.array([[8.0], [8.0], [8.0]]),
        "other": np.array([[9.0], [9.0], [9.0]]),
    }
    actual = np.array([[10.0], [10.0], [np.nan]])
    found = _weights(paths, actual, np.array([1, 2, 3]))
    assert found[0] == pytest.approx([1 / 2, 1 / 2])  # nothing is known yet
    assert found[2] == pytest.approx([1 / 5, 4 / 5])


def test_a_model_that_is_not_there_weighs_nothing():
    paths = {REFERENCE: np.array([[8.0], [8.0]]), "late": np.array([[np.nan], [9.0]])}
    found = _weights(paths, np.array([[10.0], [np.nan]]), np.array([1, 2]))
    assert found[0].tolist() == [1, 0]
    assert found[1] == pytest.approx([0.5, 0.5])  # as good as the reference until it is tried


def test_the_average_is_that_of_the_weights():
    test = backtest(history(RISING, 4), 4, 6)
    assert sum(test.weights.values()) == pytest.approx(1)
    now = sum(weight * test.paths[name][-1] for name, weight in test.weights.items())
    assert test.paths[AVERAGE][-1] == pytest.approx(now)


def test_the_average_of_the_past_does_not_know_what_came():
    """Origins 10 to 36 say the same whether 36 values are known or four wild ones more."""
    wild = np.concatenate([RISING[:36], [900, 0, -900, 5]])
    first, second = (
        backtest(History(values, np.full(len(values), True), 1.0), 4, 6)
        for values in (RISING[:36], wild)
    )
    assert first.origins.tolist() == list(range(10, 37))
    assert second.paths[AVERAGE][: len(first.origins)] == pytest.approx(first.paths[AVERAGE])


def test_errors_by_hand():
    """Forecasts 10 and 30 of 20 and 30: 100 x 2 x 10/30 and 0, mean 33.3; MASE 5 / 4."""
    found = accuracy(np.array([[10.0, 30, 7]]), np.array([[20.0, 30, np.nan]]), 4.0)
    assert (found.smape, found.mase, found.count) == (pytest.approx(100 / 3), 1.25, 2)


def test_no_error_of_nothing():
    assert accuracy(np.zeros((1, 1)), np.zeros((1, 1)), 0.0).smape == 0
    assert accuracy(np.zeros((1, 1)), np.zeros((1, 1)), 0.0).mase is None
    assert accuracy(np.zeros((1, 1)), np.full((1, 1), np.nan), 1.0) is None


def test_the_scale_of_mase_is_the_step_of_a_season():
    assert naive_error(np.array([1.0, 2, 4, 8]), 2) == 4.5  # 3 and 6
    assert naive_error(np.array([1.0, 2, 4, 8]), 4) == pytest.approx(7 / 3)  # of neighbours


def test_all_models_are_tried():
    test = backtest(history(RISING, 4), 4, 6)
    assert set(test.paths) == {*MODELS, AVERAGE}
    assert all(math.isfinite(test.relative(name)) for name in test.paths)


def test_what_was_never_tried_is_never_best():
    test = backtest(history([0, 0, 0, 0], 1), 1, 3)
    assert test.relative("holt_winters") == math.inf
    assert test.relative("theta") == 1
