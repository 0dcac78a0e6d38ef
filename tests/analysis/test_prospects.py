"""The forecast of goals from rows, and how a chance is told: Wednesday 18 November 2026."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import goals
from salesdash.analysis.chance import Prospect
from salesdash.analysis.progress import Progress, State
from salesdash.analysis.prospects import in_percent, odds, sentence
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms
from tests.analysis.company import TODAY, sale, settings, warehouse

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
EN, ZH = Words("en", names=(("sales", "Sales"),)), Words("zh")
EARLIER = [
    sale(f"{2024 + m // 12}-{m % 12 + 1:02}-{day:02}", amount, cost=cost)
    for m in range(10, 34)
    for day, amount, cost in ((3, 50 + m * 7 % 5, 20 + m * 3 % 7), (27, 50 - m * 3 % 4, 25))
]
STEADY = (*EARLIER, sale("2026-11-03", 55, cost=22), sale("2026-11-17", 0, cost=0))
"""24 months that bring about 100, half of it on the 3rd; this one has brought 55 so far."""


def one(rows=STEADY, metric="sales", period=NOVEMBER, target=100, scope=(), today=TODAY):
    terms = Terms(metric, period, Decimal(str(target)), scope=scope)
    (found,) = goals.build(warehouse(rows), settings(), [Goal(terms, 1, 1, "Ana")], today)
    return found


def told(found: Progress, words: Words = EN) -> str:
    reason = sentence(found)
    assert reason is not None
    return words.tell(reason)


def test_a_goal_says_where_it_will_end_and_how_likely_it_is_reached():
    found = one(target=105)
    assert found.prospect is not None
    assert found.prospect.mean == pytest.approx(103, abs=4)
    assert 0.05 < found.prospect.chance < 0.6
    assert told(found).startswith("Will probably end at about $100, 100% of the target; chance ")
    assert told(found, ZH).startswith("预计最终约")


def test_what_was_counted_cannot_be_lost_again():
    found = one(metric="orders", target=2)
    assert found.state is State.REACHED
    assert told(found) == "The target is reached and cannot be lost any more."


def test_sales_that_reached_the_target_may_still_come_back():
    found = one(target=50)
    assert found.prospect is not None
    assert (found.state, found.prospect.certain) == (State.REACHED, False)
    assert EN.tell(in_percent(found.prospect)) == "> 99%"


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"rows": STEADY[-6:]}, "goals.chance.few"),
        ({"scope": (Filter("region", (None,)),), "rows": STEADY[-2:]}, "goals.chance.few"),
        ({"rows": [sale(f"2026-{m:02}-02", 0) for m in range(1, 12)]}, "goals.chance.nothing"),
    ],
)
def test_where_there_is_no_chance_the_reason_is_told(given, key):
    found = one(**given)
    assert found.prospect is None
    assert found.unforeseen is not None
    assert found.unforeseen.key == key
    assert EN.tell(found.unforeseen)
    assert sentence(found) is None


def test_a_period_that_is_over_or_still_to_come_has_no_chance():
    for period in (OCTOBER, Period(date(2026, 12, 1), date(2027, 1, 1))):
        found = one(period=period)
        assert (found.prospect, found.unforeseen) == (None, None)


def test_a_period_whose_last_day_is_known_is_as_it_is():
    rows = (*STEADY, sale("2026-11-30", 60))
    found = one(rows, target=110, today=date(2026, 11, 30))
    assert found.prospect is not None
    assert (found.prospect.mean, found.prospect.chance, found.prospect.certain) == (115, 1, True)


def test_a_ratio_and_a_cost_have_a_chance():
    margin = one(metric="margin", target="0.45")
    cost = one(metric="cost", target=60)
    for found in (margin, cost):
        assert found.prospect is not None
        assert found.prospect.wide[0] < found.prospect.mean < found.prospect.wide[1]
        assert found.prospect.chance > 0.5


@pytest.mark.parametrize(
    ("chance", "certain", "en", "percent"),
    [
        (0.42, False, "about 2 in 5", "42%"),
        (0.69, False, "about 7 in 10", "69%"),
        (0.24, False, "about 1 in 4", "24%"),
        (0.985, False, "about 49 in 50", "98%"),
        (0.005, False, "less than 1 in 100", "< 1%"),
        (0.995, False, "more than 99 in 100", "> 99%"),
        (1.0, True, "certain", "100%"),
        (0.0, True, "none", "0%"),
    ],
)
def test_a_chance_in_words_and_as_a_figure(chance, certain, en, percent):
    seen = Prospect(1.0, (1.0, 1.0), (1.0, 1.0), chance, certain)
    assert EN.tell(odds(seen)) == en
    assert EN.tell(in_percent(seen)) == percent
    assert ZH.tell(odds(seen))
