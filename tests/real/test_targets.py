"""The fourth quarter of Maven, split by what its offices won, set, carried over and taken back."""

from decimal import Decimal

import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real
TODAY = ("--today", "2017-10-05")


def test_a_quarter_is_split_over_offices_and_months(shared_data, tmp_path):
    folder = shared_data / "maven_crm"
    command(tmp_path, *TODAY, "import", folder / "sales_pipeline.csv", "--dataset", "deals")
    command(tmp_path, *TODAY, "import", folder / "sales_teams.csv", "--dataset", "people")
    wish = ("won_amount", "--target", "3.2M", "--period", "2017-Q4", "--by", "team")
    done = command(tmp_path, *TODAY, "goals", "split", *wish)
    total, *parts = done["goals"]
    assert (total["target"], total["goal"]) == (3_200_000, 1)
    assert {part["parent"] for part in parts} == {1}

    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["close_date"])
    teams = pd.read_csv(folder / "sales_teams.csv")
    won = deals[(deals["deal_stage"] == "Won") & (deals["close_date"] < "2017-10-01")]
    offices = won.merge(teams, on="sales_agent").groupby("regional_office")["close_value"].sum()
    assert offices.to_dict() == {"Central": 2_358_511, "East": 2_265_741, "West": 2_578_786}
    for part in parts:
        share = offices[part["scope"]["team"][0]] / offices.sum()
        assert abs(float(part["target"]) - 3_200_000 * share) < 0.01
    assert sum(part["target"] for part in parts) == Decimal(3_200_000)
    assert total["parts"][0]["gap"] == 0
    # nothing was won a year before: the months up to September stand in, and it is said
    assert "A year before there is nothing to go by" in done["notes"][0]

    months = command(tmp_path, *TODAY, "goals", "split", "2", "--each", "month", "--how", "days")
    # 22, 22 and 21 working days of 65
    assert sum(goal["target"] for goal in months["goals"][1:]) == parts[0]["target"]
    assert len(command(tmp_path, *TODAY, "goals", "undo")["goals"]) == 0
    assert len(command(tmp_path, *TODAY, "goals", "list")["goals"]) == 4

    copy = ("won_amount", "--period", "2018-Q4", "--by", "team", "--plus", "10%")
    copied = command(tmp_path, *TODAY, "goals", "copy", *copy)["goals"]
    assert {goal["scope"]["team"][0]: goal["target"] for goal in copied} == {
        part["scope"]["team"][0]: (part["target"] * Decimal("1.1")).quantize(Decimal("0.01"))
        for part in parts
    }
