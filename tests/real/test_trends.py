"""Any two periods and indices of Maven, Northwind and Online Retail against pandas."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from salesdash import config
from salesdash.analysis import trend, usual
from salesdash.analysis.asking import Choice, Question
from salesdash.imports import Home
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Selection
from tests.terminal import command

pytestmark = pytest.mark.real
SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
NOW = datetime(2026, 11, 18, 9, 0)


@pytest.fixture(scope="module")
def northwind(shared_data, brought, tmp_path_factory):
    file, place = shared_data / "northwind" / "order_lines.csv", tmp_path_factory.mktemp("north")
    brought(place, "import", file)
    lines = pd.read_csv(file, parse_dates=["Order Date"])
    lines["amount"] = lines["Unit Price"] * lines["Quantity"] * (1 - lines["Discount"])
    return place, lines


@pytest.fixture(scope="module")
def retail(shared_data, brought, tmp_path_factory):
    file = shared_data / "online_retail" / "online_retail.parquet"
    place = tmp_path_factory.mktemp("retail")
    brought(place, "import", file)
    lines = pd.read_parquet(file)
    lines["day"] = pd.to_datetime(lines["InvoiceDate"]).dt.normalize()
    lines["amount"] = lines["Quantity"] * lines["UnitPrice"]
    return place, lines


def between(lines: pd.DataFrame, column: str, first: str, last: str) -> pd.DataFrame:
    return lines[lines[column].between(first, last)]


def test_northwind_spring_against_its_first_half_year(northwind):
    """1 January to 30 April 1998 (120 days) against 4 July to 31 December 1996 (181 days)."""
    place, lines = northwind
    days = ("--from", "1998-01-01", "--to", "1998-04-30", "--against", "1996-07-04..1996-12-31")
    found = command(place, "query", "sales", "orders", "--by", "country", *days)
    now = between(lines, "Order Date", "1998-01-01", "1998-04-30")
    then = between(lines, "Order Date", "1996-07-04", "1996-12-31")
    assert float(found["total"]["sales"]) == pytest.approx(now["amount"].sum(), abs=0.005)
    assert float(found["total"]["sales_previous"]) == pytest.approx(then["amount"].sum(), abs=0.005)
    assert found["total"]["orders"] == now["Order ID"].nunique()
    assert found["total"]["orders_previous"] == then["Order ID"].nunique()
    assert (found["lengths"]["days"], found["lengths"]["days_then"]) == (120, 181)
    daily = (now["amount"].sum() / 120) / (then["amount"].sum() / 181) - 1
    assert float(found["per_day"]["sales"]) == pytest.approx(daily)
    before = then.groupby("Country")["amount"].sum()
    after = now.groupby("Country")["amount"].sum()
    assert {row[0] for row in found["rows"]} == {*after.index, *before.index}
    for country, sales, earlier, *_ in found["rows"]:
        assert float(sales or 0) == pytest.approx(after.get(country, 0), abs=0.005)
        assert float(earlier or 0) == pytest.approx(before.get(country, 0), abs=0.005)


def test_maven_fourth_quarter_against_its_second(shared_data, brought, tmp_path):
    file = shared_data / "maven_crm" / "sales_pipeline.csv"
    brought(tmp_path, "import", file)
    days = ("--from", "2017-10-01", "--to", "2017-12-31", "--against", "quarter:2017Q2")
    found = command(tmp_path, "query", "won_amount", "win_rate", *days)
    deals = pd.read_csv(file, parse_dates=["close_date"])
    won = deals[deals["deal_stage"] == "Won"].set_index("close_date").sort_index()["close_value"]
    assert (won["2017-10":"2017-12"].sum(), won["2017-04":"2017-06"].sum()) == (2802496, 3086111)
    total = found["total"]
    assert (total["won_amount"], total["won_amount_previous"]) == (2802496, 3086111)
    decided = deals[deals["deal_stage"].isin(["Won", "Lost"])]
    for name, first, last in (
        ("win_rate", "2017-10-01", "2017-12-31"),
        ("win_rate_previous", "2017-04-01", "2017-06-30"),
    ):
        part = between(decided, "close_date", first, last)
        rate = (part["deal_stage"] == "Won").mean()
        assert float(total[name]) == pytest.approx(rate)
    assert "lengths" not in found  # two quarters are compared as they are


def test_online_retail_november_against_the_december_before(retail):
    place, lines = retail
    days = ("--from", "2011-11-01", "--to", "2011-11-30", "--against", "2010-12-01..2010-12-31")
    found = command(place, "query", "sales", "--by", "country", *days)
    now = between(lines, "day", "2011-11-01", "2011-11-30").groupby("Country")["amount"].sum()
    then = between(lines, "day", "2010-12-01", "2010-12-31").groupby("Country")["amount"].sum()
    for country, sales, earlier, *_ in found["rows"]:
        assert float(sales or 0) == pytest.approx(now.get(country, 0), abs=0.005)
        assert float(earlier or 0) == pytest.approx(then.get(country, 0), abs=0.005)
    assert float(found["total"]["sales_change"]) == pytest.approx(now.sum() - then.sum(), abs=0.01)


def indexed(place, span, by=None, base=None):
    home = Home.open(place, now=NOW, settings=SETTINGS)
    try:
        chosen = Selection(Window(span), Comparison.NONE)
        choice = Choice("sales", Grain.MONTH, by, index=True, base=base)
        return trend.build(home.warehouse, SETTINGS, chosen, NOW.date(), choice)
    finally:
        home.close()


def check(series, expected):
    for point in series.points:
        month = pd.Timestamp(point.period.start)
        if point.value is None:
            assert month not in expected.index or pd.isna(expected[month])
        else:
            assert point.value == pytest.approx(
                expected[month], abs=1e-4
            )  # amounts of lines have four decimals


def test_the_index_of_northwind_by_month_and_country(northwind):
    place, lines = northwind
    year = Period(date(1997, 1, 1), date(1998, 1, 1))
    lines = lines.assign(month=lines["Order Date"].dt.to_period("M").dt.start_time)
    whole = between(lines, "Order Date", "1997-01-01", "1997-12-31")
    sums = whole.groupby("month")["amount"].sum()
    found = indexed(place, year)
    check(found.series[0], sums / sums.iloc[0] * 100)
    found = indexed(place, year, base=date(1997, 6, 1))
    check(found.series[0], sums / sums["1997-06-01"] * 100)
    members = whole.pivot_table(index="month", columns="Country", values="amount", aggfunc="sum")
    for one in indexed(place, year, by="country").series:
        if one.member is not None:
            own = members[one.member]
            blank = pd.isna(own.iloc[0])
            check(one, own * float("nan") if blank else own / own.iloc[0] * 100)


def test_the_index_of_online_retail(retail):
    place, lines = retail
    sums = lines.groupby(lines["day"].dt.to_period("M").dt.start_time)["amount"].sum()
    found = indexed(place, Period(date(2010, 12, 1), date(2011, 12, 1)))
    check(found.series[0], sums / sums.iloc[0] * 100)


def test_unusual_days_of_online_retail_are_those_far_from_their_weekday(retail):
    """Each told day is among the twentieth of its weekdays, around it, at either end."""
    place, lines = retail
    home = Home.open(place, now=NOW, settings=SETTINGS)
    try:
        chosen = Selection(Window(Period(date(2010, 12, 1), date(2011, 12, 10))), Comparison.NONE)
        asked = (home.warehouse, SETTINGS, chosen, NOW.date())
        found = trend.build(*asked, Choice("sales", Grain.DAY))
        told = usual.beside(found, Question(*asked, ("sales",))).unusual
    finally:
        home.close()
    sums = lines.groupby("day")["amount"].sum()
    assert told
    for each in told:
        day = pd.Timestamp(each.period.start)
        assert each.value == pytest.approx(sums[day], abs=0.005)
        near = sums[day - pd.Timedelta(days=60) : day + pd.Timedelta(days=60)]
        same = near[near.index.day_of_week == day.day_of_week].drop(day)
        assert not same.quantile(0.05) <= each.value <= same.quantile(0.95)
        assert Decimal(str(round(each.low, 2))) < Decimal(str(round(each.high, 2)))
