import pytest

from salesdash.datasets import DATASETS, SALES
from salesdash.errors import DataRefused, UsageError
from salesdash.ingest import COMPUTED, Mapping, Overrides, profiles, propose
from salesdash.ingest.mapping.profiles import choose
from salesdash.ingest.mapping.stages import OUTCOMES
from tests.ingest import kit
from tests.ingest.kit import dates_of, mapped, number_of
from tests.ingest.test_workbook import workbook


def lines(header: str, *rows: str) -> str:
    return header + "\n" + "".join(row + "\n" for row in rows)


PLAIN = lines(
    "Order ID,Order Date,Customer,Qty,Sales,Shade,E-Mail",
    "1,2024-01-05,Ann,2,10.5,red,ann@x.com",
    "2,2024-01-06,Bob,1,20.5,blue,bob@x.com",
)


def test_names_decide_and_the_rest_is_kept(tmp_path):
    mapping = kit.plan(tmp_path, PLAIN)
    assert {c.header: c.field or c.extra for c in mapping.columns} == {
        "Order ID": "document",
        "Order Date": "order_date",
        "Customer": "customer",
        "Qty": "quantity",
        "Sales": "amount",
        "Shade": "x_shade",
        "E-Mail": "x_e_mail",
    }
    assert [c.header for c in mapping.columns if not c.filter] == ["E-Mail"]
    assert (mapping.profile, mapping.questions) == ("plain", ())
    assert Mapping.from_json(mapping.to_json()) == mapping


def test_an_id_and_a_name_of_the_customer(tmp_path):
    text = lines("Date,Customer ID,Company Name,Amount", "2024-01-05,A1,Ann Ltd,5")
    mapping = kit.plan(tmp_path, text)
    assert mapped(mapping, "customer").header == "Customer ID"
    assert mapped(mapping, "customer_name").header == "Company Name"


def test_the_user_is_always_right(tmp_path):
    said = {"shade": "segment", "Customer": "-", "Order ID": "line"}
    mapping = kit.plan(tmp_path, PLAIN, columns=said)
    assert mapped(mapping, "segment").header == "Shade"
    assert mapped(mapping, "segment").how == "user"
    assert mapping.column("customer") is None
    assert mapping.column("document") is None


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"columns": {"Colour": "segment"}}, "mapping.no_such_column"),
        ({"columns": {"Shade": "segmant"}}, "mapping.no_such_field"),
        ({"profile": "sap"}, "mapping.no_such_profile"),
        ({"amount": "Turnover"}, "mapping.no_such_column"),
    ],
)
def test_what_does_not_exist_is_named(tmp_path, said, key):
    with pytest.raises(UsageError) as error:
        kit.plan(tmp_path, PLAIN, **said)
    assert error.value.key == key


def test_a_wrong_field_is_answered_with_the_nearest(tmp_path):
    with pytest.raises(UsageError) as error:
        kit.plan(tmp_path, PLAIN, columns={"Shade": "segmant"})
    assert error.value.values["near"] == "segment"


def test_memory_comes_before_names_and_after_the_user(tmp_path):
    first = kit.plan(tmp_path, PLAIN, columns={"Shade": "brand", "Customer": "person"})
    again = kit.plan(tmp_path, PLAIN, memory=first)
    assert mapped(again, "brand").how == "memory"
    assert mapped(again, "person").header == "Customer"
    third = kit.plan(tmp_path, PLAIN, memory=first, columns={"Shade": "-"})
    assert third.column("brand") is None


def test_memory_of_other_headers_is_not_used(tmp_path):
    first = kit.plan(tmp_path, PLAIN, columns={"Shade": "brand"})
    other = PLAIN.replace("Shade", "Shade 2")
    assert kit.plan(tmp_path, other, memory=first).column("brand") is None


AMBIGUOUS = lines("Date,Customer,Amount", "01/02/2024,Ann,5", "03/04/2024,Bob,6")


def test_ambiguous_dates_are_asked_once_and_remembered(tmp_path):
    asked = kit.plan(tmp_path, AMBIGUOUS)
    assert [(q.id, q.options, q.column) for q in asked.questions] == [
        ("dates", ("dmy", "mdy"), "Date")
    ]
    answered = kit.plan(tmp_path, AMBIGUOUS, dates="mdy")
    assert dates_of(answered, "order_date").styles == ("%m/%d/%Y",)
    again = kit.plan(tmp_path, AMBIGUOUS, memory=answered)
    assert (again.questions, dates_of(again, "order_date").order) == ((), "mdy")


