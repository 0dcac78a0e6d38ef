"""Quality: how fresh and complete the data are, what is unknown, rejected, double or restated."""

from salesdash.ui import health, quality, shell

shell.ensure_opened()
quality.looking_back()
with shell.patience("quality"):
    report = quality.report()
if report.datasets:
    quality.opening(report)
    quality.overview(report)
    chosen = quality.choice(report)
    health.coverage(chosen)
    health.gaps(chosen)
    health.unknown(chosen)
    health.history(chosen)
    health.clean(chosen)
else:
    quality.empty()
