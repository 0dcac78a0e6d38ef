"""What a copy for typed questions holds: the current rows that count, as figures see them.

Each row with what reference sets and other datasets tell of it, in the organisation of its time,
under names one would type; so `select sum(amount) from sales` is the figure of the screens.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from salesdash.datasets import DATASETS, EXTRA_PREFIX
from salesdash.engine import identifier
from salesdash.warehouse.warehouse import Warehouse

ROWS = """
select
    {columns}
from {relation} as r
where r.counts
"""

CALENDAR = "calendar"

DAYS = """
select
    day,
    iso_year,
    iso_week,
    weekday,
    week_start,
    month_start,
    quarter_start,
    year_start,
    working
from calendar
order by day
"""

HIDDEN = frozenset(("counts", "valid_from"))
"""Bookkeeping that is the same in all of these rows, or means nothing without earlier ones."""


@dataclass(frozen=True)
class Relation:
    """A table of the copy: its rows as SQL with parameters."""

    name: str
    sql: str
    params: dict[str, object]


def relations(warehouse: Warehouse) -> Iterator[Relation]:
    """All tables: one for each dataset, and the calendar."""
    for dataset in DATASETS.values():
        told = sorted(dataset.told.names) if dataset.told else []
        own = [name for name, _ in warehouse.columns(dataset.name)]
        names = [*own, *warehouse.added(dataset.name), *told]
        relation, params = warehouse.held(dataset.name, needed=names)
        typed = zip(names, typed_names(names), strict=True)
        columns = ",\n    ".join(
            f"r.{identifier(name)} as {identifier(shown)}"
            for name, shown in typed
            if name not in HIDDEN
        )
        yield Relation(dataset.name, ROWS.format(columns=columns, relation=relation), params)
    yield Relation(CALENDAR, DAYS, {})


def typed_names(names: list[str]) -> list[str]:
    """Columns as one types them: those of files without our prefix, where nothing else is so."""
    known = {name.lower() for name in names}
    found = []
    for name in names:
        bare = name.removeprefix(EXTRA_PREFIX)
        found.append(bare if bare and bare != name and bare.lower() not in known else name)
        known.add(found[-1].lower())
    return found
