"""Files of others come out with the figures they must give: read, propose, clean, sum."""

from decimal import Decimal
from pathlib import Path

import pytest

from salesdash.datasets import SALES
from salesdash.ingest import Cleaned, Mapping, Reading, ReadOptions, clean, propose, read
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