def test_what_a_file_proves_beats_memory(tmp_path):
    answered = kit.plan(tmp_path, AMBIGUOUS, dates="mdy")
    proves = AMBIGUOUS.replace("03/04", "30/04")
    assert dates_of(kit.plan(tmp_path, proves, memory=answered), "order_date").order == "dmy"


def test_ambiguous_numbers_are_asked_once_and_remembered(tmp_path):
    text = "Date;Customer;Amount\n2024-01-05;Ann;1.234\n2024-01-06;Bob;5.678\n"
    assert [q.id for q in kit.plan(tmp_path, text).questions] == ["decimal"]
    answered = kit.plan(tmp_path, text, decimal=",")
    assert number_of(answered, "amount").decimal == ","
    assert kit.plan(tmp_path, text, memory=answered).questions == ()


def test_one_column_proves_the_sign_for_its_neighbours(tmp_path):
    text = "Date;Price;Amount\n2024-01-05;1,5;1.234\n2024-01-06;2,5;5.678\n"
    mapping = kit.plan(tmp_path, text)
    assert (mapping.questions, number_of(mapping, "amount").decimal) == ((), ",")


def test_the_only_column_of_dates_is_the_date(tmp_path):
    text = lines("Wann,Customer,Amount", "2024-01-05,Ann,5")
    column = mapped(kit.plan(tmp_path, text), "order_date")
    assert (column.header, column.how) == ("Wann", "values")


def test_two_columns_of_dates_are_asked(tmp_path):
    text = lines("Wann,Bis,Customer,Amount", "2024-01-05,2024-02-05,Ann,5")
    questions = kit.plan(tmp_path, text).questions
    assert [(q.id, q.options) for q in questions] == [("field:order_date", ("Wann", "Bis"))]


def test_an_unknown_amount_is_asked(tmp_path):
    text = lines("Date,Customer,Beløb", "2024-01-05,Ann,5.25")
    questions = kit.plan(tmp_path, text).questions
    assert [(q.id, q.options) for q in questions] == [("field:amount", ("Beløb",))]
    mapping = kit.plan(tmp_path, text, columns={"Beløb": "amount"})
    assert (mapping.questions, mapping.amount.name) == ((), "Beløb")


def test_what_cannot_be_found_at_all_is_refused_with_the_columns(tmp_path):
    with pytest.raises(DataRefused) as error:
        kit.plan(tmp_path, lines("Customer,Colour", "Ann,red"))
    assert error.value.key == "data.sales_order_date_missing"
    assert error.value.values["columns"] == "Customer, Colour"


def test_a_header_alone_is_refused(tmp_path):
    with pytest.raises(DataRefused) as error:
        kit.plan(tmp_path, "Order Date,Amount\n")
    assert (error.value.key, error.value.place.file) == ("data.no_rows", "a.csv")


def test_a_similar_name_is_a_suggestion_only(tmp_path):
    text = lines("Date,Amount,Customr Segment", "2024-01-05,5,A")
    column = next(c for c in kit.plan(tmp_path, text).columns if "Segment" in c.header)
    assert (column.field, column.suggestion) == (None, "segment")


def test_values_speak_for_a_field_too(tmp_path):
    text = lines("Date\tAmount\tMny\tFoo", "2024-01-05\t5\tUSD\t$5", "2024-01-06\t6\tEUR\t$6")
    found = {c.header: c.suggestion for c in kit.plan(tmp_path, text).columns}
    assert found == {"Date": None, "Amount": None, "Mny": "currency", "Foo": None}
    header = "Deal ID,Deal Name,Outcome,Phase,Amount,Created Date"
    deals = lines(header, "1,A,Won,Prospecting,5,2024-01-05", "2,B,Lost,Closed Won,6,2024-01-05")
    (mapping,) = kit.plans(tmp_path, deals)
    assert {c.header: c.suggestion for c in mapping.columns}["Phase"] == "stage"


def test_extra_columns_with_one_name_get_numbers(tmp_path):
    text = lines("Date,Amount,My Tag,My-Tag", "2024-01-05,5,A,B")
    assert [c.extra for c in kit.plan(tmp_path, text).columns][2:] == ["x_my_tag", "x_my_tag_2"]


