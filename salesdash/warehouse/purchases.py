"""Who bought on which days for how much: what is told of customers one by one is made of it.

One statement over all days, kept as long as the data are the same.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salesdash.datasets import DATASETS
from salesdash.engine import identifier
from salesdash.lifetimes import Ledger
from salesdash.selection import Selection
from salesdash.warehouse import coverage
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, eq=False)
class Purchases:
    """The ledger of customers, whose keys are places in `names`; days count from 1970.

    `unnamed`: lines that name no customer, by day in order, so that those up to a day are known.
    """

    names: "pa.Array[Any]"
    ledger: Ledger
    unnamed: tuple[tuple[int, int], ...]

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return self.names.nbytes + self.ledger.nbytes

    def without(self, end: int) -> int:
        """Lines up to a day that name no customer."""
        return sum(lines for day, lines in self.unnamed if day <= end)


def purchases(warehouse: Warehouse, dataset: str, selection: Selection) -> Purchases:
    """All days of all customers within the filters; the window is not looked at.

    Raises UsageError for an unknown filter.
    """
    scope = warehouse.scope(dataset, selection, ("customer",))
    day = coverage.day(DATASETS[dataset])
    sql = statement("purchases.sql").format(day=day, scope=scope.sql)
    return warehouse.recent(
        (sql, *sorted(scope.params.items())),
        lambda: _made(warehouse.engine.arrow(sql, scope.params)),
        lambda kept: kept.nbytes,
    )


def first_members(
    warehouse: Warehouse, dataset: str, selection: Selection, dimension: str
) -> dict[str, str]:
    """The member of a dimension that each customer's first purchase has, by customer.

    Raises UsageError for an unknown dimension.
    """
    warehouse.ensure_dimension(dataset, dimension)
    scope = warehouse.scope(dataset, selection, ("customer", dimension))
    sql = statement("first_members.sql").format(
        member=identifier(dimension), day=coverage.day(DATASETS[dataset]), scope=scope.sql
    )
    found: dict[str, str] = {}
    for customer, member in warehouse.engine.rows(sql, scope.params):
        found.setdefault(customer, member)
    return found


def day_of(number: int) -> date:
    """A day of the ledger."""
    return EPOCH + timedelta(days=number)


def number_of(day: date) -> int:
    """A day as the ledger counts it."""
    return (day - EPOCH).days


def _made(table: pa.Table) -> Purchases:
    named = pc.is_valid(table.column("customer"))
    rows, others = table.filter(named), table.filter(pc.invert(named))
    codes = rows.column("customer").combine_chunks().dictionary_encode()
    ledger = Ledger.of(
        codes.indices.to_numpy().astype(np.int64),
        rows.column("day").cast(pa.int32()).to_numpy().astype(np.int64),
        rows.column("bought").to_numpy() > 0,
        rows.column("amount").to_numpy(),
    )
    unnamed = [others.column("day").cast(pa.int32()), others.column("lines")]
    days, lines = (column.to_numpy().tolist() for column in unnamed)
    return Purchases(codes.dictionary, ledger, tuple(zip(days, lines, strict=True)))
