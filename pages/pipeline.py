"""Pipeline: what is open, what is won and lost, how fast, and why not."""

from salesdash.ui import deals, filters, shell
from salesdash.ui.pipeline import decided, late, opening, standing

shell.ensure_opened()
if opening.holds_deals():
    selection = filters.current()
    with shell.patience("pipeline"):
        report = opening.report(selection)
    opening.sentence(report)
    opening.key_figures(selection)
    standing.draw(report, selection)
    late.draw(report, selection)
    decided.draw(report, selection)
    decided.causes(report, selection)
    decided.left_out(report)
    deals.draw(selection)
else:
    opening.empty()