def test_only_so_many_extra_columns_are_kept(tmp_path):
    names = ",".join(f"Tag{i}" for i in range(205))
    mapping = kit.plan(
        tmp_path, lines(f"Date,Amount,{names}", "2024-01-05,5," + ",".join("x" * 205))
    )
    assert sum(1 for c in mapping.columns if c.extra) == 200
    assert [w.key for w in mapping.warnings] == ["mapping.too_many_columns"]


def test_private_shapes_are_no_filters(tmp_path):
    text = lines(
        "Date,Amount,Kontakt,Handy,Code",
        "2024-01-05,5,a@b.de,+49 170 1234567,91310115MA1K",
        "2024-01-06,5,c@d.de,+49 170 7654321,91310115MA2K",
    )
    assert [c.filter for c in kit.plan(tmp_path, text).columns] == [True, True, False, False, False]


def test_percent_and_units_in_headers(tmp_path):
    text = lines("Date,Amount(万元),Discount (%)", "2024-01-05,1.5,0.5", "2024-01-05,2.5,1")
    mapping = kit.plan(tmp_path, text)
    assert number_of(mapping, "amount").factor == 10_000
    assert number_of(mapping, "discount").percent
    whole = lines("Date,Amount,Discount", "2024-01-05,1.5,15", "2024-01-05,2.5,10")
    assert number_of(kit.plan(tmp_path, whole), "discount").percent


@pytest.mark.parametrize("discounts", [("120", "0"), ("$3.00", "$0.00")])
def test_money_off_is_no_share(tmp_path, discounts):
    """2 x 10 without anything known of a share: 20."""
    rows = [f"{n}\t2024-01-05\t10\t2\t{each}" for n, each in enumerate(discounts)]
    mapping = kit.plan(tmp_path, lines("Order ID\tDate\tPrice\tQuantity\tDiscount", *rows))
    assert mapping.column("discount") is None
    assert (mapping.amount.name, mapping.questions) == (COMPUTED, ())


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Month", "2024-03"), ("Year,Month", "2024,3"), ("月份", "2024年3月"), ("Quarter", "2024Q1")],
)
def test_sums_by_month_or_quarter_are_sales_of_its_first_day(tmp_path, header, cells):
    (mapping,) = kit.plans(tmp_path, lines(f"{header},Region,Sales", f"{cells},North,100"))
    assert (mapping.dataset, mapping.questions) == ("sales", ())
    assert dates_of(mapping, "order_date").styles == ("period",)


# --- sheets -----------------------------------------------------------------------------------

SALES_SHEET: list[list[object]] = [["Order Date", "Customer", "Amount"], ["2024-01-05", "Ann", 5]]
OTHER_SHEET: list[list[object]] = [["Region", "Manager"], ["North", "Ann"]]


def test_the_one_sheet_that_fits_is_taken(tmp_path):
    path = workbook(tmp_path, {"People": OTHER_SHEET, "Orders": SALES_SHEET})
    mapping = propose(kit.read(tmp_path, path), SALES)
    assert (mapping.table, mapping.questions) == (1, ())


def test_two_sheets_that_fit_are_a_question(tmp_path):
    other: list[list[object]] = [
        ["Order Date", "Product", "Colour", "Size", "Amount"],
        ["2024-01-05", "A", "r", 1, 5],
    ]
    path = workbook(tmp_path, {"Orders": SALES_SHEET, "Lines": other, "People": OTHER_SHEET})
    reading = kit.read(tmp_path, path)
    question = propose(reading, SALES).questions[0]
    assert (question.id, question.options) == ("sheet", ("Orders", "Lines"))
    assert propose(reading, SALES, None, Overrides(sheet="lines")).table == 1
    with pytest.raises(UsageError) as error:
        propose(reading, SALES, None, Overrides(sheet="nope"))
    assert error.value.key == "file.no_such_sheet"


# --- profiles ---------------------------------------------------------------------------------


