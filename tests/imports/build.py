"""Homes and staged imports for tests: clean rows go in without a file being read."""

import itertools
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from salesdash.datasets import SALES, Dataset
from salesdash.imports import Home, Mode, Request, Staged
from salesdash.imports.preflight import counted
from salesdash.ingest import AmountRule, Cleaned, Counts, Mapping
from tests.imports.files import parquet

NOW = datetime(2026, 11, 23, 9, 0)

_numbers = itertools.count(1)


def row(document, day, amount, **more):
    """A typed row: document number, day of January 2026, amount."""
    return {"document": document, "order_date": f"2026-01-{day:02}", "amount": amount, **more}


def staged(
    home: Home,
    rows: list[dict[str, Any]],
    mode: str | None = None,
    *,
    dataset: Dataset = SALES,
    beside: dict[Dataset, list[dict[str, Any]]] | None = None,
    as_of: int = 20,
    force: bool = False,
    repairs: int | None = None,
    same_as: int | None = None,
) -> Staged:
    """A staged import of these rows, and of rows of other datasets `beside` them.

    `as_of`: day of January 2026; `same_as`: of the same file.
    """
    number = same_as or next(_numbers)
    folder = home.staging / f"{next(_numbers):016x}"
    folder.mkdir()
    source = folder / "source.txt"
    source.write_text(str(number))
    sha256 = home.disk.compress(source, folder / "original.zst")
    name = None if beside else dataset.name
    chosen = Mode(mode) if mode else None
    request = Request(source, f"{number}.csv", dataset=name, mode=chosen, force=force)
    moment = datetime(2026, 1, as_of)
    bare = Staged(
        home, folder, request, sha256, size=1, received=NOW, as_of=moment, repairs=repairs
    )
    first, *others = (
        replace(bare, mapping=_mapping(each) if beside else None, cleaned=_clean(bare, each, held))
        for each, held in {dataset: rows, **(beside or {})}.items()
    )
    return counted(replace(first, others=tuple(others)))


def _mapping(dataset: Dataset) -> Mapping:
    return Mapping(dataset.name, "plain", "", "", 0, "headers", (), AmountRule("", "line", ""))


def _clean(bare: Staged, dataset: Dataset, rows: list[dict[str, Any]]) -> Cleaned:
    days = sorted(filter(None, (_day(r, dataset) for r in rows)))
    return Cleaned(
        rows_file=str(parquet(bare.folder / f"{dataset.name}.parquet", rows, dataset)),
        rejects_file=None,
        counts=Counts(len(rows), len(rows), 0),
        counted=len(rows),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        modified_at=None,
        amount="0",
        candidates=(),
        documents=0,
        without_document=sum(1 for r in rows if r.get(str(dataset.unit)) is None),
        without_customer=0,
        repeats=0,
        extras={},
    )


def _day(row: dict[str, Any], dataset: Dataset) -> date | None:
    value = row.get(str(dataset.date))
    return date.fromisoformat(str(value)) if value else None


def stored(home: Home, cut: int | None = None) -> list[tuple[Any, ...]]:
    """What is stored: event, record, document, day of the month, amount; in that order."""
    relation = home.warehouse.relation("sales", cut)
    sql = f"""
        select event, record, document, day(order_date), cast(amount as integer)
        from {relation} as r order by all
    """
    return home.engine.rows(sql)


def amounts(home: Home, cut: int | None = None) -> list[int]:
    """The stored amounts, sorted."""
    return sorted(found[-1] for found in stored(home, cut))


def opened_home(path: Path, **options) -> Home:
    """A home opened at the moment of all tests."""
    return Home.open(path, now=NOW, **options)
