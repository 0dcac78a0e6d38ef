"""Which column is the amount is asked with what each of them adds up to."""

from decimal import Decimal

import pytest

from salesdash.datasets import SALES
from salesdash.ingest import Overrides, propose, summed
from tests.ingest import kit
from tests.ingest.test_mapping import lines

SHOP = lines(
    "Order ID,Order Date,Status,Sales,Revenue,Note",
    '1,2024-01-05,paid,"1,000.50",900,x',
    "2,2024-01-06,cancelled,7,5,x",
    "3,2024-01-07,paid,$2,na,x",
)


def asked(folder, text, **said):
    reading = kit.read(folder, text)
    mapping = summed(reading, propose(reading, SALES, None, Overrides(**said)))
    return {question.id: question for question in mapping.questions}


@pytest.mark.child
def test_the_sums_are_those_of_the_rows_that_count(tmp_path):
    question = asked(tmp_path, SHOP)["amount"]
    assert dict(zip(question.options, question.totals, strict=True)) == {
        "Sales": Decimal("1002.5"),  # not the 7 of the cancelled order
        "Revenue": Decimal(900),
    }


def test_they_are_what_the_candidates_add_up_to_once_one_is_chosen(tmp_path):
    question = asked(tmp_path, SHOP)["amount"]
    for name in question.options:
        result = kit.cleaned(tmp_path, SHOP.replace(",na,", ",0,"), amount=name)
        assert {c.name: Decimal(c.total or 0) for c in result.candidates} == dict(
            zip(question.options, question.totals, strict=True)
        )


def test_a_column_that_shows_no_sign_is_read_as_the_chosen_one(tmp_path):
    text = lines(
        "Order ID;Order Date;Sales;Revenue", "1;2024-01-05;1.234,50;1.000", "2;2024-01-06;1,5;2"
    )
    question = asked(tmp_path, text)["amount"]
    assert question.totals == (Decimal(1236), Decimal(1002))


def test_a_column_without_a_number_adds_up_to_nothing(tmp_path):
    text = lines("Order ID,Order Date,Sales,Revenue", "1,2024-01-05,5,na", "2,2024-01-06,6,n/a")
    assert asked(tmp_path, text)["amount"].totals == (Decimal(11), None)


def test_no_sums_while_the_decimal_sign_is_open(tmp_path):
    text = lines(
        "Order ID,Order Date,Sales,Revenue", "1,2024-01-05,1.234,5", "2,2024-01-06,1.235,6"
    )
    questions = asked(tmp_path, text)
    assert set(questions) == {"amount", "decimal"}
    assert questions["amount"].totals == ()
    assert asked(tmp_path, text, decimal=".")["amount"].totals == (Decimal("2.469"), Decimal(11))


def test_other_open_questions_change_nothing(tmp_path):
    text = lines(
        "Order ID,Booked,Sent,Sales,Revenue",
        "1,2024-01-05,2024-01-06,5,4",
        "2,2024-02-03,2024-03-04,6,5",
    )
    questions = asked(tmp_path, text)
    assert set(questions) == {"amount", "field:order_date"}
    assert questions["amount"].totals == (Decimal(11), Decimal(9))
