"""Query: a question in SQL about the rows, its answer as table and picture; saved ones."""

from salesdash.ui import shell
from salesdash.ui.query import asking, editor, saving, shelf, shown

shell.ensure_opened()
with shell.patience("query"):
    copy = shelf.copy()
if copy is None:
    shelf.empty()
else:
    asking.ensure(copy)
    editor.opening()
    typed, beside = editor.sides()
    with typed:
        editor.show(copy)
        saving.show()
    with beside:
        shelf.show(copy)
    shown.show()
