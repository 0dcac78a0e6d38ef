from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.datasets import SALES
from salesdash.engine import child
from salesdash.errors import DataRefused, FileError
from salesdash.ingest import Cleaned, Counts, Overrides, RejectGroup, StatusCount, propose
from salesdash.ingest import clean as clean_in_child
from tests.ingest import kit
from tests.ingest.test_mapping import AMBIGUOUS, lines


def test_fields_that_something_fills_are_there(tmp_path):
    text = lines("Order ID,Order Date,Customer,Qty,Sales,Shade", "7,2024-01-05,Ann,2,10.50,red")
    result = kit.cleaned(tmp_path, text)
    names = ["order_date", "document", "customer", "quantity", "amount", "x_shade", "profit"]
    assert kit.column(result, *names, "counts", "sheet", "record") == [
        (date(2024, 1, 5), "7", "Ann", 2, Decimal("10.5"), "red", None, True, 0, 1)
    ]
    names = ["order_date", "document", "amount", "quantity", "customer", "x_shade"]
    kinds = [dict(SALES.columns).get(name, "varchar").upper() for name in names]
    found = kit.written(result)
    assert list(found) == [*names, "counts", "sheet", "record"]
    assert [found[name] for name in names] == kinds
    assert result.extras == {"x_shade": "Shade"}


def test_the_books_balance_whatever_happens(tmp_path):
    text = lines(
        "Order ID,Order Date,Customer,Amount",
        "1,2024-01-05,Ann,10",
        "2,05.33.24,Bob,20",
        "3,2024-01-05,Cat,twenty",
        "4,,Dan,40",
        "5,2024-01-05,Eve,",
        "6,1824-01-05,Fay,60",
        "7,2024-01-05",
        "",
        "Total,,,130",
    )
    result = kit.cleaned(tmp_path, text)
    assert result.counts == Counts(records=9, loaded=1, rejected=6, blank=1, totals=1)
    assert {(r.reason, r.column, r.count, r.example) for r in result.rejects} == {
        ("reject.date", "Order Date", 1, "05.33.24"),
        ("reject.number", "Amount", 1, "twenty"),
        ("reject.missing", "Order Date", 1, None),
        ("reject.missing", "Amount", 1, None),
        ("reject.date_range", "Order Date", 1, "1824-01-05"),
        ("reject.too_few_cells", None, 1, None),
    }
    assert isinstance(result.rejects[0], RejectGroup)
    assert Cleaned.from_json(result.to_json()) == result


def test_optional_values_that_do_not_parse_reject_their_row(tmp_path):
    text = lines(
        "Date,Amount,Qty,Paid at", "2024-01-05,5,1,2024-01-06", "2024-01-05,5,one,2024-01-07"
    )
    result = kit.cleaned(tmp_path, text)
    assert [(r.column, r.example) for r in result.rejects] == [("Qty", "one")]


def test_words_for_nothing_are_empty_and_said(tmp_path):
    text = lines("Date,Amount,Qty", "2024-01-05,5,NA", "2024-01-06,6,2")
    result = kit.cleaned(tmp_path, text)
    assert kit.column(result, "quantity") == [None, 2]
    assert [(w.key, w.values["words"]) for w in result.warnings] == [("cleaning.blank_words", "NA")]


def test_a_name_that_is_a_word_for_nothing_stays_a_name(tmp_path):
    result = kit.cleaned(tmp_path, lines("Date,Amount,Customer", "2024-01-05,5,Null"))
    assert kit.column(result, "customer") == ["Null"]


def test_records_are_numbered_as_in_the_file_also_by_several_processors(tmp_path):
    text = lines("Order ID,Date,Amount", *(f"{i},2024-01-05,1" for i in range(1, 200_001)))
    reading = kit.read(tmp_path, text)
    assert reading.tables[0].kind == "csv"
    result = kit.clean(reading, propose(reading, SALES), tmp_path)
    wrong = kit.asked(
        f"select count(*) from {kit.numbered(result)} where cast(document as bigint) <> record"
    )
    assert wrong == [(0,)]
    assert result.counts.loaded == 200_000


def test_records_keep_their_numbers_beside_rejects(tmp_path):
    text = lines("Order ID,Date,Amount", "a,2024-01-05,1", "b,2024-01-05,x", "c,2024-01-05,3")
    assert kit.column(kit.cleaned(tmp_path, text), "document", "record") == [("a", 1), ("c", 3)]


def test_moments_fill_both_date_and_time(tmp_path):
    text = lines("Order Time,Amount", "2024-01-05 10:30:00,5", "2024-01-06 23:59:59,6")
    assert kit.column(kit.cleaned(tmp_path, text), "order_date", "ordered_at")[0] == (
        date(2024, 1, 5),
        datetime(2024, 1, 5, 10, 30),
    )


