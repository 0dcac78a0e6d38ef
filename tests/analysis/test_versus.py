"""Two members side by side."""

from dataclasses import replace
from decimal import Decimal

from salesdash.analysis import versus
from salesdash.analysis.answers import Amount
from salesdash.analysis.versus import Duel, Versus
from salesdash.metrics import Unit
from salesdash.periods import Comparison
from salesdash.selection import Filter
from tests.analysis.company import TODAY, sale, selection, settings, warehouse

ROWS = (
    sale("2025-01-01", 1, region="South"),
    sale("2025-11-05", 100, region="North", cost="50"),
    sale("2025-11-05", 90, region="South", cost="60"),
    sale("2026-11-05", 150, region="North", cost="90"),
    sale("2026-11-05", 100, region="South", cost="50"),
    sale("2026-11-06", 100, region="East", cost="50"),
    sale("2026-11-06", 7, region=None, cost="7"),
)


def build(first="North", second="South", chosen=None, rows=ROWS) -> Versus:
    duel = Duel("sales", "region", first, second)
    return versus.build(warehouse(rows), settings(), chosen or selection(), TODAY, duel)


def test_each_metric_of_both_with_its_own_change_and_the_gap():
    """North 150 (was 100), South 100 (was 90): 50 apart, +50 % of South."""
    found = build()
    sides = {side.metric: side for side in found.sides}
    assert list(sides) == ["sales", "orders", "aov", "margin"]
    sales = sides["sales"]
    assert (sales.first.absolute, sales.second.absolute) == (50, 10)
    assert (sales.gap.absolute, sales.gap.ratio, sales.gap.judgement) == (50, 0.5, "good")
    margin = sides["margin"]
    assert (margin.first.now.value, margin.second.now.value) == (0.4, 0.5)
    assert margin.gap.judgement == "bad"


def test_the_sentence_has_both_figures_and_what_lies_between():
    values = dict(build().headline.values)
    assert values["value"] == Amount(Decimal(150), Unit.MONEY)
    assert values["gap"] == Amount(0.5, Unit.SHARE, "change")


def test_a_filter_on_another_member_of_the_dimension_does_not_hide_them():
    chosen = replace(selection(), filters=(Filter("region", ("East",)),))
    assert build(chosen=chosen).sides[0].gap.absolute == 50


def test_the_empty_member_can_be_chosen():
    assert build(second="").sides[0].second.now.value == 7


def test_blank_figures_are_said_to_be_blank():
    found = build(second="West")
    assert found.sides[0].gap.absolute is None
    assert found.headline.key == "analysis.versus.unknown"


def test_without_a_comparison_there_are_no_changes_of_their_own():
    found = build(chosen=selection(comparison=Comparison.NONE))
    assert found.compared is None
    assert found.sides[0].first.absolute is None
    assert found.sides[0].gap.absolute == 50


def test_names_stand_for_numbers():
    rows = [
        sale("2026-11-05", 5, customer="C-1", customer_name="Bergmann"),
        sale("2026-11-05", 1, customer="C-2", customer_name="Chen"),
    ]
    duel = Duel("sales", "customer", "C-1", "C-2")
    found = versus.build(warehouse(rows), settings(), selection(), TODAY, duel)
    assert found.names == ("Bergmann", "Chen")


def test_key_figures_without_a_figure_of_either_are_left_out():
    """Nobody states a cost: margin is blank for both."""
    rows = [{**row, "cost": None} for row in ROWS]
    assert [side.metric for side in build(rows=rows).sides] == ["sales", "orders", "aov"]
