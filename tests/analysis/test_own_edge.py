"""Data of one kind that end before those of another are compared with the same days only."""

from datetime import date
from pathlib import Path

import pytest

from salesdash import config
from salesdash.analysis import alarms, comparison, kpis, movers, trend
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.breakdown import Listing
from salesdash.periods import Comparison, Grain, parse
from salesdash.selection import Selection
from tests.warehouse.build import build

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
TODAY = date(2026, 11, 21)
SALES = [
    ("2025-01-02", 1),
    ("2025-10-05", 100),  # within the same days
    ("2025-11-15", 400),  # last year, on a day that this year's orders have yet to reach
    ("2026-10-06", 110),
    ("2026-11-10", 10),  # the last order that was imported
]
DEALS = [
    ("2025-01-03", "2025-02-01", "won"),
    ("2025-10-02", "2025-11-18", "won"),
    ("2026-10-02", "2026-11-20", "won"),
]


@pytest.fixture
def house():
    return build(
        ({"order_date": d, "amount": a, "region": "North"} for d, a in SALES),
        deals=[
            {"created_date": made, "close_date": closed, "outcome": end, "amount": 5, "deal": made}
            for made, closed, end in DEALS
        ],
    )


def selection() -> Selection:
    """The quarter to date: to 20 November, the newest day of all."""
    return Selection(parse("qtd", date(2026, 11, 20), SETTINGS.fiscal), Comparison.LAST_YEAR)


def test_each_tile_is_compared_up_to_its_own_last_day(house):
    sales, won = kpis.build(house, SETTINGS, selection(), TODAY, ("sales", "won_deals"))
    assert (sales.figure.value, sales.change.then.value) == (120, 100)  # not 500
    assert [note.key for note in sales.notes] == ["analysis.note.beyond_data"]
    assert (won.figure.value, won.change.then.value) == (1, 1)  # 18 November is within its days
    assert not won.notes


def test_movers_comparison_trends_and_alarms_keep_to_the_same_days(house):
    moved = movers.build(house, SETTINGS, selection(), TODAY, Choice("sales", by="region"))
    assert moved.change == 20
    broken = comparison.build(house, SETTINGS, selection(), TODAY, Listing("sales", "region"))
    assert (broken.total.change.now.value, broken.total.change.then.value) == (120, 100)
    course = trend.build(house, SETTINGS, selection(), TODAY, Choice("sales", grain=Grain.MONTH))
    assert (course.total.now.value, course.total.then.value) == (120, 100)
    assert alarms.build(Question(house, SETTINGS, selection(), TODAY)) == ()  # nothing fell


def test_whole_periods_stay_as_they_were_chosen(house):
    chosen = Selection(parse("month:2026-11", date(2026, 11, 30), SETTINGS.fiscal))
    about = Question(house, SETTINGS, chosen, TODAY).about("sales")
    assert about.selection == chosen
