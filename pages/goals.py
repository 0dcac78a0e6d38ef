"""Goals: how far each one is, riskiest first; set, change, copy and trace them."""

from salesdash.ui import shell
from salesdash.ui.goals import asking, board, copying, drawer

shell.ensure_opened()
with shell.patience("goals"):
    found = asking.progress()
board.opening(found)
copying.tools(found)
board.rows(found)
drawer.draw()
