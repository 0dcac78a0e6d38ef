"""The rows themselves: a few typed rows, and pandas as a second opinion."""

from datetime import date
from decimal import Decimal

import pandas as pd

from salesdash.warehouse import quality
from tests.warehouse.build import build

TODAY = date(2026, 3, 1)


def rows(sales, cut=None, **others):
    return quality.of(build(sales, **others), "sales", TODAY, cut)


def sale(day, amount, event=1, document="D", **more):
    return {"order_date": day, "amount": amount, "event": event, "document": document, **more}


def test_what_is_filled_counts_rows_that_count():
    found = rows(
        [
            sale("2026-01-05", 1, customer="Ann"),
            sale("2026-01-06", None),
            sale(None, 2, customer="Bob"),
            sale("2026-03-02", 3),
            sale("1900-01-01", 3),
            sale("2026-01-07", 9, customer="Void", counts=False),
        ]
    ).filled()
    assert (found.rows, found.counted) == (6, 5)
    assert (found.undated, found.ahead, found.early) == (1, 1, 1)
    assert (found.columns["customer"], found.columns["amount"], found.columns["cost"]) == (2, 4, 0)


def test_the_usual_pause_of_the_last_year():
    days = ("2024-01-01", "2025-12-01", "2025-12-20", "2026-01-02", "2026-03-09")
    assert rows([sale(day, 1) for day in days]).pause() == 19


def test_one_outage_does_not_stretch_the_usual_pause():
    days = [*(f"2026-01-{day:02}" for day in range(1, 21)), "2026-02-25"]
    assert rows([sale(day, 1) for day in days]).pause() == 1  # 19 pauses of 1, one of 36
    assert rows([sale(day, 1) for day in days[1:]]).pause() == 36  # 18 of 19 are not enough


def test_no_rows_no_pause():
    assert rows([]).pause() == 0
    assert rows([sale("2026-01-02", 1)]).pause() == 0


SAME = [
    sale("2026-01-05", 10, customer="Ann"),
    sale("2026-01-05", 10, customer="Ann"),
    sale("2026-01-05", 10, event=2, customer="Ann"),
    sale("2026-01-05", 10, customer="Bob"),
    sale("2026-01-06", 4, customer="Bob", x_note="a"),
    sale("2026-01-06", 4, customer="Bob", x_note="b"),
    sale("2026-01-07", 3),
    sale("2026-01-07", 3),
    sale("2026-01-08", 7, counts=False),
    sale("2026-01-08", 7, counts=False),
]


def test_rows_that_say_the_same():
    own = rows(SAME)
    found = own.repeats(own.filled())
    assert (found.rows, found.amount, found.across) == (3, Decimal(23), 2)
    frame = pd.DataFrame([row for row in SAME if row.get("counts", True)])
    content = [name for name in frame.columns if name not in ("event", "counts")]
    again = frame[frame.duplicated(content)]
    assert (found.rows, found.amount) == (len(again), Decimal(int(again.amount.sum())))
    table = own.repeated(10)
    assert sorted(table["record"].to_pylist()) == [1, 2, 3, 7, 8]


def test_rows_with_keys_of_their_own_say_the_same_only_where_they_share_one():
    def deal(key, amount):
        return {"created_date": "2026-01-05", "deal": key, "amount": amount, "event": 1}

    twice = [deal("A", 5), deal("A", 5), deal("B", 5), deal("C", 6), deal("C", 7)]
    keyless = [deal(None, 8), deal(None, 8), deal(None, 9)]
    own = quality.of(build([], deals=[*twice, *keyless]), "deals", TODAY)
    found = own.repeats(own.filled())
    assert (found.rows, found.amount, found.across) == (2, Decimal(13), 0)  # an A and an 8


def test_no_rows_no_repeats():
    own = rows([])
    assert own.repeats(own.filled()) == quality.Repeats(0, None, 0)


HISTORY = [
    # January, brought by 1: 10 + 5; A becomes 8 with 3; event 2 goes on with new days
    sale("2026-01-05", 10, 1, "A", valid_to=3),
    sale("2026-01-20", 5, 1, "B"),
    sale("2026-01-21", 7, 2, "C"),
    sale("2026-01-05", 8, 3, "A"),
    # a late row for a covered day with 4, and a new month, which vanishes with 5
    sale("2026-01-10", 1, 4, "D"),
    sale("2026-02-02", 2, 4, "E", valid_to=5),
]


def test_months_are_restated_by_changed_and_late_rows_only():
    assert rows(HISTORY).restated() == (
        quality.Restated(5, date(2026, 2, 1), Decimal(2), Decimal(0)),
        quality.Restated(4, date(2026, 1, 1), Decimal(20), Decimal(21)),
        quality.Restated(3, date(2026, 1, 1), Decimal(22), Decimal(20)),
    )


def test_restated_as_of_a_cut():
    warehouse = build(HISTORY)
    found = quality.of(warehouse, "sales", TODAY, 3).restated()
    assert [(each.event, each.before, each.after) for each in found] == [(3, 22, 20)]
    assert quality.of(warehouse, "sales", TODAY, 2).restated() == ()


def test_restated_against_the_sums_of_all_cuts():
    """Every month with the covered days only, at the cut before and after, by another way."""
    warehouse = build(HISTORY)
    found = {(e.event, e.month): (e.before, e.after) for e in rows(HISTORY).restated()}
    for event in range(2, 6):
        before, after = (_days(warehouse, cut) for cut in (event - 1, event))
        edge = max(_days(warehouse, cut).order_date.max() for cut in range(1, event))
        for month in (1, 2):
            then = before[before.month == month].amount.sum()
            now = after[(after.month == month) & (after.order_date <= edge)].amount.sum()
            had = (before.month == month).any()
            expected = (then, now) if had and then != now else None
            assert found.get((event, date(2026, month, 1))) == expected


def _days(warehouse, cut):
    sql = f"select order_date, amount from {warehouse.relation('sales', cut)} as r"
    frame = warehouse.engine.arrow(sql).to_pandas()
    frame["order_date"] = pd.to_datetime(frame.order_date)
    frame["month"] = frame.order_date.dt.month
    return frame


def test_what_has_no_amount_is_never_restated():
    warehouse = build([], leads=[{"lead": "L", "created_date": "2026-01-05"}])
    assert quality.of(warehouse, "leads", TODAY).restated() == ()
    assert quality.of(warehouse, "customers", TODAY).restated() == ()


def test_keys_of_rows_and_lists_at_a_cut():
    warehouse = build(
        [sale("2026-01-05", 10, product="Tea"), sale("2026-01-06", 1, 3, product="Milk")],
        products=[{"product": "Tea", "event": 2}],
    )
    (found,) = quality.of(warehouse, "sales", TODAY).lost()
    assert [key.key for key in found.keys] == ["Milk"]
    assert quality.of(warehouse, "sales", TODAY, 2).lost() == ()
    assert quality.of(warehouse, "sales", TODAY, 1).lost() == ()
