"""Windows of months: no gap, no overlap, leap days in exactly one of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.metrics import Count
from salesdash.metrics.customers import Question, months_before
from salesdash.periods import Period


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 18), 12, date(2025, 11, 18)),
        (date(2026, 3, 31), 1, date(2026, 3, 1)),  # there is no 31 February
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2026, 1, 31), 2, date(2025, 12, 1)),  # no 31 November, and over the year's end
        (date(1, 5, 1), 12, date.min),
    ],
)
def test_months_before(day, months, before):
    assert months_before(day, months) == before


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.sampled_from([1, 3, 6, 12, 24]))
def test_neighbouring_windows_touch(end, months):
    ask = Question(Period(end - timedelta(days=1), end), months)
    assert ask.window_before.end == ask.window.start
    assert ask.preceding.end == ask.period.start
    assert ask.past.end == ask.preceding.start


@pytest.mark.parametrize("count", list(Count))
def test_each_count_names_the_spans_it_reads(count):
    ask = Question(Period(date(2026, 1, 1), date(2026, 2, 1)), 12)
    assert ask.spans([count])
