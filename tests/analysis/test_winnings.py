"""What is still to be won in a period, asked of a warehouse."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from salesdash.analysis.asking import Question
from salesdash.analysis.winning import NEVER
from salesdash.analysis.winnings import book, to_come
from salesdash.metrics import Kind, Unit
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period
from salesdash.selection import Filter, Selection
from tests.analysis.company import metric, settings
from tests.warehouse.build import build

START = date(2023, 1, 1)
WON = metric("won", Kind.SIMPLE, Unit.COUNT, sql="count(*)", dataset="deals", date="close_date")
SETTINGS = replace(settings(), metrics={"won": WON}, hash="won deals")
TODAY = date(2024, 3, 1)
MARCH = Period(date(2024, 3, 1), date(2024, 4, 1))


def question(deals, today=TODAY, where=()):
    selection = Selection(None, Comparison.NONE, where)
    return Question(build([], deals=deals), SETTINGS, selection, today).about("won")


def deal(created, closed, outcome, amount=None, **more):
    return {
        "deal": f"D{created}{closed}{outcome}{amount}{len(more)}",
        "created_date": created,
        "close_date": closed,
        "outcome": outcome,
        "amount": amount,
        **more,
    }


def many(seed=1, until=TODAY):
    """Two deals a day; half of them are won, after 1 to 40 days; each is worth 100."""
    rng = np.random.default_rng(seed)
    for number in range(2 * (until - START).days):
        created = START + timedelta(days=number // 2)
        closed = created + timedelta(days=int(rng.integers(1, 41)))
        outcome = "won" if rng.random() < 0.5 else "lost"
        done = closed <= until
        yield {
            "deal": f"D{number}",
            "created_date": created,
            "close_date": closed if done else None,
            "outcome": outcome if done else "open",
            "amount": 100 if done and outcome == "won" else None,
            "region": "North" if number % 4 else "South",
        }


def test_the_book():
    rows = [
        deal("2024-01-05", "2024-01-09", "won", 50),
        deal("2024-01-06", "2024-01-08", "lost", 0),
        deal("2024-01-07", "2024-03-20", "won", 70),  # decided after the edge: still open
        deal("2024-01-08", None, "open", 30),
        deal(None, "2024-01-09", "won", 5),  # nobody knows how long it took
        deal("2024-01-09", "2024-01-02", "won", 10),  # closed before it was created: at once
        deal("2024-01-10", None, "lost", 1),  # nobody knows when
        deal("2024-04-01", None, "open", 1),  # not created yet
    ]
    found = book(question(rows), date(2024, 3, 5))
    first = date(2024, 1, 5).toordinal()
    assert found.first == first
    assert (found.created - first).tolist() == [0, 1, 2, 3, 4]
    assert (found.closed[[0, 1, 4]] - first).tolist() == [4, 3, 4]
    assert (found.closed[[2, 3]] == NEVER).all()
    assert found.won.tolist() == [True, False, False, False, True]
    assert np.nan_to_num(found.amounts, nan=-1).tolist() == [50, -1, -1, 30, 10]
    assert found.stated  # one of two open ones
    assert len(found.months) == 60
    assert found.months[[0, 27, 56]].tolist() == [0, 1, 2]  # January, February, March


def test_months_lie_in_fiscal_quarters():
    rows = [deal("2024-01-01", None, "open")]
    asked = question(rows)
    asked = replace(
        asked,
        settings=replace(SETTINGS, fiscal=FiscalCalendar(start_month=2), hash="won from February"),
    )
    assert book(asked, date(2024, 2, 2)).months[[0, 30, 31]].tolist() == [2, 2, 0]


def test_the_rest_of_a_period():
    """One deal a day is won, so 31 in March, most of them of the 40 that are open."""
    found = to_come(question(many()), MARCH, "deals")
    edge = date(2024, 3, 1)
    assert found.period == Period(edge + timedelta(days=1), MARCH.end)
    assert found.total.mean == pytest.approx(30, rel=0.15)
    low, high = found.total.interval(0.8)
    assert 0 <= low < 30 < high < 60
    assert 0 < found.from_open < 30
    assert found.error < 0.3
    assert found.moments > 20
    assert 0.5 <= found.coverage <= 1
    assert {each.model for each in found.tried} == {"pipeline", "rate"}
    assert sum(each.weight for each in found.tried) == pytest.approx(1)
    amount = to_come(question(many()), MARCH, "amount")
    assert amount.total.mean == pytest.approx(100 * found.total.mean, rel=0.05)


def test_only_what_is_looked_at():
    south = question(many(), where=(Filter("region", ("South",)),))
    assert to_come(south, MARCH, "deals").total.mean == pytest.approx(7.5, rel=0.4)


@pytest.mark.parametrize(
    ("rows", "period"),
    [
        ([], MARCH),
        ([deal("2024-01-05", "2024-01-09", "won", 50)], MARCH),
        (list(many()), Period(date(2024, 2, 1), date(2024, 3, 1))),  # it is over
        (list(many()), Period(date(2024, 5, 1), date(2024, 6, 1))),  # not the next one
        (list(many(until=date(2023, 7, 1))), MARCH),  # data do not reach to it
    ],
)
def test_where_deals_do_not_tell(rows, period):
    assert to_come(question(rows), period, "deals") is None


def test_a_past_too_short_to_try_it_on():
    rows = list(many(until=date(2023, 7, 20)))
    asked = question(rows, today=date(2023, 7, 20))
    assert to_come(asked, asked.settings.fiscal.unit(Grain.QUARTER, asked.today), "deals") is None


def test_stages_as_exports_showed_them():
    """Two exports: D1 went from early to late, D2 was lost in between, D3 is new and has none."""
    rows = [
        deal("2024-01-05", None, "open", 10, deal="D1", stage="early", valid_to=2),
        deal("2024-01-06", None, "open", 10, deal="D2", stage="early", valid_to=2),
        deal("2024-01-05", None, "open", 10, deal="D1", stage="late", event=2),
        deal("2024-01-06", "2024-02-20", "lost", 10, deal="D2", stage="lost", event=2),
        deal("2024-02-25", None, "open", 10, deal="D3", event=2),
    ]
    assert book(question(rows), MARCH.end).snapshots == ()
    asked = question(rows)
    evening, morning = datetime(2024, 1, 31, 19), datetime(2024, 3, 1, 8)
    asked.warehouse.moments = lambda _: ((evening, 1), (morning, 2), (morning, 2))
    found = book(asked, MARCH.end).snapshots
    assert [date.fromordinal(each.day) for each in found] == [date(2024, 2, 1), date(2024, 3, 1)]
    assert [each.stages.tolist() for each in found] == [[0, 0, -1], [1, -1, -1]]
    cut = replace(asked, selection=replace(asked.selection, cut=1))
    assert [each.stages.tolist() for each in book(cut, MARCH.end).snapshots] == [[0, 0]]


def test_stages_are_a_candidate_where_exports_showed_them():
    plain = to_come(question(many()), MARCH, "deals").tried
    assert [each.model for each in plain] == ["pipeline", "rate"]
    asked = question(many())
    asked.warehouse.moments = lambda _: ((datetime(2024, 3, 1, 8), 1),)
    tried = to_come(asked, MARCH, "deals").tried
    assert [each.model for each in tried] == ["pipeline", "rate", "stages"]
    assert tried[2].mean == pytest.approx(tried[0].mean)  # nothing tells stages apart yet
