"""The rest of a period from the Maven pipeline, held against what came."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from salesdash.analysis.winning import NEVER, Book, came, expected
from tests.terminal import command

pytestmark = pytest.mark.real

DAYS = (15, 30)


@pytest.fixture(scope="module")
def deals(shared_data):
    file = shared_data / "maven_crm" / "sales_pipeline.csv"
    found = pd.read_csv(file, parse_dates=["engage_date", "close_date"])
    return found[found["engage_date"].notna()]


@pytest.fixture(scope="module")
def maven(deals):
    def ordinals(days):
        return np.array([NEVER if pd.isna(day) else day.toordinal() for day in days])

    won = (deals["deal_stage"] == "Won").to_numpy()
    created = ordinals(deals["engage_date"])
    days = pd.date_range(date.fromordinal(int(created.min())), "2018-03-31")
    return Book(
        created,
        ordinals(deals["close_date"]),
        won,
        np.where(won, deals["close_value"], np.nan),
        stated=False,
        months=(days.month.to_numpy() - 1) % 3,
    )


@pytest.mark.parametrize("days", DAYS)
def test_it_is_nearer_than_the_pace_of_the_last_quarter(maven, days):
    """Every fortnight from 15 May 2017 on: mean absolute errors of what the next days brought."""
    ours, pace = [], []
    first, last = date(2017, 5, 15).toordinal(), date(2018, 1, 1).toordinal() - days
    for known in range(first, last + 1, 15):
        outcome = came(maven, known, known + days).amount
        ours.append(expected(maven, known, known + days).amount / outcome - 1)
        pace.append(came(maven, known - 91, known).amount * days / 91 / outcome - 1)
    assert np.abs(ours).mean() < np.abs(pace).mean()
    assert np.abs(ours).mean() < 0.15


def test_the_rest_of_december_through_the_front_door(shared_data, tmp_path, deals):
    file = shared_data / "maven_crm" / "sales_pipeline.csv"
    today = ("--today", "2017-12-10")
    command(tmp_path, *today, "import", file, "--dataset", "deals")
    found = command(tmp_path, *today, "forecast", "won_amount", "--horizon", "1")
    assert found["points"][0]["period"] == "2017-12"
    told = found["deals"]
    won = deals[deals["deal_stage"] == "Won"].set_index("close_date")["close_value"].sort_index()
    edge = date.fromisoformat(found["data_edge"])
    assert edge == date(2017, 12, 10)
    assert told["made"] == won["2017-12-01":"2017-12-10"].sum()
    whole = won["2017-12"].sum()
    assert whole == 1_131_573
    assert told["low_80"] <= whole <= told["high_80"]
    assert float(told["mean"]) == pytest.approx(whole, rel=0.2)
    assert told["moments"] >= 10
    assert edge + timedelta(days=1) == date(2017, 12, 11)
