"""Goals: how far each one is, riskiest first; set, change, copy and trace them."""

from salesdash.ui import context, shell
from salesdash.ui.goals import board, copying, drawer

shell.ensure_opened()
with shell.patience("goals"):
    found = context.goals()
board.opening(found)
copying.tools(found)
board.rows(found)
drawer.draw()
