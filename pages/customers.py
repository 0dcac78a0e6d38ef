"""Customers: who comes, stays and is lost, and what else `VIEWS` of its pieces tell."""

from salesdash.ui import filters, shell
from salesdash.ui.customers import views

shell.ensure_opened()
if views.is_known():
    views.switch()
    views.show(filters.current())
else:
    views.unknown()
