"""Bridges worked out by hand, and what holds of all of them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesdash import config, texts
from salesdash.analysis import bridge
from salesdash.analysis.asking import Question
from salesdash.analysis.bridge import Bridge
from salesdash.charts import Words
from salesdash.engine import Engine
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Filter, Selection
from tests.examples import tries
from tests.warehouse.build import build as house
from tests.warehouse.build import rebuilt
from tests.warehouse.deals import deal

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
TODAY = date(2026, 11, 18)
OCTOBER = Window(Period(date(2026, 10, 1), date(2026, 11, 1)), Grain.MONTH)
ENGINE = Engine.open(None, memory="1GB", threads=1)


def line(day, order, customer, amount, **more):
    return {
        "order_date": f"2026-{day}",
        "document": order,
        "customer": customer,
        "amount": str(amount),
        **more,
    }


def built(rows=(), metric="sales", by=None, target=None, filters=(), into=house, **more) -> Bridge:
    """October against September."""
    unit = SETTINGS.fiscal.unit(Grain.MONTH, date(2026, 10, 1))
    window = Window(unit, Grain.MONTH, unit)
    selection = Selection(window, Comparison.PREVIOUS, filters)
    question = Question(into(rows, **more), SETTINGS, selection, TODAY)
    return bridge.build(question, metric, by, target)


def parts(found: Bridge) -> dict[str, Decimal]:
    return {step.code: step.part for step in found.steps}


BEFORE = [line("08-01", "old", "Ann", 1)]
"""So that September lies within the data."""

PLAIN = [
    *BEFORE,
    line("09-05", "1", "Ann", 100),
    line("09-06", "2", "Bob", 100),
    line("10-05", "3", "Ann", 90),
    line("10-06", "4", "Ann", 90),
    line("10-07", "5", "Bob", 90),
    line("10-08", "6", "Bob", 90),
    line("10-09", "7", "Cid", 90),
    line("10-10", "8", "Cid", 90),
]
"""2 customers x 1 order x 100 = 200 -> 3 x 2 x 90 = 540."""


def test_three_levers_of_plain_orders():
    found = built(PLAIN)
    assert found.change.absolute == 340
    # f(S) with x = customers, y = orders each, z = value:
    # 000 200, x 300, y 400, z 180, xy 600, xz 270, yz 360, xyz 540
    x = Fraction(300 - 200, 3) + Fraction(600 - 400, 6) + Fraction(270 - 180, 6) + Fraction(180, 3)
    y = Fraction(400 - 200, 3) + Fraction(600 - 300, 6) + Fraction(360 - 180, 6) + Fraction(270, 3)
    z = Fraction(180 - 200, 3) + Fraction(270 - 300, 6) + Fraction(360 - 400, 6) + Fraction(-60, 3)
    assert x + y + z == 340
    assert (x, y, z) == (Fraction(425, 3), Fraction(710, 3), Fraction(-115, 3))
    assert parts(found) == {  # 141.67 + 236.67 - 38.33 would be 340.01
        "customers": Decimal("141.67"),
        "orders_per_customers": Decimal("236.67"),
        "sales_per_orders": Decimal("-38.34"),
    }
    assert [(s.then, s.now) for s in found.steps] == [(2, 3), (1.0, 2.0), (100.0, 90.0)]
    assert sum(parts(found).values()) == 340


def test_discounts_have_a_part_of_their_own():
    rows = [
        *BEFORE,
        line("09-05", "1", "Ann", 100, quantity=2, list_amount=100),
        line("10-05", "2", "Ann", 80, quantity=2, list_amount=100),
    ]
    assert parts(built(rows)) == {
        "customers": 0,
        "orders_per_customers": 0,
        "units_per_orders": 0,
        "listed_per_units": 0,
        "sales_per_listed": -20,
    }
    step = built(rows).steps[-1]
    assert (step.unit, step.falls, step.then, step.now) == (Unit.SHARE, True, 0.0, 0.2)


def test_what_moved_between_products_is_mix_not_price():
    """The same prices, the same number: one more of the dear one for one of the cheap ones."""
    rows = [
        *BEFORE,
        line("09-05", "1", "Ann", 10, quantity=1, product="cheap"),
        line("09-05", "1", "Ann", 10, quantity=1, product="cheap"),
        line("10-05", "2", "Ann", 10, quantity=1, product="cheap"),
        line("10-05", "2", "Ann", 50, quantity=1, product="dear"),
    ]
    assert parts(built(rows))["sales_per_units"] == 40
    found = parts(built(rows, by="product"))
    assert (found["mix"], found["sales_per_units"]) == (40, 0)
    assert built(rows, by="product").by == "product"


def test_rows_without_a_quantity_stand_apart():
    rows = [
        *BEFORE,
        line("09-05", "1", "Ann", 10, quantity=1, product="thing"),
        line("10-05", "2", "Ann", 10, quantity=1, product="thing"),
        line("10-05", "2", "Ann", 7, product="freight"),
    ]
    found = parts(built(rows, by="product"))
    assert found["apart"] == 7
    assert sum(found.values()) == 7


def test_where_nothing_was_sold_all_is_the_first_lever():
    rows = [*BEFORE, line("10-05", "2", "Ann", 30)]
    found = built(rows)
    assert found.change.absolute is None  # nothing is known of September
    rows = [*rows, line("09-05", "0", None, 0)]
    assert parts(built(rows)) == {
        "customers": 30,
        "orders_per_customers": 0,
        "sales_per_orders": 0,
    }


def test_a_target_asks_for_more_than_there_was():
    found = built(PLAIN, target=Decimal(600))
    assert found.start == 600
    assert parts(found)["planned"] == -400  # 600 were asked for, September brought 200
    assert sum(parts(found).values()) == 540 - 600


DEALS = [
    deal("won", "2026-08-01", "2026-08-03", deal="0", amount=1),
    deal("won", "2026-09-01", "2026-09-09", deal="1", amount=100),
    deal("lost", "2026-09-01", "2026-09-09", deal="2", amount=100),
    deal("won", "2026-10-01", "2026-10-09", deal="3", amount=150),
    deal("won", "2026-10-01", "2026-10-09", deal="4", amount=150),
    deal("lost", "2026-10-01", "2026-10-09", deal="5", amount=90),
    deal("lost", "2026-10-01", "2026-10-19", deal="6", amount=90),
]
"""2 new x 1 decided each x 50 % x 100 = 100 -> 4 x 1 x 50 % x 150 = 300."""


def test_levers_of_deals():
    found = parts(built((), "won_amount", deals=DEALS))
    # 2 -> 4 new, 100 -> 150 each: 100, 200 (new), 150 (size), 300
    assert found == {
        "created": Decimal("125.00"),
        "decided_per_created": 0,
        "won_per_decided": 0,
        "amount_per_won": Decimal("75.00"),
    }


@pytest.mark.parametrize(
    ("metric", "by", "key"),
    [
        ("gross_margin", None, "levers.why.metric"),
        ("orders", "region", "bridge.why.mix"),
    ],
)
def test_why_there_is_none(metric, by, key):
    rows = [{**row, "region": "N"} for row in PLAIN]
    assert built(rows, metric, by).why.key == key


def test_without_a_comparison_there_is_no_way():
    question = Question(house(PLAIN), SETTINGS, Selection(None), TODAY)
    assert bridge.build(question, "sales").why.key == "bridge.why.compare"


def test_unknown_things_are_errors():
    with pytest.raises(UsageError):
        built(PLAIN, "nothing")
    with pytest.raises(UsageError):
        built(PLAIN, by="nothing")


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_the_sentence_names_the_largest_parts(lang):
    told = Words(lang, "USD", SETTINGS.fiscal).tell(built(PLAIN).headline)
    assert "+$340" in told
    assert "bridge." not in told


ROW = st.fixed_dictionaries(
    {
        "order_date": st.dates(date(2026, 9, 1), date(2026, 10, 31)),
        "amount": st.decimals(-50, 900, places=2),
        "customer": st.sampled_from(["A", "B", None]),
        "document": st.sampled_from([*"1234", None]),
        "product": st.sampled_from(["x", "y", None]),
        "quantity": st.sampled_from([None, 0, 1, 2, -1]),
        "list_amount": st.one_of(st.none(), st.decimals(0, 900, places=2)),
    }
)


@settings(max_examples=tries(30), deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=12),
    st.sampled_from([None, "product", "customer"]),
    st.sampled_from(["sales", "orders", "units"]),
)
def test_parts_sum_to_the_change_exactly(rows, by, metric):
    by = by if metric == "sales" else None
    rows = [*BEFORE, *rows]
    if by is not None and not any(row.get(by) for row in rows):
        by = None
    found = built(rows, metric, by, into=partial(rebuilt, ENGINE))
    if found.why is None:
        assert sum(parts(found).values()) == found.change.absolute
        assert all(step.part == round(step.part, 2) for step in found.steps)


def test_filters_hold():
    rows = [{**row, "region": "N" if row["customer"] == "Ann" else "S"} for row in PLAIN]
    found = built(rows, filters=(Filter("region", ("N",)),))
    assert found.change.absolute == 80
    assert sum(parts(found).values()) == 80
