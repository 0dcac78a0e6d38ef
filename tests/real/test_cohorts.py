"""Cohorts of real files against pandas: counts and money, cell by cell."""

from decimal import Decimal

import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real


def second_opinion(lines: pd.DataFrame, freq: str):
    """Sizes, buyers and money by the period of the first purchase and the periods since."""
    lines = lines[lines["customer"].notna()].copy()
    lines["period"] = lines["day"].dt.to_period(freq)
    bought = lines[lines["amount"] > 0]
    first = bought.groupby("customer")["day"].min().dt.to_period(freq)
    for frame in (lines, bought):
        frame.loc[:, "began"] = frame["customer"].map(first)
    sizes = first.value_counts()
    buyers = bought.groupby(["began", "period"])["customer"].nunique()
    money = lines.groupby(["began", "period"])["amount"].sum()
    return sizes, buyers, money, lines.groupby("period")["amount"].sum()


def check(found, lines, freq):
    """Every cell, and that all of them with what stands beside add up to the sales."""
    sizes, buyers, money, sales = second_opinion(lines, freq)
    in_cells = dict.fromkeys((unit["from"] for unit in found["units"]), Decimal(0))
    starts = list(in_cells)
    for row in found["rows"]:
        began = pd.Period(row["cohort"]["from"], freq)
        assert row["size"] == sizes.get(began, 0)
        for place, cell in enumerate(each for each in row["cells"] if each is not None):
            key = began, began + place
            assert cell["customers"] == buyers.get(key, 0), key
            assert float(cell["amount"]) == pytest.approx(money.get(key, 0), abs=0.005), key
            in_cells[starts[starts.index(row["cohort"]["from"]) + place]] += Decimal(
                str(cell["amount"])
            )
    for place, start in enumerate(starts):
        beside = sum(Decimal(str(found["rest"][name][place])) for name in ("earlier", "returns"))
        total = sales.get(pd.Period(start, freq), 0)
        assert float(in_cells[start] + beside) == pytest.approx(total, abs=0.005)


def test_online_retail_by_month(shared_data, brought, tmp_path):
    file = shared_data / "online_retail" / "online_retail.parquet"
    brought(tmp_path, "import", file)
    raw = pd.read_parquet(file)
    lines = pd.DataFrame(
        {
            "customer": raw["CustomerID"].astype("string"),
            "day": pd.to_datetime(raw["InvoiceDate"]).dt.normalize(),
            "amount": raw["UnitPrice"].astype(float) * raw["Quantity"].astype(float),
        }
    )
    found = command(tmp_path, "cohorts")
    check(found, lines, "M")
    sizes = [row["size"] for row in found["rows"]]
    assert sizes == [885, 417, 380, 452, 300, 284, 242, 188, 169, 299, 358, 323, 41]
    assert [cell["customers"] for cell in found["rows"][0]["cells"][:4]] == [885, 324, 286, 340]
    assert [row["known"] for row in found["rows"]].count(True) == 1  # December 2011
    assert command(tmp_path, "cohorts", "--to", "2011-09-30")["rows"][0]["size"] == 885


@pytest.mark.parametrize(("grain", "freq"), [("week", "W-SUN"), ("month", "M")])
def test_cdnow(shared_data, brought, tmp_path, grain, freq):
    """All of its customers first bought within twelve weeks of 1997; there are no orders."""
    file = shared_data / "cdnow" / "cdnowElog.csv"
    brought(tmp_path, "import", file, "--map", "masterid=customer", "--map", "cds=quantity")
    raw = pd.read_csv(file, dtype={"masterid": str})
    lines = pd.DataFrame(
        {
            "customer": raw["masterid"],
            "day": pd.to_datetime(raw["date"].astype(str)),
            "amount": raw["sales"],
        }
    )
    found = command(tmp_path, "cohorts", "--grain", grain, "--length", "80")
    check(found, lines, freq)
    assert sum(row["size"] for row in found["rows"]) == 2349  # 8 of 2357 paid nothing


def test_northwind_and_the_superstore_by_quarter(shared_data, brought, tmp_path):
    file = shared_data / "northwind" / "order_lines.csv"
    brought(tmp_path / "north", "import", file)
    raw = pd.read_csv(file, parse_dates=["Order Date"])
    amount = raw["Unit Price"] * raw["Quantity"] * (1 - raw["Discount"])
    lines = {"customer": raw["Customer ID"], "day": raw["Order Date"], "amount": amount}
    check(command(tmp_path / "north", "cohorts", "--grain", "quarter"), pd.DataFrame(lines), "Q")

    file = shared_data / "superstore_zh" / "示例-超市.xls"
    brought(tmp_path / "super", "import", file)
    raw = pd.read_excel(file, sheet_name="订单", engine="calamine")
    lines = {
        "customer": raw["客户 ID"],
        "day": pd.to_datetime(raw["订单日期"]),
        "amount": raw["销售额"],
    }
    found = command(tmp_path / "super", "cohorts", "--grain", "quarter")
    check(found, pd.DataFrame(lines), "Q")
    assert sum(row["size"] for row in found["rows"]) == 790


def fifths(values: pd.Series) -> pd.Series:
    """Scores by the middle rank of equal values, which pandas calls the average."""
    return (5 * (values.rank(method="average") - 0.5) // len(values)).astype(int) + 1


def test_segments_of_online_retail(shared_data, brought, tmp_path):
    """Scores, and so segments, of all 4,338 customers who ever bought."""
    file = shared_data / "online_retail" / "online_retail.parquet"
    brought(tmp_path, "import", file)
    found = command(tmp_path, "segments", "--then", "2011-08-31")
    raw = pd.read_parquet(file)
    raw["day"] = pd.to_datetime(raw["InvoiceDate"]).dt.normalize()
    raw["amount"] = (raw["UnitPrice"].astype(float) * raw["Quantity"].astype(float)).round(6)
    raw = raw[raw["CustomerID"].notna()]
    raw["CustomerID"] = raw["CustomerID"].astype(str).str.removesuffix(".0")

    def scored(lines: pd.DataFrame) -> pd.DataFrame:
        bought = lines[lines["amount"] > 0].groupby("CustomerID")
        table = pd.DataFrame({"last": bought["day"].max(), "orders": bought["InvoiceNo"].nunique()})
        table["figure"] = lines.groupby("CustomerID")["amount"].sum().reindex(table.index).round(4)
        days = table["last"].astype("int64")
        return table.assign(
            recency=fifths(days), frequency=fifths(table["orders"]), money=fifths(table["figure"])
        )

    wanted = scored(raw)
    assert found["customers"] == len(wanted) == 4338
    for one in found["list"]:
        row = wanted.loc[one["customer"]]
        marks = one["recency"], one["frequency"], one["money"]
        assert marks == (row["recency"], row["frequency"], row["money"]), one
        assert one["orders"] == row["orders"]
        assert float(one["figure"]) == pytest.approx(row["figure"], abs=0.005)
    best = wanted[(wanted.recency == 5) & ((wanted.frequency + wanted.money + 1) // 2 >= 4)]
    named = {each["segment"]: each for each in found["segments"]}
    assert named["champions"]["customers"] == len(best)
    assert float(named["champions"]["figure"]) == pytest.approx(best["figure"].sum(), abs=0.05)
    then = scored(raw[raw["day"] <= "2011-08-31"])
    risky = then.recency.le(2) & ((then.frequency + then.money + 1) // 2).isin([3, 4])
    assert named["at_risk"]["then"] == risky.sum()
