"""Pipeline: what is open, what is won and lost, how fast, and why not."""

from salesdash.ui import deals, filters, pipeline, shell

shell.ensure_opened()
if pipeline.holds_deals():
    selection = filters.current()
    with shell.patience("pipeline"):
        report = pipeline.report(selection)
    pipeline.opening(report)
    pipeline.key_figures(selection)
    pipeline.standing(report, selection)
    pipeline.late(report, selection)
    pipeline.decided(report, selection)
    pipeline.causes(report, selection)
    pipeline.left_out(report)
    deals.draw(selection)
else:
    pipeline.empty()
