"""The title of a trend: rules on rows that one can check by eye."""

from dataclasses import replace
from datetime import date

import pytest

from salesdash.analysis import findings
from salesdash.analysis.answers import When
from salesdash.periods import Comparison, Period
from tests.charts.samples import line, months, trend, year_to_date


def found(now, then=None, **more):
    reference = [line(months(2025), then, role="reference")] if then else []
    return findings.of(trend([line(months(2026), now)], reference, **more))


def test_the_picture_of_the_design_is_below_last_year_since_july():
    title = findings.of(year_to_date())
    since = dict(title.values)["since"]
    assert title.key == "analysis.trend.below_since"
    assert isinstance(since, When)
    assert (since.window.period.start, since.year) == (date(2026, 7, 1), 2026)


@pytest.mark.parametrize(
    ("now", "then", "key"),
    [
        ([1, 2, 9, 9], [5, 5, 5, 5], "above_since"),
        ([9, 2, 2, 2], [5, 5, 5, 5], "below_since"),
        ([9, 9, 9, 9], [5, 5, 5, 5], "above_throughout"),
        ([1, 1, 1, 1], [5, 5, 5, 5], "below_throughout"),
        ([9, 1, 9, 1], [5, 5, 5, 5], "plain"),  # a run of one says nothing
        ([9, 9, 9, 9, 9, 5], [5] * 6, "lowest"),  # level with last year, but lowest of six
        ([1, 2, 3, 4, 5, 9], None, "highest"),
        ([4, 2, 3, 4, 5, 1], None, "lowest"),
        ([4, 2, 3, 3, 3, 3], None, "plain"),
        ([1, 2, 3, 4, 5], None, "plain"),  # five are too few to be highest of
        ([9], [5], "plain"),
    ],
)
def test_rules(now, then, key):
    assert found(now, then).key == f"analysis.trend.{key}"


def test_periods_without_a_counterpart_are_left_out():
    assert found([9, 9, 9, 9], [None, None, 5, 5]).key == "analysis.trend.above_throughout"


def test_a_running_period_is_no_evidence():
    days = (3, Period(date(2026, 4, 1), date(2026, 4, 8)), 1)
    now = line(months(2026), [9, 9, 9], running=days)
    then = line(months(2025), [5, 5, 5, 5], role="reference")
    assert findings.of(trend([now], [then])).key == "analysis.trend.above_throughout"


def test_a_breakdown_and_totals_have_plain_titles():
    assert found([9, 9], [5, 5], dimension="region").key == "analysis.trend.breakdown"
    assert found([9, 9], [5, 5], cumulative=True).key == "analysis.trend.cumulative"


def test_over_two_years_the_year_is_said():
    two = (*months(2025), *months(2026))
    answer = replace(trend([line(two, [1] * 23 + [2])]), comparison=Comparison.NONE)
    when = dict(findings.of(answer).values)["when"]
    assert isinstance(when, When)
    assert when.year is None
