"""The SQL that a definition shows, pasted into a prompt, gives the figure that the tile shows."""

from datetime import date

import pytest

from salesdash.analysis import definition, kpis
from salesdash.periods import Grain
from tests.analysis.company import TODAY, selection
from tests.analysis.test_maturing import DEALS, LEADS, judged
from tests.warehouse.build import build


@pytest.mark.parametrize(
    ("metric", "edge", "figure"),
    [
        ("won_deals", date(2026, 9, 30), 1),  # rows that the metric picks
        ("lead_conversion", date(2026, 8, 31), 0.25),  # what the deals tell of the leads
        ("lead_conversion", date(2025, 8, 31), 0.5),
        ("leads", date(2026, 10, 31), 4),
    ],
)
def test_pasted_it_gives_the_figure(metric, edge, figure):
    store, chosen = build(leads=LEADS, deals=DEALS), selection(Grain.MONTH, edge)
    found = definition.build(store, judged(), chosen, TODAY, metric)
    tile = kpis.build(store, judged(), chosen, TODAY, (metric,))[0]
    assert tile.figure.value == figure
    assert store.engine.rows(found.sql)[0][0] == figure
