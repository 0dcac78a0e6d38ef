"""Values of a staged import that are worth a look: counted and sampled, never changed.

An amount or quantity is an outlier when its size lies further beyond the quartiles than `REACH`
times their distance on a logarithmic scale (Tukey's outer fences), the distance taken as a factor
of `LEAST` at least. The quartiles are those of all rows as they would be with the import.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from salesdash.datasets import Dataset, Field, Kind
from salesdash.engine import Asks, identifier
from salesdash.imports.request import Staged
from salesdash.imports.rows import kept
from salesdash.warehouse import Warehouse
from salesdash.warehouse.coverage import EARLIEST
from salesdash.warehouse.edges import FACTS

REACH, LEAST, ENOUGH = 3, Decimal(2), 20
"""Fences lie so many distances out; the least distance; so many values are needed to tell."""

SHOWN = 5
"""So many records are named."""

MEASURED = ("amount", "quantity")
"""Fields whose sizes are compared."""

HAPPENED = {
    "deals": (
        ("created_date", "r.created_date"),
        ("close_date", "case when r.outcome <> 'open' then r.close_date end"),
    ),
    "leads": (("created_date", "r.created_date"), ("converted_date", "r.converted_date")),
}
"""Days that cannot lie ahead, as SQL, where they are not the date of the dataset alone."""

QUARTILES = """
select
    min(case when 4 * sizes.up_to >= sizes.total then sizes.size end) as lower,
    min(case when 4 * sizes.up_to >= 3 * sizes.total then sizes.size end) as upper,
    max(sizes.total) as total
from (
    select
        by_size.size,
        sum(by_size.rows_found) over (
            order by by_size.size
            rows between unbounded preceding and current row
        ) as up_to,
        sum(by_size.rows_found) over () as total
    from (
        select
            abs(s.{field}) as size,
            count(*) as rows_found
        from {relation} as s
        where s.counts
          and s.{field} <> 0
        group by abs(s.{field})
    ) as by_size
) as sizes
"""

COUNTS = """
select
    {counts}
from {rows} as r
where r.counts
"""

SAMPLES = """
select
    r.sheet,
    r.record,
    {value} as value
from {rows} as r
where r.counts
  and {condition}
order by
    {worst},
    r.sheet,
    r.record
limit {shown}
"""

What = Literal["outlier", "negative", "share", "future", "early"]


@dataclass(frozen=True)
class Sample:
    """A record with a value that is worth a look."""

    sheet: int
    record: int
    value: Decimal | date


@dataclass(frozen=True)
class Suspicion:
    """So many rows with one kind of odd value in a field, and the records of the oddest.

    `limits`: what an outlier lies outside of. `total`: what the values sum to, None of days.
    """

    what: What
    field: str
    rows: int
    samples: tuple[Sample, ...]
    limits: tuple[Decimal, Decimal] | None = None
    total: Decimal | None = None


@dataclass(frozen=True)
class _Test:
    """A condition on rows `r`; `worst`: the order in which samples are taken."""

    what: What
    field: str
    value: str
    condition: str
    worst: str
    limits: tuple[Decimal, Decimal] | None = None

    @property
    def counts(self) -> str:
        """SQL of how many rows there are, and of what their values sum to."""
        picked = f"case when {self.condition} then {self.value} end"
        total = "cast(null as decimal(18, 4))" if self.is_day else picked
        return f"count({picked}),\n    sum({total})"

    @property
    def is_day(self) -> bool:
        """Whether its values are days."""
        return self.what in ("future", "early")


def found(part: Staged, changed: Warehouse) -> tuple[Suspicion, ...]:
    """What is odd in the clean rows of a part; `changed`: the warehouse with all of them."""
    asks, rows = part.home.engine, kept(part.rows_file, part.dataset.columns)
    tests = [*_tests(part.dataset, part.received.date()), *_outliers(part.dataset, changed)]
    if not tests:
        return ()
    counts = asks.rows(COUNTS.format(counts=",\n    ".join(t.counts for t in tests), rows=rows))[0]
    pairs = zip(tests, counts[::2], counts[1::2], strict=True)
    return tuple(
        Suspicion(test.what, test.field, count, _samples(asks, rows, test), test.limits, total)
        for test, count, total in pairs
        if count
    )


def _tests(dataset: Dataset, today: date) -> Iterator[_Test]:
    """What needs no look at other rows: days, signs, shares."""
    day, first = f"date '{today}'", f"date '{EARLIEST}'"
    if dataset.name in FACTS:
        own = ((str(dataset.date), f"r.{identifier(str(dataset.date))}"),)
        for field, value in HAPPENED.get(dataset.name, own):
            yield _Test("future", field, value, f"{value} > {day}", f"{value} desc")
            yield _Test("early", field, value, f"{value} < {first}", value)
    if "amount" in dataset.names:
        yield _Test("negative", "amount", "r.amount", "r.amount < 0", "r.amount")
    yield from (_share(field) for field in dataset.fields if field.kind is Kind.SHARE)


def _share(field: Field) -> _Test:
    value = f"r.{identifier(field.name)}"
    return _Test("share", field.name, value, f"({value} < 0 or {value} > 1)", f"abs({value}) desc")


def _outliers(dataset: Dataset, changed: Warehouse) -> Iterator[_Test]:
    relation = changed.relation(dataset.name)
    for name in MEASURED:
        if name not in dataset.names:
            continue
        sql = QUARTILES.format(field=identifier(name), relation=relation)
        limits = fences(*changed.engine.rows(sql)[0])
        if limits is not None:
            value, (low, high) = f"r.{identifier(name)}", limits
            condition = f"({value} <> 0 and (abs({value}) < {low} or abs({value}) > {high}))"
            yield _Test("outlier", name, value, condition, f"abs({value}) desc", limits)


def fences(
    lower: Decimal | None, upper: Decimal | None, total: int | None
) -> tuple[Decimal, Decimal] | None:
    """The sizes beyond which a value is an outlier; None for too few values to tell."""
    if lower is None or upper is None or (total or 0) < ENOUGH:
        return None
    factor = max(upper / lower, LEAST) ** REACH
    return round(lower / factor, 4), round(upper * factor, 4)


def _samples(asks: Asks, rows: str, test: _Test) -> tuple[Sample, ...]:
    sql = SAMPLES.format(
        value=test.value, rows=rows, condition=test.condition, worst=test.worst, shown=SHOWN
    )
    return tuple(Sample(*row) for row in asks.rows(sql))
