"""Lines as an index: the base by hand, members, what has no base."""

from datetime import date

import pytest

from salesdash.analysis import indexed, trend
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Choice
from salesdash.charts import Words, table
from salesdash.metrics import Unit
from salesdash.periods import Grain
from tests.analysis.company import TODAY, sale, selection, settings, warehouse

ROWS = (
    sale("2025-01-02", 50, region="N"),
    sale("2025-02-10", 100, region="N"),
    sale("2026-01-10", 200, region="N"),
    sale("2026-02-10", 300, region="N"),
    sale("2026-03-10", 100, region="N"),
    sale("2026-02-11", 60, region="S"),
    sale("2026-03-11", 90, region="S"),
    sale("2026-11-03", 40, region="N"),
)
WORDS = Words("en", names=(("sales", "Sales"),))


def build(base=None, by=None, rows=ROWS, **more):
    choice = Choice("sales", Grain.MONTH, by, index=True, base=base, **more)
    return trend.build(warehouse(rows), settings(), selection(Grain.YEAR), TODAY, choice)


def first(series, count=3):
    return [each.value for each in series.points[:count]]


def test_the_first_complete_month_is_100_for_each_year_by_itself():
    found = build()
    assert first(found.series[0]) == [100, pytest.approx(180), pytest.approx(95)]
    assert first(found.reference[0], 2) == [100, 200]  # 50 -> 100
    assert found.series[0].points[10].value == pytest.approx(20)  # November so far
    assert (found.unit, found.total_unit) == (Unit.NUMBER, Unit.MONEY)
    assert found.total.now.value == 790  # the figure, not the index
    assert found.headline is not None
    assert WORDS.tell(found.headline) == "Sales by month, Jan 2026 = 100"


def test_a_chosen_month_is_100_and_those_before_stand_beside_it():
    found = build(date(2026, 2, 1))
    assert first(found.series[0]) == [pytest.approx(200 / 3.6), 100, pytest.approx(190 / 3.6)]
    assert found.index is not None
    assert found.index.base is not None
    assert found.index.base.start == date(2026, 2, 1)


@pytest.mark.parametrize("base", [date(2026, 11, 5), date(2031, 1, 1)])
def test_a_running_or_unknown_month_counts_as_none_chosen(base):
    assert build(base).index == build().index


def test_a_member_without_a_figure_in_the_base_is_blank_and_named():
    found = build(by="region")
    north, south = found.series
    assert first(north) == [100, 150, 50]
    assert first(south) == [None, None, None]
    when = found.notes[-1].values[-1]
    assert found.notes[-1].key == "analysis.note.no_base_of"
    assert WORDS.tell(found.notes[-1]) == "S: no figure above 0 in Jan 2026, so no index."
    assert when[0] == "when"
    later = build(date(2026, 2, 1), by="region")
    assert first(later.series[1]) == [None, 100, 150]
    assert WORDS.tell(later.headline) == "Sales by month and Region, Feb 2026 = 100"


def test_a_base_of_nothing_or_less_is_said():
    found = build(rows=(sale("2026-01-10", -5), sale("2026-02-10", 5)))
    assert first(found.series[0]) == [None, None, None]
    assert (
        WORDS.tell(found.notes[-1]) == "No figure above 0 in Jan 2026, so there is no index on it."
    )


def test_without_a_complete_period_there_is_none():
    choice = Choice("sales", Grain.YEAR, index=True)
    found = trend.build(warehouse(ROWS), settings(), selection(Grain.YEAR), TODAY, choice)
    assert found.index is not None
    assert found.index.base is None
    assert found.notes[-1] == Reason("analysis.note.no_base")


def test_a_running_total_is_no_index():
    assert build(cumulative=True).index is None


def test_the_average_has_the_base_of_the_line():
    found = build(date(2026, 2, 1), average=3)
    assert found.average is not None
    assert found.average.points[2].value == pytest.approx((200 + 360 + 190) / 3 / 3.6)


def test_the_table_shows_a_tenth_and_keeps_the_whole():
    shown = table(build(), WORDS)
    assert shown.shown[2][1] == "95"
    assert shown.shown[1][1] == "180"
    assert shown.rows[2][1] == pytest.approx(95)


def test_places_are_complete_periods():
    assert indexed.places(build().series[0].points) == tuple(range(10))
