"""Trends: any metric over time, by grain and breakdown."""

from salesdash.ui import context, filters, shell, trends

shell.ensure_opened()
selection = filters.current()
choice = trends.choice()
with shell.patience("trends"):
    answer = context.trend(selection, choice)
trends.opening(answer, selection)
trends.chart(answer, selection, choice)
