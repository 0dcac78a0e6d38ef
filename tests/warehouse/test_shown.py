"""Past states as an import showed them, with the amounts and probabilities of then."""

from datetime import date, datetime

import pytest

from salesdash.metrics import Figure
from salesdash.periods import Grain, Period
from salesdash.selection import Selection
from salesdash.warehouse.questions import measure
from salesdash.warehouse.shown import nearest
from tests.warehouse.build import build
from tests.warehouse.test_deals_metrics import deal
from tests.warehouse.test_questions import ALL, FEBRUARY, JANUARY, MARCH, bound

RECONSTRUCTED = ("metrics.note.reconstructed", ())
ONLY_NOW = Figure(None, "metrics.reason.only_now")
# an export of 31 January in the evening, and one of 20 March, in which A grew and B was won
THEN = (
    deal("2026-01-05", None, "open", 100, probability="0.5", team="A", valid_to=2),
    deal("2026-01-06", None, "open", 40, probability="0.1", team="B", valid_to=2),
)
NOW = (
    deal("2026-01-05", None, "open", 300, probability="0.8", team="A", event=2),
    deal("2026-01-06", "2026-03-20", "won", 45, team="B", event=2),
)
MOMENTS = ((datetime(2026, 1, 31, 19), 1), (datetime(2026, 3, 20, 8), 2))
IDS = ("pipeline", "weighted_pipeline", "open_deals")


def asked(selection=ALL, moments=MOMENTS, rows=(*THEN, *NOW), **how):
    store = build(deals=rows)
    store.moments = lambda dataset: moments if dataset == "deals" else ()
    windows = (JANUARY, FEBRUARY, MARCH)
    return measure(store, bound(store), IDS, selection, windows=windows, **how)


def test_the_day_of_an_export_is_as_it_showed_it():
    found = asked()
    january = [found.figure(name, 0) for name in IDS]
    assert january == [Figure(140), Figure(54), Figure(2)]  # 100 + 40; 100 x 0.5 + 40 x 0.1
    assert found.figure("pipeline", 1) == Figure(345).noted(RECONSTRUCTED)  # with today's amounts
    assert found.figure("weighted_pipeline", 1) == ONLY_NOW
    assert [found.figure(name, 2).value for name in IDS] == [300, 240, 1]


def test_without_such_an_export_all_is_as_the_rows_of_today_tell():
    found = asked(moments=())
    assert found.figure("pipeline", 0) == Figure(345).noted(RECONSTRUCTED)
    assert found.figure("weighted_pipeline", 0) == ONLY_NOW


def test_members_and_months_of_then():
    found = asked(by=("team",))
    teams = {m[0]: found.figure("weighted_pipeline", 0, None, m).value for m in found.members()}
    assert teams == {"A": 50, "B": 4}
    quarter = Period(JANUARY.start, MARCH.end)
    store = build(deals=(*THEN, *NOW))
    store.moments = lambda _: MOMENTS
    line = measure(store, bound(store), IDS, ALL, windows=(quarter,), grain=Grain.MONTH)
    assert [f.value for _, f in line.series("weighted_pipeline")] == [54, None, 240]


def test_a_cut_sees_no_later_export():
    later = ((datetime(2026, 1, 31, 19), 2),)
    assert asked(Selection(None, cut=1), later).figure("pipeline", 0) == asked(
        Selection(None, cut=1), ()
    ).figure("pipeline", 0)


@pytest.mark.parametrize(
    ("moment", "shows"),
    [
        (datetime(2026, 1, 31, 12), True),
        (datetime(2026, 1, 31, 11, 59), False),  # half of the day was still to come
        (datetime(2026, 2, 1, 8), True),
        (datetime(2026, 2, 1, 12, 1), False),
    ],
)
def test_an_evening_or_the_next_morning_shows_a_day_s_end(moment, shows):
    assert nearest(date(2026, 2, 1), [(moment, 7)], None) == (7 if shows else None)


def test_the_nearest_export_counts_and_of_two_at_once_the_later_one():
    evening, night = datetime(2026, 1, 31, 18), datetime(2026, 1, 31, 23)
    assert nearest(date(2026, 2, 1), [(evening, 3), (night, 1), (night, 2)], None) == 2
    assert nearest(date(2026, 2, 1), [(evening, 3), (night, 1), (night, 2)], 1) == 1
