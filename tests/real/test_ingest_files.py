"""Files of others come out with the figures they must give: read, propose, clean, sum."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from salesdash.datasets import SALES
from salesdash.datasets.keys import Mismatch, unmatched
from salesdash.errors import Problem
from salesdash.ingest import (
    Cleaned,
    Mapping,
    Reading,
    ReadOptions,
    clean,
    propose,
    propose_all,
    read,
)
from tests.ingest.kit import column, mapped

pytestmark = pytest.mark.real


def brought(path: Path, folder: Path) -> tuple[Reading, Mapping, Cleaned]:
    reading = read(path, path.name, ReadOptions(), folder)
    mapping = propose(reading, SALES)
    assert mapping.questions == ()
    return reading, mapping, clean(reading, mapping, folder)


def amounts(result: Cleaned) -> dict[str, Decimal]:
    return {c.name: Decimal(c.total or 0) for c in result.candidates}


def test_northwind(shared_data, tmp_path):
    _, mapping, result = brought(shared_data / "northwind" / "order_lines.csv", tmp_path)
    assert result.counts.loaded == result.counts.records == 2155
    assert round(Decimal(result.amount), 2) == Decimal("1265793.04")
    assert result.documents == 830
    assert len(set(column(result, "customer"))) == 89
    assert mapped(mapping, "customer_name").header == "Company Name"


def test_online_retail(shared_data, tmp_path):
    _, _, result = brought(shared_data / "online_retail" / "online_retail.parquet", tmp_path)
    assert result.counts.loaded == 541_909
    assert Decimal(result.amount) == Decimal("9747747.934")
    assert (result.documents, result.without_customer) == (25_900, 135_080)
    customers = set(column(result, "customer")) - {None}
    assert len(customers) == 4372
    assert "17850" in customers


@pytest.mark.parametrize("name", ["tmall_order_report.csv", "tmall_order_report.gbk.csv"])
def test_tmall(shared_data, tmp_path, name):
    _, mapping, result = brought(shared_data / "tmall" / name, tmp_path)
    assert mapping.profile == "taobao"
    assert (result.counts.loaded, result.counted) == (28_010, 24_087)
    assert Decimal(result.amount) == Decimal("1902487.15")
    assert amounts(result)["总金额"] == Decimal("2474823.07")
    refunds = column(result, "refund", "counts")
    assert sum(refund for refund, counts in refunds if counts) == Decimal("572335.92")


def test_supermarket(shared_data, tmp_path):
    reading, mapping, result = brought(
        shared_data / "supermarket" / "supermarket_sales.xlsx", tmp_path
    )
    assert [sheet.books.rows for sheet in reading.sheets] == [352, 303, 345]
    assert reading.tables[0].sheets == (0, 1, 2)
    assert result.counts.loaded == 1000
    assert Decimal(result.amount) == Decimal("322966.749")
    assert (mapping.amount.name, mapping.amount.basis) == ("Total", "incl")
    assert amounts(result)["price x quantity"] == Decimal("307587.38")


@pytest.mark.parametrize("name", ["示例-超市.xls", "示例超市_订单.gb18030.csv"])
def test_superstore(shared_data, tmp_path, name):
    reading, mapping, result = brought(shared_data / "superstore_zh" / name, tmp_path)
    assert reading.sheets[reading.tables[mapping.table].sheets[0]].name in ("订单", "")
    assert result.counts.loaded == 10_000
    assert Decimal(result.amount) == Decimal("16117548.237")
    assert sum(column(result, "profit")) == Decimal("2156559.517")
    assert result.documents == 2773
    assert len(set(column(result, "customer"))) == 790


def brought_all(path: Path, folder: Path) -> dict[str, tuple[Mapping, Cleaned]]:
    reading = read(path, path.name, ReadOptions(), folder)
    found = {}
    for mapping in propose_all(reading):
        assert mapping.questions == ()
        found[mapping.dataset] = mapping, clean(reading, mapping, folder / mapping.dataset)
    return found


FIELDS = ("deal", "outcome", "created_date", "close_date", "amount", "customer", "person")


@pytest.mark.parametrize("name", ["sales_pipeline.csv", "sales_pipeline_us_dates.csv"])
def test_maven_deals(shared_data, tmp_path, name):
    found = brought_all(shared_data / "maven_crm" / name, tmp_path)
    assert list(found) == ["deals"]
    mapping, result = found["deals"]
    assert mapping.profile == "maven"
    assert (result.counts.records, result.counts.loaded) == (8800, 8800)
    rows = pd.DataFrame(column(result, *FIELDS), columns=list(FIELDS))

    pipeline = pd.read_csv(shared_data / "maven_crm" / "sales_pipeline.csv", dtype=str)
    words = {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}
    expected = pipeline["deal_stage"].map(words)
    assert list(rows["outcome"]) == list(expected)
    assert rows["outcome"].value_counts().to_dict() == {"won": 4238, "lost": 2473, "open": 2089}
    for field, header in (("created_date", "engage_date"), ("close_date", "close_date")):
        said = [None if day is None else str(day) for day in rows[field]]
        assert said == list(pipeline[header].astype(object).where(pipeline[header].notna(), None))
    won = rows[rows["outcome"] == "won"]
    assert sum(won["amount"]) == pipeline["close_value"].astype(float).sum() == 10_005_534
    assert rows[rows["outcome"] != "won"]["amount"].isna().all()
    assert rows["customer"].isna().sum() == 1425
    assert result.warnings == (Problem("cleaning.zero_is_unknown", {"count": 2473}),)


@pytest.mark.parametrize(
    ("name", "dataset", "loaded"),
    [
        ("accounts.csv", "customers", 85),
        ("products.csv", "products", 7),
        ("sales_teams.csv", "people", 35),
    ],
)
def test_maven_reference_sets(shared_data, tmp_path, name, dataset, loaded):
    found = brought_all(shared_data / "maven_crm" / name, tmp_path)
    assert [(each, result.counts.loaded) for each, (_, result) in found.items()] == [
        (dataset, loaded)
    ]


def test_maven_products_are_written_differently_in_the_pipeline(shared_data, tmp_path):
    folder = shared_data / "maven_crm"
    _, deals = brought_all(folder / "sales_pipeline.csv", tmp_path)["deals"]
    _, products = brought_all(folder / "products.csv", tmp_path)["products"]
    found = unmatched(column(deals, "product"), column(products, "product"))
    assert found == (Mismatch("GTXPro", "GTX Pro", same=True),)


def test_superstore_workbook_holds_orders_returns_and_people(shared_data, tmp_path):
    path = shared_data / "superstore_zh" / "示例-超市.xls"
    found = brought_all(path, tmp_path)
    assert list(found) == ["sales", "people"]
    _, sales = found["sales"]
    assert sales.counts.loaded == 10_000
    assert Decimal(sales.amount) == Decimal("16117548.237")
    sheets = pd.read_excel(path, sheet_name=None, engine="calamine", dtype=str)
    returned = set(sheets["退货"]["订单 ID"])
    assert [flag == "是" for flag in column(sales, "return_flag")] == list(
        sheets["订单"]["订单 ID"].isin(returned)
    )
    (joined,) = sales.joined
    assert (joined.records, joined.keys, joined.unmatched) == (296, 296, 0)
    _, people = found["people"]
    assert column(people, "region", "person") == list(
        sheets["销售人员"].itertuples(index=False, name=None)
    )


def test_robyn_feeds_sales_and_costs(shared_data, tmp_path):
    path = shared_data / "robyn" / "dt_simulated_weekly.csv"
    found = brought_all(path, tmp_path)
    assert list(found) == ["sales", "costs"]
    _, sales = found["sales"]
    assert sales.counts.loaded == 208
    assert round(Decimal(sales.amount)) == 379_005_697
    _, costs = found["costs"]
    assert (costs.counts.records, costs.counts.loaded) == (1040, 1040)
    rows = pd.DataFrame(column(costs, "channel", "amount", "purpose"))
    sums = rows.groupby(0)[1].sum()
    weekly = pd.read_csv(path)
    assert {channel: round(total) for channel, total in sums.items()} == {
        "tv": 3_087_488,
        "ooh": 8_989_332,
        "print": 775_556,
        "search": 1_230_427,
        "facebook": 446_297,
    }
    for channel, total in sums.items():
        assert abs(float(total) - weekly[f"{channel}_S"].sum()) < 0.05
    assert set(rows[2]) == {"acquisition"}
