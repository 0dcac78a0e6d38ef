"""Facts about clean rows, for the preflight: sums, period, statuses, repeats, rejects by reason."""

from pathlib import Path
from typing import Any

import numpy as np

from salesdash.datasets import DATASETS, DEALS, LEADS, SALES, SQL_TYPES, Dataset, Kind
from salesdash.engine import Engine, identifier
from salesdash.errors import Problem
from salesdash.ingest.cleaning import returned, sharing, values
from salesdash.ingest.cleaning import totals as document_totals
from salesdash.ingest.cleaning.raw import flag_list
from salesdash.ingest.cleaning.result import Joined, RejectGroup, StatusCount
from salesdash.ingest.headers import factor_of
from salesdash.ingest.mapping.plan import COMPUTED, Candidate, Mapping, NumberFormat
from salesdash.ingest.reading import Table
from salesdash.ingest.relation import literal

KEYS = ("deal", "lead", "activity", "customer", "product")
"""Units of one row: a second row with the same key is worth a word."""

SAME = ("document", "order_date", "product", "quantity", "amount", "customer", "price", "person")
"""Two order lines equal in all of these say the same; other rows in all their fields."""

NO_HASHES = np.empty(0, np.uint64)

HAPPENED = {
    DEALS.name: ("created_date", "case when outcome <> 'open' then close_date end"),
    LEADS.name: ("created_date", "converted_date"),
}
"""Days on which something happened, where a row has several; the close of an open deal did not."""

_TOTALS = """
select
  count(*) filter (counts),
  {first},
  {last},
  cast(max(modified_at) as varchar),
  {amount},
  count(*),
  {unkeyed},
  {nobody}
from {rows}
"""


def collect(engine: Engine, rows: str, rejects: Path | None, mapping: Mapping) -> dict[str, Any]:
    """The facts of `Cleaned` by name; `rows`: the clean rows as SQL."""
    dataset = DATASETS[mapping.dataset]
    totals = engine.rows(_totals(dataset).format(rows=rows))[0]
    extras = {c.extra: c.header for c in mapping.columns if c.extra is not None}
    same = SAME if dataset is SALES else dataset.names
    unit = dataset.unit
    found: dict[str, Any] = {
        "counted": totals[0],
        "first_day": totals[1],
        "last_day": totals[2],
        "modified_at": totals[3],
        "amount": str(totals[4]),
        "documents": _distinct(engine, rows, unit) if unit else 0,
        "without_document": totals[6],
        "without_customer": totals[7],
        "repeats": totals[5] - _distinct(engine, rows, *same),
        "extras": extras,
        "candidates": _candidates(engine, rows, mapping),
        "statuses": _statuses(engine, rows),
        "currencies": _currencies(engine, rows) if "currency" in dataset.names else (),
        "unconverted": _currencies(engine, rows, "rate is null") if "rate" in dataset.names else (),
        "rejects": _rejects(engine, rejects),
    }
    stated = {c.name: _as_amount(c, mapping) for c in mapping.amount.candidates if _is_total(c)}
    checks = document_totals.checked(engine, rows, mapping, stated)
    taken = sharing.told(engine, rows) if mapping.off is not None else ()
    back = returned.told(engine, rows, mapping)
    told = (*mapping.warnings, *_warnings(found, mapping, totals[5]), *taken, *checks, *back)
    return {**found, "warnings": told}


def _is_total(candidate: Candidate) -> bool:
    return candidate.role == "total"


def _totals(dataset: Dataset) -> str:
    """The sums of a dataset; 0 or NULL for what it has no field of."""
    names = dataset.names
    roles = [role for role in dataset.roles if role != "modified_at"]
    own = tuple(roles) if dataset.date is None else (dataset.date,)
    days = ", ".join(f"cast({day} as date)" for day in HAPPENED.get(dataset.name, own))
    has_days = bool(roles)
    customer = "count(*) filter (customer is null and counts)" if "customer" in names else "0"
    return _TOTALS.format(
        first=f"min(least({days}))" if has_days else "cast(null as date)",
        last=f"max(greatest({days}))" if has_days else "cast(null as date)",
        amount="coalesce(sum(amount) filter (counts), 0)" if "amount" in names else "0",
        unkeyed=f"count(*) filter ({dataset.unit} is null)" if dataset.unit else "count(*)",
        nobody=customer,
        rows="{rows}",
    )


def _without_unit(asked: Dataset, count: int) -> Problem:
    if asked.unit == "document":
        return Problem("cleaning.without_document", {"count": count})
    return Problem("cleaning.without_key", {"count": count})


def _distinct(engine: Engine, rows: str, *columns: str) -> int:
    """How many different values; rows where a single column is empty do not count.

    Sorted hashes of 64 bits: 8 bytes a row, where a hash table of the values takes a hundred.
    Not by `to_numpy`: that loads pandas, which takes a child longer than a month of orders.
    """
    filled = f"where {columns[0]} is not null" if len(columns) == 1 else ""
    asked = f"select hash({', '.join(columns)}) as h from {rows} {filled}"  # noqa: S608
    chunks = engine.arrow(asked).column("h").chunks
    ordered = np.sort(np.concatenate([NO_HASHES, *(np.from_dlpack(chunk) for chunk in chunks)]))
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + min(len(ordered), 1)


