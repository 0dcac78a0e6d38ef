"""The demo company's rows: equal for equal recipes, believable, and consistent in themselves."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow.csv as pa_csv
import pytest

from salesdash.demo.company import company
from salesdash.demo.generator import BULK_FIELDS, SEED, Demo, Recipe, export_csv
from salesdash.demo.rows import FIELDS, amounts, money
from salesdash.demo.timeline import Timeline, busyness

TODAY = date(2026, 11, 23)
SMALL = Recipe("en", TODAY, scale=0.05)


def test_equal_recipes_give_equal_rows_and_others_do_not():
    first = Demo(SMALL).rows()
    assert first.equals(Demo(SMALL).rows())
    assert not first.equals(Demo(Recipe("en", TODAY, 0.05, SEED + 1)).rows())
    assert not first.equals(Demo(Recipe("en", TODAY - timedelta(days=1), 0.05)).rows())


def test_languages_differ_in_words_only_where_they_should():
    english, chinese = company("en"), company("zh")
    assert english.headers.keys() == chinese.headers.keys() == set(FIELDS)
    assert english.words.keys() == chinese.words.keys()
    assert len(english.categories) == len(chinese.categories) == 6
    with pytest.raises(KeyError):
        company("fr")


def test_plots_name_what_exists(demo):
    here, plots = demo.world.company, demo.world.company.plots
    assert plots.region in {c.region for c in here.cities}
    assert plots.launch in {p.name for p in here.products}
    assert plots.season in here.categories
    assert plots.person in {name for name, _ in here.people}
    big = plots.customer
    assert (big.person, big.region) in here.people
    # the stories happen apart from one another
    home = dict(here.people)[plots.person]
    assert len({plots.region, home, big.region}) == 3


def test_about_sixty_thousand_lines_over_three_years_up_to_yesterday(demo):
    rows = demo.rows()
    dates = rows["order_date"].to_pandas()
    assert 55_000 < rows.num_rows < 65_000
    assert dates.min() == date(2023, 11, 1)
    assert date(2026, 11, 20) <= dates.max() < TODAY  # a Friday; today is a Monday


def test_amount_is_quantity_times_price_less_discount(demo):
    row = demo.rows().slice(100, 1).to_pylist()[0]
    percent = int(row["discount"].removesuffix("%"))
    exact = row["quantity"] * row["price"] * (100 - percent) / 100
    assert abs(row["amount"] - exact) <= Decimal("0.005")


def test_halves_are_rounded_away_from_zero_on_both_sides():
    # 3 x 1.15 x 0.5 = 1.725
    found = amounts(np.array([3, -3]), np.array([115, 115]), np.array([50, 50]))
    assert found.tolist() == [173, -173]
    assert [str(v) for v in money(found).to_pylist()] == ["1.73", "-1.73"]


def test_no_product_stands_twice_in_an_order(demo):
    rows = demo.rows().select(["document", "product"]).to_pandas()
    assert not rows.duplicated().any()


def test_an_order_has_one_customer_day_and_salesperson(demo):
    rows = demo.rows().to_pandas()
    heads = rows[["document", "customer", "order_date", "person", "status"]].drop_duplicates()
    assert heads["document"].is_unique


def test_customer_names_are_unique(demo):
    names = demo.world.customers.name.to_pylist()
    assert len(set(names)) == len(names)


def test_few_lines_without_customer_few_credit_notes_few_cancelled(demo):
    rows = demo.rows().to_pandas()
    here = demo.world.company
    assert 0.005 < rows["customer"].isna().mean() < 0.02
    counter = rows["channel"] == here.words["counter"]
    assert (rows["customer"].isna() == counter).all()
    credit = rows["document"].str.startswith(here.words["credit_prefix"])
    assert 0.001 < credit.mean() < 0.01
    assert (rows["quantity"] < 0).equals(credit)
    assert 0.015 < (rows["status"] == here.words["void"]).mean() < 0.04


def test_a_credit_note_takes_back_what_the_customer_bought(demo):
    rows = demo.rows().to_pandas()
    back = rows[rows["quantity"] < 0]
    bought = rows[rows["quantity"] > 0].set_index(["customer", "product"])["order_date"]
    for line in back.itertuples():
        dates = bought.loc[[(line.customer, line.product)]]
        assert ((dates < line.order_date) & (dates > line.order_date - timedelta(days=31))).any()


def test_customers_come_back_as_in_a_healthy_trade(frame):
    edge = pd.Timestamp(TODAY)

    def buyers(months_ago: int) -> set[str]:
        until = edge - pd.DateOffset(months=months_ago)
        since = until - pd.DateOffset(months=12)
        inside = frame["order_date"].ge(since) & frame["order_date"].lt(until)
        return set(frame[inside & (frame["amount"] > 0)]["customer"].dropna())

    before, now = buyers(12), buyers(0)
    assert 0.60 < len(before & now) / len(before) < 0.85
    assert len(now - before) > 100


def test_holidays_and_weekends_are_quiet(demo, frame):
    per_day = frame.groupby("order_date")["document"].nunique()
    weekday = per_day[per_day.index.day_of_week < 5].mean()
    assert per_day[per_day.index.day_of_week == 6].mean() < weekday / 5
    holiday = {"en": "2025-07-04", "zh": "2025-10-03"}[demo.recipe.lang]  # both are Fridays
    assert per_day.get(pd.Timestamp(holiday), 0) < weekday / 4


def test_a_make_up_day_is_worked():
    here, timeline = company("zh"), Timeline(TODAY)
    busy = busyness(here, timeline)
    sunday, make_up = timeline.number(date(2025, 9, 21)), timeline.number(date(2025, 9, 28))
    assert busy[make_up] > busy[sunday] * 4


def test_the_business_grows(frame):
    years = frame.groupby(frame["order_date"].dt.year)["amount"].sum()
    assert 1.02 < years[2025] / years[2024] < 1.3


@pytest.mark.parametrize(
    "today",
    [date(2026, 1, 1), date(2028, 2, 29), date(2025, 12, 31), date(2026, 3, 1), date(2026, 6, 2)],
)
def test_every_day_of_the_year_can_be_today(today):
    timeline = Timeline(today)
    rows = Demo(Recipe("zh", today, scale=0.05)).rows()
    dates = rows["order_date"].to_pandas()
    assert timeline.first.day == 1
    assert timeline.first.year == today.year - 3
    assert dates.between(timeline.first, timeline.edge).all()
    assert dates.max() >= today - timedelta(days=7)
    assert 2_000 < rows.num_rows < 4_000


def test_large_files_have_exactly_the_lines_asked_for(tmp_path):
    path = tmp_path / "many.csv"
    size = export_csv(path, rows=5_000, recipe=Recipe("en", TODAY))
    assert path.stat().st_size == size
    table = pa_csv.read_csv(path)
    headers = company("en").headers
    assert table.column_names == [headers[name] for name in BULK_FIELDS]
    assert table.num_rows == 5_000
    assert table["Order Date"].to_pandas().is_monotonic_increasing
    assert table["Order Date"][-1].as_py() >= date(2026, 11, 20)  # a Friday


def test_large_files_ask_again_when_stories_took_too_many_lines(tmp_path, monkeypatch):
    monkeypatch.setattr("salesdash.demo.generator.SURPLUS", 1.02)
    monkeypatch.setattr("salesdash.demo.generator.LINES", 80_000)  # expects a third too many
    path = tmp_path / "many.csv"
    export_csv(path, rows=7_000, recipe=Recipe("en", TODAY))
    assert pa_csv.read_csv(path).num_rows == 7_000


def test_chunks_change_no_line(monkeypatch):
    whole = Demo(SMALL)
    assert whole.chunks == 1
    monkeypatch.setattr("salesdash.demo.generator.CHUNK", 500)
    monkeypatch.setattr("salesdash.demo.lines.CHUNK", 500)
    parts = Demo(SMALL)
    assert parts.chunks == 3
    order = [parts.chunk(0)[1].order.max(), parts.lines.order.max()]
    assert order == [499, len(whole.orders) - 1]
    assert parts.rows()["document"].equals(whole.rows()["document"])
    assert parts.rows()["product"].equals(whole.rows()["product"])
