"""Comparison: any metric by any dimension, one period against another or one member against one."""

from salesdash.ui import (
    bridging,
    comparison,
    drilling,
    driving,
    filters,
    members,
    pictures,
    shell,
    versus,
)

shell.ensure_opened()
selection = filters.current()
listing = comparison.listing()
if listing is None:
    comparison.undivided()
elif versus.is_chosen():
    versus.page(selection, listing)
else:
    with shell.patience("comparison"):
        answer = comparison.ask(selection, listing)
    comparison.opening(answer)
    comparison.controls(answer.metric, answer.dimension)
    drilling.trail(answer, selection)
    pictures.card(answer, selection, listing)
    driving.card(selection, answer.metric)
    bridging.card(selection, answer.metric, answer.dimension)
    members.card(answer, selection, listing)
