"""Collection rate of the orders: payments by the day of the order they name, and young cohorts."""

import random
from datetime import date, timedelta

import pandas as pd
import pytest

from salesdash.analysis import rows as behind
from salesdash.metrics import Figure
from salesdash.periods import Window
from salesdash.selection import Selection
from salesdash.warehouse.questions import measure
from tests.warehouse.build import build
from tests.warehouse.test_deals_metrics import figures, without
from tests.warehouse.test_questions import ALL, FEBRUARY, JANUARY, bound, month, sale

SALES = (
    sale("2026-01-10", 60, document="A", region="North"),
    sale("2026-01-10", 40, document="A", region="North"),  # two lines: paid once all the same
    sale("2026-01-20", 200, document="B", region="South"),
    sale("2026-02-05", 50, document="C", region="North"),
    sale("2026-01-15", 70, document="V", counts=False),
)


def paid(day, amount, order=None, **more):
    return {"payment_date": day, "amount": str(amount), "sales_document": order, **more}


PAYMENTS = (
    paid("2026-01-25", 100, "A", region="North"),  # after 15 days
    paid("2026-02-10", 50, "B", region="South"),  # after 21 days
    paid("2026-02-15", 20, "C", region="North"),  # after 10 days
    paid("2026-02-15", 7),  # names no order,
    paid("2026-02-15", 5, "X"),  # one that nobody knows,
    paid("2026-02-15", 70, "V"),  # or a void one
)
LATER = paid("2026-03-20", 1)
YOUNG = ("metrics.note.maturing", (("days", 21),))
ID = "collection_rate_cohort"


def rate(window=JANUARY, payments=(*PAYMENTS, LATER), sales=SALES, selection=ALL):
    return figures(build(sales, payments=payments), (ID,), window, selection)[ID]


def test_what_was_paid_of_the_orders_of_a_month_whenever_it_came():
    # 100 + 50 of 300; collected in January alone are 100
    assert rate() == Figure(0.5).noted(without("order_date", 4))
    assert rate(FEBRUARY).value == 20 / 50
    both = figures(build(SALES, payments=PAYMENTS), (ID, "collection_rate"))
    assert both["collection_rate"].value == 100 / 300


def test_young_until_nine_of_ten_payments_would_have_come():
    # they took 10, 15 and 21 days; 31 January and 21 days are 21 February
    assert rate(payments=PAYMENTS).is_maturing
    assert YOUNG in rate(payments=PAYMENTS).notes
    assert not rate().is_maturing


def test_by_region_of_the_payment():
    store = build(SALES, payments=(*PAYMENTS[:3], LATER))
    found = measure(store, bound(store), (ID,), ALL, windows=(JANUARY,), by=("region",))
    assert found.figure(ID, members=("North",)).value == 1.0
    assert found.figure(ID, members=("South",)).value == 0.25


def _empty(dataset):
    return Figure(None, "metrics.reason.empty", (("dataset", dataset),))


class TestBlank:
    def test_when_no_payment_names_an_order(self):
        found = rate(payments=[paid("2026-02-10", 50)])
        facts = (("fields", ("sales_document",)),)
        assert found == Figure(None, "metrics.reason.not_mapped", facts)

    def test_when_none_names_one_that_is_there(self):
        found = rate(payments=[paid("2026-02-10", 50, "X")])
        facts = (("fields", ("sales_document",)), ("dataset", "sales"))
        assert found == Figure(None, "metrics.reason.none_linked", facts)

    def test_without_payments_or_orders_it_says_what_to_import(self):
        assert rate(payments=()) == _empty("payments")
        assert rate(sales=()) == _empty("sales")


def test_the_rows_behind_are_the_payments_of_these_orders():
    store = build(SALES, payments=PAYMENTS)
    january = Selection(Window(JANUARY))
    metric = bound(store).get(ID)
    assert (metric.dataset, metric.date) == ("payments", "order_date")
    found = behind.build(store, january, metric=metric).table.to_pylist()
    assert sorted(row["sales_document"] for row in found) == ["A", "B"]


@pytest.mark.parametrize("seed", range(3))
def test_as_pandas_joins_it(seed):
    dice = random.Random(seed)
    first = date(2026, 1, 1)
    sales = [
        sale(
            str(first + timedelta(days=dice.randint(0, 88))), dice.randint(1, 500), document=f"D{n}"
        )
        for n in range(60)
    ]
    payments = [
        paid(
            str(first + timedelta(days=dice.randint(60, 150))), dice.randint(1, 300),
            dice.choice([f"D{dice.randint(0, 65)}", None]),
        )
        for _ in range(80)
    ]  # fmt: skip
    store = build(sales, payments=payments)
    months = [month(2026, n) for n in (1, 2, 3)]
    found = measure(store, bound(store), (ID,), ALL, windows=months)
    orders, money = pd.DataFrame(sales), pd.DataFrame(payments)
    both = money.merge(
        orders, left_on="sales_document", right_on="document", suffixes=("", "_sold")
    )
    for number, window in enumerate(months):
        inside = both.order_date.between(str(window.start), str(window.last_day))
        sold = orders[orders.order_date.between(str(window.start), str(window.last_day))]
        expected = both[inside].amount.astype(float).sum() / sold.amount.astype(float).sum()
        assert found.figure(ID, number).value == pytest.approx(expected)
