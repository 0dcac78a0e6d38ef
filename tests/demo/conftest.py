"""Demo companies of a fixed day, made once."""

from datetime import date

import pandas as pd
import pytest

from salesdash.demo.generator import Demo, Recipe

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session", params=["en", "zh"])
def demo(request) -> Demo:
    """The whole demo company in each language."""
    return Demo(Recipe(request.param, TODAY))


@pytest.fixture(scope="session")
def frame(demo) -> pd.DataFrame:
    """Its rows as pandas sees them, amounts as numbers, cancelled lines left out."""
    rows = demo.rows().to_pandas()
    rows["amount"] = rows["amount"].astype(float)
    rows["cost"] = rows["cost"].astype(float)
    rows["order_date"] = pd.to_datetime(rows["order_date"])
    done: pd.DataFrame = rows[rows["status"] == demo.world.company.words["done"]]
    return done


def _period(days: pd.Series, year: int) -> pd.Series:
    """Days of August to October of a year: the recent months of the stories."""
    return pd.to_datetime(days).between(f"{year}-08-01", f"{year}-10-31 23:59:59")


def _qualification(demo: Demo, year: int) -> pd.Series:
    leads = demo.registers.leads(demo.world.timeline.days - 1).to_pandas()
    leads = leads[_period(leads["created_date"], year)]
    return leads["deal"].notna().groupby(leads["channel"]).mean()


def _win_rate(demo: Demo, year: int) -> pd.Series:
    deals = demo.registers.deals(demo.world.timeline.days - 1).to_pandas()
    decided = demo.world.company.lists.decided
    deals = deals[deals["stage"].isin(decided.values()) & _period(deals["close_date"], year)]
    return deals["stage"].eq(decided["won"]).groupby(deals["team"]).mean()


def _collection_rate(demo: Demo, year: int) -> pd.Series:
    paid = demo.registers.payments(0, demo.world.timeline.days).to_pandas()
    paid = paid[_period(paid["payment_date"], year)]
    rows = demo.rows().to_pandas()
    done = rows["status"] == demo.world.company.words["done"]
    sold = rows[done & _period(rows["order_date"], year)]
    return paid.groupby("region")["amount"].sum() / sold.groupby("region")["amount"].sum()


@pytest.fixture(scope="session")
def shares():
    """For the stories about a ratio: it and what it was a year before, by member, by pandas."""

    def of(demo: Demo, story: str) -> pd.DataFrame:
        ask = {"flood": _qualification, "undercut": _win_rate, "unpaid": _collection_rate}[story]
        return pd.DataFrame({"now": ask(demo, 2026), "then": ask(demo, 2025)}).astype(float)

    return of
