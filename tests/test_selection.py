from datetime import date

import pytest

from salesdash.periods import Comparison, Period, Window
from salesdash.selection import Filter, Organisation, Selection, numbered

WINDOW = Window(Period(date(2026, 1, 1), date(2026, 2, 1)))


def test_equal_questions_are_equal_keys():
    north, red = Filter("region", ("North",)), Filter("brand", ("Red",))
    one = Selection(WINDOW, filters=(north, red))
    other = Selection(WINDOW, filters=(red, north))
    assert one == other
    assert hash(one) == hash(other)


def test_where_replaces_the_filter_of_that_dimension_only():
    asked = Selection(WINDOW, Comparison.PREVIOUS, (Filter("region", ("North",)),), cut=7)
    narrowed = asked.where("brand", "Red").where("region", "South", None)
    assert narrowed.filters == (Filter("brand", ("Red",)), Filter("region", ("South", None)))
    assert (narrowed.comparison, narrowed.cut) == (Comparison.PREVIOUS, 7)
    assert narrowed.organisation is Organisation.THEN


@pytest.mark.parametrize(
    ("code", "number"),
    [("0", 0), ("42", 42), ("999999999", 999_999_999), ("٣", 3)]
    + [(text, None) for text in ("", "-1", "1.0", "x", "²", "1" * 10, "9" * 5000)],
)
def test_codes_of_numbers_are_read_or_they_are_none(code, number):
    assert numbered(code) == number