def _candidates(engine: Engine, rows: str, mapping: Mapping) -> tuple[Candidate, ...]:
    """Every candidate for the amount with its sum."""
    sums = [f"sum({_as_amount(c, mapping)}) filter (counts)" for c in mapping.amount.candidates]
    if not sums:
        return ()
    totals = engine.rows(f"select {', '.join(sums)} from {rows}")[0]  # noqa: S608
    return tuple(
        Candidate(c.name, c.role, None if total is None else str(total))
        for c, total in zip(mapping.amount.candidates, totals, strict=True)
    )


def _as_amount(candidate: Candidate, mapping: Mapping) -> str:
    if candidate.name == COMPUTED:
        return values.line_amount("price", "quantity", "discount")
    column = next(c for c in mapping.columns if c.header == candidate.name)
    if column.field is not None:
        return column.field
    chosen = next((c.number for c in mapping.columns if c.field == "amount"), None)
    sign = chosen.decimal if chosen else "."
    form = NumberFormat(sign, factor=factor_of(column.header))
    cell = identifier(column.extra or "")
    worth = values.number(cell, form, SQL_TYPES[Kind.MONEY], share=False)
    return f"cast(({worth}) * coalesce(rate, 1) as {SQL_TYPES[Kind.MONEY]})"


def _statuses(engine: Engine, rows: str) -> tuple[StatusCount, ...]:
    found = engine.rows(
        "select status, counts, count(*) as n "  # noqa: S608 - own literal
        f"from {rows} group by status, counts order by n desc, status limit 100"
    )
    return tuple(StatusCount(*row) for row in found)


def _currencies(engine: Engine, rows: str, condition: str = "true") -> tuple[str, ...]:
    found = engine.rows(
        "select currency, count(*) as n "  # noqa: S608 - own literals
        f"from {rows} where currency is not null and {condition} "
        "group by currency order by n desc, currency"
    )
    return tuple(row[0] for row in found[:20])


def _rejects(engine: Engine, rejects: Path | None) -> tuple[RejectGroup, ...]:
    if rejects is None:
        return ()
    rows = engine.rows(
        'select reason, "column", count(*) as n, min(value) '  # noqa: S608 - own literal
        f"from read_parquet({literal(str(rejects))}) "
        'group by reason, "column" order by n desc, reason limit 100'
    )
    return tuple(RejectGroup(*row) for row in rows)


def joined(
    engine: Engine, rows: str, mapping: Mapping, tables: tuple[Table, ...]
) -> tuple[Joined, ...]:
    """What became of the lists on other sheets."""
    found = []
    for join, table in zip(mapping.joins, tables, strict=True):
        keys, unmatched, example = engine.rows(
            f"select count(*), count(*) filter (not found), min(key) filter (not found) from ("  # noqa: S608 - own names
            f"select key, key in (select {join.on} from {rows} "
            f"where {join.on} is not null) as found from ({flag_list(table, join)}))"
        )[0]
        records = table.books.records
        found.append(Joined(table.sheets[0], join.field, records, keys, unmatched, example))
    return tuple(found)


def _warnings(found: dict[str, Any], mapping: Mapping, loaded: int) -> tuple[Problem, ...]:
    asked = DATASETS[mapping.dataset]
    notes = _about_keys(found, mapping, asked, loaded)
    if loaded > found["counted"]:
        key = "cleaning.not_counted" if asked is SALES else "cleaning.void_rows"
        notes.append(Problem(key, {"count": loaded - found["counted"]}))
    if found["repeats"]:
        notes.append(Problem("cleaning.repeats", {"count": found["repeats"]}))
    if len(found["currencies"]) > 1 and mapping.exchange is None:
        notes.append(Problem("cleaning.currencies", {"list": ", ".join(found["currencies"])}))
    for column in mapping.columns:
        if column.blanks:
            words = ", ".join(column.blanks)
            notes.append(Problem("cleaning.blank_words", {"column": column.header, "words": words}))
    return tuple(notes)


def _about_keys(
    found: dict[str, Any], mapping: Mapping, asked: Dataset, loaded: int
) -> list[Problem]:
    """Rows without customer or key, and keys that stand twice."""
    notes = []
    without = found["without_document"]
    if asked is SALES and mapping.column("customer") and found["without_customer"]:
        notes.append(Problem("cleaning.without_customer", {"count": found["without_customer"]}))
    if asked.unit and mapping.column(asked.unit) and without:
        notes.append(_without_unit(asked, without))
    if asked.unit in KEYS and (again := loaded - without - found["documents"]):
        notes.append(Problem("cleaning.repeated_keys", {"count": again}))
    return notes
