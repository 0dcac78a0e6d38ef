"""Documents whose first line alone says their date, number and customer; those below are empty.

Bookkeeping programs print lists like that. It is seen in the first rows: number and date are empty
together, in lines that have figures of their own.
"""

from salesdash.datasets import SALES, Kind
from salesdash.errors import Problem
from salesdash.ingest.mapping.draft import Draft

TEXTS = (Kind.TEXT, Kind.CODE, Kind.DATE, Kind.MOMENT)
LINES = ("amount", "price", "quantity")


def columns(draft: Draft) -> tuple[int, ...]:
    """The columns that say the same as the line above where all of them are empty."""
    places = draft.places
    if draft.dataset is not SALES or not {"document", "order_date"} <= places.keys():
        return ()
    heads = (places["document"], places["order_date"])
    rows = draft.table.head
    if not rows or not rows[0][heads[0]].strip():
        return ()
    below = [row for row in rows if not any(row[i].strip() for i in heads)]
    torn = any(sum(bool(row[i].strip()) for i in heads) == 1 for row in rows)
    if not below or torn or not all(_is_line(draft, row) for row in below):
        return ()
    kinds = {index: SALES.field(name).kind for name, index in places.items()}
    return tuple(
        index
        for index, kind in sorted(kinds.items())
        if kind in TEXTS and not any(row[index].strip() for row in below)
    )


def _is_line(draft: Draft, row: tuple[str, ...]) -> bool:
    """Whether a row has figures and a product of its own: sums have no product."""
    figures = any(row[draft.places[name]].strip() for name in LINES if name in draft.places)
    named = [draft.places[name] for name in ("product", "product_name") if name in draft.places]
    return figures and any(row[index].strip() for index in named)


def told(draft: Draft) -> tuple[Problem, ...]:
    """That the lines of a document were completed from its first."""
    found = [draft.table.columns[index] for index in columns(draft)]
    return (Problem("mapping.carried", {"columns": ", ".join(found)}),) if found else ()
