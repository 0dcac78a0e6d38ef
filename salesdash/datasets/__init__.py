"""The canonical datasets: their fields, keys, date roles and dimensions."""

from salesdash.datasets.facts import ACTIVITIES, DEALS, LEADS, PAYMENTS, SALES
from salesdash.datasets.plans import COSTS, MARKET, TARGETS
from salesdash.datasets.references import CUSTOMERS, PEOPLE, PRODUCTS
from salesdash.datasets.shape import SQL_TYPES, Dataset, Field, Kind

__all__ = [
    "ACTIVITIES",
    "BOOKKEEPING",
    "COSTS",
    "CUSTOMERS",
    "DATASETS",
    "DEALS",
    "EXTRA_LIMIT",
    "EXTRA_PREFIX",
    "LEADS",
    "MARKET",
    "PAYMENTS",
    "PEOPLE",
    "PRODUCTS",
    "SALES",
    "SQL_TYPES",
    "TARGETS",
    "Dataset",
    "Field",
    "Kind",
]

EXTRA_PREFIX = "x_"
"""Unknown columns of a file are kept as text under this prefix and their folded header."""

EXTRA_LIMIT = 200
"""At most so many extra columns a dataset."""

DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        SALES,
        DEALS,
        LEADS,
        ACTIVITIES,
        PAYMENTS,
        COSTS,
        MARKET,
        TARGETS,
        CUSTOMERS,
        PRODUCTS,
        PEOPLE,
    )
}

BOOKKEEPING = ("counts", "event", "sheet", "record")
"""Columns beside the fields in clean rows: does the row count (false: void, cancelled, in review);
the event that supplied it; number of the sheet (from 0) and of the record in it (from 1)."""
