"""Figures too young to judge: shown pale, without change, status or alarm."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from salesdash import charts
from salesdash.analysis import alarms, findings, kpis, trend
from salesdash.analysis.answers import Point, Reason, Series, Tile
from salesdash.analysis.asking import Choice, Question
from salesdash.charts import Words
from salesdash.charts.paths import Path
from salesdash.config import Alert, Settings
from salesdash.metrics import Thresholds
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Selection
from salesdash.ui import tiles
from tests.analysis.company import TODAY, selection
from tests.warehouse.build import build
from tests.warehouse.test_questions import settings as of_the_checkout

LEADS = (
    *({"lead": f"A{n}", "created_date": "2025-08-01"} for n in range(2)),
    *({"lead": f"B{n}", "created_date": "2025-10-01"} for n in range(2)),
    *({"lead": f"C{n}", "created_date": "2026-08-01"} for n in range(4)),
    *({"lead": f"D{n}", "created_date": "2026-10-01"} for n in range(4)),
)
DEALS = (
    {"lead": "A0", "outcome": "won", "close_date": "2025-09-10"},  # 40 days, 1 of 2
    {"lead": "B0", "outcome": "won", "close_date": "2025-11-10"},  # 40 days, 1 of 2
    {"lead": "C0", "outcome": "won", "close_date": "2026-09-10"},  # 40 days, 1 of 4
    {"lead": "D0", "outcome": "won", "close_date": "2026-11-10"},  # 40 days, 1 of 4
    {"outcome": "open", "created_date": "2026-11-10"},
)
AUGUST, OCTOBER = date(2026, 8, 31), date(2026, 10, 31)
WHY = Reason("metrics.note.maturing", (("days", 40),))


@pytest.fixture(scope="module")
def warehouse():
    return build(leads=LEADS, deals=DEALS)


def judged() -> Settings:
    """Under 30 % is bad, and so is half of a year ago."""
    found = of_the_checkout()
    metric = replace(found.metrics["lead_conversion"], thresholds=Thresholds(bad=Decimal("0.3")))
    alert = Alert("lead_conversion", Comparison.LAST_YEAR, Decimal("0.1"), "bad")
    return replace(
        found,
        metrics=MappingProxyType({**found.metrics, "lead_conversion": metric}),
        overview=replace(found.overview, alerts=(alert,)),
        hash="judged",
    )


def tile(warehouse, edge: date) -> Tile:
    chosen = selection(Grain.MONTH, edge)
    return kpis.build(warehouse, judged(), chosen, TODAY, ("lead_conversion",))[0]


def test_october_had_20_days_less_than_it_takes(warehouse):
    found = tile(warehouse, OCTOBER)  # 31 October + 40 days are 10 December
    assert (found.figure.value, found.change, found.status) == (0.25, None, None)
    assert found.maturing == WHY


def test_august_is_judged_and_compared(warehouse):
    found = tile(warehouse, AUGUST)  # 31 August + 40 days are 10 October
    assert found.maturing is None
    assert found.change is not None
    assert found.change.absolute == -0.25
    assert found.status is not None


@pytest.mark.parametrize(("lang", "said"), [("en", "Still maturing"), ("zh", "尚未成熟")])
def test_the_tile_is_pale_and_says_why(warehouse, lang, said):
    words = Words(lang)
    young, old = (
        tiles.body(tile(warehouse, edge), Comparison.LAST_YEAR, words) for edge in (OCTOBER, AUGUST)
    )
    assert "sd-pale" in young
    assert said in young
    assert "40" in young
    assert "sd-pale" not in old
    assert said not in old


def test_no_alarm_of_what_is_young(warehouse):
    def ringing(edge: date) -> int:
        chosen = selection(Grain.MONTH, edge)
        return len(alarms.build(Question(warehouse, judged(), chosen, TODAY)))

    assert (ringing(AUGUST), ringing(OCTOBER)) == (1, 0)


@pytest.fixture(scope="module")
def later():
    """October is over: there is a lead of November."""
    return build(leads=(*LEADS, {"lead": "E", "created_date": "2026-11-10"}), deals=DEALS)


def drawn(warehouse):
    year = Period(date(2026, 1, 1), date(2026, 11, 11))
    whole = Window(year, Grain.YEAR, Period(date(2026, 1, 1), date(2027, 1, 1)), to_date=True)
    chosen = Selection(whole, Comparison.LAST_YEAR)
    return trend.build(warehouse, judged(), chosen, TODAY, Choice("lead_conversion", Grain.MONTH))


def test_a_trend_marks_its_young_periods_and_says_why_once(later):
    found = drawn(later)
    points = {point.period.start.month: point for point in found.series[0].points}
    assert (points[8].value, points[8].maturing) == (0.25, False)
    assert (points[10].value, points[10].maturing) == (0.25, True)
    assert found.notes == (Reason("analysis.note.maturing_points", (("days", 40),)),)
    assert found.total.absolute is None  # the year as a whole has October in it
    assert [when.period.start.month for when, _, _ in findings._pairs(found)] == [8]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Oct 2026 · still maturing"), ("zh", "2026年10月 · 尚未成熟")]
)
def test_a_young_period_is_drawn_pale_without_a_change(later, lang, said):
    words = Words(lang)
    spec = charts.trend(drawn(later), words)
    layers = {layer["name"]: layer["data"]["values"] for layer in spec["layer"]}
    assert [(row["i"], row["v"]) for row in layers["pale"]] == [(9, 0.25)]
    assert [row["i"] for row in layers["alone"] if row["role"] == "current"] == [7]
    band = layers["bands"][9]
    assert (band["when"], band["change"]) == (said, "—")
    row = charts.table(drawn(later), words).rows[9]
    assert row[1:] == (0.25, 0.5, None)


def test_the_pale_line_goes_on_from_the_last_mature_point():
    days = [
        Point(Period(date(2026, 1, n), date(2026, 1, n + 1)), n, maturing=n > 2)
        for n in (1, 2, 3, 4)
    ]
    path = Path("line", "current", "", Series(None, tuple(days)))
    assert [row["v"] for row in path.rows()] == [1, 2, None, None]
    assert [row["i"] for row in path.pale()] == [1, 2, 3]
