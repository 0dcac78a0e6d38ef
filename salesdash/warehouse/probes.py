"""Which fields hold something, and which have gaps: questions that stop at the first row found."""

from collections.abc import Iterable, Mapping

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


class Probes:
    """Facts about the fields of all rows that count, whatever the filters and dates; remembered."""

    def __init__(self, warehouse: Warehouse, cut: int | None) -> None:
        self._warehouse = warehouse
        self._cut = cut
        self._known: dict[tuple[str, str], set[bool]] = {}

    def of(self, dataset: str, names: Iterable[str]) -> Mapping[str, set[bool]]:
        """For each field {True} when all rows state it, {False} when none does, else both."""
        wanted = tuple(dict.fromkeys(names))
        missing = [name for name in wanted if (dataset, name) not in self._known]
        relation = self._warehouse.relation(dataset, self._cut)
        probes = [
            PROBE.format(
                field=name,
                stated=str(stated).lower(),
                relation=relation,
                column=identifier(name),
                negation="not " if stated else "",
            )
            for name in missing
            for stated in (True, False)
        ]
        self._known.update({(dataset, name): set() for name in missing})
        if probes:
            for name, stated in self._warehouse.engine.rows("\nunion all\n".join(probes)):
                self._known[dataset, name].add(stated)
        return {name: self._known[dataset, name] for name in wanted}
