"""Goals on the Maven pipeline: its second quarter of 2017 and 5 % as targets for the next two."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real
TODAY = ("--today", "2017-11-15")


def test_the_second_quarter_and_five_per_cent_as_targets(shared_data, tmp_path):
    file = shared_data / "maven_crm" / "sales_pipeline.csv"
    command(tmp_path, *TODAY, "import", file, "--dataset", "deals")
    for quarter in ("2017-Q3", "2017-Q4"):
        wish = ("--plus", "5%", "--of", "2017-Q2", "--period", quarter)
        command(tmp_path, *TODAY, "goals", "set", "won_amount", *wish)
    fourth, third = command(tmp_path, *TODAY, "goals", "list")["goals"]

    deals = pd.read_csv(file, parse_dates=["close_date"])
    won = deals[deals["deal_stage"] == "Won"].set_index("close_date")["close_value"].sort_index()
    target = Decimal(str(won["2017-04-01":"2017-06-30"].sum())) * Decimal("1.05")
    assert target == Decimal("3240416.55")
    assert third["target"] == fourth["target"] == target
    assert third["actual"] == won["2017-07-01":"2017-09-30"].sum() == 2_982_255
    assert (third["state"], third["over"]) == ("missed", True)

    actual = won["2017-10-01":"2017-11-15"].sum()
    assert fourth["actual"] == actual == 1_248_325
    days, done = (np.busday_count("2017-10-01", end) for end in ("2018-01-01", "2017-11-16"))
    assert (fourth["working_days"], fourth["working_days_left"]) == (days, days - done) == (65, 32)
    # won deals begin in March: of the first quarter nothing is known, so two quarters tell the
    # pace; deals are won on Sundays too, so that all days count
    assert [each["from"] for each in fourth["pace"]["from"]] == ["2017-04-01", "2017-07-01"]
    earlier = [("2017-04-01", "2017-07-01"), ("2017-07-01", "2017-10-01")]
    share = learned(won, earlier, (46, 92))
    assert float(fourth["pace"]["share"]) == pytest.approx(share)
    assert float(fourth["expected"]) == pytest.approx(float(target) * share)
    assert (share, done / days) == (pytest.approx(0.407, abs=0.001), pytest.approx(33 / 65))
    assert float(fourth["needed_per_working_day"]) == pytest.approx(
        (float(target) - actual) / (days - done)
    )
    # the quarter ended at 2,802,496, below the target
    forecast = fourth["forecast"]
    assert forecast["low_80"] < 2_802_496 < forecast["high_80"]
    assert abs(float(forecast["mean"]) / 2_802_496 - 1) < 0.12
    assert (forecast["model"], forecast["tried_on"]) == ("blend_deals", 4)
    assert 0.1 < fourth["chance"] < 0.4
    assert fourth["state"] == "at_risk"  # 1.25 of 1.37 million expected


def learned(won, quarters, point):
    """The part of their totals that quarters had at the same share of their days."""
    done, days = point
    held = total = 0.0
    for first, end in quarters:
        dates = pd.date_range(first, end, inclusive="left")
        daily = won[(won.index >= first) & (won.index < end)].groupby(level=0).sum()
        at = done * len(dates) / days
        cumulative = np.array([daily[:day].sum() for day in dates])
        held += np.interp(at, np.arange(len(dates) + 1), [0, *cumulative])
        total += daily.sum()
    return held / total
