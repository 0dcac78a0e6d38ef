"""The demo's exports: dated, overlapping, with late changes; together they give its rows."""

import csv
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from salesdash.demo.exports import contents, schedule, write_all
from salesdash.demo.generator import Demo, Recipe

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def small() -> Demo:
    return Demo(Recipe("en", TODAY, scale=0.2))


@pytest.fixture(scope="module")
def files(small, tmp_path_factory):
    """Every export as a data frame of texts, in order, with the plan it was made by."""
    folder = tmp_path_factory.mktemp("exports")
    plans, paths = zip(*write_all(small, folder), strict=True)
    return plans, [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths]


@pytest.mark.parametrize(
    "today", [TODAY, date(2026, 1, 1), date(2028, 2, 29), date(2026, 6, 1), date(2026, 5, 31)]
)
def test_about_thirty_exports_cover_every_day_once_or_more(today):
    plans = schedule(Demo(Recipe("zh", today, scale=0.02)))
    assert 28 <= len(plans) <= 35
    made = [plan.as_of for plan in plans]
    assert made == sorted(made)
    assert plans[-1].as_of.date() == today
    assert plans[-1].period.end == today
    for earlier, later in pairwise(plans):
        assert later.period.start <= earlier.period.end < later.as_of.date()
    assert len({plan.name for plan in plans}) == len(plans)
    assert sum(plan.broken for plan in plans) == 1


def test_names_say_the_dates_in_the_company_s_words():
    english = [plan.name for plan in schedule(Demo(Recipe("en", TODAY, scale=0.02)))]
    assert english[0] == "order_lines_2023-11_2024-10.csv"
    assert english[1] == "order_lines_2024-11.csv"
    assert english[-1] == "order_lines_2026-11-23.csv"
    assert schedule(Demo(Recipe("zh", TODAY, scale=0.02)))[1].name == "销售明细_2024-11.csv"


def test_the_newest_word_on_each_document_gives_the_rows_of_today(small, files):
    latest = pd.concat(files[1]).groupby("Order No.", sort=False)
    # the last export that speaks of a document replaces all its lines
    everything = pd.concat([f.assign(export=n) for n, f in enumerate(files[1])])
    newest = everything[
        everything["export"] == everything.groupby("Order No.")["export"].transform("max")
    ]
    good = newest[newest["Order No."].str.count("-") == 1]
    wanted = small.rows().to_pandas()
    assert len(good) == len(wanted)
    assert set(good["Order No."]) == set(wanted["document"])
    assert good["Net Amount"].astype(float).sum() == pytest.approx(float(wanted["amount"].sum()))
    assert (good["Status"] == "Cancelled").sum() == (wanted["status"] == "Cancelled").sum()
    assert latest.ngroups == len(set(wanted["document"])) + 4


def test_later_exports_correct_cancel_and_add(files):
    told: dict[str, tuple[str, str]] = {}
    corrected = cancelled = late = 0
    for plan, frame in zip(*files, strict=True):
        for number, lines in frame.groupby("Order No."):
            now = (lines["Status"].iloc[0], lines["Net Amount"].str.cat(sep=" "))
            before = told.get(number)
            cancelled += before is not None and before[0] != now[0]
            corrected += before is not None and before[1] != now[1]
            late += before is None and lines["Order Date"].iloc[0] < plan.period.start.isoformat()
            told[number] = now
    assert corrected > 10
    assert cancelled > 5
    assert late > 5


def test_only_what_the_system_knew_that_morning(small):
    number = small.world.timeline.number
    everything = small.rows().to_pandas()
    entered, day = small.orders.entered, small.orders.day
    missing = 0
    for before, plan in pairwise(schedule(small)[:10]):
        told = set(contents(small, plan, before).to_pandas()["document"])
        start, end = plan.period.start, plan.period.end
        inside = everything["order_date"].between(start, end - timedelta(days=1))
        absent = set(everything[inside]["document"]) - told
        # absent are exactly the orders of its dates that were written down afterwards
        later = (
            (day >= number(start)) & (day < number(end)) & (entered >= number(plan.as_of.date()))
        )
        assert len(absent) == np.count_nonzero(later)
        missing += len(absent)
    assert missing > 0


def test_four_lines_of_one_export_cannot_be_read(files):
    plans, frames = files
    broken = frames[[plan.broken for plan in plans].index(True)]
    bad = broken[broken["Order No."].str.count("-") == 2]
    assert len(bad) == 4
    assert bad["Order Date"].iloc[0].endswith("-32")
    assert bad["Net Amount"].iloc[1] == "see contract"
    assert bad["Quantity"].iloc[2] == "to follow"
    assert bad["Cost"].iloc[3] == "see contract"


def test_files_are_plain_csv_and_the_same_each_time(small, tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        write_all(Demo(small.recipe), folder)
    names = sorted(path.name for path in folders[0].iterdir())
    assert len(names) == len(schedule(small))
    for name in names:
        first, second = (folder / name for folder in folders)
        assert first.read_bytes() == second.read_bytes()
        assert b"\r" not in first.read_bytes()
        with first.open(encoding="utf-8", newline="") as file:
            assert {len(row) for row in csv.reader(file)} == {22}


def test_an_export_without_lines_is_not_made(tmp_path):
    few = Demo(Recipe("zh", TODAY, scale=0.004))
    written = write_all(few, tmp_path)
    assert len(written) < len(schedule(few))
    assert [path.name for _, path in written] == [export.name for export, _ in written]
    last: dict[str, int] = {}
    for _, path in written:
        frame = pd.read_csv(path, dtype=str)
        last |= {str(number): len(lines) for number, lines in frame.groupby("订单编号")}
    good = {number: count for number, count in last.items() if number.count("-") == 1}
    assert sum(good.values()) == few.rows().num_rows
