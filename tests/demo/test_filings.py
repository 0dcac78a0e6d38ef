"""The files of the CRM and of accounting: together they give what is known today."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from salesdash.demo import generator, plans, references
from salesdash.demo.filings import filings, write_filings
from salesdash.demo.generator import Demo, Recipe, export_csv

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module", params=["en", "zh"])
def small(request) -> Demo:
    return Demo(Recipe(request.param, TODAY, scale=0.2))


@pytest.fixture(scope="module")
def files(small, tmp_path_factory):
    """Every file with its path, in order."""
    return write_filings(small, tmp_path_factory.mktemp("filings"))


def read(small: Demo, files, dataset: str) -> list[pd.DataFrame]:
    """The tables of a dataset as its files hold them, under the names of its fields."""
    look = small.world.company.files[dataset]
    names = {header: field for field, header in look.headers.items()}
    found = []
    for filing, path in files:
        for name, _ in filing.sheets:
            if name == dataset and path.suffix == ".csv":
                frame = pd.read_csv(path, dtype=str, keep_default_na=False)
                found.append(frame.rename(columns=names))
            elif name == dataset:
                frame = pd.read_excel(path, sheet_name=look.sheet or 0, engine="openpyxl")
                found.append(frame.rename(columns=names))
    return found


def test_a_handful_of_files_for_each_dataset_the_last_of_this_morning(small, files):
    counts = pd.Series([name for filing, _ in files for name, _ in filing.sheets]).value_counts()
    assert counts.to_dict() == {
        "deals": 18,
        "leads": 4,
        "activities": 4,
        "payments": 4,
        "costs": 2,
        "customers": 2,
        "products": 2,
        "people": 2,
        "market": 1,
        "targets": 1,
    }
    moments = [filing.as_of for filing, _ in files]
    assert moments == sorted(moments)
    assert moments[-1].date() == TODAY
    assert len({path.name for _, path in files}) == len(files)


@pytest.mark.parametrize("dataset", ["deals", "leads"])
def test_the_newest_word_on_each_record_is_what_the_crm_knows(small, files, dataset):
    unit = dataset.removesuffix("s")
    told = pd.concat(read(small, files, dataset)).drop_duplicates(unit, keep="last")
    last = small.world.timeline.days - 1
    known = getattr(small.registers, dataset)(last).to_pandas().set_index(unit)
    assert set(told[unit]) == set(known.index)
    told = told.set_index(unit).loc[known.index]
    for column in known.columns:
        if column == "status":
            continue  # a lead grows old without being touched
        wanted = known[column].map(lambda value: "" if pd.isna(value) else str(value))
        assert told[column].tolist() == wanted.tolist(), column


def test_deals_move_between_the_exports(small, files):
    moved = closed = put_off = 0
    for before, after in pairwise(read(small, files, "deals")):
        both = before.merge(after, on="deal", suffixes=("_then", "_now"))
        moved += (both["stage_then"] != both["stage_now"]).sum()
        same = both[both["stage_then"] == both["stage_now"]]
        put_off += (same["close_date_then"] != same["close_date_now"]).sum()
        closed += both["stage_now"].isin(small.world.company.lists.decided.values()).sum()
    assert moved > 50
    assert closed > 50
    assert put_off > 5


@pytest.mark.parametrize(
    ("dataset", "unit"), [("payments", "document"), ("activities", "activity")]
)
def test_payments_and_activities_come_whole_and_overlap_a_little(small, files, dataset, unit):
    everything = pd.concat(read(small, files, dataset))
    last = small.world.timeline.days
    known = getattr(small.registers, dataset)(0, last).to_pandas()
    assert len(everything) > len(known)
    told = everything.drop_duplicates()
    assert told[unit].is_unique  # what two files tell is the same
    assert sorted(told[unit]) == sorted(known[unit])


def test_costs_come_once_and_grow_in_one_channel(small, files):
    told = pd.concat(read(small, files, "costs"), ignore_index=True)
    told["amount"] = told["amount"].astype(float)
    days = pd.to_datetime(told["cost_date"])
    whole = plans.costs(
        small.world, small.desk.rng(12), 0.2, (0, small.world.timeline.days)
    ).to_pandas()
    assert len(told) == len(whole)
    assert not told.duplicated(["cost_date", "cost_type", "channel"]).any()
    assert days.max() < pd.Timestamp(TODAY)
    plots, money = small.world.company.desk_plots, small.world.company.money
    spent = told[told["cost_type"].isin(money.acquisition)]
    then, now = (
        spent[days[spent.index].between(f"{year}-08-01", f"{year}-10-31")]
        .groupby("channel")["amount"]
        .sum()
        for year in (2025, 2026)
    )
    growth = now / then
    assert growth.idxmax() == plots.channel
    assert growth[plots.channel] > 2.5
    assert growth.drop(plots.channel).between(0.85, 1.25).all()


def test_targets_are_last_year_s_quarter_and_eight_percent(small, files):
    told = read(small, files, "targets")[0]
    rows = small.rows().to_pandas()
    rows = rows[rows["status"] == small.world.company.words["done"]]
    day = pd.to_datetime(rows["order_date"])
    region = small.world.company.plots.region
    target = told[(told["region"] == region) & (told["period_start"] == "2026-07-01")]
    before = rows[(rows["region"] == region) & day.between("2025-07-01", "2025-09-30")]
    wanted = float(before["amount"].sum()) * 1.08
    assert target["target"].iloc[0] == pytest.approx(wanted, abs=500.01)
    assert target["period_end"].iloc[0] == pd.Timestamp(2026, 9, 30)
    assert set(told["period_start"].dt.year) == {2025, 2026}
    assert len(told) == 7 * 5 + 3 * 5  # the running quarter by month
    november = told[(told["region"] == region) & (told["period_start"] == "2026-11-01")]
    before = rows[(rows["region"] == region) & day.between("2025-11-01", "2025-11-30")]
    wanted = float(before["amount"].sum()) * 1.08
    assert november["target"].iloc[0] == pytest.approx(wanted, abs=500.01)


def test_the_market_is_larger_than_we_and_known_for_whole_quarters(small, files):
    told = read(small, files, "market")[0]
    assert told["period_start"].min() == pd.Timestamp(2024, 1, 1)
    assert told["period_end"].max() == pd.Timestamp(2026, 9, 30)
    assert len(told) == 11 * 5
    rows = small.rows().to_pandas()
    day = pd.to_datetime(rows["order_date"])
    mine = float(rows[day.between("2026-07-01", "2026-09-30")]["amount"].sum())
    share = mine / told[told["period_end"] == "2026-09-30"]["amount"].sum()
    assert 0.04 < share < 0.2


def test_master_data_is_told_twice_and_says_who_moved_in_between(small, files):
    before, after = read(small, files, "people")
    staffing = small.world.company.staffing
    assert staffing.newcomer in set(after["person"]) - set(before["person"])
    twice = after["person"].value_counts()
    assert set(twice[twice == 2].index) == {move.person for move in staffing.movers}
    assert before["person"].is_unique
    left = after[after["person"] == staffing.leaver]
    assert left["active_to"].iloc[0] == pd.Timestamp(2025, 2, 28)
    first, last = read(small, files, "customers")
    assert len(first) < len(last)
    products = read(small, files, "products")
    assert (products[0]["price"] < products[1]["price"]).all()  # dearer each January
    known = references.products(small.shelves, small.world.timeline.days - 1).to_pandas()
    assert products[1]["price"].tolist() == known["price"].astype(float).tolist()


def test_files_are_the_same_each_time(small, files, tmp_path):
    again = write_filings(Demo(small.recipe), tmp_path)
    assert [path.name for _, path in again] == [path.name for _, path in files]
    for (_, one), (_, two) in zip(files, again, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2028, 2, 29), date(2026, 6, 2)])
def test_any_day_can_be_today(today):
    found = filings(Demo(Recipe("zh", today, scale=0.05)))
    assert found[-1].as_of.date() == today
    assert all(table.num_rows for filing in found for _, table in filing.sheets)


def test_deals_for_measuring_are_exactly_as_many_as_asked_for(tmp_path):
    path = tmp_path / "deals.csv"
    size = export_csv(path, rows=3_000, recipe=Recipe("en", TODAY), dataset="deals")
    assert path.stat().st_size == size
    found = pd.read_csv(path)
    assert len(found) == 3_000
    assert found["Record Id"].is_unique
    assert found["Created Time"].max() < "2026-11-23"


def test_more_deals_are_drawn_when_there_were_too_few(tmp_path, monkeypatch):
    monkeypatch.setattr("salesdash.demo.generator.SURPLUS", 1.3)
    monkeypatch.setitem(generator.USUAL, "deals", 8_000)
    path = tmp_path / "deals.csv"
    export_csv(path, rows=2_000, recipe=Recipe("zh", TODAY), dataset="deals")
    assert len(pd.read_csv(path)) == 2_000
