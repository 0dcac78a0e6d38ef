"""`compare` on real files against pandas: members, ranks, the others, levels, to the cent."""

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real
CENT = Decimal("0.005")


def check(found: Any, now: pd.Series, then: pd.Series) -> None:
    """Each row against exact sums, the rows against the total, ranks against a plain sort."""
    both = pd.DataFrame({"now": now, "then": then}).fillna(0)
    rows = {row["member"]: row for row in found["rows"] if row["member"] is not None}
    for member, row in rows.items():
        expected = both.loc[member]
        assert abs(row["now"] - expected.now) < CENT
        assert abs(row["then"] - expected["then"]) < CENT
        assert abs(row["contribution"] - (expected.now - expected["then"])) < CENT
        if expected["then"] > 0 and row["ratio"] is not None:
            assert float(row["ratio"]) == pytest.approx(float(expected.now / expected["then"] - 1))
        for name, values in (("rank", both.now), ("rank_then", both["then"])):
            if row[name] is not None:
                named = [value for one, value in values.items() if one != "" and value]
                assert row[name] == sum(value > values[member] for value in named) + 1
    total = found["total"]
    assert sum(row["now"] for row in found["rows"]) == total["now"]
    assert sum(row["contribution"] for row in found["rows"]) == total["contribution"]
    assert abs(total["now"] - sum(both.now)) < CENT
    assert abs(total["then"] - sum(both["then"])) < CENT
    assert sum(row["members"] for row in found["rows"]) == found["members"] == len(both)


def sums(rows: pd.DataFrame, by: str, first: str, last: str) -> pd.Series:
    inside = rows[rows.day.between(first, last)]
    return inside.groupby(by).amount.sum()


@pytest.fixture(scope="module")
def maven(shared_data, tmp_path_factory):
    place, folder = tmp_path_factory.mktemp("maven"), shared_data / "maven_crm"
    files = {"accounts": "customers", "products": "products", "sales_teams": "people",
             "sales_pipeline": "deals"}  # fmt: skip
    for file, dataset in files.items():
        command(place, "import", folder / f"{file}.csv", "--dataset", dataset)
    read = {name: pd.read_csv(folder / f"{name}.csv") for name in files}
    rows = read["sales_pipeline"]
    for name, key in (("sales_teams", "sales_agent"), ("accounts", "account")):
        rows = rows.merge(read[name], on=key, how="left")
    won = rows[rows.deal_stage == "Won"].rename(columns={"close_date": "day"})
    return place, won.assign(amount=[Decimal(int(v)) for v in won.close_value])


THIRD = ("2017-07-01", "2017-09-30")
SECOND = ("2017-04-01", "2017-06-30")
QUARTERS = ("--from", THIRD[0], "--to", THIRD[1], "--compare", "previous")


@pytest.mark.parametrize(
    ("by", "column"),
    [("team", "regional_office"), ("product", "product"), ("segment", "sector")],
)
def test_won_deals_of_maven(maven, by, column):
    place, won = maven
    found = command(place, "--today", "2017-12-31", "compare", "won_amount", "--by", by, *QUARTERS)
    check(found, sums(won, column, *THIRD), sums(won, column, *SECOND))
    assert (found["total"]["now"], found["total"]["then"]) == (2_982_255, 3_086_111)


def test_an_office_of_maven_opens_by_its_managers_and_they_by_their_people(maven):
    place, won = maven
    today = ("--today", "2017-12-31", "compare", "won_amount")
    offices = command(place, *today, "--by", "team", *QUARTERS)
    west = won[won.regional_office == "West"]
    managers = command(place, *today, "--within", "team=West", *QUARTERS)
    assert (offices["next"], managers["by"], managers["next"]) == ("manager", "manager", "person")
    check(managers, sums(west, "manager", *THIRD), sums(west, "manager", *SECOND))
    part = next(row["contribution"] for row in offices["rows"] if row["member"] == "West")
    assert part == managers["total"]["contribution"] == managers["levels"][1]["change"]
    first = managers["rows"][0]
    steps = ("--within", "team=West", "--within", f"manager={first['member']}")
    people = command(place, *today, *steps, *QUARTERS)
    own = west[west.manager == first["member"]]
    check(people, sums(own, "sales_agent", *THIRD), sums(own, "sales_agent", *SECOND))
    assert people["total"]["contribution"] == first["contribution"]


