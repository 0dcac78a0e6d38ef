"""Which picture an answer allows, and what is drawn; a sketch of each answer is its case."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.analysis.answered import Shape, chosen, pictured, shapes
from salesdash.engine.sandbox import Answer, Column

KINDS = {"m": "day", "at": "moment", "r": "text", "n": "whole", "a": "exact", "up": "flag"}


def answer(names, *rows):
    columns = tuple(Column(name, "X", KINDS[name]) for name in names.split())
    return Answer(columns, rows, more=False, seconds=0.1)


JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("names", "rows", "first"),
    [
        ("r a", [("N", 1), ("S", 2)], Shape("bars", "r", "a")),
        ("a r", [(1, "N"), (2, "S")], Shape("bars", "r", "a")),
        ("m a", [(JAN, 1), (FEB, 2)], Shape("line", "m", "a")),
        ("r m a", [("N", JAN, 1), ("S", FEB, 2)], Shape("line", "m", "a")),
        ("r m a", [("N", JAN, 1), ("S", JAN, 2)], Shape("bars", "r", "a")),  # a day twice
        ("n a", [(2025, 1), (2026, 2)], Shape("bars", "n", "a")),  # years
        ("n a", [(1, 1), (2, 2)], Shape("bars", "n", "a")),
        ("up a", [(True, 1), (False, 2)], Shape("bars", "up", "a")),
        ("a", [(1,), (2,)], None),
        ("n", [(1,), (2,)], None),
        ("r", [("N",), ("S",)], None),
        ("r a", [("N", 1)], None),  # one row
        ("r a", [("N", None), ("S", None)], None),
        ("r a", [], None),
    ],
)
def test_the_most_telling_picture(names, rows, first):
    known = shapes(answer(names, *rows))
    assert chosen(known, "", "", "") == first


def test_another_may_be_chosen_and_what_does_not_fit_is_passed_over():
    known = shapes(answer("m r a n", (JAN, "N", 1, 5), (FEB, "S", 2, 6)))
    assert chosen(known, "bars", "", "") == Shape("bars", "r", "a")
    assert chosen(known, "bars", "m", "n") == Shape("bars", "m", "n")
    assert chosen(known, "pie", "zzz", "n") == Shape("line", "m", "n")


def test_a_line_goes_by_its_days_and_leaves_blanks_out():
    found = answer("m a", (MAR, Decimal(3)), (JAN, 1), (FEB, None), (None, 9))
    drawn = pictured(found, Shape("line", "m", "a"))
    assert drawn.points == ((JAN, 1), (MAR, Decimal(3)))
    moments = answer("at a", (datetime(2026, 1, 5, 12), 2), (datetime(2026, 1, 5, 9), 1))
    assert [y for _, y in pictured(moments, Shape("line", "at", "a")).points] == [1, 2]


def test_bars_keep_their_order_and_end():
    rows = [(f"r{n}", n) for n in range(40)] + [(None, float("inf"))]
    drawn = pictured(answer("r a", *rows), Shape("bars", "r", "a"))
    assert (len(drawn.points), drawn.left_out) == (30, 10)
    assert drawn.points[0] == ("r0", 0)
    few = pictured(answer("r a", (None, 1), ("S", 2)), Shape("bars", "r", "a"))
    assert few.points == (("", 1), ("S", 2))
