"""Notices: each rule by one example on both sides of its line."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from salesdash.analysis import attention
from salesdash.analysis.alarms import Alarm
from salesdash.analysis.answers import Amount, Reason, Status
from salesdash.analysis.attention import Seen
from salesdash.analysis.health import Unknown
from salesdash.analysis.silence import AtRisk, Silence
from salesdash.charts import Words
from salesdash.config import Alert
from salesdash.metrics import Kind, Metric, Unit
from salesdash.periods import Comparison
from salesdash.selection import Filter
from tests.analysis.tiles import TEXT, TODAY, movers, selection, tile

WORDS = Words("en", "USD", names=(("sales", "Sales"), ("orders", "Orders"), ("margin", "Margin")))
LEAD = tile(now=100, then=100)


def notices(*tiles, moved=None, age=0, waiting=0, alarms=()):
    edge = TODAY - timedelta(days=age)
    return attention.build(Seen(selection(), tiles, moved, alarms, edge, TODAY, 7, waiting))


def alarm(one, compare=Comparison.LAST_YEAR, judgement="warning") -> Alarm:
    """An alert of this tile's metric that went off."""
    alert = Alert(one.metric, compare, Decimal("0.1"), judgement)
    metric = Metric(one.metric, Kind.SIMPLE, TEXT, TEXT, TEXT, one.unit)
    return Alarm(alert, metric, one.change)


def texts(*args, **kwargs):
    return [WORDS.tell(notice.text) for notice in notices(*args, **kwargs)]


def test_nothing_to_say():
    assert notices(LEAD) == ()
    assert attention.build(Seen(selection())) == ()


def test_a_broken_threshold_leads():
    limit = Amount(0.25, Unit.SHARE)
    status = Status("bad", "analysis.status.below", (("limit", limit),))
    low = tile("margin", "0.24", "0.30", unit=Unit.SHARE, status=status)
    found = notices(LEAD, low)
    assert [WORDS.tell(one.text) for one in found] == ["Margin 24.0%, below 25.0%"]
    assert found[0].judgement == "bad"
    assert found[0].detail is not None
    assert WORDS.tell(found[0].detail) == "Margin −6.0 pp vs last year"


def test_a_watched_figure_is_a_warning_and_good_is_quiet():
    watch = replace(LEAD, status=Status("warning", "analysis.status.watch"), change=None)
    good = replace(LEAD, status=Status("good", "analysis.status.on_target"))
    assert [(one.judgement, one.detail) for one in notices(watch, good)] == [("warning", None)]


def test_an_alert_tells_the_move_and_from_where_to_where():
    fell = tile("orders", 90, 100, unit=Unit.COUNT)
    found = notices(LEAD, alarms=[alarm(fell)])
    assert [WORDS.tell(one.text) for one in found] == ["Orders −10.0% vs last year"]
    assert found[0].detail is not None
    assert WORDS.tell(found[0].detail) == "from 100 to 90"


def test_an_alert_leads_to_its_own_comparison():
    fell = alarm(tile("orders", 90, 100), Comparison.PREVIOUS, "bad")
    found = notices(LEAD, alarms=[fell])
    assert WORDS.tell(found[0].text) == "Orders −10.0% vs the period before"
    assert found[0].selection is not None
    assert (found[0].judgement, found[0].selection.comparison) == ("bad", Comparison.PREVIOUS)


def test_a_broken_threshold_has_no_second_line_as_an_alert():
    low = tile("margin", "0.24", "0.30", unit=Unit.SHARE, status=Status("bad", "a.watch"))
    assert len(notices(LEAD, low, alarms=[alarm(low)])) == 1


def test_a_member_that_fell_and_matters_leads_to_its_slice():
    moved = movers(("North", 200, -50), ("West", 200, -39), ("Tiny", 10, -9), ("…", 590, 0))
    found = notices(LEAD, moved=moved)
    assert [WORDS.tell(one.text) for one in found] == ["North: Sales −25.0% vs last year"]
    assert found[0].selection is not None
    assert found[0].selection.filters == (Filter("region", ("North",)),)
    assert found[0].detail is not None
    assert WORDS.tell(found[0].detail) == "−$50.00 of the total"


def test_an_empty_member_is_filtered_as_empty():
    found = notices(LEAD, moved=movers(("", 200, -100), ("West", 800, 0)))
    assert found[0].selection is not None
    assert found[0].selection.filters == (Filter("region", (None,)),)


def test_where_less_is_better_a_rise_needs_attention():
    moved = movers(("North", 200, 60), ("West", 800, 0), better="down")
    assert texts(LEAD, moved=moved) == ["North: Sales +30.0% vs last year"]


STEADY = (100, 101, 99, 100, 102, 98, 100, 101, 99, 100, 100)


@pytest.mark.parametrize(("last", "far"), [(100, None), (130, 0.3), (60, -0.4), (110, None)])
def test_unusual_is_far_in_spread_and_in_size(last, far):
    assert attention.unusual([*STEADY, last]) == (far if far is None else pytest.approx(far))


def test_too_few_or_without_spread_is_never_unusual():
    assert attention.unusual([1, 2, 1, 2, 1, 2, 9]) is None
    assert attention.unusual([5, 5, 5, 5, 5, 5, 5, 5, 9]) is None
    assert attention.unusual([0, 0, 0, 0, 0, 1, 2, 3, 9]) is None


