"""Which fields hold something, and which have gaps: questions that stop at the first row found."""

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from salesdash.engine import identifier
from salesdash.warehouse.warehouse import Warehouse

PROBE = """select
    '{field}' as field,
    {stated} as stated
from (
    select
        1 as one
    from {relation} as r
    where r.counts
      and r.{column} is {negation}null
    limit 1
) as found"""
"""Is there a row that states a field (or one that doesn't)."""


Known = dict[tuple[int, int | None, str, str], frozenset[bool]]
"""By version of the data, cut, dataset and field."""

_remembered: WeakKeyDictionary[Warehouse, Known] = WeakKeyDictionary()


class Probes:
    """Facts about the fields of all rows that count, whatever the filters and dates.

    Remembered as long as the warehouse object lives, for each version of its data.
    """

    def __init__(self, warehouse: Warehouse, cut: int | None) -> None:
        self._warehouse = warehouse
        self._cut = cut

    def of(self, dataset: str, names: Iterable[str]) -> Mapping[str, frozenset[bool]]:
        """For each field {True} when all rows state it, {False} when none does, else both."""
        known = _remembered.setdefault(self._warehouse, {})
        version = self._warehouse.version
        keys = {name: (version, self._cut, dataset, name) for name in names}
        missing = tuple(name for name, key in keys.items() if key not in known)
        if missing:
            found = self._ask(dataset, missing)
            known.update({keys[name]: found[name] for name in missing})
        return {name: known[key] for name, key in keys.items()}

    def has_rows(self, dataset: str) -> bool:
        """Is there any row that counts."""
        return bool(self.of(dataset, ("event",))["event"])

    def _ask(self, dataset: str, names: tuple[str, ...]) -> dict[str, frozenset[bool]]:
        relation, params = self._warehouse.held(dataset, self._cut, names)
        probes = (
            PROBE.format(
                field=name,
                stated=str(stated).lower(),
                relation=relation,
                column=identifier(name),
                negation="not " if stated else "",
            )
            for name in names
            for stated in (True, False)
        )
        rows = self._warehouse.engine.rows("\nunion all\n".join(probes), params)
        return {
            name: frozenset(stated for field, stated in rows if field == name) for name in names
        }
