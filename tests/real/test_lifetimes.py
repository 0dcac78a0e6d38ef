"""CDNOW: the parameters and expectations that Fader, Hardie and Lee published of the same file."""

import numpy as np
import pandas as pd
import pytest

from salesdash.lifetimes import Purchases, frequency, spend

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def summary(shared_data):
    return pd.read_csv(shared_data / "cdnow" / "cdnow_customers_summary_with_transactions.csv")


@pytest.fixture(scope="module")
def known(summary):
    columns = (summary[name].to_numpy() for name in ("x", "t_x", "T"))
    return Purchases.of(*columns)


def test_bg_nbd_as_published(known):
    found = frequency.fit(known)
    assert round(found.r, 3) == 0.243
    assert round(found.alpha, 3) == 4.414
    assert round(found.a, 3) == 0.793
    assert round(found.b, 3) == 2.426
    assert round(found.log_likelihood, 1) == -9582.4
    assert (found.customers, found.returning) == (2357, 946)


def test_expectations_as_published(known):
    """Customer 1 is expected to buy 1.226 times within 39 weeks."""
    found = frequency.fit(known)
    assert found.expected(known, np.array([39.0]))[0, 0] == pytest.approx(1.226, abs=5e-4)


def test_gamma_gamma_as_published(summary):
    """p 6.25, q 3.74, v 15.44 (15.45 of means rounded to cents, as they are here)."""
    found = spend.fit(summary["x"].to_numpy(), summary["zbar"].to_numpy())
    assert (round(found.p, 2), round(found.q, 2)) == (6.25, 3.74)
    assert found.v == pytest.approx(15.44, abs=0.01)
    expected = found.expected(summary["x"].to_numpy(), summary["zbar"].to_numpy())
    published = [24.66, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    assert expected[:10].round(2).tolist() == published
