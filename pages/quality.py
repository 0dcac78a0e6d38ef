"""Quality: how fresh and complete the data are, what is unknown, rejected, double or restated."""

from salesdash.ui import quality, shell

shell.ensure_opened()
quality.looking_back()
with shell.patience("quality"):
    report = quality.report()
if report.datasets:
    quality.opening(report)
    quality.overview(report)
    chosen = quality.choice(report)
    quality.coverage(chosen)
    quality.gaps(chosen)
    quality.unknown(chosen)
    quality.history(chosen)
    quality.clean(chosen)
else:
    quality.empty()
