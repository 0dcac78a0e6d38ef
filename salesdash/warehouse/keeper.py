"""Keeper: answers that serve all periods, and where filtered dimensions are few, all filters.

Nothing that is kept can be stale: its key is its own SQL with its parameters, and it goes with the
version of the data.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pyarrow as pa

from salesdash.metrics import compiler
from salesdash.metrics.aggregates import Merge
from salesdash.metrics.compiler import Parts, Source
from salesdash.metrics.daily import Daily
from salesdash.metrics.keys import Keys
from salesdash.metrics.visits import Visits
from salesdash.warehouse.families import Family
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

K = TypeVar("K", Daily, Keys, Visits)


class Keeper:
    """Asks about all days of a family's rows once, and answers for its filters from that."""

    def __init__(self, warehouse: Warehouse, family: Family) -> None:
        self._warehouse = warehouse
        self._family = family
        wide = family.wide
        self._all = (family.scope, family.source) if wide is None else (wide.scope, wide.source)

    @property
    def keeps_keys(self) -> bool:
        """Of several members of a filter together a key must be counted once: not from here."""
        return self._family.few and self._is_single

    def daily(self, day: str, figures: tuple[str, ...], merges: tuple[Merge, ...]) -> Daily:
        """Sums of all days; `day`: SQL of the day of a row."""
        scope, source = self._all
        dimensions = len(source.dimensions)
        parts = compiler.sums_by_day(replace(source, day=day), figures)
        found = self._kept(
            "sums_by_day.sql", scope, parts, lambda table: Daily(table, merges, dimensions)
        )
        wide = self._family.wide
        return found if wide is None else found.within(wide.places)

    def keys(self, key: str) -> Keys:
        """Days of all distinct keys; where `keeps_keys`."""
        scope, source = self._all
        parts, dimensions = compiler.keys_by_day(source, key), len(source.dimensions)

        def several() -> pa.Table:
            sql = statement("keys_of_days.sql").format(scope=scope.sql, **parts)
            return self._warehouse.engine.arrow(sql, scope.params)

        found = self._kept(
            "keys_by_day.sql", scope, parts, lambda table: Keys.of(table, dimensions, several)
        )
        wide = self._family.wide
        return found if wide is None else found.within(wide.places)

    def visits(self, file: str, parts: Callable[[Source], Parts]) -> Visits:
        """Days of all customers, by a statement and what fills it."""
        family, wide = self._family, self._family.wide
        scope, source = self._all if self._is_single else (family.scope, family.source)
        dimensions = len(source.dimensions)
        found = self._kept(file, scope, parts(source), lambda table: Visits.of(table, dimensions))
        return found.within(wide.places) if wide is not None and wide.is_single else found

    @property
    def _is_single(self) -> bool:
        wide = self._family.wide
        return wide is None or wide.is_single

    def _kept(self, file: str, scope: Scope, parts: Parts, made: Callable[[pa.Table], K]) -> K:
        """What is made of a large answer, as long as it is among the last ones."""
        sql = statement(file).format(scope=scope.sql, **parts)
        return self._warehouse.recent(
            (sql, *sorted(scope.params.items())),
            lambda: made(self._warehouse.engine.arrow(sql, scope.params)),
            lambda kept: kept.nbytes,
        )
