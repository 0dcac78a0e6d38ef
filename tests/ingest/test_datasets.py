"""What cleaning does for each dataset beside sales and deals."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.errors import DataRefused, UsageError
from salesdash.ingest import Overrides, propose
from tests.ingest import kit
from tests.ingest.test_mapping import lines
from tests.ingest.test_workbook import workbook


def test_leads(tmp_path):
    text = lines(
        "Lead ID,Lead Name,Company,Lead Source,Lead Status,Created Time,Converted Date",
        "1,Ann,X,Web,Junk,2024-01-05 10:00,",
        "2,Bo,Y,Fair,Converted,2024-01-06 10:00,2024-02-06",
    )
    _, result = kit.of("leads", tmp_path, text)
    assert kit.column(result, "lead", "customer", "channel", "created_date", "converted_date") == [
        ("1", "X", "Web", date(2024, 1, 5), None),
        ("2", "Y", "Fair", date(2024, 1, 6), date(2024, 2, 6)),
    ]
    assert result.counted == 2, "a lead that came to nothing is a lead"


def test_activities(tmp_path):
    text = lines("Visit Date,Visit Type,Customer,Visited By", "2024-01-05,visit,Ann,Bo")
    _, result = kit.of("activities", tmp_path, text)
    assert kit.column(result, "activity_date", "activity_type", "person") == [
        (date(2024, 1, 5), "visit", "Bo")
    ]


def test_payments(tmp_path):
    text = lines(
        "回款编号,回款日期,客户名称,销售订单编号,回款金额,生命状态",
        "P1,2024-01-05,甲,S1,100.50,正常",
        "P2,2024-01-06,乙,S2,9,作废",
    )
    _, result = kit.of("payments", tmp_path, text)
    assert kit.column(result, "document", "sales_document", "amount", "counts") == [
        ("P1", "S1", Decimal("100.5"), True),
        ("P2", "S2", 9, False),
    ]
    assert (Decimal(result.amount), result.documents) == (Decimal("100.5"), 2)


def test_costs_of_acquisition_are_told_by_their_words(tmp_path):
    text = lines(
        "Date,Cost Type,Spend",
        "2024-01-05,Google Ads,5",
        "2024-01-06,Rent,6",
        "2024-01-07,市场费用,7",
        "2024-01-08,Adhesives,8",
    )
    mapping, result = kit.of("costs", tmp_path, text)
    assert kit.column(result, "purpose") == ["acquisition", None, "acquisition", None]
    assert [(w.key, w.values) for w in mapping.warnings] == [
        ("mapping.acquisition", {"words": "Google Ads, 市场费用"})
    ]
    none = {"purpose": "other"}
    assert set(kit.column(kit.of("costs", tmp_path, text, values=none)[1], "purpose")) == {None}
    every = {"purpose": "acquisition"}
    assert (
        kit.column(kit.of("costs", tmp_path, text, values=every)[1], "purpose")
        == ["acquisition"] * 4
    )
    plain = lines("Date,Spend", "2024-01-05,5")
    assert [w.key for w in kit.of("costs", tmp_path, plain)[0].warnings] == [
        "mapping.acquisition_none"
    ]


PERIODS = {
    "2017Q3": ("2017-07-01", "2017-09-30"),
    "Q3 2017": ("2017-07-01", "2017-09-30"),
    "2017年第三季度": ("2017-07-01", "2017-09-30"),
    "2017-07": ("2017-07-01", "2017-07-31"),
    "2017年7月": ("2017-07-01", "2017-07-31"),
    "201707": ("2017-07-01", "2017-07-31"),
    "07/2017": ("2017-07-01", "2017-07-31"),
    "July 2017": ("2017-07-01", "2017-07-31"),
    "2017H2": ("2017-07-01", "2017-12-31"),
    "2016上半年": ("2016-01-01", "2016-06-30"),
    "2017": ("2017-01-01", "2017-12-31"),
    "FY2017": ("2017-01-01", "2017-12-31"),
    "2016-02": ("2016-02-01", "2016-02-29"),
}


@pytest.mark.parametrize(("written", "days"), PERIODS.items())
def test_a_period_becomes_its_first_and_last_day(tmp_path, written, days):
    text = lines("Period,Region,Market Size", f"{written},North,500")
    _, result = kit.of("market", tmp_path, text)
    ((first, last),) = kit.column(result, "period_start", "period_end")
    assert (str(first), str(last)) == days


def test_a_fiscal_year_begins_where_the_company_says(tmp_path):
    text = lines("Period,Market Size", "FY2017,500", "FY2017 Q2,100", "2017,7")
    _, result = kit.of("market", tmp_path, text, fiscal_start=4)
    assert [tuple(map(str, row)) for row in kit.column(result, "period_start", "period_end")] == [
        ("2016-04-01", "2017-03-31"),
        ("2016-07-01", "2016-09-30"),
        ("2017-01-01", "2017-12-31"),
    ]
    _, result = kit.of("market", tmp_path, text, fiscal_start=4, named_by="start")
    assert str(kit.column(result, "period_start")[0]) == "2017-04-01"


def test_a_date_for_a_period_leaves_its_end_open(tmp_path):
    text = lines("Month,Target", "2017-07-01,5", "2017-08-01,6")
    _, result = kit.of("targets", tmp_path, text)
    assert kit.column(result, "period_start", "period_end") == [
        (date(2017, 7, 1), None),
        (date(2017, 8, 1), None),
    ]


def test_what_is_no_period_is_rejected(tmp_path):
    rows = [f"2017-{month:02},5" for month in range(1, 13)] * 40
    text = lines("Month,Target", *rows, "someday,6")
    _, result = kit.of("targets", tmp_path, text, columns={"Month": "period_start"})
    assert (result.counts.loaded, result.rejects[0].reason) == (480, "reject.date")


def test_metrics_of_targets(tmp_path):
    text = lines("Month,KPI,Target", "2024-01,Revenue,5", "2024-01,赢单率,0.5", "2024-01,my_own,7")
    _, result = kit.of("targets", tmp_path, text)
    assert kit.column(result, "metric") == ["sales", "win_rate", "my_own"]
    named = {"My Own": "own_kpi"}
    _, result = kit.of("targets", tmp_path, text, metrics=named)
    assert kit.column(result, "metric")[2] == "own_kpi"


def test_targets_without_a_metric_are_of_sales_unless_said(tmp_path):
    text = lines("Month,Target", "2024-01,5")
    mapping, result = kit.of("targets", tmp_path, text)
    assert (mapping.values, kit.column(result, "metric")) == ({"metric": "sales"}, ["sales"])
    assert [w.key for w in result.warnings] == ["mapping.metric_assumed"]
    said, result = kit.of("targets", tmp_path, text, values={"metric": "won_amount"})
    assert (kit.column(result, "metric"), said.warnings) == (["won_amount"], ())


def test_reference_rows_are_keyed_by_id_else_by_name(tmp_path):
    text = lines("Customer ID,Customer Name,Industry", "1,Ann,food", ",,tea", ",Bo,tea")
    _, result = kit.of("customers", tmp_path, text)
    assert kit.column(result, "customer", "customer_name", "segment") == [
        ("1", "Ann", "food"),
        ("Bo", "Bo", "tea"),
    ]
    assert [(group.reason, group.column) for group in result.rejects] == [
        ("reject.missing", "Customer ID")
    ]


def test_products_and_people(tmp_path):
    products = lines("Product,Series,Unit Price,Unit Cost", "Tea,A,5.5,3")
    _, result = kit.of("products", tmp_path, products)
    assert kit.column(result, "product", "category", "price", "cost") == [
        ("Tea", "A", Decimal("5.5"), 3)
    ]
    people = lines(
        "Salesperson,Team,Manager,Hire Date", "Ann,A,Bo,2024-01-05", "Ann,B,Bo,2025-01-05"
    )
    _, result = kit.of("people", tmp_path, people)
    assert kit.column(result, "person", "team", "active_from") == [
        ("Ann", "A", date(2024, 1, 5)),
        ("Ann", "B", date(2025, 1, 5)),
    ]


def test_a_value_for_every_row_that_says_nothing(tmp_path):
    text = lines("Date,Amount,Region", "2024-01-05,5,North", "2024-01-05,6,")
    _, result = kit.of("payments", tmp_path, text, values={"region": "West", "channel": "Bank"})
    assert kit.column(result, "region", "channel") == [("North", "Bank"), ("West", "Bank")]
    dated = lines("Region,Market Size", "North,5")
    _, result = kit.of("market", tmp_path, dated, values={"period_start": "2024Q2"})
    assert kit.column(result, "period_start") == [date(2024, 4, 1)]


def test_a_field_of_another_dataset_is_refused(tmp_path):
    reading = kit.read(tmp_path, lines("Date,Amount", "2024-01-05,5"))
    with pytest.raises(UsageError) as error:
        propose(reading, kit.DATASETS["payments"], None, Overrides(values={"stage": "Won"}))
    assert error.value.key == "mapping.no_such_field"


@pytest.mark.parametrize(
    ("dataset", "header", "field", "options"),
    [
        ("deals", "Name,Wie weit", "stage", ("Name", "Wie weit")),
        ("targets", "Month,Zahl", "target", ("Zahl",)),
        ("payments", "Date,Zahl", "amount", ("Zahl",)),
    ],
)
def test_what_is_required_and_not_found_is_asked(tmp_path, dataset, header, field, options):
    row = "Ann,Won" if dataset == "deals" else "2024-01-05,7.5"
    reading = kit.read(tmp_path, lines(header, row))
    questions = propose(reading, kit.DATASETS[dataset]).questions
    assert [(q.id, q.options) for q in questions] == [(f"field:{field}", options)]


def test_leads_without_a_date_are_refused_as_leads(tmp_path):
    with pytest.raises(DataRefused) as error:
        kit.plans(tmp_path, lines("Lead Owner,Lead Status,Company", "Ann,New,X"))
    assert error.value.values["field"] == "created_date"


# --- lists on other sheets --------------------------------------------------------------------

ORDERS: list[list[object]] = [
    ["Order ID", "Order Date", "Product", "Sales"],
    ["1", "2024-01-05", "Tea", 5],
    ["1", "2024-01-05", "Milk", 6],
    ["2", "2024-01-06", "Tea", 7],
]
RETURNS: list[list[object]] = [["Order ID", "Returned"], ["1", "Yes"], ["1", "Yes"], ["9", "Yes"]]


def test_returned_orders_are_a_flag_and_multiply_nothing(tmp_path):
    path = workbook(tmp_path, {"Orders": ORDERS, "Returns": RETURNS})
    reading = kit.read(tmp_path, path)
    (mapping,) = kit.propose_all(reading)
    result = kit.clean(reading, mapping, tmp_path)
    assert kit.column(result, "document", "amount", "return_flag") == [
        ("1", 5, "Yes"),
        ("1", 6, "Yes"),
        ("2", 7, None),
    ]
    (joined,) = result.joined
    assert (joined.records, joined.keys, joined.unmatched, joined.example) == (3, 2, 1, "9")
    assert (result.counts.records, result.counts.loaded) == (3, 3)
    assert "cleaning.joined" in [w.key for w in result.warnings]
    assert mapping.tables == (0, 1)


def test_without_orders_a_list_of_flags_is_nothing(tmp_path):
    path = workbook(tmp_path, {"Returns": RETURNS})
    with pytest.raises(DataRefused):
        kit.propose_all(kit.read(tmp_path, path))
