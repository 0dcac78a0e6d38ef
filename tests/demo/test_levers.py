"""The levers of a goal of the demo company, in each language, against pandas over its export."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from salesdash import config
from salesdash.analysis import goals, leverage
from salesdash.demo import Recipe, export_csv
from salesdash.imports import Home
from salesdash.periods import Period
from salesdash.workspace import Goal, Terms
from tests.browser.homes import NOW, ROOT, TODAY, demo_company

Q4 = Period.through(date(2026, 10, 1), date(2026, 12, 31))
ROWS = 6000
COLUMNS = ("order", "day", "customer", "quantity", "amount", "status")
DONE = {"en": "Completed", "zh": "已完成"}


def exported(place: Path, lang: str) -> pd.DataFrame:
    """The lines that count, their columns by place: both languages have the same ones."""
    export_csv(place / "x.csv", rows=ROWS, recipe=Recipe(lang, TODAY))
    frame = pd.read_csv(place / "x.csv", dtype=str)
    frame = frame.iloc[:, [0, 1, 2, 8, 10, 12]].set_axis(list(COLUMNS), axis=1)
    frame["day"] = pd.to_datetime(frame["day"])
    numbers = ["quantity", "amount"]
    frame[numbers] = frame[numbers].astype(float)
    counted: pd.DataFrame = frame[frame["status"] == DONE[lang]]
    return counted


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_the_levers_of_the_demo_company_are(tmp_path, lang):
    settings = config.load(ROOT / "config.yaml")
    demo_company(tmp_path / "own", lang, ROWS)
    home = Home.open(tmp_path / "own", now=NOW, settings=settings)
    try:
        terms = Terms("sales", Q4, Decimal(10**6))
        (goal,) = goals.build(home.warehouse, settings, [Goal(terms, 1, 1)], TODAY)
        found = leverage.build(home.warehouse, settings, goal, TODAY)
    finally:
        home.close()

    frame = exported(tmp_path, lang)
    edge = frame["day"].max()
    left = np.busday_count((edge + pd.Timedelta(days=1)).date(), Q4.end)
    first = pd.Timestamp(np.busday_offset(edge.date(), 1 - left, roll="backward"))
    past = frame[frame["day"].between(first, edge)]
    so_far = frame[frame["day"] >= pd.Timestamp(Q4.start)]["amount"].sum()
    assert found.days == left
    assert float(found.missing) == pytest.approx(10**6 - so_far)
    assert float(found.made) == pytest.approx(past["amount"].sum())

    sold, units = past[past["amount"] > 0], past["quantity"].sum()
    customers, orders = sold["customer"].nunique(), sold["order"].nunique()
    assert {each.code: float(each.now) for each in found.levers} == pytest.approx(
        {
            "customers": customers,
            "orders_per_customers": orders / customers,
            "units_per_orders": units / orders,
            "sales_per_units": past["amount"].sum() / units,
        }
    )
    assert [each.code for each in found.dropped] == ["listed"]