def test_northwind_category_by_category_and_product_by_product(shared_data, brought, tmp_path):
    file = shared_data / "northwind" / "order_lines.csv"
    brought(tmp_path, "import", file)
    place, lines = tmp_path, pd.read_csv(file, dtype=str)
    lines["day"] = lines["Order Date"]
    priced = zip(lines["Unit Price"], lines["Quantity"], lines["Discount"], strict=True)
    lines["amount"] = [Decimal(p) * Decimal(q) * (1 - Decimal(d)) for p, q, d in priced]
    halves = ("1997-07-01", "1997-12-31"), ("1996-07-01", "1996-12-31")
    days = ("--from", halves[0][0], "--to", halves[0][1], "--compare", "last-year")
    found = command(place, "compare", "sales", "--by", "category", *days)
    check(found, *(sums(lines, "Category", *half) for half in halves))
    assert found["next"] == "product"
    largest = found["rows"][0]
    inside = lines[lines["Category"] == largest["member"]]
    opened = command(place, "compare", "sales", "--within", f"category={largest['member']}", *days)
    check(opened, *(sums(inside, "Product ID", *half) for half in halves))
    assert opened["total"]["contribution"] == largest["contribution"]


@pytest.fixture(scope="module")
def superstore(shared_data, brought, tmp_path_factory):
    file = shared_data / "superstore_zh" / "示例超市_订单.gb18030.csv"
    lines = pd.read_csv(file, encoding="gb18030", dtype=str)
    days = pd.to_datetime(lines["订单日期"], format="mixed").dt.strftime("%Y-%m-%d")
    lines = lines.assign(day=days, amount=lines["销售额"].map(Decimal))
    place = tmp_path_factory.mktemp("superstore")
    brought(place, "import", file)
    return place, lines


@pytest.mark.parametrize("year", [2015, 2016, 2017])
def test_categories_of_the_superstore_year_by_year(superstore, year):
    place, lines = superstore
    days = ("--from", f"{year}-01-01", "--to", f"{year}-12-31", "--compare", "last-year")
    found = command(place, "compare", "sales", "--by", "category", *days)
    years = [(f"{n}-01-01", f"{n}-12-31") for n in (year, year - 1)]
    check(found, *(sums(lines, "类别", *each) for each in years))
    assert found["next"] == "subcategory"


def test_the_twenty_largest_customers_of_the_superstore_and_all_others(superstore):
    place, lines = superstore
    days = ("--from", "2017-01-01", "--to", "2017-12-31", "--compare", "last-year")
    top = ("--top", "20", "--sort", "value")
    found = command(place, "compare", "sales", "--by", "customer", *top, *days)
    now, then = (sums(lines, "客户 ID", f"{n}-01-01", f"{n}-12-31") for n in (2017, 2016))
    check(found, now, then)
    assert [row["rank"] for row in found["rows"][:-1]] == list(range(1, 21))
    largest = now.astype(float).nlargest(20)
    assert [row["member"] for row in found["rows"][:-1]] == list(largest.index)
    assert found["rows"][-1]["member"] is None


def test_provinces_lie_within_regions_and_cities_nearly_all_within_provinces(superstore):
    place, _ = superstore
    days = ("--from", "2017-01-01", "--to", "2017-12-31")
    assert command(place, "compare", "sales", "--by", "region", *days)["next"] == "province"
    assert command(place, "compare", "sales", "--by", "province", *days)["next"] == "city"


def test_countries_and_the_twenty_largest_customers_of_online_retail(
    shared_data, brought, tmp_path
):
    file = shared_data / "online_retail" / "online_retail.parquet"
    brought(tmp_path, "import", file)
    place, lines = tmp_path, pd.read_parquet(file)
    lines["day"] = pd.to_datetime(lines["InvoiceDate"]).dt.strftime("%Y-%m-%d")
    priced = zip(lines["Quantity"], lines["UnitPrice"], strict=True)
    lines["amount"] = [Decimal(int(q)) * Decimal(str(p)) for q, p in priced]
    months = ("2011-11-01", "2011-11-30"), ("2011-10-01", "2011-10-31")
    days = ("--from", months[0][0], "--to", months[0][1], "--compare", "previous")
    found = command(place, "compare", "sales", "--by", "country", *days)
    check(found, *(sums(lines, "Country", *month) for month in months))
    lines["buyer"] = [
        "" if pd.isna(each) else str(each).removesuffix(".0") for each in lines["CustomerID"]
    ]
    top = ("--top", "20", "--sort", "rank")
    found = command(place, "compare", "sales", "--by", "customer", *top, *days)
    check(found, *(sums(lines, "buyer", *month) for month in months))
