"""One currency in one dataset: what was taken as it stands must be of one currency only."""

from salesdash.engine import identifier
from salesdash.errors import DataRefused, Place
from salesdash.imports.request import Staged
from salesdash.imports.speeches import Mode

STORED = """
select distinct
    currency
from {table} as s
where currency is not null
  and rate is null
  and amount is not null
order by
    currency
"""


def require_one(staged: Staged) -> None:
    """Refuse amounts of a currency without rates beside stored ones of another.

    Raises DataRefused("data.currencies_differ"). A file that is all there is replaces the others.
    """
    done, names = staged.cleaned, staged.dataset.names
    if done is None or "rate" not in names or staged.mode is Mode.COMPLETE:
        return
    found = staged.home.warehouse.engine.rows(STORED.format(table=identifier(staged.dataset.name)))
    stored = [str(row[0]) for row in found]
    if done.unconverted and stored and len({*done.unconverted, *stored}) > 1:
        raise DataRefused(
            "data.currencies_differ",
            place=Place(staged.request.name),
            list=", ".join(done.unconverted),
            stored=", ".join(stored),
        )
