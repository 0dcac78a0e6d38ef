"""Segments merged into windows, to the last digit."""

from datetime import date
from decimal import Decimal

from salesdash.metrics.aggregates import Merge
from salesdash.metrics.segments import Segments, Span
from salesdash.metrics.sums import Sums

JANUARY, FEBRUARY = (
    Span(date(2026, 1, 1), date(2026, 2, 1)),
    Span(date(2026, 2, 1), date(2026, 3, 1)),
)
BOTH = Span(JANUARY.start, FEBRUARY.end)
SEGMENTS = Segments.of([JANUARY, FEBRUARY])  # 1 is January, 2 February


def test_no_digit_of_a_decimal_38_is_lost():
    large, small = Decimal("1234567890123456789012345678901234.5678"), Decimal("0.0001")
    sums = Sums([(1, 1, large), (2, 1, small)], SEGMENTS, [Merge.ADD])
    assert sums.within(BOTH) == {(): (2, Decimal("1234567890123456789012345678901234.5679"))}


def test_each_way_to_merge_by_members():
    rows = [(1, "N", 2, 5, 5, 5), (2, "N", 1, 3, 3, 3), (2, "S", 4, None, None, None)]
    sums = Sums(rows, SEGMENTS, [Merge.ADD, Merge.LEAST, Merge.GREATEST])
    assert sums.within(BOTH) == {("N",): (3, 8, 3, 5), ("S",): (4, None, None, None)}
    assert sums.within(JANUARY) == {("N",): (2, 5, 5, 5)}
