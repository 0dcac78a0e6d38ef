"""What an action is to move: as typed, in the unit and direction of its metric.

Data end on Tuesday 17 November 2026; the last 7 days (from the 11th) brought 300 in the North.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salesdash import config
from salesdash.analysis import aiming
from salesdash.analysis.aiming import Wanted
from salesdash.analysis.asking import Question
from salesdash.charts import Words
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.selection import Filter, Selection
from tests.analysis.company import EDGE, TODAY, sale
from tests.warehouse.build import build

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
ROWS = [
    sale("2026-11-10", 1000, region="North"),  # a day too early
    sale("2026-11-11", 100, region="North"),
    sale("2026-11-17", 200, region="North"),
    sale("2026-11-17", 50, region="South"),
]
DEALS = [
    {"deal": "1", "stage": "Won", "status": "won", "created_date": "2026-11-01", "close_date": EDGE}
]
NORTH = (Filter("region", ("North",)),)
CHECK = date(2027, 1, 12)


@pytest.fixture(scope="module")
def house():
    return build(ROWS, deals=DEALS)


def question(house, metric: str = "sales") -> Question:
    return Question(house, SETTINGS, Selection(None, filters=NORTH), TODAY).about(metric)


def wanted(house, text: str, metric: str = "sales") -> Wanted:
    return aiming.wanted(text, question(house, metric), 7)


def refused(house, text: str, metric: str = "sales") -> str:
    with pytest.raises(UsageError) as error:
        wanted(house, text, metric)
    return error.value.key


@pytest.mark.parametrize(
    ("text", "metric", "change"),
    [
        ("+50k", "sales", "50000"),
        ("$1,200.50", "sales", "1200.50"),
        ("−2万元", "sales", "-20000"),
        ("12", "orders", "12"),
        ("3 points", "win_rate", "0.03"),
        ("+3 个百分点", "win_rate", "0.03"),
        ("2.5 %", "win_rate", "0.025"),  # of a share, per cent are points
        ("-1.5pp", "win_rate", "-0.015"),
        ("3 days", "sales_cycle_days", "-3"),  # fewer days are better
        ("+3 天", "sales_cycle_days", "3"),
        ("２ points", "discount_rate", "-0.02"),
    ],
)
def test_a_change_is_read_in_the_unit_and_for_the_better(house, text, metric, change):
    assert wanted(house, text, metric) == Wanted(Decimal(change))


def test_per_cent_are_of_what_as_many_days_brought(house):
    assert wanted(house, "5 %") == Wanted(Decimal("15.00"), Decimal(5), Decimal(300), 7)
    assert wanted(house, "-10%").change == Decimal("-30.00")


@pytest.mark.parametrize(
    ("text", "metric", "key"),
    [
        ("3 points", "sales", "action.not_points"),
        ("3 days", "orders", "action.not_days"),
        ("2x", "sales", "action.not_times"),
        ("$5", "orders", "action.not_money"),
        ("0", "sales", "action.no_change"),
        ("101 points", "win_rate", "action.too_far"),
        ("much", "sales", "goal.number"),
        ("points", "win_rate", "goal.number"),
        ("5%", "gross_profit", "action.no_base"),
    ],
)
def test_what_cannot_be_of_the_metric_is_refused(house, text, metric, key):
    assert refused(house, text, metric) == key


def test_a_change_is_typed_back_as_it_is_read(house):
    for change, unit, text in (
        (Decimal("50000.00"), Unit.MONEY, "+50000"),
        (Decimal("-0.03"), Unit.SHARE, "-3%"),
        (None, Unit.MONEY, ""),
    ):
        assert aiming.typed(change, unit) == text
    assert wanted(house, "-3%", "win_rate").change == Decimal("-0.03")


@pytest.mark.parametrize(
    ("metric", "day"),
    [
        ("sales", date(2027, 1, 1)),
        ("win_rate", date(2027, 3, 5)),
        ("collected", date(2027, 1, 29)),
        ("customer_retention", date(2027, 3, 5)),
        ("churn", date(2027, 3, 5)),
        ("new_customers", date(2027, 3, 5)),
    ],
)
def test_the_day_of_the_check_leaves_the_figure_time(metric, day):
    known = SETTINGS.metrics
    assert aiming.judged(known[metric], date(2026, 12, 4), known) == day


def test_the_meaning_is_a_sentence(house):
    sales, rate = SETTINGS.metrics["sales"], SETTINGS.metrics["win_rate"]
    en, zh = (
        Words(lang, names=tuple((name, m.name[lang]) for name, m in SETTINGS.metrics.items()))
        for lang in ("en", "zh")
    )
    found = wanted(house, "+50k")
    assert en.tell(aiming.meaning(sales, ("North",), found, CHECK)) == (
        "Sales of North: +$50.0K until 12 Jan 2027"
    )
    assert zh.tell(aiming.meaning(sales, ("North",), found, CHECK)) == (
        "North的销售额：到2027年1月12日 +$50,000"
    )
    assert en.tell(aiming.meaning(sales, (), wanted(house, "5%"), CHECK)) == (
        "Sales: +$15.00 until 12 Jan 2027 (+5.0% of $300, as in the last 7 days)"
    )
    assert en.tell(aiming.meaning(rate, (), Wanted(Decimal("0.03")), None)) == "Win rate: +3.0 pp"


@pytest.mark.parametrize(
    ("metric", "change", "worse"),
    [
        ("sales", -1, True),
        ("sales", 1, False),
        ("sales_cycle_days", 1, True),
        ("activities_per_deal", -1, False),
    ],
)
def test_a_change_for_the_worse_is_known(metric, change, worse):
    assert aiming.worse(SETTINGS.metrics[metric], Decimal(change)) is worse
