"""The tables of the projection: current rows, ended row versions, calendar, ledger.

A dataset `sales` has two tables: `sales`, the current rows sorted by date, and `sales_past`, row
versions that ended. A row is valid from event `valid_from` up to, without, event `valid_to`.
There are no keys and no indexes: facts are scanned, and one writer keeps them right.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Protocol

from salesdash.datasets import DATASETS, EXTRA_PREFIX, Dataset
from salesdash.engine import Asks, identifier

BOOKS = (
    ("counts", "boolean"),
    ("event", "integer"),
    ("sheet", "smallint"),
    ("record", "bigint"),
    ("valid_from", "integer"),
)
"""Bookkeeping columns of a current row, after its fields and before its extra columns."""

EVERYTHING = "select * from {relation} as r"

APPLIED = """
create table if not exists applied (
    event integer,
    sha256 varchar,
    dataset varchar,
    rows bigint,
    total decimal(38, 6),
    past bigint
)
"""

META = """
create table if not exists meta (
    key varchar,
    value varchar
)
"""

CALENDAR = """
create table if not exists calendar (
    day date,
    iso_year integer,
    iso_week integer,
    weekday integer,
    week_start date,
    month_start date,
    quarter_start date,
    year_start date,
    working boolean
)
"""


class Runs(Asks, Protocol):
    """What also executes statements: a transaction or an engine."""

    def run(self, sql: str, params: dict[str, object] | None = None) -> None:
        """Execute one statement."""
        ...


def create(runs: Runs) -> None:
    """Make the tables that are not there yet; existing ones keep their rows."""
    for statement in _statements():
        runs.run(statement)


def fingerprint() -> str:
    """Changes with the definition of any table: stored ones of another kind must be built anew."""
    return sha256("".join(_statements()).encode()).hexdigest()


@cache
def _statements() -> tuple[str, ...]:
    return tuple(_written())


def _written() -> Iterator[str]:
    for dataset in DATASETS.values():
        columns = [*dataset.columns, *BOOKS]
        yield _table(dataset.name, columns)
        yield _table(past(dataset.name), [*columns, ("valid_to", "integer")])
    yield from (APPLIED, META, CALENDAR)


def past(dataset: str) -> str:
    """Name of the table of ended row versions."""
    return f"{dataset}_past"


def columns(asks: Asks, dataset: str) -> tuple[tuple[str, str], ...]:
    """(name, SQL type) of the columns of the current rows: fields, bookkeeping, extras."""
    return asks.describe(EVERYTHING.format(relation=identifier(dataset)))


def ensure_columns(runs: Runs, dataset: Dataset, names: tuple[str, ...]) -> None:
    """Add the extra columns (`x_...`) among `names` that the tables lack, as text."""
    known = {name for name, _ in columns(runs, dataset.name)}
    for name in names:
        if name.startswith(EXTRA_PREFIX) and name not in known:
            for table in (dataset.name, past(dataset.name)):
                runs.run(f"alter table {identifier(table)} add column {identifier(name)} varchar")


def _table(name: str, columns: list[tuple[str, str]]) -> str:
    lines = ",\n    ".join(f"{identifier(column)} {kind}" for column, kind in columns)
    return f"create table if not exists {identifier(name)} (\n    {lines}\n)"
