"""Deals of a hardware maker with their accounts, products and teams, against pandas."""

from pathlib import Path

import pandas as pd
import pytest

from tests.real.test_figures import cents
from tests.terminal import command

pytestmark = pytest.mark.real
QUARTERS = {1: 1_134_672, 2: 3_086_111, 3: 2_982_255, 4: 2_802_496}
FILES = {
    "accounts": "customers", "products": "products", "sales_teams": "people",
    "sales_pipeline": "deals",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(shared_data, tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("maven")
    for file, dataset in FILES.items():
        path = shared_data / "maven_crm" / f"{file}.csv"
        command(folder, "import", path, "--dataset", dataset)
    return folder


@pytest.fixture(scope="module")
def deals(shared_data) -> pd.DataFrame:
    """The same deals with what the other files say of them; GTXPro is the GTX Pro of products."""
    folder = shared_data / "maven_crm"
    read = {name: pd.read_csv(folder / f"{name}.csv") for name in FILES}
    rows = read["sales_pipeline"].replace({"product": {"GTXPro": "GTX Pro"}})
    rows = rows.merge(read["sales_teams"], on="sales_agent", how="left")
    rows = rows.merge(read["products"], on="product", how="left")
    return rows.merge(read["accounts"], on="account", how="left")


def by(home: Path, dimension: str, *metrics: str) -> dict[str | None, list[object]]:
    answer = command(home, "--today", "2017-12-31", "query", *metrics, "--by", dimension)
    return {row[0]: row[1:] for row in answer["rows"]}


def test_the_whole_year(home, deals):
    metrics = ("won_deals", "lost_deals", "win_rate", "won_amount", "average_deal_size",
               "sales_cycle_days", "open_deals", "win_rate_amount", "pipeline")  # fmt: skip
    answer = command(home, "--today", "2017-12-31", "query", *metrics)
    total, won = answer["total"], deals[deals.deal_stage == "Won"]
    assert (total["won_deals"], total["lost_deals"]) == (4238, 2473)
    assert float(total["win_rate"]) == pytest.approx(4238 / 6711)
    assert total["won_amount"] == won.close_value.sum() == 10_005_534
    assert cents(total["average_deal_size"]) == cents("2360.91")
    took = pd.to_datetime(won.close_date) - pd.to_datetime(won.engage_date)
    assert float(total["sales_cycle_days"]) == pytest.approx(took.dt.days.mean())
    assert total["open_deals"] == 1589  # 500 more say no date at all
    assert total["win_rate_amount"] is None
    assert total["pipeline"] is None  # no open deal says what it is worth
    assert answer["data_edge"] == "2017-12-31"


def test_an_import_is_weighed_over_all_days_on_which_deals_closed(home, shared_data, tmp_path):
    source = shared_data / "maven_crm" / "sales_pipeline.csv"
    later = tmp_path / "later.csv"
    later.write_text(source.read_text().replace("2017-03-01,1054", "2017-03-01,2054"))
    answer = command(home, "import", "--dry-run", later)
    assert answer["period"] == {"from": "2016-10-20", "to": "2017-12-31"}
    assert (answer["counts"]["changed"], answer["counts"]["unchanged"]) == (1, 8799)
    won = next(kpi for kpi in answer["kpis"] if kpi["metric"] == "won_amount")
    assert (won["before"], won["after"]) == (10_005_534, 10_006_534)


def test_the_quarters(home):
    answer = command(home, "query", "won_amount", "--grain", "quarter", "--from", "2017-01-01",
                     "--to", "2017-12-31")  # fmt: skip
    assert [row[1] for row in answer["rows"]] == list(QUARTERS.values())


@pytest.mark.parametrize(
    ("dimension", "column"),
    [
        ("team", "regional_office"),
        ("manager", "manager"),
        ("category", "series"),
        ("segment", "sector"),
        ("person", "sales_agent"),
    ],
)
def test_by_what_the_reference_sets_tell(home, deals, dimension, column):
    found = by(home, dimension, "won_amount", "win_rate")
    closed = deals[deals.deal_stage.isin(["Won", "Lost"])]
    groups = closed.groupby(column, dropna=False)
    assert len(found) == len(groups)
    for name, rows in groups:
        amount, rate = found[None if pd.isna(name) else str(name)]
        won = rows[rows.deal_stage == "Won"]
        assert amount == won.close_value.sum()
        assert float(str(rate)) == pytest.approx(len(won) / len(rows))


def test_both_writings_of_dates_give_the_same(shared_data, tmp_path, home):
    path = shared_data / "maven_crm" / "sales_pipeline_us_dates.csv"
    command(tmp_path, "import", path, "--dataset", "deals")
    metrics = ("won_amount", "win_rate", "sales_cycle_days", "open_deals")
    one, other = (
        command(each, "--today", "2017-12-31", "query", *metrics)["total"]
        for each in (home, tmp_path)
    )
    assert one == other
