"""Columns that hold the same figure of different members become rows."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.errors import UsageError
from salesdash.ingest import Wide, read_rejects, rejects_csv
from tests.ingest import kit
from tests.ingest.test_mapping import lines
from tests.ingest.test_workbook import workbook

SPEND = lines(
    "DATE,revenue,tv_S,radio_S,facebook_I,events",
    "2024-01-01,100,5,0,900,na",
    "2024-01-08,200,,7.5,800,na",
)


def test_spend_by_channel_stands_beside_revenue(tmp_path):
    sales, costs = kit.plans(tmp_path, SPEND)
    assert (sales.dataset, sales.amount.name, costs.dataset) == ("sales", "revenue", "costs")
    assert {c.header: c.member for c in costs.columns if c.member} == {
        "tv_S": "tv",
        "radio_S": "radio",
    }
    assert costs.wide == Wide("amount", "channel")
    kept = {c.header for c in sales.columns if c.extra}
    assert kept == {"facebook_I", "events"}
    assert not any(c.extra for c in costs.columns)


def test_a_column_left_to_the_other_dataset_is_left_to_it_again(tmp_path):
    text = lines("Day,Umsatz,Booked,tv_S,radio_S,Note", "2024-01-01,10,2024-01-02,5,6,x")
    said = {"Day": "sales.order_date", "Umsatz": "sales.amount", "Booked": "costs.cost_date"}
    kept = kit.plans(tmp_path, text, columns=said)
    assert [m.dataset for m in kept] == ["sales", "costs"]
    for memory in (kept, kept[::-1]):  # whatever order it was kept in
        again = kit.propose_all(kit.read(tmp_path, text), None, memory)
        assert [[(c.header, c.field, c.extra, c.member) for c in m.columns] for m in again] == [
            [(c.header, c.field, c.extra, c.member) for c in m.columns] for m in kept
        ]
        assert {c.how for m in again for c in m.columns if c.field} == {"memory"}
    assert [c.header for c in kept[0].columns if c.extra] == ["Note"]


def test_each_filled_cell_is_a_row_and_the_books_balance(tmp_path):
    _, result = kit.of("costs", tmp_path, SPEND)
    assert kit.column(result, "cost_date", "channel", "amount", "purpose", "record") == [
        (date(2024, 1, 1), "tv", 5, "acquisition", 1),
        (date(2024, 1, 1), "radio", 0, "acquisition", 2),
        (date(2024, 1, 8), "radio", Decimal("7.5"), "acquisition", 4),
    ]
    counts = result.counts
    assert (counts.records, counts.loaded, counts.blank, counts.rejected) == (4, 3, 1, 0)
    told = next(w for w in result.warnings if w.key == "cleaning.wide")
    assert told.values == {"records": 2, "columns": "tv_S, radio_S", "count": 4, "blank": 1}


def test_the_user_says_which_columns(tmp_path):
    text = lines("Day,tv,radio,Clicks", "2024-01-01,5,6,7")
    said = {"tv": "costs.amount@channel=TV", "radio": "costs.amount@channel=Radio"}
    (mapping,) = kit.plans(tmp_path, text, columns=said)
    assert mapping.dataset == "costs"
    _, result = kit.of("costs", tmp_path, text, columns=said)
    assert kit.column(result, "channel", "amount") == [("TV", 5), ("Radio", 6)]
    assert kit.column(result, "x_clicks") == ["7", "7"]


def test_columns_can_be_kept_out_of_it(tmp_path):
    columns = {"tv_S": "-", "radio_S": "-"}
    assert [m.dataset for m in kit.plans(tmp_path, SPEND, columns=columns)] == ["sales"]


def test_a_column_named_by_the_user_joins_those_found(tmp_path):
    said = {"facebook_I": "costs.amount@channel=facebook", "radio_S": "costs.-"}
    sales, costs = kit.plans(tmp_path, SPEND, columns=said)
    members = {c.header: c.member for c in costs.columns if c.member}
    assert members == {"tv_S": "tv", "facebook_I": "facebook"}
    assert "x_radio_s" in {c.extra for c in sales.columns}


def test_both_datasets_are_remembered(tmp_path):
    said = {"facebook_I": "costs.amount@channel=facebook"}
    kept = kit.plans(tmp_path, SPEND, columns=said)
    again = kit.propose_all(kit.read(tmp_path, SPEND), None, kept)
    assert [m.dataset for m in again] == ["sales", "costs"]
    for before, after in zip(kept, again, strict=True):
        assert [(c.field, c.extra, c.member) for c in after.columns] == [
            (c.field, c.extra, c.member) for c in before.columns
        ]
        assert (after.wide, after.values) == (before.wide, before.values)


def test_one_column_may_feed_two_datasets(tmp_path):
    text = lines("Wann,Umsatz,Werbung", "2024-01-01,100,5")
    said = {
        "Wann": "sales.order_date,costs.cost_date",
        "Umsatz": "sales.amount",
        "Werbung": "costs.amount",
    }
    _, result = kit.of("costs", tmp_path, text, columns=said, values={"purpose": "acquisition"})
    assert kit.column(result, "cost_date", "amount", "purpose") == [
        (date(2024, 1, 1), 5, "acquisition")
    ]
    _, sales = kit.of("sales", tmp_path, text, columns=said)
    assert kit.column(sales, "order_date", "amount") == [(date(2024, 1, 1), 100)]


@pytest.mark.parametrize(
    ("spec", "key"),
    [
        ("casts.amount", "dataset.unknown"),
        ("costs.stage", "mapping.no_such_field"),
        ("costs.amount@stage=A", "mapping.no_such_field"),
        ("a b", "mapping.no_such_field"),
    ],
)
def test_a_spec_that_names_nothing_is_refused(tmp_path, spec, key):
    with pytest.raises(UsageError) as error:
        kit.plans(tmp_path, SPEND, columns={"tv_S": spec})
    assert error.value.key == key


def test_one_column_of_spend_is_a_column(tmp_path):
    text = lines("Date,Channel,TV spend", "2024-01-01,a,5")
    assert not [m for m in kit.plans(tmp_path, text, columns={"TV spend": "amount"}) if m.wide]


def test_costs_of_order_lines_are_no_spend(tmp_path):
    text = lines("Order ID,Date,Sales,Unit cost,Shipping cost", "1,2024-01-01,10,5,1")
    assert [m.dataset for m in kit.plans(tmp_path, text)] == ["sales"]


def test_a_mended_cell_finds_its_row(tmp_path):
    text = SPEND.replace("2024-01-08,200,,7.5", "2024-01-08,200,x,y")
    mapping, result = kit.of(
        "costs",
        tmp_path,
        text,
        columns={"tv_S": "costs.amount@channel=tv", "radio_S": "costs.amount@channel=radio"},
    )
    assert result.counts.rejected == 2
    found = list(read_rejects(kit.Path(str(result.rejects_file))))
    assert [(r.id, r.column, r.value) for r in found] == [
        ("0:3", "tv_S", "x"),
        ("0:4", "radio_S", "y"),
    ]
    download = rejects_csv(kit.Path(str(result.rejects_file)), "en")
    mended = download.replace(",x,", ",3,").replace(",y,", ",4,")
    reading = kit.read(tmp_path, mended.encode(), "mended.csv")
    again = kit.propose(reading, kit.DATASETS["costs"], mapping)
    repaired = kit.clean(reading, again, tmp_path)
    assert kit.column(repaired, "sheet", "record", "channel", "amount") == [
        (0, 3, "tv", 3),
        (0, 4, "radio", 4),
    ]


MONTHS = lines("Person,2026-01,2026-02", "Ann,10,20", "Bo,30,")


def test_targets_by_month_columns(tmp_path):
    (mapping,) = kit.plans(tmp_path, MONTHS)
    assert (mapping.dataset, mapping.wide) == ("targets", Wide("target", "period_start"))
    _, result = kit.of("targets", tmp_path, MONTHS)
    assert kit.column(result, "person", "period_start", "period_end", "target", "metric") == [
        ("Ann", date(2026, 1, 1), date(2026, 1, 31), 10, "sales"),
        ("Ann", date(2026, 2, 1), date(2026, 2, 28), 20, "sales"),
        ("Bo", date(2026, 1, 1), date(2026, 1, 31), 30, "sales"),
    ]


def test_bare_months_take_their_year_from_a_column(tmp_path):
    text = lines("团队,年份,1月,2月,12月", "甲,2026,10,20,30")
    _, result = kit.of("targets", tmp_path, text)
    assert kit.column(result, "period_start") == [
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 12, 1),
    ]
    english = lines("Team,Year,Jan,Feb,Mar,Q4", "A,2026,1,2,3,4")
    _, result = kit.of("targets", tmp_path, english)
    assert kit.column(result, "period_start", "period_end")[-1] == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )


def test_months_at_the_head_of_a_worksheet(tmp_path):
    sheet: list[list[object]] = [
        ["Person", datetime(2026, 1, 1), datetime(2026, 2, 1)],
        ["Ann", 10, 20],
    ]
    path = workbook(tmp_path, {"Targets": sheet})
    _, result = kit.of("targets", tmp_path, path)
    assert kit.column(result, "period_start", "target") == [
        (date(2026, 1, 1), 10),
        (date(2026, 2, 1), 20),
    ]


@pytest.mark.parametrize(
    "months", [("1", "2"), ("1月", "2月"), ("Jan", "Feb"), ("January", "February")]
)
def test_months_of_a_year_in_another_column(tmp_path, months):
    rows = [f"Ann,2024,{month},{100 + n}" for n, month in enumerate(months)]
    done = kit.of("targets", tmp_path, lines("Person,Year,Month,Target", *rows))[1]
    assert kit.column(done, "period_start", "period_end", "target") == [
        (date(2024, 1, 1), date(2024, 1, 31), 100),
        (date(2024, 2, 1), date(2024, 2, 29), 101),
    ]


SOLD = lines(
    "Region,Product,Jan 2024,Feb 2024,Total",
    "North,A,100.50,200,300.50",
    "South,B,50,,50",
    "Total,,150.50,200,350.50",
)
"""350.50 were sold; the row and the column of totals would make it 1051.50."""


@pytest.mark.parametrize("name", ["sales by region.csv", "Umsatz.csv", "2024 销售额.csv"])
def test_sales_by_month_columns(tmp_path, name):
    reading = kit.read(tmp_path, SOLD, name)
    (mapping,) = kit.propose_all(reading)
    assert (mapping.dataset, mapping.questions) == ("sales", ())
    result = kit.clean(reading, mapping, tmp_path)
    assert kit.column(result, "region", "order_date", "amount") == [
        ("North", date(2024, 1, 1), Decimal("100.50")),
        ("North", date(2024, 2, 1), 200),
        ("South", date(2024, 1, 1), 50),
    ]
    assert {warning.key for warning in mapping.warnings} == {
        "mapping.sales_by_period",
        "mapping.total_left",
    }


def test_months_that_nothing_calls_sold_or_planned_are_asked(tmp_path):
    (mapping,) = kit.plans(tmp_path, SOLD)
    (question,) = mapping.questions
    assert (question.id, question.options) == ("dataset", ("targets", "sales"))
    planned = kit.plans(tmp_path, SOLD, "Quotas.csv")
    assert [(m.dataset, m.questions) for m in planned] == [("targets", ())]


def test_numbers_among_the_months_that_are_none_are_said(tmp_path):
    text = lines("Person,Jan 2024,Febr.24x,Mar 2024", "Ann,1,2,3")
    (mapping,) = kit.plans(tmp_path, text, "targets.csv")
    (left,) = [each for each in mapping.warnings if each.key == "mapping.periods_left"]
    assert left.values == {"columns": "Febr.24x"}


def test_a_row_without_a_name_that_adds_up_the_others_is_their_total(tmp_path):
    rows = (",,150,260,410", "1,徐州,100,200,300", "2,宁波,50,60,110", ",常州,0,0,0")
    content = lines("排名,城市,2024年1月,2024年2月,总额", *rows)
    (mapping,) = kit.plans(tmp_path, content, "销售额.csv")
    done = kit.clean(kit.read(tmp_path, content, "销售额.csv"), mapping, tmp_path)
    assert (mapping.dataset, done.counts.loaded, done.counts.totals) == ("sales", 6, 2)
    assert sum(kit.column(done, "amount")) == 410
    said = {warning.key: warning.values for warning in done.warnings}
    assert said["cleaning.sums_left"] == {"records": "1"}
    assert said["cleaning.wide"]["records"] == 3


def test_months_named_with_what_they_hold(tmp_path):
    content = lines(
        "部门,姓名,1月业绩,2月业绩,合计", "一部,张三,100,200,300", "二部,李四,50,60,110"
    )
    (mapping,) = kit.plans(tmp_path, content, year=2024)
    assert (mapping.dataset, mapping.questions) == ("sales", ())
    done = kit.clean(kit.read(tmp_path, content), mapping, tmp_path)
    assert sum(kit.column(done, "amount")) == 410
