"""Shapes of other people's files that were once read as something else."""

from decimal import Decimal

import pytest

from salesdash.errors import DataRefused
from salesdash.ingest import propose_all
from tests.ingest import kit
from tests.ingest.test_mapping import lines
from tests.ingest.test_workbook import workbook

ORDERS: list[list[object]] = [
    ["Transaction ID", "Date", "Item", "Total"],
    *([f"T{n}", f"2024-01-{n:02d}", "Tea", 10 * n] for n in range(1, 7)),
]


def test_a_cleaned_sheet_beside_the_raw_one_is_not_added_to_it(tmp_path):
    """210 were sold; the two sheets together would make 420."""
    cleaned = [ORDERS[0], *reversed([[*row[:2], "Green tea", row[3]] for row in ORDERS[1:]])]
    path = workbook(tmp_path, {"Raw": ORDERS, "Cleaned": cleaned})
    reading = kit.read(tmp_path, path)
    assert [note.values for note in reading.notes] == [{"sheet": "Cleaned", "of": "Raw"}]
    (question,) = propose_all(reading)[0].questions
    assert (question.id, question.options) == ("sheet", ("Raw", "Cleaned"))
    assert question.text == "question.sheet_copied"
    (mapping,) = propose_all(reading, overrides=kit.Overrides(sheet="Cleaned"))
    assert Decimal(kit.clean(reading, mapping, tmp_path).amount) == 210


def test_sheets_that_only_number_their_rows_alike_are_one_table(tmp_path):
    header = ["Row ID", "Date", "Item", "Total"]
    january = [[n, f"2024-01-{n:02d}", "Tea", n] for n in range(1, 6)]
    february = [[n, f"2024-02-{n:02d}", "Cup", n + 20] for n in range(1, 6)]
    path = workbook(tmp_path, {"Jan": [header, *january], "Feb": [header, *february]})
    (table,) = kit.read(tmp_path, path).tables
    assert table.books.rows == 10


def test_a_column_of_dates_that_two_programs_wrote(tmp_path):
    """The slash has the day first, the dash the month: each sign proves its own order."""
    dates = ("20/03/2024", "01/02/2024", "10-25-2024", "01-02-2024", "2024-05-06")
    text = lines("Date,Amount", *(f"{date},1" for date in dates))
    assert kit.plan(tmp_path, text).questions == ()
    days = [day.isoformat() for day in kit.column(kit.cleaned(tmp_path, text), "order_date")]
    assert days == ["2024-03-20", "2024-02-01", "2024-10-25", "2024-01-02", "2024-05-06"]


def test_the_example_of_a_question_about_dates_is_an_unclear_one(tmp_path):
    text = lines("Date,Amount", "2024-01-05,1", "03/04/2024,1", "05/06/2024,1")
    (question,) = kit.plan(tmp_path, text).questions
    assert question.values["example"] == "03/04/2024"


def test_an_amount_whose_header_carries_its_currency(tmp_path):
    """Another column of currencies speaks of another amount."""
    header = "Deal ID,Stage,amount_usd,invoice_amount_local,currency"
    (mapping,) = kit.plans(tmp_path, lines(header, "D1,Won,5,20,CLP", "D2,Open,7,,None"))
    assert (kit.mapped(mapping, "amount").header, mapping.currency) == ("amount_usd", "USD")
    assert mapping.column("currency") is None


def test_two_amounts_of_different_currencies_are_asked(tmp_path):
    text = lines("Order Date,amount_usd,amount_eur", "2024-01-05,5,4", "2024-01-06,7,6")
    (question,) = kit.plans(tmp_path, text)[0].questions
    assert (question.id, question.options) == ("field:amount", ("amount_usd", "amount_eur"))


def test_deals_with_a_contact_are_no_contacts(tmp_path):
    text = lines("DealID,AccountID,ContactID,DealAmount,Stage", "D1,A1,C1,5,Won")
    assert [mapping.dataset for mapping in kit.plans(tmp_path, text)] == ["deals"]
    with pytest.raises(DataRefused) as refused:
        kit.plans(tmp_path, lines("ContactID,LeadID,AccountID,ContactName,Email", "C1,L1,A1,Ann,"))
    assert refused.value.key == "data.other.contacts"


