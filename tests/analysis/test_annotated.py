"""Which annotations stand beside a line, and where on its axis."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.analysis import annotated, trend
from salesdash.analysis.asking import Choice
from salesdash.periods import Grain
from salesdash.selection import Filter
from salesdash.workspace import Noted
from tests.analysis.company import FISCAL, TODAY, sale, selection, settings, warehouse

ROWS = (sale("2026-01-10", 200, region="N"), sale("2026-11-03", 40, region="S"))
NORTH = (Filter("region", ("N",)),)


def noted(first, last=None, metric=None, scope=()):
    day = date.fromisoformat(first)
    end = date.fromisoformat(last) if last else day
    return Noted(
        *("Fair", day, end, metric, scope),
        id=day.month,
        owner="Ana",
        withdrawn=False,
        who="Ana",
        at=datetime(2026, 11, 1),
        version=1,
    )


@pytest.fixture(scope="module")
def months():
    choice = Choice("sales", Grain.MONTH)
    return trend.build(warehouse(ROWS), settings(), selection(Grain.YEAR), TODAY, choice)


def numbers(found, *annotations, filters=()):
    return [each.number for each in annotated.beside(found, annotations, filters, FISCAL).remarks]


def test_of_all_metrics_or_this_one_on_the_days_shown(months):
    own, other = noted("2026-02-01", metric="sales"), noted("2026-03-01", metric="orders")
    outside, across = noted("2025-12-31"), noted("2025-12-01", "2026-01-02")
    assert numbers(months, own, other, outside, across, noted("2026-04-01")) == [2, 12, 4]


def test_one_of_members_that_are_left_out_is_left_out(months):
    north = noted("2026-02-01", scope=NORTH)
    assert numbers(months, north) == [2]  # the whole holds North, too
    assert numbers(months, north, filters=NORTH) == [2]
    assert numbers(months, north, filters=(Filter("region", ("S",)),)) == []
    assert numbers(months, north, filters=(Filter("region", ("N",), exclude=True),)) == []
    assert numbers(months, north, filters=(Filter("region", ("S",), exclude=True),)) == [2]
    assert numbers(months, north, filters=(Filter("channel", ("shop",)),)) == [2]


def test_a_member_s_annotation_stands_at_its_line_alone(months):
    names = {"region": {"N": "North"}}
    found = annotated.beside(months, [noted("2026-02-01", scope=NORTH)], (), FISCAL, names)
    (remark,) = found.remarks
    assert remark.members == ("North",)
    assert annotated.is_of(remark, "region", "N")
    assert not annotated.is_of(remark, "region", "S")
    assert annotated.is_of(remark, "channel", "shop")
    out = replace(remark, scope=(Filter("region", ("N",), exclude=True),))
    assert not annotated.is_of(out, "region", "N")


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("2026-01-01", -0.5),
        ("2026-02-15", 1.0),  # half of 28 days into the second month
        ("2026-11-16", 10.0),  # the running month keeps its 30 days
        ("2025-06-01", -0.5),
        ("2027-01-01", 11.5),
    ],
)
def test_where_a_day_stands(months, day, place):
    assert annotated.place(months, date.fromisoformat(day), FISCAL) == pytest.approx(place)


@given(st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.dates(date(2025, 6, 1), date(2027, 6, 1)))
def test_later_days_never_stand_before_earlier_ones(months, one, two):
    first, last = (annotated.place(months, day, FISCAL) for day in sorted((one, two)))
    assert first is not None
    assert last is not None
    assert -0.5 <= first <= last <= 11.5


def test_a_line_without_periods_has_no_days(months):
    empty = replace(months, series=())
    assert annotated.shown(empty, FISCAL) is None
    assert annotated.beside(empty, [noted("2026-02-01")], (), FISCAL) is empty
    assert annotated.place(empty, date(2026, 2, 1), FISCAL) is None
