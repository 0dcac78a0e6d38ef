"""Trends: any metric over time, by grain and breakdown."""

from salesdash.ui import annotating, context, filters, shell, trend_controls, trends

shell.ensure_opened()
selection = filters.current()
choice = trends.choice()
with shell.patience("trends"):
    answer = annotating.beside(context.trend(selection, choice), selection)
trends.opening(answer, selection)
trend_controls.draw(answer, choice)
trends.chart(answer, selection, choice)
annotating.card(answer, selection)
