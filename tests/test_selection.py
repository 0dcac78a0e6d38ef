from datetime import date

from salesdash.periods import Comparison, Period, Window
from salesdash.selection import Filter, Organisation, Selection

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