def test_deals_without_a_column_of_amounts_say_so(tmp_path):
    (mapping,) = kit.plans(tmp_path, lines("Deal ID,Stage,Potential", "D1,Won,5"))
    (told,) = [each for each in mapping.warnings if each.key == "mapping.no_deal_amount"]
    assert told.values == {"columns": "Potential"}


def test_what_was_offered_to_whom_is_no_list_of_people(tmp_path):
    header = "Account,Name,Rep,Manager,Product,Quantity,Price"
    text = lines(header, "7,Acme,Ann,Bo,CPU,1,30000", "8,Bolt,Ann,Bo,CPU,2,30000")
    with pytest.raises(DataRefused) as refused:
        kit.plans(tmp_path, text)
    assert refused.value.key == "data.sales_order_date_missing"


def test_staff_with_a_first_and_a_last_name_are_no_leads(tmp_path):
    text = lines("EMPLOYEE_ID,FIRST_NAME,LAST_NAME,HIRE_DATE", "7,Ann,Lee,2024-01-05")
    assert [mapping.dataset for mapping in kit.plans(tmp_path, text)] == ["people"]


def test_the_total_of_an_order_that_its_only_line_does_not_make_is_asked(tmp_path):
    """2 x 10 are 20, the order came to 55: lines of it are missing, or more is in the total."""
    text = lines("Order ID,Order Date,Order Total,Unit Price,Quantity", "1,2024-01-05,55,10,2")
    (question,) = kit.plans(tmp_path, text)[0].questions
    assert (question.id, question.options) == ("amount", ("Order Total", "price x quantity"))
    (mapping,) = kit.plans(tmp_path, text.replace(",55,", ",20,"))
    assert (mapping.questions, mapping.amount.name) == ((), "Order Total")


@pytest.mark.parametrize(
    ("header", "values", "days"),
    [
        ("Month_Order,Category,Target", ("Apr-18,A,5", "May-18,A,7"), ["2018-04-01", "2018-05-01"]),
        ("Year,Category,Target", ("2017,A,5", "2018,A,7"), ["2017-01-01", "2018-01-01"]),
    ],
)
def test_targets_of_periods_under_an_unknown_header(tmp_path, header, values, days):
    _, done = kit.of("targets", tmp_path, lines(header, *values))
    assert [day.isoformat() for day in kit.column(done, "period_start")] == days


def test_sales_of_whole_years_stand_on_their_first_day(tmp_path):
    text = lines("Année,Produit,Quantité,Revenu", "2006,Thé,2,10", "2007,Thé,3,15")
    done = kit.cleaned(tmp_path, text)
    days = [day.isoformat() for day in kit.column(done, "order_date")]
    assert (days, Decimal(done.amount)) == (["2006-01-01", "2007-01-01"], 25)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("BillingCity", "city"),
        ("Customr Segment", "segment"),
        ("ADDRESSLINE1", None),
        ("Lineitem taxable", None),
        ("Age", None),
        ("company_size", None),
    ],
)
def test_what_a_column_may_be_is_said_for_near_names_only(tmp_path, header, field):
    mapping = kit.plan(tmp_path, lines(f"Date,Amount,{header}", "2024-01-05,5,A"))
    assert mapping.columns[2].suggestion == field


@pytest.mark.parametrize("stage", ["2. Gain Access", "Demo", "LEAD", "Proposal Sent (50%)"])
def test_usual_stages_are_not_asked(tmp_path, stage):
    (mapping,) = kit.plans(tmp_path, lines("Deal ID,Stage,Amount", f"D1,{stage},5"))
    assert mapping.questions == ()


