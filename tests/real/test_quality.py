"""Pictures and quality of real files, against pandas."""

import math
from decimal import Decimal

import pandas as pd
import pytest

from tests.terminal import command

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("all_threads")]


def retail_rows(shared_data) -> pd.DataFrame:
    rows = pd.read_parquet(shared_data / "online_retail" / "online_retail.parquet")
    rows["amount"] = (rows.Quantity * rows.UnitPrice).round(4)
    return rows


def test_every_invoice_line_of_a_shop(shared_data, brought, tmp_path):
    """Christmas is a gap; outliers by quartiles of sizes; what stands twice; who is nobody."""
    rows = retail_rows(shared_data)
    file = shared_data / "online_retail" / "online_retail.parquet"
    seen = command(tmp_path, "--today", "2011-12-31", "import", "--dry-run", file)["picture"]
    by_month = rows.groupby(rows.InvoiceDate.dt.strftime("%Y-%m-01")).amount.agg(["size", "sum"])
    assert [month["month"] for month in seen["months"]] == list(by_month.index)
    assert [month["rows_after"] for month in seen["months"]] == list(by_month["size"])
    sums = [float(month["after"]) for month in seen["months"]]
    assert sums == pytest.approx(list(by_month["sum"]))
    days = pd.Series(sorted(rows.InvoiceDate.dt.normalize().unique()))
    longest = days.diff().idxmax()
    assert seen["gaps"] == [
        {
            "from": (days[longest - 1] + pd.Timedelta(days=1)).date().isoformat(),
            "to": (days[longest] - pd.Timedelta(days=1)).date().isoformat(),
            "grain": "day",
        }
    ]
    assert seen["gaps"][0]["from"] == "2010-12-24"
    found = {(each["what"], each["field"]): each for each in seen["suspicious"]}
    negative = rows[rows.amount < 0]
    assert found["negative", "amount"]["rows"] == len(negative)
    assert found["negative", "amount"]["total"] == Decimal("-918936.61")
    sizes = rows.amount[rows.amount != 0].abs().sort_values().reset_index(drop=True)
    lower, upper = (sizes[math.ceil(share * len(sizes)) - 1] for share in (0.25, 0.75))
    factor = (upper / lower) ** 3
    outside = ((sizes < lower / factor) | (sizes > upper * factor)).sum()
    outlier = found["outlier", "amount"]
    assert (outlier["rows"], float(outlier["above"])) == (
        outside,
        pytest.approx(upper * factor, abs=1e-4),
    )
    largest = rows.amount.abs().nlargest(2).index
    assert {sample["record"] for sample in outlier["samples"][:2]} == {n + 1 for n in largest}

    place = tmp_path / "home"
    brought(place, "import", file)
    (sales,) = command(place, "--today", "2011-12-31", "quality")["datasets"]
    assert (sales["until"], sales["age_days"], sales["empty_months"]) == ("2011-12-09", 22, 0)
    gaps = {each["field"]: each["empty"] for each in sales["fields"]}
    assert gaps["customer"] == rows.CustomerID.isna().sum() == 135_080
    assert "active_customers" in sales["fields"][0]["metrics"]
    text = rows.drop(columns="amount").assign(Description=rows.Description.str.strip())
    assert sales["repeats"]["rows"] == text.duplicated().sum() == 5_268


def test_deals_whose_product_is_written_otherwise(shared_data, tmp_path):
    folder = shared_data / "maven_crm"
    for name in ("products", "accounts", "sales_teams"):
        command(tmp_path, "import", folder / f"{name}.csv")
    file = folder / "sales_pipeline.csv"
    (seen,) = command(tmp_path, "import", "--dry-run", file)["picture"]["unmatched"]
    rows = pd.read_csv(file)
    other = rows[rows["product"] == "GTXPro"]
    assert seen["found"] == [
        {
            "key": "GTXPro",
            "rows": len(other),
            "amount": int(other.close_value.sum()),
            "nearest": "GTX Pro",
            "same": True,
        }
    ]
    command(tmp_path, "import", file)
    answer = command(tmp_path, "--today", "2018-01-09", "quality", "deals")
    assert answer["headline"] == "Deals are 9 days old."
    (deals,) = answer["datasets"]
    assert deals["unmatched"] == [{**seen, "dataset": "deals"}]
    gaps = {each["field"]: each["empty"] for each in deals["fields"]}
    assert gaps["customer"] == rows.account.isna().sum() == 1_425
    assert gaps["created_date"] == rows.engage_date.isna().sum() == 500


def test_a_chinese_shop_of_four_years(shared_data, brought, tmp_path):
    brought(tmp_path, "import", shared_data / "superstore_zh" / "示例-超市.xls")
    answer = command(tmp_path, "--today", "2018-01-10", "--lang", "zh", "quality")
    assert answer["headline"] == "订单明细已有 11 天未更新。"
    sales, people = answer["datasets"]
    assert (sales["rows"], len(sales["months"]), sales["empty_months"]) == (10_000, 48, 0)
    assert sum(month["amount"] for month in sales["months"]) == Decimal("16117548.237")
    assert (sales["unmatched"], sales["repeats"]["rows"], people["rows"]) == ([], 0, 6)
