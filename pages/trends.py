"""Trends: any metric over time, by grain and breakdown."""

from salesdash.ui import annotating, filters, shell, trend_controls, trends

shell.ensure_opened()
selection = filters.current()
choice = trends.choice()
with shell.patience("trends"):
    answer = trends.ask(selection, choice)
trends.opening(answer, selection)
trend_controls.draw(answer, choice)
trends.chart(answer, selection, choice)
trends.oddities(answer)
annotating.card(answer, selection)
