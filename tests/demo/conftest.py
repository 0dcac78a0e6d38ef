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
