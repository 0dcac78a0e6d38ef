"""Actions sifted, sorted and laid out in columns on Wednesday 25 November 2026."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from salesdash.analysis import lanes
from salesdash.analysis.actions import Row, row
from salesdash.analysis.lanes import NOWHERE, Sieve
from salesdash.workspace import Priority, Source, Standing
from tests.analysis.meeting import action

TODAY = date(2026, 11, 25)


def ended(day: int, state: Standing = Standing.DONE) -> dict[str, object]:
    return {"state": state, "settled_by": "Bo", "settled_at": datetime(2026, 11, day, 9)}


ROWS: tuple[Row, ...] = tuple(
    row(each, (), TODAY)
    for each in (
        action(1, "Call Bergmann", owner="Bo", due=date(2026, 11, 24)),
        action(2, "Write the offer", owner="Cleo", due=date(2026, 11, 29)),  # Sunday
        action(3, "Visit Lindqvist", owner="bo ", due=date(2026, 11, 30), priority=Priority.HIGH),
        action(4, "Price list", owner="", priority=Priority.LOW, origin=Source("goal", "1")),
        action(5, "Tidy the CRM", owner="Cleo", due=date(2026, 12, 20), priority=Priority.HIGH),
        action(6, "Old", **ended(10)),  # 15 days ago
        action(7, "New", **ended(11)),
        action(8, "Newer", **ended(20)),
        action(9, "Dropped", **ended(24, Standing.DROPPED)),
    )
)


def board(by: lanes.By = "due", rows=ROWS) -> dict[str, list[int]]:
    return {lane.key: [each.id for each in lane.rows] for lane in lanes.lanes(rows, TODAY, by)}


def test_columns_go_by_due_day_the_urgent_first_and_what_was_done_lately_last():
    assert board() == {
        "overdue": [1],
        "week": [2],
        "later": [3, 5],
        "some_day": [4],
        "done": [8, 7],
    }


def test_the_board_keeps_its_shape_while_columns_are_empty():
    assert board(rows=()) == {"overdue": [], "week": [], "later": []}


def test_high_priority_stands_above_an_earlier_day():
    early = row(action(10, "x", due=date(2026, 11, 27)), (), TODAY)
    high = row(action(11, "y", due=date(2026, 11, 28), priority=Priority.HIGH), (), TODAY)
    assert board(rows=(early, high))["week"] == [11, 10]


def test_owners_have_columns_however_they_are_typed_and_nobody_the_last():
    assert board("owner") == {"Bo": [3, 1, 8, 7], "Cleo": [5, 2], "": [4]}


@pytest.mark.parametrize(
    ("sieve", "left"),
    [
        (Sieve(), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (Sieve(owner="BO"), [1, 3, 6, 7, 8, 9]),
        (Sieve(priority="high"), [3, 5]),
        (Sieve(origin="goal"), [4]),
        (Sieve(origin=NOWHERE, priority="high", owner="Cleo"), [5]),
        (Sieve(text="call  BERG"), [1]),
        (Sieve(text="cleo offer"), [2]),
        (Sieve(text="offer bergmann"), []),
    ],
)
def test_a_sieve_lets_through_what_is_looked_for(sieve, left):
    assert [each.id for each in ROWS if sieve.lets(each)] == left


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("due", [1, 2, 3, 4, 5]),
        ("priority", [3, 5, 1, 2, 4]),
        ("owner", [1, 3, 2, 5, 4]),
        ("newest", [5, 4, 3, 2, 1]),
    ],
)
def test_rows_stand_in_the_order_asked_for(order, expected):
    assert [each.id for each in lanes.ordered(ROWS[:5], order)] == expected


def test_what_was_carried_over_most_stands_first():
    often = replace(ROWS[1], carried=3)
    assert [each.id for each in lanes.ordered((ROWS[0], often), "carried")] == [2, 1]
