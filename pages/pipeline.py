"""Pipeline: what is open, what is won and lost, how fast, and why not."""

from salesdash.ui import deals, filters, shell
from salesdash.ui.pipeline import (
    covered,
    decided,
    late,
    leaderboard,
    moved,
    opening,
    passed,
    standing,
)

shell.ensure_opened()
if opening.holds_deals():
    selection = filters.current()
    with shell.patience("pipeline"):
        report = opening.report(selection)
    opening.sentence(report)
    opening.key_figures(selection)
    standing.draw(report, selection)
    standing.categories(report, selection)
    covered.draw(report, selection)
    moved.draw(selection)
    late.draw(report, selection)
    passed.draw(selection)
    decided.draw(report, selection)
    decided.causes(report, selection)
    leaderboard.draw(selection)
    decided.left_out(report)
    deals.draw(selection)
    moved.drawer(selection)
else:
    opening.empty()