def test_a_total_of_orders_that_their_lines_repeat_is_no_amount_of_a_line(tmp_path):
    """One order of two lines came to 35; added up, its lines would make 70."""
    text = lines(
        "Order No,Order Date,Order Total,Item", "1,2024-01-05,35,Tea", "1,2024-01-05,35,Cup"
    )
    (question,) = kit.plans(tmp_path, text)[0].questions
    assert (question.id, question.text) == ("amount", "question.amount_total")


def test_two_columns_of_one_name_are_asked(tmp_path):
    text = lines("Date,Amount,Amount", "2024-01-05,5,6", "2024-01-06,7,8")
    (question,) = kit.plans(tmp_path, text)[0].questions
    assert (question.id, question.options) == ("amount", ("Amount", "Amount (2)"))
    (mapping,) = kit.plans(tmp_path, text.replace("5,6", "5,5").replace("7,8", "7,7"))
    assert mapping.questions == ()


@pytest.mark.parametrize("word", ["Summe", "Gesamt", "Totale", "Razem:", "Sous-total", "Suma"])
def test_a_row_of_sums_in_another_language_is_no_row(tmp_path, word):
    text = lines("Date,Customer,Amount", "2024-01-05,Ann,5", "2024-01-06,Bo,7", f"{word},,12")
    reading = kit.read(tmp_path, text)
    assert (reading.books.rows, reading.books.totals) == (2, 1)


@pytest.mark.parametrize(
    ("header", "amount"),
    [
        ("Revenue (k€)", 1500),
        ("Umsatz (Tsd. €)", 1500),
        ("Revenue (in EUR k)", 1500),
        ("Umsatz (Mio. EUR)", 1_500_000),
        ("Revenue (USD)", Decimal("1.5")),
    ],
)
def test_the_unit_of_a_header_with_its_currency(tmp_path, header, amount):
    done = kit.cleaned(tmp_path, lines(f"Date,{header}", "2024-01-05,1.5"))
    assert Decimal(done.amount) == amount


def test_opportunities_of_a_program_that_calls_customers_leads(tmp_path):
    header = "id,lead_id,lead_name,status_label,status_type,value,value_currency,date_created"
    text = lines(header, "o1,l1,Acme,Offer,active,5,USD,2024-01-02")
    (mapping,) = kit.plans(tmp_path, text)
    assert (mapping.dataset, mapping.profile, mapping.questions) == ("deals", "close", ())


def test_the_statement_of_an_account_is_no_sales(tmp_path):
    text = lines(
        "Date,Type,Status,Gross,Fee,Net,Balance,Balance Impact", "2024-01-05,a,b,5,0,5,5,c"
    )
    with pytest.raises(DataRefused) as refused:
        kit.plans(tmp_path, text)
    assert refused.value.key == "data.other.statements"


def test_charges_that_failed_do_not_count(tmp_path):
    header = "id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Status"
    rows = ("ch1,Sub,Payment complete.,2024-01-05 10:00:00,49,0,usd,Paid",)
    failed = "ch2,Sub,The bank declined.,2024-01-05 11:00:00,49,0,usd,Failed"
    text = lines(header, *rows, failed)
    (mapping,) = kit.plans(tmp_path, text)
    assert (mapping.dataset, mapping.profile) == ("sales", "stripe")
    assert Decimal(kit.cleaned(tmp_path, text).amount) == 49


def test_lines_below_their_order_with_the_totals_of_the_order_beside_them(tmp_path):
    """200 and 50 were ordered; 70 were offered only, and 250 is what the first two make."""
    text = lines(
        "Order Reference,Order Date,Customer,Order Lines/Product,Order Lines/Quantity,"
        "Order Lines/Subtotal,Untaxed Amount,Status",
        "S1,2024-01-13,Azure,Desk,2,200,250,Sales Order",
        ",,,Lamp,1,50,,",
        "S2,2024-01-14,Deco,Chair,1,70,70,Quotation",
    )
    done = kit.cleaned(tmp_path, text)
    assert kit.column(done, "document", "amount", "counts") == [
        ("S1", 200, True),
        ("S1", 50, True),
        ("S2", 70, False),
    ]
