"""Any two periods: days that somebody chose instead of a rule, judged by the day."""

from dataclasses import replace
from datetime import date

import pytest

from salesdash.analysis import comparison, frozen, headline, kpis, overview, trend
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.breakdown import Listing
from salesdash.charts import Words, span_names
from salesdash.charts.paths import now_name, reference_name
from salesdash.metrics import Unit
from salesdash.periods import Grain, Period, Window
from tests.analysis.company import TODAY, money, sale, selection, settings, warehouse
from tests.analysis.tiles import tile

MARCH = Period.through(date(2026, 3, 1), date(2026, 3, 31))
ROWS = (
    # March: 31 days, 62 in all, 2 a day; 1-17 November: 17 days, 51 in all, 3 a day
    sale("2026-03-02", 30, region="N", customer="Ann", quantity=1),
    sale("2026-03-02", 10, region="N", customer="Ann", quantity=1),
    sale("2026-03-31", 22, region="S", customer="Bob", quantity=1),
    sale("2026-11-02", 20, region="N", customer="Ann", quantity=1),
    sale("2026-11-17", 31, region="S", customer="Ann", quantity=1),
)
WORDS = {lang: Words(lang, names=(("sales", "Sales"),)) for lang in ("en", "zh")}


def chosen(days: Period = MARCH, grain: Grain = Grain.MONTH):
    return replace(selection(grain), comparison=days)


def asked(name: str, days: Period = MARCH):
    found = kpis.build(warehouse(ROWS), settings(), chosen(days), TODAY, (name,))[0]
    assert found.change is not None
    return found, found.change


def test_a_fall_of_the_sum_that_is_a_rise_by_the_day():
    found, change = asked("sales")
    assert (change.now.value, change.then.value) == (money("51"), money("62"))
    assert change.ratio == pytest.approx(-11 / 62)
    assert change.per_day == pytest.approx(0.5)  # 3 a day after 2 a day
    assert change.judgement == "good"
    lengths = (("days", 17), ("working", 12), ("days_then", 31), ("working_then", 22))
    assert Reason(kpis.LENGTHS, lengths) in found.notes


def test_distinct_orders_are_not_judged_and_ratios_are():
    _, orders = asked("orders")
    assert (orders.absolute, orders.per_day, orders.judgement) == (-1, None, None)
    _, average = asked("aov")
    assert (average.per_day, average.judgement) == (None, "good")  # 25.50 after 20.67


def test_equally_long_days_are_compared_as_they_are():
    days = Period.through(date(2026, 3, 15), date(2026, 3, 31))
    found, change = asked("sales", days)
    assert (change.per_day, change.judgement) == (None, "good")  # 51 after 22
    assert not any(note.key == kpis.LENGTHS for note in found.notes)


def test_days_before_or_after_the_data_are_blank():
    _, early = asked("sales", Period.through(date(2024, 3, 1), date(2024, 3, 31)))
    assert early.then.reason == Reason(
        "analysis.reason.before_data", (("first", MARCH.start.replace(day=2)),)
    )
    _, late = asked("sales", Period.through(date(2026, 11, 1), date(2026, 12, 31)))
    assert late.then.reason == Reason("analysis.reason.after_data", (("edge", date(2026, 11, 17)),))


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Sales this month are 17.7% below Mar 2026 (per day +50.0%)."),
        ("zh", "本月Sales比 2026年3月 下降 17.7%（日均 +50.0%）。"),
    ],
)
def test_the_sentence_names_the_days(lang, sentence):
    _, change = asked("sales")
    told = headline.sentence(chosen(), TODAY, ("sales", Unit.MONEY), change)
    assert WORDS[lang].tell(told) == sentence
    assert WORDS[lang].beside(change, Unit.MONEY, MARCH).startswith("−17.7% ")


def test_every_headline_has_words_for_chosen_days():
    told = [
        headline.sentence(chosen(), TODAY, ("sales", Unit.MONEY), found.change)
        for found in (tile(now=1000, then=1000), tile(now=1200, then=1000), tile(now=5, then=-3))
        if found.change is not None
    ]
    assert [WORDS["en"].tell(each) for each in told] == [
        "Sales this month are level with Mar 2026.",
        "Sales this month are 20.0% above Mar 2026.",
        "Sales this month: +$8.00 vs Mar 2026.",
    ]


def test_a_line_beside_the_days_of_the_other_period():
    found = trend.build(warehouse(ROWS), settings(), chosen(), TODAY, Choice("sales", Grain.WEEK))
    line = next(one for one in found.reference if not one.points[0].running)
    # five weeks of November beside the first five that touch March, the first of them from Feb
    weeks = [point.period.start for point in line.points]
    assert weeks == [date(2026, 2, 23), *(date(2026, 3, day) for day in (2, 9, 16, 23, 30))]
    assert [point.value for point in line.points] == [None, 40, None, None, None, 22]
    assert now_name(found, WORDS["en"]) == "1–17 Nov 2026"
    assert reference_name(found, WORDS["en"]) == "Mar 2026"


def test_members_add_up_against_the_days():
    found = comparison.build(
        warehouse(ROWS), settings(), chosen(), TODAY, Listing("sales", "region")
    )
    parts = {line.member: line.part for line in found.lines}
    assert parts == {"N": -20, "S": 9}
    assert found.total.part == -11
    assert found.total.change.per_day == pytest.approx(0.5)
    assert span_names(found, WORDS["en"]) == ("Nov 2026", "Mar 2026")


def test_no_member_is_called_bad_for_fewer_days():
    found = overview.build(warehouse(ROWS), settings(), chosen(), TODAY)
    assert all(notice.icon != "trending_down" for notice in found.notices)
    assert all(note.text.key != "analysis.attention.member" for note in found.notices)
    assert found.movers is not None  # the parts are told all the same


def test_a_selection_with_days_is_kept_as_it_is():
    assert frozen.loads(frozen.dumps(chosen())) == chosen()


def test_figures_that_look_ahead_compare_with_nothing():
    question = Question(warehouse(ROWS), settings(), replace(chosen(), window=None), TODAY)
    assert (question.compared, question.lengths, question.uneven) == (None, None, None)


def test_the_line_under_the_sentence_tells_it_by_the_day_too():
    """Orders are not told by the day: three after two is what it is."""
    tiles = kpis.build(warehouse(ROWS), settings(tiles=("orders", "sales")), chosen(), TODAY)
    _, lead = headline.build(chosen(), TODAY, tiles, None)
    assert lead is not None
    assert WORDS["en"].tell(lead) == "Sales −17.7% (+50.0% per day)."


def test_days_the_data_do_not_reach_are_not_counted():
    """All of November was asked for; the data end on the 17th: 51 in 17 days, 3 a day."""
    month = Period(date(2026, 11, 1), date(2026, 12, 1))
    asked = replace(chosen(), window=Window(month, Grain.MONTH, month))
    found = kpis.build(warehouse(ROWS), settings(), asked, TODAY, ("sales",))[0]
    assert found.change is not None
    assert found.change.per_day is None  # two months are compared as they are
    days = Period(date(2026, 11, 1), date(2026, 11, 29))
    found = kpis.build(
        warehouse(ROWS), settings(), replace(asked, window=Window(days)), TODAY, ("sales",)
    )[0]
    assert found.change is not None
    assert found.change.per_day == pytest.approx(0.5)
