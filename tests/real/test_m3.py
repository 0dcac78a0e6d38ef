"""The monthly series of the M3 competition: errors at most Theta's, intervals that hold.

Of its 1,428 series every third one; all of them with the thorough profile.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from bench import forecasts
from tests.examples import THOROUGH

pytestmark = pytest.mark.real

SERIES = {1: 1428, 3: 476}


@pytest.fixture(scope="module")
def every() -> int:
    return 1 if settings().max_examples == THOROUGH else 3


@pytest.fixture(scope="module")
def monthly(shared_data, every):
    return forecasts.score("MONTHLY", every)


@pytest.fixture(scope="module")
def theta(shared_data):
    file = shared_data / "m3" / "smape_mase_by_method.csv"
    return pd.read_csv(file, index_col="method").loc["THETA"]


def test_errors_are_below_those_of_theta(monthly, every, theta):
    assert len(monthly.smape) == SERIES[every]
    assert np.mean(monthly.smape) < theta["MONTHLY"] == 13.892
    assert np.mean(monthly.mase) < theta["MONTHLY_MASE"] == 0.858


def test_intervals_hold_what_they_promise(monthly):
    """80 and 50 %, over all steps and at each; of sums; and as a forecast itself states it."""
    assert 0.77 <= np.mean(monthly.inside[0.8]) <= 0.83
    assert 0.47 <= np.mean(monthly.inside[0.5]) <= 0.56
    assert all(0.74 <= share <= 0.87 for share in np.mean(monthly.inside[0.8], axis=0))
    assert all(0.75 <= share <= 0.85 for share in np.mean(monthly.sums, axis=0))
    assert np.mean(monthly.stated) == pytest.approx(np.mean(monthly.inside[0.8]), abs=0.02)


def test_a_series_takes_a_fraction_of_a_second(monthly):
    assert monthly.seconds / len(monthly.smape) < 0.1


@pytest.mark.parametrize(("frequency", "best"), [("QUARTERLY", 8.956), ("YEARLY", 16.424)])
def test_series_that_nothing_was_set_by_are_forecast_as_well(shared_data, frequency, best):
    """Below the best of the 24 methods."""
    file = shared_data / "m3" / "smape_mase_by_method.csv"
    assert pd.read_csv(file)[frequency].min() == best
    assert np.mean(forecasts.score(frequency).smape) < best