def test_every_profile_says_what_it_rests_on():
    for profile in profiles().values():
        assert set(profile.title) == {"en", "zh"}
        assert profile.level in "ABCD"
        assert set(profile.evidence) == {"en", "zh"}
        for dataset, names in profile.names.items():
            assert set(names.fields) <= set(DATASETS[dataset].names)
            assert set(names.amounts) <= {"net", "line", "paid", "gross", "discount"}
            assert {*names.stages.values(), *names.outcomes.values()} <= set(OUTCOMES)


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (("订单编号", "买家实际支付金额", "订单创建时间 ", "订单付款时间 "), "taobao"),
        (("销售订单编号", "客户名称", "下单日期", "生命状态"), "fxiaoke"),
        (("SO Number", "Account Name.id", "Account Name", "Grand Total"), "zoho"),
        (("InvoiceNo", "StockCode", "Quantity"), "shop"),
        (("行 ID", "订单 ID", "邮寄方式", "销售额"), "superstore"),
        (("Order ID", "Order Date", "Amount"), "plain"),
    ],
)
def test_the_set_of_headers_tells_the_kind_of_file(headers, name):
    assert choose(headers).name == name


# --- the amount -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row", "name", "reason", "basis"),
    [
        ("Date,Net Amount,Total", "2024-01-05,100,119", "Net Amount", "amount.net", "excl"),
        ("Date,Line Total,Grand Total", "2024-01-05,5,50", "Line Total", "amount.line", "unknown"),
        ("Date,Price,Quantity", "2024-01-05,5,2", COMPUTED, "amount.computed", "unknown"),
        (
            "Date,Total,Price,Quantity,Tax",
            "2024-01-05,10.5,5,2,0.5",
            "Total",
            "amount.gross",
            "incl",
        ),
        ("Date,Sales,Price,Quantity,Tax", "2024-01-05,10,5,2,0.5", "Sales", "amount.line", "excl"),
        (
            "Date,Sales,Price,Quantity,Tax",
            "2024-01-05,9,5,2,0.5",
            "Sales",
            "amount.line",
            "unknown",
        ),
        (
            "Date,Sales,Price,Quantity,Tax",
            "2024-01-05,10,x,2,0.5",
            "Sales",
            "amount.line",
            "unknown",
        ),
        ("Date,Total,cogs", "2024-01-05,105,100", "Total", "amount.gross", "unknown"),
        ("日期,含税金额,不含税金额", "2024-01-05,113,100", "不含税金额", "amount.net", "excl"),
        ("日期,价税合计", "2024-01-05,113", "价税合计", "amount.gross", "incl"),
        (
            "Date,Payment Time,Total,Paid Amount",
            "2024-01-05,2024-01-06,9,8",
            "Paid Amount",
            "amount.paid_shop",
            "unknown",
        ),
    ],
)
def test_the_amount_is_understood(tmp_path, header, row, name, reason, basis):
    amount = kit.plan(tmp_path, lines(header, row)).amount
    assert (amount.name, amount.reason, amount.basis) == (name, reason, basis)


def test_two_amounts_of_one_rank_are_asked_unless_equal(tmp_path):
    text = lines("Date,Sales,Amount", "2024-01-05,5,6")
    question = kit.plan(tmp_path, text).questions[0]
    assert (question.id, question.options) == ("amount", ("Sales", "Amount"))
    assert kit.plan(tmp_path, text.replace("5,6", "5,5")).questions == ()
    chosen = kit.plan(tmp_path, text, amount="amount", basis="incl")
    assert (chosen.amount.name, chosen.questions) == ("Amount", ())
    assert (chosen.amount.reason, chosen.amount.basis) == ("amount.given", "incl")
    assert kit.plan(tmp_path, text, memory=chosen).amount.name == "Amount"


def test_the_user_may_choose_the_computed_amount(tmp_path):
    text = lines("Date,Sales,Price,Quantity", "2024-01-05,5,6,7")
    mapping = kit.plan(tmp_path, text, amount=COMPUTED)
    assert mapping.amount.name == COMPUTED
    assert mapping.column("amount") is None
    assert {c.extra for c in mapping.columns if c.extra} == {"x_sales"}


def test_a_column_the_user_gave_another_meaning_is_no_candidate(tmp_path):
    text = lines("Date,Sales,Amount", "2024-01-05,5,6")
    mapping = kit.plan(tmp_path, text, columns={"Sales": "cost"})
    assert (mapping.amount.name, mapping.questions) == ("Amount", ())


def test_orders_that_were_never_paid_are_void_in_shops_that_say_so(tmp_path):
    text = lines("订单编号,买家实际支付金额,订单创建时间,订单付款时间", "1,5,2024-01-05 10:00,")
    status = kit.plan(tmp_path, text).status
    assert status.unpaid_is_void
    assert "作废" in status.words
