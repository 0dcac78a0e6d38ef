"""Real files through the command line: the figures they must give, to the cent.

Each has a second opinion: pandas or plain decimal arithmetic over the same file, written apart.
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.terminal import Said, command, started, typed

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("all_threads")]


def imported(
    home: Path, file: Path, *words: str, by: Callable[..., Said] = typed
) -> dict[str, Any]:
    return balanced(command(home, "import", file, *words, by=by))


def balanced(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer to an import, whose records all went somewhere."""
    counts = answer["counts"]
    assert counts["records"] == sum(
        counts[name]
        for name in ("loaded", "rejected", "blank", "totals", "repeated_headers", "outside")
    )
    assert counts["loaded"] == sum(
        counts[name] for name in ("new", "changed", "unchanged", "older")
    )
    return answer


def figures(home: Path, *metrics: str, by: Callable[..., Said] = typed) -> dict[str, Any]:
    answer = command(home, "query", *metrics, by=by)
    (row,) = answer["rows"]
    return row if isinstance(row, dict) else dict(zip(answer["columns"], row, strict=True))


def cents(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def test_northwind(shared_data, tmp_path):
    """All of it as a user has it: each command a process of its own."""
    file = shared_data / "northwind" / "order_lines.csv"
    assert imported(tmp_path, file, by=started)["counts"]["loaded"] == 2155
    found = figures(tmp_path, "sales", "orders", "active_customers", "units", by=started)

    lines = pd.read_csv(file, dtype=str)
    amount = [
        Decimal(price) * Decimal(quantity) * (1 - Decimal(discount))
        for price, quantity, discount in zip(
            lines["Unit Price"], lines["Quantity"], lines["Discount"], strict=True
        )
    ]
    assert cents(found["sales"]) == cents(sum(amount)) == Decimal("1265793.04")
    assert found["orders"] == lines["Order ID"].nunique() == 830
    assert found["active_customers"] == lines["Customer ID"].nunique() == 89
    assert found["units"] == int(lines["Quantity"].astype(int).sum())


def test_online_retail(shared_data, brought, tmp_path):
    file = shared_data / "online_retail" / "online_retail.parquet"
    assert balanced(brought(tmp_path, "import", file))["counts"]["loaded"] == 541_909
    found = figures(tmp_path, "sales", "orders", "active_customers", "units")

    lines = pd.read_parquet(file)
    amount = lines["Quantity"] * lines["UnitPrice"]
    bought = lines[amount > 0]
    assert abs(Decimal(str(found["sales"])) - Decimal("9747747.934")) < Decimal("0.001")
    assert abs(float(found["sales"]) - amount.sum()) < 0.01
    assert found["orders"] == bought["InvoiceNo"].nunique() == 19_960
    assert found["active_customers"] == bought["CustomerID"].nunique()
    assert found["units"] == int(lines["Quantity"].sum())

    known = command(tmp_path, "query", "sales", "--by", "customer")["rows"]
    nobody = dict(known)[None]
    assert len(known) - 1 == lines["CustomerID"].nunique() == 4_372
    assert abs(float(nobody) - amount[lines["CustomerID"].isna()].sum()) < 0.01


@pytest.mark.parametrize("name", ["tmall_order_report.csv", "tmall_order_report.gbk.csv"])
def test_tmall_in_both_encodings(shared_data, tmp_path, name):
    imported(tmp_path, shared_data / "tmall" / name)
    found = figures(tmp_path, "sales", "orders")

    orders = pd.read_csv(shared_data / "tmall" / "tmall_order_report.csv", dtype=str)
    orders.columns = orders.columns.str.strip()
    paid = orders[orders["订单付款时间"].notna()]
    money = [Decimal(text) for text in paid["买家实际支付金额"]]
    assert len(paid) == 24_087
    assert cents(found["sales"]) == sum(money) == Decimal("1902487.15")
    assert found["orders"] == sum(each > 0 for each in money)


def test_supermarket_as_one_table(shared_data, tmp_path):
    file = shared_data / "supermarket" / "supermarket_sales.xlsx"
    answer = imported(tmp_path, file)
    assert answer["counts"]["loaded"] == 1000
    assert answer["amount_basis"] == "incl"
    found = figures(tmp_path, "sales", "orders", "gross_profit", "units")

    lines = pd.concat(pd.read_excel(file, sheet_name=None, engine="openpyxl").values())
    assert Decimal(str(found["sales"])) == Decimal("322966.749")
    assert abs(float(found["sales"]) - lines["Total"].sum()) < 0.001
    assert found["orders"] == lines["Invoice ID"].nunique()
    assert abs(float(found["gross_profit"]) - lines["gross income"].sum()) < 0.001
    assert found["units"] == int(lines["Quantity"].sum())


@pytest.mark.parametrize("name", ["示例-超市.xls", "示例超市_订单.gb18030.csv"])
def test_superstore_in_both_files(shared_data, brought, tmp_path, name):
    answer = balanced(brought(tmp_path, "import", shared_data / "superstore_zh" / name))
    assert answer["counts"]["loaded"] == 10_000
    found = figures(tmp_path, "sales", "orders", "active_customers", "gross_profit")

    csv = shared_data / "superstore_zh" / "示例超市_订单.gb18030.csv"
    lines = pd.read_csv(csv, encoding="gb18030", dtype=str)
    assert Decimal(str(found["sales"])) == pytest.approx(
        Decimal("16117548.237"), abs=Decimal("0.001")
    )
    assert abs(Decimal(str(found["sales"])) - sum(map(Decimal, lines["销售额"]))) < Decimal("0.001")
    assert cents(found["gross_profit"]) == cents(sum(map(Decimal, lines["利润"])))
    assert found["orders"] == lines["订单 ID"].nunique() == 2773
    assert found["active_customers"] == lines["客户 ID"].nunique() == 790


def test_cdnow(shared_data, tmp_path):
    """Two of its columns are said by the command; 8 customers paid nothing."""
    file = shared_data / "cdnow" / "cdnowElog.csv"
    answer = imported(tmp_path, file, "--map", "masterid=customer", "--map", "cds=quantity")
    assert answer["counts"]["loaded"] == 6919
    found = figures(tmp_path, "sales", "units", "active_customers")

    bought = pd.read_csv(file, dtype={"masterid": str, "sales": str})
    assert Decimal(str(found["sales"])) == sum(map(Decimal, bought["sales"]))
    assert Decimal(str(found["sales"])) == Decimal("244091.94")
    assert found["units"] == int(bought["cds"].sum()) == 16_479
    paid = bought[bought["sales"].map(Decimal) > 0]
    assert found["active_customers"] == paid["masterid"].nunique() == 2349

    members = command(tmp_path, "query", "sales", "--by", "customer")["rows"]
    wanted = bought["sales"].map(Decimal).groupby(bought["masterid"]).sum()
    assert dict(members) == wanted.to_dict()
    assert len(members) == 2357


def test_the_customers_of_cdnow_are_no_dated_rows(shared_data, tmp_path):
    """Its summary has a row a customer and no date: it is refused with the columns it has."""
    file = shared_data / "cdnow" / "cdnow_customers_summary_with_transactions.csv"
    said = typed("--home", tmp_path, "--json", "import", file)
    error = said.document["error"]
    assert (said.code, error["key"]) == (1, "data.sales_order_date_missing")
    assert "ID, x, t_x, T, zbar" in error["text"]


def test_returned_orders_of_the_superstore(shared_data, brought, tmp_path):
    """A sheet of 296 returned orders marks their lines and multiplies none of them."""
    file = shared_data / "superstore_zh" / "示例-超市.xls"
    brought(tmp_path, "import", file)
    answer = command(tmp_path, "query", "orders", "sales", "--by", "return_flag")
    found = {flag: (orders, sales) for flag, orders, sales in answer["rows"]}

    sheets = pd.read_excel(file, sheet_name=None, engine="calamine", dtype=str)
    lines = sheets["订单"]
    back = lines[lines["订单 ID"].isin(sheets["退货"]["订单 ID"])]
    assert set(found) == {None, "是"}
    assert found["是"][0] == back["订单 ID"].nunique() == 296
    assert abs(found["是"][1] - sum(map(Decimal, back["销售额"]))) < Decimal("0.001")
    assert cents(answer["total"]["sales"]) == Decimal("16117548.24")


def test_years_and_regions_add_up_and_agree(shared_data, brought, tmp_path):
    file = shared_data / "superstore_zh" / "示例超市_订单.gb18030.csv"
    brought(tmp_path, "import", file)
    answer = command(tmp_path, "query", "sales", "--by", "region", "--grain", "year")
    rows = [
        row if isinstance(row, dict) else dict(zip(answer["columns"], row, strict=True))
        for row in answer["rows"]
    ]

    lines = pd.read_csv(file, encoding="gb18030", dtype=str)
    lines["year"] = lines["订单日期"].str[:4]
    lines["amount"] = lines["销售额"].map(Decimal)
    for (region, year), part in lines.groupby(["地区", "year"]):
        (asked,) = [row for row in rows if row["region"] == region and row["year"][:4] == year]
        assert abs(Decimal(str(asked["sales"])) - part["amount"].sum()) < Decimal("0.001")


def test_the_same_file_again_adds_nothing(shared_data, brought, tmp_path):
    file = shared_data / "northwind" / "order_lines.csv"
    brought(tmp_path, "import", file)
    before = figures(tmp_path, "sales", "orders")
    again = typed("--home", tmp_path, "--json", "import", file)
    assert again.code in (0, 1)
    assert figures(tmp_path, "sales", "orders") == before
    command(tmp_path, "undo", "1")
    command(tmp_path, "redo", "1")
    assert figures(tmp_path, "sales", "orders") == before
