"""Facts about clean rows, for the preflight: sums, period, statuses, repeats, rejects by reason."""

from pathlib import Path
from typing import Any

import numpy as np

from salesdash.datasets import DATASETS, SQL_TYPES, Kind
from salesdash.engine import Engine, identifier
from salesdash.errors import Problem
from salesdash.ingest.cleaning import values
from salesdash.ingest.cleaning.result import RejectGroup, StatusCount
from salesdash.ingest.mapping.plan import COMPUTED, Candidate, Mapping, NumberFormat
from salesdash.ingest.relation import literal

SAME = ("document", "order_date", "product", "quantity", "amount", "customer", "price", "person")
"""Two rows equal in all of these say the same."""

_TOTALS = """
select
  count(*) filter (counts),
  min(order_date),
  max(order_date),
  cast(max(modified_at) as varchar),
  coalesce(sum(amount) filter (counts), 0),
  count(*),
  count(*) filter (document is null),
  count(*) filter (customer is null and counts)
from read_parquet({rows})
"""


def collect(engine: Engine, rows: Path, rejects: Path | None, mapping: Mapping) -> dict[str, Any]:
    """The facts of `Cleaned` by name."""
    file = literal(str(rows))
    totals = engine.rows(_TOTALS.format(rows=file))[0]
    extras = {c.extra: c.header for c in mapping.columns if c.extra is not None}
    found: dict[str, Any] = {
        "counted": totals[0],
        "first_day": totals[1],
        "last_day": totals[2],
        "modified_at": totals[3],
        "amount": str(totals[4]),
        "documents": _distinct(engine, file, "document"),
        "without_document": totals[6],
        "without_customer": totals[7],
        "repeats": totals[5] - _distinct(engine, file, *SAME),
        "extras": extras,
        "candidates": _candidates(engine, file, mapping),
        "statuses": _statuses(engine, file),
        "currencies": _currencies(engine, file),
        "rejects": _rejects(engine, rejects),
    }
    return {**found, "warnings": (*mapping.warnings, *_warnings(found, mapping))}


def _distinct(engine: Engine, file: str, *columns: str) -> int:
    """How many different values; rows where a single column is empty do not count.

    Sorted hashes of 64 bits: 8 bytes a row, where a hash table of the values takes a hundred.
    """
    filled = f"where {columns[0]} is not null" if len(columns) == 1 else ""
    asked = f"select hash({', '.join(columns)}) as h from read_parquet({file}) {filled}"  # noqa: S608
    hashes = engine.arrow(asked).column("h").to_numpy()
    ordered = np.sort(hashes)
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + min(len(ordered), 1)


def _candidates(engine: Engine, file: str, mapping: Mapping) -> tuple[Candidate, ...]:
    """Every candidate for the amount with its sum."""
    sums = [f"sum({_as_amount(c, mapping)}) filter (counts)" for c in mapping.amount.candidates]
    if not sums:
        return ()
    totals = engine.rows(f"select {', '.join(sums)} from read_parquet({file})")[0]  # noqa: S608
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
    form = NumberFormat(chosen.decimal if chosen else ".")
    cell = identifier(column.extra or "")
    return values.number(cell, form, SQL_TYPES[Kind.MONEY], share=False)


def _statuses(engine: Engine, file: str) -> tuple[StatusCount, ...]:
    rows = engine.rows(
        "select status, counts, count(*) as n "  # noqa: S608 - own literal
        f"from read_parquet({file}) group by status, counts order by n desc, status limit 100"
    )
    return tuple(StatusCount(*row) for row in rows)


def _currencies(engine: Engine, file: str) -> tuple[str, ...]:
    rows = engine.rows(
        "select currency, count(*) as n "  # noqa: S608 - own literal
        f"from read_parquet({file}) where currency is not null group by currency order by n desc"
    )
    return tuple(row[0] for row in rows[:20])


def _rejects(engine: Engine, rejects: Path | None) -> tuple[RejectGroup, ...]:
    if rejects is None:
        return ()
    rows = engine.rows(
        'select reason, "column", count(*) as n, min(value) '  # noqa: S608 - own literal
        f"from read_parquet({literal(str(rejects))}) "
        'group by reason, "column" order by n desc, reason limit 100'
    )
    return tuple(RejectGroup(*row) for row in rows)


def _warnings(found: dict[str, Any], mapping: Mapping) -> tuple[Problem, ...]:
    asked = DATASETS[mapping.dataset]
    loaded = sum(status.rows for status in found["statuses"])
    notes = []
    if mapping.column("customer") and found["without_customer"]:
        notes.append(Problem("cleaning.without_customer", {"count": found["without_customer"]}))
    if asked.unit and mapping.column(asked.unit) and found["without_document"]:
        notes.append(Problem("cleaning.without_document", {"count": found["without_document"]}))
    if loaded > found["counted"]:
        notes.append(Problem("cleaning.not_counted", {"count": loaded - found["counted"]}))
    if found["repeats"]:
        notes.append(Problem("cleaning.repeats", {"count": found["repeats"]}))
    if len(found["currencies"]) > 1:
        notes.append(Problem("cleaning.currencies", {"list": ", ".join(found["currencies"])}))
    for column in mapping.columns:
        if column.blanks:
            words = ", ".join(column.blanks)
            notes.append(Problem("cleaning.blank_words", {"column": column.header, "words": words}))
    return tuple(notes)
