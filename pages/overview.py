"""Overview: the answer in one sentence, then the evidence in falling order of use."""

from salesdash.ui import context, filters, overview, shell

shell.ensure_opened()
selection = filters.current()
with shell.patience("overview"):
    report = context.overview(selection)
overview.opening(report)
overview.promises(report, selection)
overview.key_figures(report, selection)
overview.evidence(report, selection)
