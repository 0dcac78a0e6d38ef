"""RFM: scores that never tell equals apart, segments that hold everybody once, and moves."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash import config
from salesdash.analysis import rfm
from salesdash.analysis.asking import Question
from salesdash.analysis.rfm import GRID, Rfm, Segment
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Selection
from tests.analysis.company import TODAY, sale, selection, warehouse

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
ROWS = (
    # Ann: long silent, but she bought most, and most often
    sale("2025-01-05", 400, customer="Ann"),
    sale("2025-02-05", 400, customer="Ann"),
    sale("2025-03-05", 400, customer="Ann"),
    sale("2025-03-06", -50, customer="Ann"),  # a return lowers the money, it is no purchase
    sale("2026-02-01", 100, customer="Bob"),
    sale("2026-03-01", 100, customer="Bob"),
    sale("2026-05-01", 10, customer="Cem"),
    sale("2026-08-01", 30, customer="Dee", document="X"),
    sale("2026-08-01", 10, customer="Dee", document="X"),  # one order of two lines
    sale("2026-11-02", 300, customer="Eva"),
    sale("2026-11-03", 300, customer="Eva"),
    sale("2026-11-04", -5, customer="Fay"),  # brought back what was never bought
    sale("2026-11-05", 5, customer=None),
)


def ask(rows=ROWS, chosen=None, then=None) -> Rfm:
    chosen = chosen or selection(Grain.MONTH, comparison=Comparison.NONE)
    return rfm.build(Question(warehouse(rows), SETTINGS, chosen, TODAY), then)


def scores(found: Rfm) -> dict[str, tuple[int, int, int]]:
    return {one.customer: one.scores for one in found.listed(None)}


def test_five_customers_have_the_five_scores_each():
    """Last days and money all differ; orders are 3, 2, 1, 1, 2: equal ones share a middle."""
    assert scores(ask()) == {
        "Ann": (1, 5, 5),
        "Bob": (2, 4, 3),
        "Cem": (3, 2, 1),
        "Dee": (4, 2, 2),
        "Eva": (5, 4, 4),
    }


def test_recency_and_the_mean_of_orders_and_money_name_the_segment():
    found = ask()
    assert {one.customer: one.segment for one in found.listed(None)} == {
        "Ann": Segment.CANNOT_LOSE,  # 1 and 5
        "Bob": Segment.AT_RISK,  # 2 and (4 + 3 + 1) // 2 = 4
        "Cem": Segment.COOLING,  # 3 and 2
        "Dee": Segment.PROMISING,  # 4 and 2
        "Eva": Segment.CHAMPIONS,  # 5 and 4
    }
    (lost,) = found.listed(Segment.CANNOT_LOSE)
    assert (lost.last, lost.orders, lost.figure, lost.before) == (date(2025, 3, 5), 3, 1150, None)


def test_the_grid_names_every_pair_once():
    assert sorted(GRID) == [1, 2, 3, 4, 5]
    assert all(len(row) == 5 for row in GRID.values())
    assert {segment for row in GRID.values() for segment in row} == set(Segment)


def test_segments_hold_everybody_and_all_of_their_money():
    found = ask()
    assert found.customers == 5
    assert sum(Decimal(group.figure) for group in found.groups) == 1150 + 200 + 10 + 40 + 600
    champions = found.groups[0]
    assert (champions.customers, champions.days, champions.orders) == (1, 2.0, 2.0)
    assert champions.customers_then is None


def test_who_moved_since_an_earlier_day():
    """At the end of March 2026 there were two: each stands in the middle of its half, 2 or 4."""
    found = ask(then=date(2026, 4, 1))
    before = {one.customer: one.before for one in found.listed(None)}
    assert before == {
        "Ann": Segment.AT_RISK,  # 2, and 4 in orders and money
        "Bob": Segment.PROMISING,  # 4, and 2
        "Cem": None,
        "Dee": None,
        "Eva": None,
    }
    assert found.then == date(2026, 3, 31)
    assert sum(move.customers for move in found.moves) == 5
    assert sum(group.customers_then or 0 for group in found.groups) == 2
    assert sum(move.customers for move in found.moves if move.then is None) == 3


def test_the_sentence_names_the_best_who_slipped_away():
    best = [
        sale(f"2025-10-{n:02}", 100 * n, customer=f"C{n}", document=f"{n}-{k}")
        for n in range(1, 11)
        for k in range(n)
    ]
    back = [sale("2026-11-10", 1, customer=f"C{n}") for n in range(1, 9)]
    found = ask([*best, *back], then=date(2025, 11, 1))
    assert found.headline.key == "rfm.headline.slipped"
    slipped = sum(move.customers for move in found.slipped)
    assert dict(found.headline.values)["count"] == slipped == 2  # C9 and C10 stayed away
    again = [sale("2026-11-10", 1, customer=f"C{n}") for n in range(1, 11)]
    assert ask([*best, *again], then=date(2025, 11, 1)).headline.key == "rfm.headline.kept"
    assert ask().headline.key == "rfm.headline.best"


def test_what_it_is_compared_with_is_the_end_of_the_earlier_window():
    quarter = selection(Grain.QUARTER)
    rows = (sale("2024-01-01", 1, customer="Z"), *ROWS)
    question = Question(warehouse(rows), SETTINGS, quarter, TODAY)
    assert rfm.earlier(question) == date(2025, 11, 18)
    none = replace(quarter, comparison=Comparison.NONE)
    assert rfm.earlier(replace(question, selection=none)) is None
    late = replace(question, warehouse=warehouse(ROWS[-4:]))
    assert rfm.earlier(late) is None  # the data don't go back so far


def test_filters_cut_days_and_what_cannot_be_asked():
    early = Selection(Window(Period(date(2026, 3, 1), date(2026, 3, 2))))
    assert {one.customer for one in ask(chosen=early).listed(None)} == {"Ann", "Bob"}
    assert ask([sale("2026-01-01", 5)]).reason.key == "metrics.reason.not_mapped"
    empty = Selection(Window(Period(date(2024, 3, 1), date(2024, 3, 2))))
    nobody = ask(chosen=empty)
    assert (nobody.reason.key, nobody.headline, list(nobody.listed(None))) == (
        "rfm.nobody", nobody.reason, []
    )  # fmt: skip


def test_orders_without_a_number_are_days():
    rows = [sale(f"2026-0{n}-01", 5, customer="A", document=None) for n in (1, 1, 2)]
    (one,) = ask(rows).listed(None)
    assert one.orders == 2
    assert one.scores == (3, 3, 3)  # alone in the middle


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30))
def test_scores_keep_order_and_equals_together(values):
    found = rfm.score(np.array(values))
    assert found.min() >= 1
    assert found.max() <= 5
    by_value: dict[int, set[int]] = {}
    for value, score in zip(values, found.tolist(), strict=True):
        by_value.setdefault(value, set()).add(score)
    ordered = [by_value[value] for value in sorted(by_value)]
    assert all(len(each) == 1 for each in ordered)
    flat = [next(iter(each)) for each in ordered]
    assert flat == sorted(flat)


@pytest.mark.parametrize("count", [5, 10, 25])
def test_fifths_are_equal_where_all_values_differ(count):
    found = np.bincount(rfm.score(np.arange(count)), minlength=6)[1:]
    assert found.tolist() == [count // 5] * 5
