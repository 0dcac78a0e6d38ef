"""Visits cut into segments, on days one can check by eye."""

from datetime import date

import pyarrow as pa
import pytest

from salesdash.metrics.segments import Segments, Span
from salesdash.metrics.visits import Visits

JANUARY = Span(date(2026, 1, 1), date(2026, 2, 1))
FEBRUARY = Span(date(2026, 2, 1), date(2026, 3, 1))
MARCH = Span(date(2026, 3, 1), date(2026, 4, 1))
MONTHS = (JANUARY, FEBRUARY, MARCH)

ROWS = [
    ("ann", date(2026, 1, 5)),
    ("ann", date(2026, 1, 9)),
    ("ann", date(2026, 3, 2)),
    ("bob", date(2026, 3, 2)),
    ("cid", date(2026, 2, 1)),
    ("cid", date(2026, 3, 31)),
]
"""In the order of the keys, then of the days: as SQL gives them."""


def visits(rows=ROWS, **more):
    keys, days = zip(*rows, strict=True) if rows else ((), ())
    dates = {"day": pa.array(days, pa.date32()), **more}
    return Visits.of(pa.table({"customer": pa.array(keys, pa.string()), **dates}), 0)


def test_a_key_is_seen_in_the_spans_that_hold_one_of_its_days():
    found = visits().histories(Segments.of(MONTHS), twice=False)
    assert [found.seen(month).tolist() for month in MONTHS] == [
        [True, False, False],
        [False, False, True],
        [True, True, True],
    ]
    assert found.count(found.seen(JANUARY) | found.seen(FEBRUARY)) == {(): 2}


def test_the_same_visits_answer_other_windows():
    kept = visits()
    first = kept.histories(Segments.of([MARCH]), twice=False)
    both = Span(date(2026, 1, 9), date(2026, 2, 2))
    then = kept.histories(Segments.of([both]), twice=False)
    assert first.count(first.seen(MARCH)) == {(): 3}
    assert then.count(then.seen(both)) == {(): 2}


def test_twice_in_one_segment_or_once_in_two_is_repeated():
    whole = Span(date(2026, 1, 1), date(2026, 3, 1))
    found = visits().histories(Segments.of([*MONTHS, whole]), twice=True)
    assert found.repeated(JANUARY).tolist() == [True, False, False]
    assert found.repeated(MARCH).tolist() == [False, False, False]
    assert found.repeated(Span(date(2026, 2, 1), date(2026, 4, 1))).tolist() == [False, False, True]


def test_the_last_day_of_a_key_and_the_first_of_the_next_are_not_twice():
    rows = [("ann", date(2026, 3, 2)), ("bob", date(2026, 3, 2))]
    found = visits(rows).histories(Segments.of(MONTHS), twice=True)
    assert found.repeated(MARCH).tolist() == [False, False]


def test_more_segments_than_one_word_has_bits():
    days = [date(2026, 1, 1 + n) for n in range(31)] + [date(2026, 2, 1 + n) for n in range(28)]
    days += [date(2026, 3, 1 + n) for n in range(31)]
    spans = [Span(day, date.fromordinal(day.toordinal() + 1)) for day in days]
    segments = Segments.of(spans)
    assert segments.words == 2
    found = visits().histories(segments, twice=True)
    seen = [found.count(found.seen(span))[()] for span in spans]
    expected = [sum(day == own for _, own in ROWS) for day in days]
    assert seen == expected
    assert found.repeated(Span(date(2026, 1, 1), date(2026, 4, 1))).tolist() == [True, False, True]


def test_a_stated_first_day_may_lie_before_all_days():
    began = [date(2025, 6, 1)] * 3 + [date(2026, 3, 2)] + [date(2026, 2, 1), date(2026, 3, 31)]
    stated = visits(started=pa.array(began, pa.date32()))
    found = stated.histories(Segments.of(MONTHS), twice=False)
    assert [found.started(month).tolist() for month in MONTHS] == [
        [False, False, False],
        [False, False, True],
        [False, True, False],
    ]


def test_without_stated_days_the_first_visit_is_the_start():
    none = visits(started=pa.nulls(len(ROWS), pa.date32()))
    found = none.histories(Segments.of(MONTHS), twice=False)
    assert [found.started(month).tolist() for month in MONTHS] == [
        [True, False, False],
        [False, False, True],
        [False, True, False],
    ]


def test_a_key_counts_once_with_each_member():
    table = pa.table(
        {
            "member_0": ["east", "east", "west", None],
            "customer": ["ann", "bob", "ann", "ann"],
            "day": pa.array([date(2026, 1, 5)] * 4, pa.date32()),
        }
    )
    found = Visits.of(table, 1).histories(Segments.of(MONTHS), twice=False)
    assert found.count(found.seen(JANUARY)) == {("east",): 2, ("west",): 1, (None,): 1}
    assert found.count(found.seen(MARCH)) == {("east",): 0, ("west",): 0, (None,): 0}


@pytest.mark.parametrize("twice", [False, True])
def test_no_rows_at_all(twice):
    found = visits([]).histories(Segments.of(MONTHS), twice=twice)
    assert found.count(found.seen(JANUARY)) == {(): 0}
