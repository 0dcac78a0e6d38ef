"""Figures too young to judge: shown pale, without change, status or alarm."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from salesdash.analysis import alarms, kpis
from salesdash.analysis.answers import Reason, Tile
from salesdash.analysis.asking import Question
from salesdash.charts import Words
from salesdash.config import Alert, Settings
from salesdash.metrics import Thresholds
from salesdash.periods import Comparison, Grain
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
