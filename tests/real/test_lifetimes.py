"""CDNOW: the parameters and expectations that Fader, Hardie and Lee published of the same file."""

import numpy as np
import pandas as pd
import pytest

from salesdash.lifetimes import Purchases, frequency, spend
from tests.terminal import command

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


@pytest.fixture(scope="module")
def shop(shared_data, tmp_path_factory):
    place = tmp_path_factory.mktemp("cdnow")
    file = shared_data / "cdnow" / "cdnowElog.csv"
    command(place, "import", file, "--map", "masterid=customer")
    return place


def test_the_command_line_gives_what_was_published(shop):
    """From the purchases of 39 weeks, as they stood on 30 September 1997."""
    found = command(shop, "clv", "--to", "1997-09-30", "--top", "1")
    published = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    assert {name: round(float(found["parameters"][name]), 3) for name in published} == published
    assert round(float(found["log_likelihood"]), 1) == -9582.4
    spend = {name: round(float(found["parameters"][name]), 2) for name in ("p", "q", "v")}
    assert spend == {"p": 6.25, "q": 3.74, "v": 15.44}
    assert (found["customers"], found["returning"]) == (2357, 946)
    assert command(shop, "--today", "1997-09-30", "clv", "--top", "1") == found


def test_the_back_test_of_78_weeks_is_that_of_the_paper(shop, shared_data):
    """Fitted to 39 weeks, held against the purchases of the other 39, week by week."""
    test = command(shop, "clv", "--top", "0")["back_test"]
    assert (test["from"], test["to"]) == ("1997-10-01", "1998-06-30")
    assert round(float(test["parameters"]["alpha"]), 3) == 4.414
    log = pd.read_csv(shared_data / "cdnow" / "cdnowElog.csv")
    days = log.groupby(["masterid", "date"], as_index=False)["sales"].sum()
    later = days[days["date"] > 19970930]
    assert test["orders"]["came"] == len(later) == 1882
    assert float(test["sales"]["came"]) == pytest.approx(later["sales"].sum())
    assert len(test["weeks"]) == 39
    assert abs(float(test["orders"]["error"])) < 0.15
    assert all(abs(float(w["came"]) / float(w["expected"]) - 1) < 0.25 for w in test["weeks"][4:])


def test_online_retail_beside_pandas(shared_data, brought, tmp_path):
    """Recency and frequency by another way; a year in which hardly anybody leaves for good."""
    file = shared_data / "online_retail" / "online_retail.parquet"
    brought(tmp_path, "import", file)
    found = command(tmp_path, "clv", "--top", "5000")
    rows = pd.read_parquet(file)
    rows = rows[rows["CustomerID"].notna()]
    rows = rows.assign(
        customer=rows["CustomerID"].astype(float).astype(int).astype(str),
        day=pd.to_datetime(rows["InvoiceDate"]).dt.date,
        amount=rows["Quantity"] * rows["UnitPrice"],
    )
    bought = rows[rows["amount"] >= 0].groupby("customer")["day"].agg(["min", "max", "nunique"])
    assert found["customers"] == len(bought)
    assert found["returning"] == (bought["nunique"] > 1).sum()
    assert found["unnamed_lines"] == 135080
    for each in found["top"][:200]:
        own = bought.loc[each["name"].removesuffix(".0")]
        facts = (each["first"], each["last"], each["purchases"])
        assert facts == (str(own["min"]), str(own["max"]), own["nunique"])
    known = {name: round(float(found["parameters"][name]), 2) for name in ("r", "alpha", "b")}
    assert known == {"r": 0.83, "alpha": 9.84, "b": 6.75}


def test_northwind_is_too_small_but_knows_who_is_silent(shared_data, brought, tmp_path):
    brought(tmp_path, "import", shared_data / "northwind" / "order_lines.csv")
    found = command(tmp_path, "clv", "--top", "3")
    assert "too few to say" in found["why"]
    first = found["at_risk"]["customers"][0]
    assert (first["name"], first["silence"], first["kinds"]) == (
        "Mère Paillarde",
        188,
        ["silent", "fell"],
    )
