"""Goals that were hit, on 18 November 2026 with data to the 17th."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import goals, hits
from salesdash.analysis.hits import Hit
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.workspace import Goal, Terms
from tests.analysis.company import TODAY, sale, settings
from tests.analysis.company import warehouse as company
from tests.analysis.test_goals import NORTH, OCTOBER, Q4

SEPTEMBER = Period.through(date(2026, 9, 1), date(2026, 9, 30))
ROWS = (
    sale("2026-09-01", 100, region="North"),
    sale("2026-10-05", 200, region="North", customer="Ann"),
    sale("2026-10-25", 100, region="South", customer="Bob"),
    sale("2026-10-31", 50, region="North", customer="Ann"),
    sale("2026-11-02", -60, region="North", customer="Ann"),
    sale("2026-11-10", 90, region="South", customer="Cy"),
)
"""From 1 October: 200, 300 (25 Oct), 350 (31 Oct), 290 (2 Nov), 380 (10 Nov)."""

WORDS = {lang: Words(lang, "USD", names=(("sales", "Sales"),)) for lang in ("en", "zh")}


def hit(
    target: object, metric: str = "sales", period: Period = Q4, rows=ROWS, **more
) -> tuple[Hit, ...]:
    terms = Terms(metric, period, Decimal(str(target)), **more)
    house = company(rows)
    found = goals.build(house, settings(), [Goal(terms, 7, 2, "Ana")], TODAY)
    return hits.build(house, settings(), found, TODAY)


@pytest.mark.parametrize(
    ("target", "period", "day", "early", "words"),
    [
        (300, Q4, date(2026, 10, 25), "Reached 67 days early", "提前 67 天达成"),
        (340, Q4, date(2026, 10, 31), "Reached 61 days early", "提前 61 天达成"),
        (360, Q4, date(2026, 11, 10), "Reached 51 days early", "提前 51 天达成"),
        (300, OCTOBER, date(2026, 10, 25), "Reached 6 days early", "提前 6 天达成"),
        (350, OCTOBER, date(2026, 10, 31), "Reached on the last day", "在最后一天达成"),
    ],
)
def test_the_first_day_on_which_the_target_was_reached(target, period, day, early, words):
    (found,) = hit(target, period=period)
    assert found.day == day
    assert WORDS["en"].tell(found.early) == early
    assert WORDS["zh"].tell(found.early) == words


def test_a_hit_is_told_with_its_figures_in_both_languages():
    (found,) = hit(240, period=OCTOBER, scope=NORTH)
    assert WORDS["en"].tell(found.told) == ("Reached on the last day: Sales · North, $250 of $240")
    assert "North，$250 / $240" in WORDS["zh"].tell(found.told)
    assert found.code == "7v2"


def test_what_is_counted_once_is_counted_anew_each_day():
    """One order has lines on the 5th and the 25th, the second order comes on the 31st."""
    rows = [
        sale("2026-10-05", 1, document="A"),
        sale("2026-10-25", 1, document="A"),
        sale("2026-10-31", 1, document="B"),
        sale("2026-11-17", 1, document="C"),
    ]
    (found,) = hit(2, "orders", OCTOBER, rows)
    assert found.day == date(2026, 10, 31)


def test_a_share_is_met_only_when_its_period_is_over():
    (over,) = hit(100, "aov", OCTOBER)  # 350 / 3
    assert over.day is None
    assert WORDS["en"].tell(over.early) == "Reached"
    assert hit(50, "aov") == ()


def test_what_is_not_reached_or_long_ago_is_no_news():
    assert hit(9999) == ()
    assert hit(50, period=SEPTEMBER) == ()
    assert hit(50, "gone") == ()


def test_the_newest_hit_comes_first():
    house = company(ROWS)
    asked = [
        Goal(Terms("sales", OCTOBER, Decimal(target)), number, 1, "Ana")
        for number, target in ((1, 350), (2, 300))
    ]
    asked.append(Goal(Terms("sales", Q4, Decimal(360)), 3, 1, "Ana"))
    found = hits.build(house, settings(), goals.build(house, settings(), asked, TODAY), TODAY)
    assert [each.goal.goal.number for each in found] == [3, 1, 2]