def test_an_unusual_month_is_told_the_running_one_is_not():
    high = replace(LEAD, spark=(*STEADY, 130), spark_last_year=(None,) * 12)
    assert texts(high) == ["Sales: unusually high in the last complete month"]
    assert texts(replace(high, spark_running=True)) == []
    low = replace(high, spark=(*STEADY, 60, 5), spark_last_year=(None,) * 13, spark_running=True)
    assert texts(low) == ["Sales: unusually low in the last complete month"]


def test_a_season_is_no_surprise():
    """December doubles every year: beside a year earlier nothing happened."""
    now = (*STEADY, 200)
    then = (*(value + n % 3 for n, value in enumerate(STEADY)), 201)
    assert texts(replace(LEAD, spark=now, spark_last_year=then)) == []


def test_what_is_still_maturing_is_never_unusual():
    young = Reason("metrics.note.maturing", (("days", 40),))
    low = replace(LEAD, spark=(*STEADY, 60), spark_last_year=(None,) * 12)
    assert texts(low)
    assert texts(replace(low, maturing=young)) == []


def test_gaps_are_never_unusual():
    assert texts(replace(LEAD, spark=(None, *STEADY), spark_last_year=(None,) * 12)) == []


@pytest.mark.parametrize(("age", "said"), [(6, []), (7, ["The data are 7 days old"])])
def test_old_data(age, said):
    assert texts(LEAD, age=age) == said


def test_rejected_rows_wait_in_imports():
    found = notices(LEAD, waiting=2)
    assert [(one.page, WORDS.tell(one.text)) for one in found] == [
        ("imports", "2 rejected rows wait")
    ]


def test_each_line_leads_to_who_moved_the_metric_and_the_unusual_to_its_course():
    falling = alarm(tile("orders", 80, 100))
    moved = movers(("North", 200, -50), ("…", 800, 0))
    strange = replace(LEAD, spark=(100, 101, 99, 100, 102, 100, 98, 100, 100, 101, 99, 10))
    strange = replace(strange, spark_last_year=(None,) * 12)
    found = notices(strange, moved=moved, alarms=(falling,))
    assert [(one.page, one.metric) for one in found] == [
        ("comparison", "sales"),
        ("trends", "sales"),
        ("comparison", "orders"),
    ]
    assert found[0].selection == selection().where("region", "North")


def test_five_at_most_worst_first():
    falls = [alarm(tile(f"m{n}", 100 - n, 100)) for n in range(10, 17)]
    moved = movers(("North", 200, -50), ("…", 800, 0))
    found = notices(LEAD, moved=moved, age=30, waiting=9, alarms=falls)
    assert len(found) == 5
    assert [one.judgement for one in found] == ["bad", "warning", "warning", "warning", "warning"]
    said = [WORDS.tell(one.text) for one in found]
    assert said[1:3] == ["The data are 30 days old", "9 rejected rows wait"]
    assert said[3:] == ["m16 −16.0% vs last year", "m15 −15.0% vs last year"]


def test_the_edge_is_told():
    found = attention.build(Seen(selection(), edge=date(2026, 11, 1), today=TODAY))
    assert found[0].detail is not None
    assert WORDS.tell(found[0].detail) == "Last day with data 1 Nov 2026"


def test_a_kind_of_data_that_lags_behind_the_others():
    late = (("deals", 17), ("leads", 9))
    seen = Seen(selection(), edge=TODAY, today=TODAY, late=late)
    (found,) = attention.build(seen)
    assert (found.text.key, found.page, found.dataset) == ("quality.found.old", "quality", "deals")
    assert dict(found.text.values)["count"] == 17
    assert dict(found.detail.values) == {"count": 1}
    old = Seen(selection(), edge=date(2026, 11, 1), today=TODAY, late=late)
    assert [each.text.key for each in attention.build(old)] == ["analysis.attention.old"]


def test_the_list_that_lacks_most_keys():
    seen = Seen(
        selection(), unknown=(Unknown("products", 5, "deals"), Unknown("people", 2, "sales"))
    )
    (found,) = attention.build(seen)
    assert found.text.key == "quality.found.unknown.products"
    assert (found.page, found.dataset) == ("quality", "deals")


def test_no_figure_beyond_its_limit_is_left_out_where_all_are_asked_for():
    watch = Status("warning", "analysis.status.watch")
    low = [replace(tile(f"m{n}", now=90, then=100), status=watch) for n in range(7)]
    worse = tile("orders", now=80, then=100)
    seen = Seen(selection(), low, None, (alarm(worse),), TODAY, TODAY, waiting=3)
    assert len(attention.build(seen)) == attention.MOST
    every = attention.build(replace(seen, every=True))
    assert {notice.metric for notice in every} == {*(f"m{n}" for n in range(7)), "orders"}
    few = replace(seen, tiles=low[:2], every=True)
    assert "imports" in {notice.page for notice in attention.build(few)}


def test_customers_at_risk_are_one_line_with_the_largest():
    reason = Reason("risk.reason.nothing", (("months", 6), ("then", Amount(3000, Unit.MONEY))))
    day = TODAY - timedelta(days=90)
    ann = AtRisk("A1", "Ann", ("fell",), (reason,), day, 90, 9, 10.0, 12, 3000.0, 3000.0)
    risk = Silence(TODAY, 12, 50, 3, 2, 4500.0, 4500.0, False, (ann,), 4500.0)
    (found,) = attention.build(Seen(selection(), risk=risk))
    assert (found.page, found.judgement) == ("customers", "warning")
    assert "2 customers" in WORDS.tell(found.text)
    assert "$4,500" in WORDS.tell(found.text)
    assert WORDS.tell(found.detail).startswith("Ann: Bought nothing in the last 6 months, $3,000")
    assert attention.build(Seen(selection(), risk=replace(risk, count=0, risks=()))) == ()
