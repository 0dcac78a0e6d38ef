"""Coverage: what is due against what targets lack, whole and by member."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from salesdash import config
from salesdash.analysis import coverage, kpis, pipeline
from salesdash.analysis.answers import Member
from salesdash.analysis.asking import Question
from salesdash.charts import Words
from salesdash.charts.tables import table
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.deals import Which
from tests.warehouse.build import build
from tests.warehouse.deals import deal

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
TODAY = date(2026, 11, 18)
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))
EDGE = date(2026, 11, 17)
RUNNING = Selection(Window(Period(QUARTER.start, TODAY), Grain.QUARTER, QUARTER, to_date=True))

DEALS = [
    deal("won", "2026-09-01", "2026-10-20", deal="W1", amount="400", team="North", person="Ana"),
    deal("won", "2026-09-01", "2026-11-17", deal="W2", amount="900", team="South", person="Bo"),
    deal("open", "2026-10-01", "2026-12-20", deal="O1", amount="1500", probability="0.4",
         team="North", person="Ana"),
    deal("open", "2026-10-01", "2026-11-10", deal="O2", amount="70", team="North", person="Ana"),
    deal("open", "2026-10-01", "2027-01-02", deal="O3", amount="50", team="North", person="Ana"),
    deal("open", "2026-10-01", None, deal="O4", amount="30", team="South", person="Bo"),
    deal("open", "2026-10-01", "2026-12-31", deal="O5", amount="200", probability="0.5",
         team="West", person="Cy"),
]  # fmt: skip
"""Due from 17 November on: 1,500 of North, and 200 of West, which has no target."""


def target(value: str, **scope: str) -> dict[str, object]:
    days = {"period_start": "2026-10-01", "period_end": "2026-12-31"}
    return {"metric": "won_amount", "target": value, **days, **scope}


TARGETS = [target("2000"), target("1000", team="North"), target("800", team="South")]


def store(targets=TARGETS) -> Warehouse:
    return build(deals=DEALS, targets=targets)


def asked(warehouse: Warehouse, by=None, selection=RUNNING):
    return coverage.build(Question(warehouse, SETTINGS, selection, TODAY), by)


def test_the_whole_selection():
    """1,700 due against 2,000 - 1,300: 2.43 times; 600 + 100 weighted: 1; 0.85 of all."""
    found = asked(store())
    values = {name: figure.value for name, figure in found.figures.items()}
    assert (values["due"], values["missing"], values["won_so_far"]) == (1700, 700, 1300)
    assert values["coverage"] == pytest.approx(1700 / 700)
    assert values["weighted_coverage"] == pytest.approx(1.0)
    assert values["quota_coverage"] == pytest.approx(0.85)
    assert found.deals == 2
    assert found.due == Period(EDGE, QUARTER.end)
    assert Words().tell(found.headline) == (
        "$1,700 is due to close in what is left of the period: 2.4× the $700 that its target "
        "still lacks."
    )


def test_members_with_a_target_the_least_covered_first_and_who_has_none():
    """North: 1,500 / (1,000 - 400); South has won 900 of 800."""
    warehouse = store()
    found = asked(warehouse)
    assert (found.by, found.dimensions) == ("team", ("team",))
    north, south = found.bars.bars
    assert north.label == Member("North")
    assert north.figures == (2.5, 1500, 1.0, 1.5, 600, 400, 1000, 1)
    assert south.figures[0] is None
    assert (south.figures[4], south.figures[5], south.figures[6]) == (None, 900, 800)
    assert found.lacking == (Member("West"),)
    rows = table(found.bars, Words()).shown
    assert [row[:2] for row in rows] == [("North", "2.5×"), ("South", "reached")]


def test_figures_are_those_of_the_metric_asked_by_the_member():
    warehouse = store()
    (bar, _) = asked(warehouse).bars.bars
    (tile,) = kpis.build(
        warehouse, SETTINGS, RUNNING.where("team", "North"), TODAY, ("pipeline_coverage",)
    )
    assert tile.figure.value == bar.figures[0]
    narrowed = asked(warehouse, selection=RUNNING.where("team", "North"))
    assert narrowed.figures["coverage"].value == bar.figures[0]
    assert (narrowed.by, narrowed.bars) == (None, None)


def test_the_deals_behind_each_figure():
    warehouse = store()
    found = asked(warehouse)

    def deals(which: Which) -> list[object]:
        return pipeline.rows(warehouse, RUNNING, TODAY, which, 9).table["deal"].to_pylist()

    north = found.bars.bars[0]
    assert deals(found.which) == ["O1", "O5"]
    assert deals(north.which) == ["O1"]
    assert deals(dict(north.besides)["won"]) == ["W1"]
    assert deals(Which(("open",), undated=True)) == ["O4"]


def test_reached_as_a_whole_over_or_without_a_target():
    reached = asked(store([target("1300")]))
    assert Words().tell(reached.headline) == ("The target of $1,300 is reached: $1,300 won in Q4.")
    assert (reached.bars, reached.dimensions) == (None, ())
    nothing = asked(store([]))
    assert nothing.headline.key == "metrics.reason.no_target"
    past = Period(date(2026, 7, 1), date(2026, 10, 1))
    over = asked(store([{**target("5"), "period_start": "2026-07-01", "period_end": "2026-09-30"}]),
                 selection=Selection(Window(past, Grain.QUARTER, past)))  # fmt: skip
    assert over.due is None
    assert over.headline.key == "metrics.reason.over"
    assert over.which is None


def test_people_beside_teams_and_the_one_that_was_chosen():
    warehouse = store([*TARGETS, target("500", person="Ana"), target("9", product="P")])
    assert asked(warehouse).dimensions == ("team", "person")
    found = asked(warehouse, "person")
    assert found.by == "person"
    assert [bar.label for bar in found.bars.bars] == [Member("Ana")]
    assert asked(warehouse, "region").by == "team"


def test_without_a_period_or_the_metric_there_is_none():
    assert asked(store(), selection=Selection(None)) is None
    kept = {name: m for name, m in SETTINGS.metrics.items() if name != "pipeline_coverage"}
    bare = replace(SETTINGS, metrics=kept, hash="without")
    assert coverage.build(Question(store(), bare, RUNNING, TODAY)) is None
