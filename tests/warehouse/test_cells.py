"""Cells by many dimensions in two windows, whose sums are those of the rows."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.metrics import bind
from salesdash.periods import Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse import cells
from tests.analysis.company import settings as company
from tests.warehouse.build import build

THEN = Period(date(2026, 1, 1), date(2026, 2, 1))
NOW = Period(date(2026, 2, 1), date(2026, 3, 1))
ROWS = (
    ("2026-01-05", "Ann", "N", "100.25"),
    ("2026-01-06", "Ann", "S", "50"),
    ("2026-01-07", "Bob", "N", "20"),
    ("2026-01-07", "Cid", "N", "1"),
    ("2026-02-05", "Ann", "N", "40"),
    ("2026-02-05", "Ann", "N", "2"),
    ("2026-02-07", "Bob", None, "30"),
    ("2026-02-08", None, "S", "7"),
    ("2026-03-01", "Ann", "N", "900"),  # after both
)


def asked(metric="sales", filters=(), most=None):
    house = build({"order_date": d, "person": p, "region": r, "amount": a} for d, p, r, a in ROWS)
    bound = bind(company(), {name: house.columns(name) for name in ("sales",)})
    by = {"person": most or 3, "region": 2}
    selection = Selection(None, filters=filters)
    return cells.cells(house, bound, metric, selection, (NOW, THEN), by)


def told(found):
    """(person, region, before, after) of each cell; "..." for members that stand together."""
    rows = []
    for cell in range(len(found.before)):
        names = [
            each.members[each.codes[cell]] if each.codes[cell] < len(each.members) else "..."
            for each in found.columns
        ]
        sides = (found.money(side[cell : cell + 1]) for side in (found.before, found.after))
        rows.append((*names, *sides))
    return sorted(rows, key=str)


def test_sums_of_each_combination_in_both_windows():
    assert told(asked()) == sorted(
        [
            ("Ann", "N", Decimal("100.25"), Decimal(42)),
            ("Ann", "...", Decimal(50), Decimal(0)),
            ("...", "N", Decimal(21), Decimal(0)),
            ("...", "...", Decimal(0), Decimal(37)),
        ],
        key=str,
    )  # of fewer than three orders nobody can tell what came or went: of Bob, Cid, S
    assert asked().squares.sum() == pytest.approx(sum(float(a) ** 2 for *_, a in ROWS[:-1]))


def test_small_members_of_a_wide_dimension_are_added_up_where_they_lie(monkeypatch):
    plain = asked()
    monkeypatch.setattr(cells, "MOST_MEMBERS", 1)  # Ann is the largest
    wide = asked(most=2)
    assert told(wide) == told(plain)
    assert wide.money(wide.before) == plain.money(plain.before) == Decimal("171.25")


def test_a_filter_holds_and_one_that_cannot_leaves_nothing():
    found = asked(filters=(Filter("region", ("N",)),))
    assert found.money(found.after) == 42
    assert asked(filters=(Filter("competitor", ("X",)),)) is None
