"""Customers: who comes, stays and is lost, how many come again, who makes most of it."""

from salesdash.ui import customers, filters, shell

shell.ensure_opened()
selection = filters.current()
if not customers.is_known():
    customers.unknown()
else:
    watch = customers.watch()
    with shell.patience("customers"):
        answer = customers.ask(selection, watch)
    customers.opening(answer)
    customers.controls(answer, watch)
    customers.key_figures(answer, selection, watch)
    customers.course(answer, selection, watch)
    customers.largest(answer, selection, watch)
