"""Goals: how far each one is, riskiest first; one of them looked at; set, change, copy, trace."""

from salesdash.ui import context, shell
from salesdash.ui.goals import board, cheer, drawer, single, strip, views

shell.ensure_opened()
with shell.patience("goals"):
    found = context.goals()
chosen = single.chosen(found)
if chosen is not None:
    single.show(chosen)
else:
    board.opening(found)
    strip.show(found)
    cheer.show(found)
    views.show(found)
drawer.draw()