def test_a_time_alone_gives_the_date(tmp_path):
    text = lines("Ordered at,Amount", "2024-01-05 10:30:00,5")
    assert kit.column(kit.cleaned(tmp_path, text), "order_date") == [date(2024, 1, 5)]


def test_the_answer_about_dates_is_used(tmp_path):
    days = kit.column(kit.cleaned(tmp_path, AMBIGUOUS, dates="mdy"), "order_date")
    assert days == [date(2024, 1, 2), date(2024, 3, 4)]


def test_ids_stay_what_they_are(tmp_path):
    text = lines("Order ID,Customer ID,Date,Amount", "007,123456789012345678,2024-01-05,5")
    assert kit.column(kit.cleaned(tmp_path, text), "document", "customer") == [
        ("007", "123456789012345678")
    ]


def test_ids_that_once_were_floats(tmp_path):
    text = lines(
        "Order ID,Customer ID,Date,Amount", "1,17850.0,2024-01-05,5", "2,13047.0,2024-01-05,5"
    )
    assert kit.column(kit.cleaned(tmp_path, text), "customer") == ["17850", "13047"]
    mixed = text.replace("13047.0", "1.5")
    assert kit.column(kit.cleaned(tmp_path, mixed), "customer") == ["17850.0", "1.5"]


def test_price_times_quantity_less_discount(tmp_path):
    text = lines(
        "Date,Unit Price,Quantity,Discount", "2024-01-05,9.80000019,10,0.15", "2024-01-05,,2,0"
    )
    result = kit.cleaned(tmp_path, text)
    assert kit.column(result, "amount", "list_amount") == [(Decimal("83.3000"), Decimal("98.0000"))]
    assert [(r.reason, r.column) for r in result.rejects] == [("reject.no_amount", "Unit Price")]
    assert [(c.name, c.total) for c in result.candidates] == [("price x quantity", "83.3000")]


def test_candidates_come_with_their_sums(tmp_path):
    text = lines(
        "Date,Net Amount,Total", '2024-01-05,"1,000.00","1,190.00"', "2024-01-06,2.00,2.38"
    )
    result = kit.cleaned(tmp_path, text)
    assert [(c.name, c.total) for c in result.candidates] == [
        ("Net Amount", "1002.0000"),
        ("Total", "1192.3800"),
    ]
    assert result.amount == "1002.0000"


def test_candidates_are_summed_in_the_unit_of_their_header(tmp_path):
    text = lines("Date,Net Amount,Total(万元)", "2024-01-05,10000,1.19")
    result = kit.cleaned(tmp_path, text)
    assert [(c.name, c.total) for c in result.candidates] == [
        ("Net Amount", "10000.0000"),
        ("Total(万元)", "11900.0000"),
    ]


def test_void_rows_are_loaded_and_do_not_count(tmp_path):
    text = lines(
        "Order ID,Date,Amount,Status",
        "1,2024-01-05,5,Completed",
        "2,2024-01-05,6,Cancelled",
        "3,2024-01-05,7,待审核",
        "4,2024-01-05,8,",
    )
    result = kit.cleaned(tmp_path, text)
    assert kit.column(result, "counts") == [True, False, False, True]
    assert (result.counts.loaded, result.counted, result.amount) == (4, 2, "13.0000")
    assert StatusCount("Cancelled", counts=False, rows=1) in result.statuses
    assert [w.key for w in result.warnings] == ["cleaning.not_counted"]


def test_a_cancelled_order_needs_no_amount(tmp_path):
    text = lines(
        "Order ID,Date,Amount,Status",
        "1,2024-01-05,5,Completed",
        "2,2024-01-05,,Cancelled",
        "3,2024-01-05,,Completed",
    )
    result = kit.cleaned(tmp_path, text)
    assert kit.column(result, "amount") == [Decimal(5), None]
    assert (result.counts.loaded, result.counts.rejected, result.counted) == (2, 1, 1)
    assert [each.reason for each in result.rejects] == ["reject.missing"]


def test_unpaid_orders_of_a_shop_do_not_count(tmp_path):
    text = lines(
        "订单编号,总金额,买家实际支付金额,收货地址 ,订单创建时间,订单付款时间 ,退款金额",
        "1,178.8,0.0,上海,2020-02-21 00:00:00,,0.0",
        "4,157.0,157.0,湖南省,2020-02-20 23:58:34,2020-02-20 23:58:44,0.0",
        "5,64.8,0.0,江苏省,2020-02-20 23:57:04,2020-02-20 23:57:11,64.8",
    )
    result = kit.cleaned(tmp_path, text)
    assert kit.column(result, "counts") == [False, True, True]
    assert result.amount == "157.0000"


