"""Keys of facts that a list of customers, products or people lacks: rows, amounts, what is meant.

Only where there is a list. A key that differs from one entry in writing alone is `same`: figures
take it for that entry; the nearest entry of any other key is a hint for people.
"""

from dataclasses import dataclass
from decimal import Decimal

from salesdash.datasets import Dataset
from salesdash.datasets.keys import unmatched
from salesdash.engine import Asks, identifier
from salesdash.warehouse.references import LINKS, Link
from salesdash.warehouse.statements import statement

MOST, KNOWN = 200, 20_000
"""So many keys are told, those with most rows; compared with so many entries."""


@dataclass(frozen=True)
class LostKey:
    """A key that is in no entry as it stands; `amount` None: its rows have none.

    `nearest`: the entry most like it; `same`: it is that entry, written differently.
    """

    key: str
    rows: int
    amount: Decimal | None
    nearest: str | None
    same: bool


@dataclass(frozen=True)
class Lost:
    """All keys of one dataset that one reference set lacks: so many, in so many rows.

    `keys`: those with most rows first, `MOST` at most.
    """

    dataset: str
    reference: str
    field: str
    keys: tuple[LostKey, ...]
    count: int
    rows: int
    amount: Decimal | None


def links(dataset: Dataset) -> tuple[Link, ...]:
    """The reference sets that the rows of a dataset refer to."""
    if dataset.reference:
        return ()
    return tuple(link for link in LINKS if link.key in dataset.names)


def lost(asks: Asks, dataset: Dataset, link: Link, facts: str, reference: str) -> Lost | None:
    """The keys of facts that a reference set lacks, both as SQL to stand after `from`.

    None where every key is known, or the set is empty.
    """
    names = {"key": identifier(link.key), "name": identifier(link.name), "reference": reference}
    known = [row[0] for row in asks.rows(statement("entries.sql").format(most=KNOWN, **names))]
    if not known:
        return None
    amount = "r.amount" if "amount" in dataset.names else "cast(null as decimal(18, 4))"
    sql = statement("unmatched.sql").format(facts=facts, amount=amount, most=MOST, **names)
    found = asks.rows(sql)
    if not found:
        return None
    meant = {each.key: each for each in unmatched((row[0] for row in found), known)}
    keys = tuple(
        LostKey(key, rows, total, meant[key].nearest, meant[key].same)
        for key, rows, total, *_ in found
    )
    count, rows, total = found[0][3:]
    return Lost(dataset.name, link.dataset.name, link.key, keys, count, int(rows), total)
