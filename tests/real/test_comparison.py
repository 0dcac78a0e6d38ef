"""Real files compared year by year and member by member, against pandas, to the cent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from salesdash import config
from salesdash.analysis import comparison, customers
from salesdash.analysis.breakdown import Breakdown, Listing, Order
from salesdash.analysis.customers import Watch
from salesdash.imports import Home
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Selection

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("all_threads")]
SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
NOW = datetime(2026, 11, 18, 9, 0)
ALL = 10_000


@contextmanager
def home(place: Path) -> Iterator[Home]:
    """The home in that folder, open."""
    found = Home.open(place, now=NOW, settings=SETTINGS)
    try:
        yield found
    finally:
        found.close()


def year(number: int, comparison: Comparison = Comparison.LAST_YEAR) -> Selection:
    unit = Period(date(number, 1, 1), date(number + 1, 1, 1))
    return Selection(Window(unit, Grain.YEAR, unit), comparison)


def ask(found: Home, metric: str, by: str, chosen: Selection, limit: int = ALL) -> Breakdown:
    listing = Listing(metric, by, Order.VALUE, limit)
    return comparison.build(found.warehouse, SETTINGS, chosen, NOW.date(), listing)


def check(answer, now, then):
    """Every member, the parts, the shares and the totals; pandas adds exact decimals."""
    both = pd.DataFrame({"now": now, "then": then}).fillna(Decimal(0))
    lines = {line.member: line for line in answer.lines}
    assert set(lines) == set(both.index)
    for member, row in both.iterrows():
        line = lines[member]
        assert abs(line.change.now.value - row.now) < Decimal("0.005")
        assert abs(line.part - (row.now - row.then)) < Decimal("0.005")
    total = answer.total
    assert answer.apart is None
    assert sum(line.change.now.value for line in answer.lines) == total.change.now.value
    assert sum(line.part for line in answer.lines) == total.part
    assert sum(line.share for line in answer.lines) == pytest.approx(1, abs=1e-9)
    assert abs(total.change.now.value - sum(both.now)) < Decimal("0.005")
    assert abs(total.change.then.value - sum(both.then)) < Decimal("0.005")
    assert abs(total.part - (sum(both.now) - sum(both.then))) < Decimal("0.005")


def amounts(lines: pd.DataFrame, by: str, first: str, last: str) -> pd.Series:
    inside = lines[(lines.day >= first) & (lines.day <= last)]
    return inside.groupby(by).amount.sum()


@pytest.mark.parametrize(
    ("dimension", "column"), [("category", "Category"), ("country", "Country")]
)
def test_northwind_by_year(shared_data, brought, tmp_path, dimension, column):
    file = shared_data / "northwind" / "order_lines.csv"
    lines = pd.read_csv(file, dtype=str)
    lines["day"] = lines["Order Date"]
    lines["amount"] = [
        Decimal(price) * Decimal(quantity) * (1 - Decimal(discount))
        for price, quantity, discount in zip(
            lines["Unit Price"], lines["Quantity"], lines["Discount"], strict=True
        )
    ]
    chosen = Selection(Window(Period(date(1997, 7, 1), date(1998, 1, 1))), Comparison.LAST_YEAR)
    brought(tmp_path, "import", file)
    with home(tmp_path) as found:
        answer = ask(found, "sales", dimension, chosen)
        short = ask(found, "sales", dimension, chosen, 3)
    now = amounts(lines, column, "1997-07-01", "1997-12-31")
    then = amounts(lines, column, "1996-07-01", "1996-12-31")
    check(answer, now, then)
    assert sum(line.part for line in short.lines) == short.total.part == answer.total.part


def test_superstore_by_year(shared_data, brought, tmp_path):
    """2015, 2016 and 2017, each against the year before; the file begins in 2014."""
    file = shared_data / "superstore_zh" / "示例超市_订单.gb18030.csv"
    lines = pd.read_csv(file, encoding="gb18030", dtype=str)
    days = pd.to_datetime(lines["订单日期"], format="mixed").dt
    lines["day"] = days.strftime("%Y-%m-%d")
    assert sorted(set(days.year)) == [2014, 2015, 2016, 2017]
    brought(tmp_path, "import", file)
    with home(tmp_path) as found:
        for number in (2015, 2016, 2017):
            for dimension, column, metric, amount in (
                ("region", "地区", "sales", "销售额"),
                ("category", "类别", "sales", "销售额"),
                ("category", "类别", "gross_profit", "利润"),
            ):
                lines["amount"] = lines[amount].map(Decimal)
                now, then = (
                    amounts(lines, column, f"{n}-01-01", f"{n}-12-31") for n in (number, number - 1)
                )
                check(ask(found, metric, dimension, year(number)), now, then)


def test_online_retail_by_country_with_lines_of_nobody(shared_data, brought, tmp_path):
    """November 2011 against October; then its customers, of whom nobody is the largest."""
    file = shared_data / "online_retail" / "online_retail.parquet"
    lines = pd.read_parquet(file)
    lines["day"] = pd.to_datetime(lines["InvoiceDate"]).dt.strftime("%Y-%m-%d")
    lines["amount"] = [
        Decimal(int(quantity)) * Decimal(str(price))
        for quantity, price in zip(lines["Quantity"], lines["UnitPrice"], strict=True)
    ]
    unit = Period(date(2011, 11, 1), date(2011, 12, 1))
    chosen = Selection(Window(unit, Grain.MONTH, unit), Comparison.PREVIOUS)
    brought(tmp_path, "import", file)
    with home(tmp_path) as found:
        answer = ask(found, "sales", "country", chosen)
        who = customers.build(found.warehouse, SETTINGS, chosen, NOW.date(), Watch(limit=20))
    now = amounts(lines, "Country", "2011-11-01", "2011-11-30")
    then = amounts(lines, "Country", "2011-10-01", "2011-10-31")
    check(answer, now, then)

    inside = lines[(lines.day >= "2011-11-01") & (lines.day <= "2011-11-30")]
    nobody = inside[inside["CustomerID"].isna()]
    assert who.without is not None
    assert dict(who.without.values)["lines"] == len(nobody)
    first = who.buyers.breakdown.lines[0]
    assert first.member == ""
    assert abs(first.change.now.value - nobody.amount.sum()) < Decimal("0.005")
    named = inside[inside["CustomerID"].notna()].groupby("CustomerID").amount.sum()
    largest = sorted(named, reverse=True)
    ten = float(sum(largest[:10])) / float(sum(largest))
    assert who.concentration.ten == pytest.approx(ten)
    bought = inside[(inside.amount > 0) & inside["CustomerID"].notna()]
    assert who.flows.flows[-1].active == bought["CustomerID"].nunique()