def test_names_have_one_spelling_and_keep_what_was_written(tmp_path):
    text = lines(
        "日期,客户,金额,备注",
        "2024-01-05,ＡＢＣ　有限公司 ,5,x",
        "2024-01-05,ABC 有限公司,5,ﬁne",
        "2024-01-05, 北京（中国）,5,",
    )
    result = kit.cleaned(tmp_path, text)
    names = kit.column(result, "customer", "x_备注")
    assert names == [("ABC 有限公司", "x"), ("ABC 有限公司", "fine"), ("北京(中国)", None)]
    assert ("ABC 有限公司", "ＡＢＣ　有限公司 ") in result.spellings
    assert result.counts.loaded == 3


def test_combining_marks_are_joined(tmp_path):
    text = lines("Date,Customer,Amount", "2024-01-05,Cafe\u0301,5", "2024-01-05,Café,6")
    assert kit.column(kit.cleaned(tmp_path, text), "customer") == ["Café", "Café"]


def test_facts_about_the_rows(tmp_path):
    text = lines(
        "Order ID,Date,Customer,Amount,Currency,Modified Time",
        "1,2024-01-05,Ann,5,EUR,2024-02-01 10:00",
        "1,2024-01-05,Ann,5,EUR,2024-02-01 10:00",
        ",2024-01-07,,7,USD,2024-02-02 10:00",
    )
    result = kit.cleaned(tmp_path, text)
    assert (result.first_day, result.last_day) == (date(2024, 1, 5), date(2024, 1, 7))
    assert (result.documents, result.without_document, result.without_customer) == (1, 1, 1)
    assert (result.repeats, result.currencies) == (1, ("EUR", "USD"))
    assert result.modified_at == "2024-02-02 10:00:00"
    assert [w.key for w in result.warnings] == [
        "cleaning.without_customer",
        "cleaning.without_document",
        "cleaning.repeats",
        "cleaning.currencies",
    ]


def test_a_currency_for_the_whole_file(tmp_path):
    text = lines("Date,Amount", "2024-01-05,5")
    assert kit.column(kit.cleaned(tmp_path, text, currency="CNY"), "currency") == ["CNY"]


def test_strange_names_are_text_like_any_other(tmp_path):
    names = ["![x](http://host/p.png)", "=1+1", "Robert'); drop table x;--", "a\tb", "$v", "{x}"]
    text = lines("Date|Amount|Customer", *(f"2024-01-05|5|{name}" for name in names))
    assert kit.column(kit.cleaned(tmp_path, text), "customer") == names


def test_strange_headers_are_quoted_everywhere(tmp_path):
    text = lines("Date,Amount,order,选择,a'b,x;y", "2024-01-05,5,1,2,3,4", "2024-01-05,x,1,2,3,4")
    result = kit.cleaned(tmp_path, text)
    assert kit.column(result, "document", "x_选择", "x_a_b", "x_x_y") == [("1", "2", "3", "4")]


def test_open_questions_stop_the_cleaning(tmp_path):
    reading = kit.read(tmp_path, AMBIGUOUS)
    with pytest.raises(DataRefused) as error:
        clean_in_child(reading, propose(reading, SALES), tmp_path / "out")
    assert (error.value.key, error.value.values["questions"]) == ("data.open_questions", "dates")


@pytest.mark.child
def test_cleaning_in_a_child(tmp_path):
    reading = kit.read(tmp_path, AMBIGUOUS)
    mapping = propose(reading, SALES, None, Overrides(dates="dmy"))
    result = clean_in_child(reading, mapping, tmp_path / "out")
    assert result.counts.loaded == 2
    assert result.rows_file == str(tmp_path / "out" / "rows.parquet")


def test_nothing_loaded_is_refused(tmp_path):
    reading = kit.read(tmp_path, lines("Date,Amount", "2024-01-05,five", "2024-01-06,six"))
    mapping = propose(reading, SALES)
    with pytest.raises(DataRefused) as error:
        clean_in_child(reading, mapping, tmp_path / "out")
    assert (error.value.key, error.value.values["count"]) == ("data.nothing_loaded", 2)


def test_a_child_that_dies_names_the_file(tmp_path, monkeypatch):
    def dies(*_):
        raise FileError("file.child_died", memory=1, code=-9)

    reading = kit.read(tmp_path, lines("Date,Amount", "2024-01-05,5"))
    mapping = propose(reading, SALES)
    monkeypatch.setattr(child, "run", dies)
    with pytest.raises(FileError) as error:
        clean_in_child(reading, mapping, tmp_path / "out")
    assert error.value.place.file == "a.csv"
