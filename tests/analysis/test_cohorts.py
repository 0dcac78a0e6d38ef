"""Cohorts: who began when, who came back, what counts as over, and that all money adds up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash import config
from salesdash.analysis import cohorts
from salesdash.analysis.asking import Question
from salesdash.analysis.cohort import Measure, unit_of
from salesdash.analysis.cohorts import Cohorts, Heat
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection
from tests.analysis.company import EDGE, TODAY, sale, warehouse
from tests.analysis.many import frame, many
from tests.warehouse.build import build as house

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
ROWS = (
    sale("2025-06-02", 1, customer="Z"),  # the data begin: a year before the cohorts below
    sale("2026-08-03", 10, customer="A", region="North"),
    sale("2026-08-20", 20, customer="B", region="South"),
    sale("2026-08-20", 5, customer="B", region="North"),  # a later line of the same day
    sale("2026-09-01", -5, customer="A", region="South"),  # a return is no purchase
    sale("2026-10-05", 40, customer="B", region="North"),
    sale("2026-09-10", 100, customer="C", region="South"),
    sale("2026-11-02", 50, customer="C", region="South"),  # in a month that is not over
    sale("2026-09-30", -3, customer="D"),  # brought back what was never bought
    sale("2026-10-09", 7, customer=None),
)


ALL = Selection(None)


def ask(rows=ROWS, grain=Grain.MONTH, by=None, length=None, selection=ALL) -> Cohorts:
    return cohorts.build(Question(warehouse(rows), SETTINGS, selection, TODAY), grain, by, length)


def cells(row) -> list[tuple[int, Decimal]]:
    return [(cell.customers, Decimal(cell.figure)) for cell in row.cells if cell is not None]


def by_start(found: Cohorts) -> dict[date, object]:
    return {row.unit.start: row for row in found.rows if row.unit is not None}


def test_each_customer_belongs_to_the_month_of_the_first_purchase():
    found = by_start(ask())
    august, september = found[date(2026, 8, 1)], found[date(2026, 9, 1)]
    assert (august.size, september.size) == (2, 1)
    assert cells(august) == [(2, 35), (0, -5), (1, 40), (0, 0)]
    assert cells(september) == [(1, 100), (0, 0), (1, 50)]
    assert august.cells[4] is None  # December is yet to come


def test_the_month_of_the_edge_is_not_over_and_counts_in_no_average():
    found = ask()
    rows = by_start(found)
    assert [cell.running for cell in rows[date(2026, 8, 1)].cells[:4]] == [
        False,
        False,
        False,
        True,
    ]
    # after 1 month: 0 of August's 2 and 0 of September's 1; after 2: 1 of August's 2 alone
    assert [(c.size, c.customers, c.cohorts) for c in found.average[:3]] == [
        (3, 3, 2), (3, 0, 2), (2, 1, 1)
    ]  # fmt: skip
    assert found.average[3] is None
    two = found.average[2]
    assert [two.value(each) for each in Measure] == [1, 0.5, 40, 20.0]
    mean = found.average[0]
    assert [mean.value(each) for each in Measure] == [1.5, 1.0, 67.5, 45.0]


def test_a_month_that_ends_with_the_data_is_over():
    rows = (*ROWS, sale("2026-11-30", 1, customer="C"))
    day = Selection(Window(Period(date(2026, 11, 1), date(2026, 12, 1))))
    found = cohorts.build(Question(warehouse(rows), SETTINGS, day, date(2026, 12, 5)), Grain.MONTH)
    assert not found.rows[-2].cells[1].running


def test_a_window_ends_the_rows_that_are_looked_at():
    day = Selection(Window(Period(date(2026, 9, 1), date(2026, 9, 16))))
    found = ask(selection=day)
    september = found.rows[-1]
    assert (september.unit.start, september.size, september.cells[0].running) == (
        date(2026, 9, 1),
        1,
        True,
    )


def test_what_may_have_begun_before_the_data_is_told_apart():
    """The data begin on 2 June 2025; only cohorts from a year later on are sure."""
    found = ask()
    assert (found.first, found.months) == (date(2025, 6, 2), 12)
    assert found.known_from == date(2026, 7, 1)
    assert [row.known for row in found.rows[:2]] == [False, False]
    assert by_start(found)[date(2026, 8, 1)].known


def test_without_sure_cohorts_averages_leave_out_only_the_one_the_data_begin_in():
    found = ask([row for row in ROWS if row["customer"] != "Z"])
    assert (found.known_from, len(found.rows)) == (None, 4)
    assert found.average[0].cohorts == 1  # September: October had none, November is not over
    assert (found.average[0].size, found.average[1].customers) == (1, 0)


def test_a_stated_day_settles_when_a_customer_began():
    rows = (
        sale("2026-10-01", 5, customer="A", customer_since="2026-09-20"),
        sale("2026-10-02", 5, customer="B"),
        sale("2026-11-03", -1, customer="B"),
    )
    found = ask(rows, length=3)
    assert [(row.size, row.known, cells(row)) for row in found.rows] == [
        (1, True, [(0, 0), (1, 5), (0, 0)]),
        (1, True, [(1, 5), (0, -1)]),
        (0, True, [(0, 0)]),
    ]


def test_older_customers_and_returns_without_a_purchase_stand_beside_the_cells():
    rest = ask(length=3).rest  # September to November
    assert (rest.customers, rest.earlier) == (3, (Decimal(-5), Decimal(40), 0))
    assert rest.returns == (Decimal(-3), 0, 0)


def test_members_are_those_of_the_first_line_of_the_first_day():
    found = ask(by="region")
    assert [(row.member, row.size, cells(row)[:3]) for row in found.rows] == [
        ("South", 2, [(2, 125), (0, 0), (1, 40)]),
        ("North", 1, [(1, 10), (0, -5), (0, 0)]),
    ]
    assert found.average == ask().average


def test_many_members_are_the_largest_and_the_others():
    rows = [
        sale("2026-08-03", 1, customer=f"C{n}-{m}", region=f"R{n:02}")
        for n in range(14)
        for m in range(2 if n else 3)
    ]
    found = ask([*ROWS[:1], *rows], by="region")
    assert [row.member for row in found.rows[:2]] == ["R00", "R01"]
    assert (found.rows[-1].others, found.rows[-1].size) == (3, 6)


def test_the_sentence_says_how_many_come_back():
    assert ask().headline.key == "cohorts.headline.first.month"
    many_cohorts = [sale(f"2026-{m:02}-05", 1, customer=f"C{m}") for m in range(3, 9)]
    found = ask([*many_cohorts, sale("2025-02-01", 1, customer="Z")])
    assert found.headline.key == "cohorts.headline.both.month"
    assert dict(found.headline.values)["periods"] == 2  # the last that three cohorts have
    early = ask([sale("2026-11-02", 1, customer="A")])
    assert early.headline.key == "cohorts.headline.early"


def test_quarters_and_years_and_weeks():
    assert [(row.size, cells(row)) for row in ask(grain=Grain.QUARTER, length=2).rows] == [
        (3, [(3, 130), (2, 90)]),
        (0, [(0, 0)]),
    ]
    assert ask(grain=Grain.YEAR, length=2).rows[-1].size == 3
    weeks = ask(grain=Grain.WEEK, length=4)
    assert [unit.start for unit in weeks.units][-1] == date(2026, 11, 2)


def test_the_customers_behind_a_cell():
    august = Period(date(2026, 8, 1), date(2026, 9, 1))
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    question = Question(warehouse(ROWS), SETTINGS, Selection(None), TODAY)
    (behind,) = cohorts.customers(question, august, october)
    assert (behind.customer, behind.began, behind.orders, behind.figure) == (
        "B",
        date(2026, 8, 20),
        1,
        40,
    )
    assert [one.customer for one in cohorts.customers(question, august, august)] == ["B", "A"]


def test_what_cannot_be_asked_says_why():
    nameless = ask([sale("2026-10-01", 5, region="North")])
    assert nameless.reason.key == "metrics.reason.not_mapped"
    assert (nameless.rows, nameless.headline) == ((), nameless.reason)
    dealt = house(
        [sale("2026-10-01", 5, customer="A")],
        deals=[{"created_date": date(2026, 1, 1), "stage": "x", "competitor": "X"}],
    )
    filtered = Selection(None).where("competitor", "X")
    found = cohorts.build(Question(dealt, SETTINGS, filtered, TODAY), Grain.MONTH)
    assert found.reason.key == "metrics.reason.no_filter"
    with pytest.raises(UsageError):
        ask(by="nothing")
    plain = replace(SETTINGS, metrics={"orders": SETTINGS.metrics["orders"]}, hash="orders")
    with pytest.raises(UsageError, match="no_value"):
        cohorts.build(Question(warehouse(ROWS), plain, Selection(None), TODAY), Grain.MONTH)


def test_units_of_measures():
    assert [unit_of(each, Unit.MONEY) for each in Measure] == [
        Unit.COUNT, Unit.SHARE, Unit.MONEY, Unit.MONEY
    ]  # fmt: skip
    assert Heat(ask(length=3), Measure.SHARE).places == 3


ONE = st.builds(
    lambda day, amount, customer: sale(day.isoformat(), amount, customer=customer),
    st.dates(date(2026, 5, 1), EDGE),
    st.integers(-300, 900).map(lambda cents: Decimal(cents) / 100),
    st.sampled_from(["A", "B", "C", None]),
)


@given(st.lists(ONE, min_size=1, max_size=14))
def test_cells_and_what_is_beside_them_add_up_to_all_sales_of_customers(rows):
    """Month by month to the cent, however many cohorts are shown."""
    if all(row["customer"] is None for row in rows):
        return
    found = ask(rows, length=4)
    for place, unit in enumerate(found.units):
        in_cells = sum(
            (
                Decimal(row.cells[place - found.units.index(row.unit)].figure)
                for row in found.rows
                if row.unit.start <= unit.start
            ),
            Decimal(0),
        )
        beside = Decimal(found.rest.earlier[place]) + Decimal(found.rest.returns[place])
        sales = sum(
            Decimal(row["amount"])
            for row in rows
            if row["customer"] and unit.contains(date.fromisoformat(row["order_date"]))
        )
        assert in_cells + beside == sales


def test_pandas_finds_the_same_and_the_metric_the_same_beginnings():
    rows = many()
    found = ask(rows)
    data = frame(rows)
    data["month"] = pd.PeriodIndex(data["order_date"], freq="M")
    bought = data[data["amount"] > 0]
    first = bought.groupby("customer")["month"].min()
    data["began"] = data["customer"].map(first)
    sums = data.groupby(["began", "month"])["amount"].sum()
    counted = bought.assign(began=bought["customer"].map(first))
    counts = counted.groupby(["began", "month"])["customer"].nunique()
    for row in found.rows:
        for place, cell in enumerate(each for each in row.cells if each is not None):
            key = pd.Period(row.unit.start, "M"), pd.Period(row.unit.start, "M") + place
            assert (cell.customers, Decimal(cell.figure)) == (counts.get(key, 0), sums.get(key, 0))
    question = Question(warehouse(rows), SETTINGS, Selection(None), TODAY)
    known = [row for row in found.rows if row.known]
    new = question.measure(("new_customers",), tuple(row.unit for row in known))
    assert [row.size for row in known] == [
        new.figure("new_customers", n).value or 0 for n in range(len(known))
    ]
