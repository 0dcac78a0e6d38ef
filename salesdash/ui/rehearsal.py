"""Before the first visitor and after the last: what is slow once is done when nobody waits."""

from salesdash import charts
from salesdash.analysis import asking, overview
from salesdash.charts import Words
from salesdash.commands import homes
from salesdash.imports import Home, is_taken
from salesdash.periods import Comparison, Grain, current
from salesdash.selection import Selection
from salesdash.ui import context, process
from salesdash.ui.idle import Idle


def warm() -> None:
    """Read the settings, open the homes that are there already, ask and draw once."""
    shared = process.shared()
    context.begin()
    for which in ("own", "demo"):
        if is_taken(shared.place(which)):
            _rehearse(context.open_home(which))
    shared.idle = Idle(shared.answers)
    process.freeze()


def close() -> None:
    """Let go of the homes, once nothing is asked of them ahead."""
    shared = process.shared()
    if shared.idle is not None:
        shared.idle.close()
        shared.idle = None
    homes.close_all()


def _rehearse(home: Home) -> None:
    """Load libraries and templates by a first question, so that no visitor waits for them."""
    settings, today = context.settings(), context.today()
    edge = asking.edge(home.warehouse, today)
    if edge is None:
        return
    window = current(Grain.QUARTER, edge, settings.fiscal)
    for comparison in (Comparison.LAST_YEAR, Comparison.NONE):
        report = overview.build(home.warehouse, settings, Selection(window, comparison), today)
        if report.trend is not None:
            charts.trend(report.trend, Words())
        if report.movers is not None:
            charts.movers(report.movers, Words())
