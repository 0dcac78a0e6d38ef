"""The health of one dataset: fresh, complete, filled, known, told once, restated.

Rows are stale when they are older than config.yaml allows, and than they usually pause: costs that
come once a month are not late after a week.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.config import Settings
from salesdash.datasets import Dataset
from salesdash.imports import Waiting, is_alive
from salesdash.warehouse import Warehouse, quality
from salesdash.warehouse.coverage import EARLIEST, Month
from salesdash.warehouse.edges import FACTS
from salesdash.warehouse.quality import Filled, Repeats, Restated, Rows
from salesdash.warehouse.unmatched import Lost
from salesdash.workspace import Event

Readers = Mapping[tuple[str, str], tuple[str, ...]]
"""Metrics by the dataset and field they are read from."""

SPARSE = frozenset({
    "return_flag", "lost_reason", "competitor", "refund", "purpose", "converted_date",
    "active_from", "active_to", "modified_at", "probability", "close_date",
})  # fmt: skip
"""Fields that are rightly empty in many rows."""

LONG = timedelta(days=31)


@dataclass(frozen=True)
class Log:
    """What is known beside the rows: the events up to the cut, and rejected rows still out."""

    events: tuple[Event, ...] = ()
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class Fresh:
    """Until when the rows of a dataset reach, and its last import.

    `age` in days, None without a date; `stale`: older than it may be.
    """

    until: date | None
    age: int | None
    stale: bool
    last: Event | None
    imports: int


@dataclass(frozen=True)
class Covered:
    """Rows by month from the first to the last up to today; `empty`: months without any."""

    months: tuple[Month, ...]
    empty: int


@dataclass(frozen=True)
class Empty:
    """A field that some rows leave open, and the metrics that are read from it.

    `dimension`: figures are broken down by it.
    """

    field: str
    rows: int
    of: int
    metrics: tuple[str, ...]
    dimension: bool = False

    @property
    def share(self) -> float:
        """The part of the rows that count."""
        return self.rows / self.of


@dataclass(frozen=True)
class Health:
    """One dataset: what is in order with its rows, and what is not."""

    dataset: str
    filled: Filled
    fresh: Fresh
    covered: Covered
    empty: tuple[Empty, ...]
    lost: tuple[Lost, ...]
    repeats: Repeats
    waiting: tuple[Waiting, ...]
    restated: tuple[Restated, ...]

    @property
    def unknown(self) -> int:
        """Keys that no list has, those that are merely written otherwise left aside."""
        same = sum(1 for each in self.lost for key in each.keys if key.same)
        return sum(each.count for each in self.lost) - same

    @property
    def rejected(self) -> int:
        """Rejected rows that nobody has mended."""
        return sum(each.rows for each in self.waiting)


@dataclass(frozen=True)
class Unknown:
    """How many keys a reference set lacks, each once; `dataset`: whose rows use most of them."""

    reference: str
    count: int
    dataset: str


def of(rows: Rows, filled: Filled, settings: Settings, log: Log, readers: Readers) -> Health:
    """The health of rows, `filled` as they are."""
    name = rows.dataset.name
    events = [event for event in log.events if event.dataset == name and event.kind.brings_rows]
    standing = [event for event in events if is_alive(event.id, log.events)]
    return Health(
        dataset=name,
        filled=filled,
        fresh=_fresh(rows, settings.overview.stale_days, standing),
        covered=_covered(rows),
        empty=tuple(_empty(rows.dataset, filled, standing, readers)),
        lost=rows.lost(),
        repeats=rows.repeats(filled),
        waiting=tuple(each for each in log.waiting if each.dataset == name),
        restated=rows.restated(),
    )


def _fresh(rows: Rows, days: int, standing: Sequence[Event]) -> Fresh:
    last = standing[-1] if standing else None
    if rows.dataset.name not in FACTS:
        return Fresh(None, None, stale=False, last=last, imports=len(standing))
    age, late = _age(rows, days)
    return Fresh(rows.edge, age, late, last, len(standing))


def _age(rows: Rows, days: int) -> tuple[int | None, bool]:
    """How old the rows are in days, and whether that is more than it may be."""
    edge = rows.edge
    if edge is None:
        return None, False
    age = (rows.today - edge).days
    return age, age >= days and age > rows.pause()


def stale(
    warehouse: Warehouse, settings: Settings, today: date, cut: int | None = None
) -> tuple[tuple[str, int], ...]:
    """Datasets that are older than they may be, with their age in days, the oldest first."""
    found = []
    for name in FACTS:
        age, late = _age(quality.of(warehouse, name, today, cut), settings.overview.stale_days)
        if age is not None and late:
            found.append((name, age))
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def unknown(warehouse: Warehouse, cut: int | None = None) -> tuple[Unknown, ...]:
    """The reference sets that lack keys of facts, the one that lacks most first.

    Only sets that tell something of rows; keys that are merely written otherwise are known.
    """
    keys: dict[str, dict[str, frozenset[str]]] = {}
    for name in FACTS:
        for known in warehouse.references(name, cut):
            if known.unmatched:
                lacks = keys.setdefault(known.link.dataset.name, {})
                lacks[name] = frozenset(known.unmatched)
    found = (
        Unknown(reference, len(frozenset().union(*of.values())), max(of, key=lambda n: len(of[n])))
        for reference, of in keys.items()
    )
    return tuple(sorted(found, key=lambda each: -each.count))


def _covered(rows: Rows) -> Covered:
    """Months with and without rows; those too early to be true, and still to come, are left out."""
    if rows.dataset.date is None:
        return Covered((), 0)
    happened = rows.dataset.name in FACTS
    months = {
        month.start: month
        for month in rows.coverage().months
        if month.counted and month.start >= EARLIEST and (month.start <= rows.today or not happened)
    }
    if not months or not happened:  # a plan for a quarter has one row for three months
        return Covered(tuple(months.values()), 0)
    every, start = [], min(months)
    while start <= max(months):
        every.append(months.get(start, Month(start, 0, 0, None)))
        start = (start + LONG).replace(day=1)
    return Covered(tuple(every), sum(1 for month in every if not month.counted))


def _empty(
    dataset: Dataset,
    filled: Filled,
    standing: Sequence[Event],
    readers: Readers,
) -> Iterator[Empty]:
    """Fields with gaps: those that metrics read first, then by how much is missing."""
    mapped = {
        column.get("field")
        for event in standing
        for column in (event.mapping or {}).get("columns", ())
    }
    found = [
        Empty(
            field.name,
            filled.counted - filled.columns[field.name],
            filled.counted,
            readers.get((dataset.name, field.name), ()),
            field.dimension,
        )
        for field in dataset.fields
        if filled.columns[field.name] < filled.counted
        and (filled.columns[field.name] or field.name in mapped)
        and field.name not in SPARSE
    ]
    yield from sorted(found, key=lambda each: (not each.metrics, -each.rows))
