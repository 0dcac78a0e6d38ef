"""Drivers of Maven and Northwind: totals by pandas, silence, and a cause planted in their rows."""

import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real

QUARTER = ("--from", "2017-07-01", "--to", "2017-09-30", "--compare", "previous")
HALF = ("--from", "1997-07-01", "--to", "1997-12-31", "--compare", "last-year")


def won(deals: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    found: pd.DataFrame = deals[
        (deals["deal_stage"] == "Won") & deals["close_date"].between(first, last)
    ]
    return found


def test_two_quarters_of_maven_in_which_nothing_stands_out(shared_data, brought, tmp_path):
    file = shared_data / "maven_crm" / "sales_pipeline.csv"
    brought(tmp_path, "--today", "2017-12-31", "import", file)
    deals = pd.read_csv(file, parse_dates=["close_date"])
    before = won(deals, "2017-04-01", "2017-06-30").close_value.sum()
    after = won(deals, "2017-07-01", "2017-09-30").close_value.sum()
    found = command(tmp_path, "--today", "2017-12-31", "drivers", "won_amount", *QUARTER)
    assert found["total"] == {"before": before, "after": after, "change": after - before}
    assert (before, after) == (3_086_111, 2_982_255)
    assert found["silent"]  # of one product four large deals are missing: that is chance
    assert found["rest"]["change"] == after - before


def test_an_agent_who_wins_nothing_any_more(shared_data, tmp_path):
    """Maven without what its best agent won in the third quarter."""
    deals = pd.read_csv(shared_data / "maven_crm" / "sales_pipeline.csv", dtype=str)
    quarter = deals["close_date"].between("2017-07-01", "2017-09-30")
    gone = quarter & (deals["sales_agent"] == "Darcel Schlecht") & (deals["deal_stage"] == "Won")
    deals[~gone].to_csv(tmp_path / "deals.csv", index=False)
    command(tmp_path / "home", "--today", "2017-12-31", "import", tmp_path / "deals.csv")
    found = command(tmp_path / "home", "--today", "2017-12-31", "drivers", "won_amount", *QUARTER)
    deals["close_value"] = deals["close_value"].astype(float)
    earlier = won(deals, "2017-04-01", "2017-06-30")
    later = won(deals[~gone], "2017-07-01", "2017-09-30")
    (driver,) = found["drivers"]
    assert driver["conditions"] == {"person": "Darcel Schlecht"}
    mine = earlier[earlier["sales_agent"] == "Darcel Schlecht"].close_value.sum()
    change = later.close_value.sum() - earlier.close_value.sum()
    assert (driver["before"], driver["after"]) == (mine, 0)
    assert float(driver["share"]) == pytest.approx(-mine / change)
    assert float(found["rest"]["share"]) == pytest.approx(1 + mine / change)


def test_a_category_of_northwind_that_is_not_sold_any_more(shared_data, tmp_path):
    lines = pd.read_csv(shared_data / "northwind" / "order_lines.csv", parse_dates=["Order Date"])
    half = lines["Order Date"].between("1997-07-01", "1997-12-31")
    lines = lines[~(half & (lines["Category"] == "Dairy Products"))]
    lines.to_csv(tmp_path / "lines.csv", index=False)
    command(tmp_path / "home", "import", tmp_path / "lines.csv")
    found = command(tmp_path / "home", "drivers", "sales", *HALF)
    lines["amount"] = lines["Unit Price"] * lines["Quantity"] * (1 - lines["Discount"])
    sides = [
        lines[lines["Order Date"].between(f"{year}-07-01", f"{year}-12-31")]
        for year in (1996, 1997)
    ]
    dairy = sides[0][sides[0]["Category"] == "Dairy Products"]["amount"].sum()
    (driver,) = found["drivers"]
    assert driver["conditions"] == {"category": "Dairy Products"}
    assert float(driver["before"]) == pytest.approx(dairy, abs=0.02)
    assert driver["after"] == 0
    change = sides[1]["amount"].sum() - sides[0]["amount"].sum()
    assert float(found["total"]["change"]) == pytest.approx(change, abs=0.05)
    assert float(driver["share"]) == pytest.approx(-dairy / change, abs=1e-6)
