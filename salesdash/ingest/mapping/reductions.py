"""Which columns say what is off a line or a whole order, by the names of the profile."""

from salesdash.ingest.headers import fold
from salesdash.ingest.mapping.draft import Draft
from salesdash.ingest.mapping.plan import COMPUTED, Off


def off(draft: Draft) -> Off | None:
    """The columns of money off, where lines are price x quantity and belong to an order."""
    if draft.amount is None or draft.amount.name != COMPUTED or "document" not in draft.fields:
        return None
    headers = [fold(header) for header in draft.table.columns]
    found = {
        part: next((headers.index(name) for name in names if name in headers), None)
        for part, names in draft.names.off.items()
    }
    return Off(**found) if any(place is not None for place in found.values()) else None
