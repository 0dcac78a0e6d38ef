"""Months without and with an import, side by side."""

from datetime import date
from decimal import Decimal

from salesdash.analysis import sums
from salesdash.imports import MonthChange, Picture
from salesdash.metrics import Unit


def month(number, before, after, rows=(1, 1), year=2026, *, restated=False):
    return MonthChange(date(year, number, 1), *rows, before, after, restated)


def test_months_between_are_there_without_a_figure():
    found = sums.of(
        Picture(
            months=(month(1, Decimal(5), Decimal(7), restated=True), month(3, None, Decimal(2)))
        ),
        "sales",
    )
    assert found.unit is Unit.MONEY
    assert [(m.period.start.month, m.then, m.now, m.change, m.restated) for m in found.months] == [
        (1, 5, 7, 2, True),
        (2, None, None, None, False),
        (3, None, 2, 2, False),
    ]


def test_rows_where_nothing_has_an_amount():
    found = sums.of(Picture(months=(month(12, None, None, (0, 4)),)), "leads")
    assert (found.unit, found.months[0].then, found.months[0].now) == (Unit.COUNT, None, 4)
    assert found.months[0].period.end == date(2027, 1, 1)


def test_the_last_four_years_are_shown():
    months = tuple(month(1 + n % 12, None, Decimal(n), year=2020 + n // 12) for n in range(60))
    found = sums.of(Picture(months=months), "sales")
    assert (len(found.months), found.earlier) == (48, 12)
    assert found.months[0].period.start == date(2021, 1, 1)


def test_nothing_to_show():
    assert sums.of(Picture(), "sales").months == ()
