"""Customers at risk by their own histories: lines that one can reckon up."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from salesdash import config
from salesdash.analysis import overview, silence
from salesdash.analysis.asking import Question
from salesdash.charts import Words
from salesdash.lifetimes import Frequency, Models, Spend
from salesdash.periods import Period, Window
from salesdash.selection import Selection
from salesdash.texts import LANGUAGES
from tests.analysis.company import TODAY, sale, warehouse

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")

RHYTHM = tuple(
    sale(day, 100, customer="Ann")
    for day in ("2026-01-01", "2026-02-01", "2026-03-04", "2026-04-03")
)
"""Pauses of 31, 31 and 30 days; the last purchase is 229 days before the edge, 7.4 times 31."""

STEADY = tuple(sale(f"2026-{month:02}-17", 50, customer="Bob") for month in range(5, 12))
"""Bob buys each month up to the edge, 17 November."""


def ask(*rows, models=None, least=0.0, **how):
    selection = Selection(how.get("window"))
    question = Question(warehouse(rows), SETTINGS, selection, TODAY)
    return silence.build(question, models=models, least=least)


def told(risk, lang="en"):
    return [Words(lang).tell(reason) for reason in risk.reasons]


def test_silent_for_longer_than_ever():
    found = ask(*RHYTHM, *STEADY)
    (ann,) = found.risks
    assert (ann.customer, ann.kinds) == ("Ann", ("silent",))
    assert (ann.silence, ann.rhythm, ann.longest, ann.purchases) == (228, 31, 31, 4)
    assert told(ann) == ["Buys every 31 days, silent for 228: 7.4 times as long as ever before"]
    assert ann.stake == ann.year == found.stake == 400
    assert (found.count, found.lost, found.customers, found.modelled) == (1, 0, 2, False)


@pytest.mark.parametrize(
    ("edge", "count"),
    [
        ("2026-05-18", 0),  # 45 days: less than 1.5 times 31
        ("2026-05-20", 1),  # 47 days
    ],
)
def test_from_half_as_long_again_as_ever(edge, count):
    assert ask(*RHYTHM, sale(edge, 1, customer="Bob")).count == count


def test_as_of_an_earlier_day():
    window = Window(Period(date(2026, 4, 1), date(2026, 5, 1)))
    assert ask(*RHYTHM, *STEADY, window=window).count == 0


def test_three_purchases_or_a_month_make_no_rhythm():
    assert ask(*RHYTHM[1:], *STEADY).count == 0
    days = ("2026-01-01", "2026-01-02", "2026-01-05", "2026-01-30")
    assert ask(*(sale(day, 9, customer="Eve") for day in days), *STEADY).count == 0


def test_silent_for_the_whole_window_is_lost():
    old = [{**row, "order_date": row["order_date"].replace("2026", "2024")} for row in RHYTHM]
    found = ask(*old, *STEADY)
    assert (found.count, found.lost) == (0, 1)


HALVES = (
    *(sale(f"2025-{month:02}-02", 1000, customer="Cat") for month in (4, 6, 8, 10)),
    *(sale(f"2026-{month:02}-02", 100, customer="Cat") for month in (3, 6, 8, 10, 11)),
)
"""18 May to 17 November: 3,000 last year (June, August, October), 400 this year."""


def test_who_buys_far_less_than_a_year_before():
    (cat,) = ask(*HALVES).risks
    assert (cat.kinds, cat.stake) == (("fell",), 2600)
    assert told(cat) == ["Bought for $400 in the last 6 months, $3,000 in the same a year before"]
    nothing = ask(*HALVES[:4], *STEADY, sale("2026-05-02", 5, customer="Cat")).risks[0]
    assert told(nothing)[-1].startswith("Bought nothing in the last 6 months, $3,000")


def test_half_a_year_back_is_no_comparison():
    assert ask(*HALVES[2:]).count == 0


def test_the_most_at_stake_comes_first_and_limits_hold():
    dan = [{**row, "customer": "Dan", "amount": "300"} for row in RHYTHM]
    found = ask(*RHYTHM, *dan, *STEADY)
    assert [each.customer for each in found.risks] == ["Dan", "Ann"]
    assert ask(*RHYTHM, *dan, *STEADY, least=401).count == 1
    few = silence.build(
        Question(warehouse((*RHYTHM, *dan, *STEADY)), SETTINGS, Selection(None), TODAY), 1
    )
    assert (len(few.risks), few.count, few.stake) == (1, 2, 1600)


MODELS = Models(Frequency(0.8, 6.0, 0.9, 3.0, 0, 1, 1), Spend(6.0, 4.0, 45.0, 0, 1, None))


def test_with_models_chances_are_told_and_stakes_are_expected():
    found = ask(*RHYTHM, *STEADY, models=MODELS)
    (ann,) = found.risks
    assert found.modelled
    assert ann.alive < ann.before < 0.5
    assert 0 < ann.stake != ann.year


def test_doubt_that_came_within_three_months():
    """Bought each week until 1 June; on 10 September few would bet on it, 91 days before most."""
    weeks = [date(2026, 1, 5) + timedelta(weeks=n) for n in range(22)]
    rows = [sale(day.isoformat(), 20, customer="Eve") for day in weeks]
    window = Window(Period(date(2026, 1, 1), date(2026, 9, 11)))
    (eve,) = ask(*rows, *STEADY, models=MODELS, window=window).risks
    assert eve.kinds == ("silent", "doubted")
    assert eve.before > 0.8 > 0.5 > eve.alive
    assert "within three months" in told(eve)[-1]


def test_nobody_at_all():
    found = ask()
    assert (found.customers, found.count, found.risks) == (0, 0, ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reasons_in_both_languages(lang):
    for rows in (RHYTHM, HALVES):
        for risk in ask(*rows, *STEADY).risks:
            assert all("{" not in text and "risk." not in text for text in told(risk, lang))


@pytest.mark.parametrize(("least", "told"), [(None, 0), (399, 1), (401, 0)])
def test_the_overview_tells_of_those_config_yaml_wants(least, told):
    wanted = None if least is None else Decimal(least)
    settings = replace(
        SETTINGS, overview=replace(SETTINGS.overview, at_risk=wanted), hash=f"{least}"
    )
    window = Window(Period(date(2026, 11, 1), date(2026, 11, 18)))
    report = overview.build(warehouse((*RHYTHM, *STEADY)), settings, Selection(window), TODAY)
    assert sum(notice.page == "customers" for notice in report.notices) == told
