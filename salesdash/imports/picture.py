"""A picture of a staged import: sums by month, days without rows, values worth a look.

Nothing is refused or left out here: what looks odd is shown with its records, and loaded. It is
asked of the clean rows and of the warehouse with and without them, one scan a kind of question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from salesdash.datasets import DATASETS, Dataset
from salesdash.engine import identifier
from salesdash.imports import suspicious
from salesdash.imports.preflight import changed_warehouse
from salesdash.imports.request import Staged
from salesdash.imports.rows import kept
from salesdash.imports.suspicious import Suspicion
from salesdash.warehouse import Warehouse
from salesdash.warehouse.coverage import EARLIEST
from salesdash.warehouse.unmatched import Lost, links, lost

STRETCH, OFTEN = 7, 0.5
"""So many days in a row without rows are a gap, where this share of all days has some."""

LEAST = 6
"""So many months are shown at least, if there are any."""

AROUND = timedelta(days=31)
"""So far before and after the file stored days are looked at, too."""

MONTHS = """
select
    cast(date_trunc('month', by_day.day) as date) as month,
    cast(sum(by_day.rows_found) as bigint) as rows_found,
    sum(by_day.amount) as amount,
    sum(case when by_day.day <= $edge then by_day.amount end) as covered
from (
    select
        {day} as day,
        count(*) as rows_found,
        sum({amount}) as amount
    from {relation} as s
    where s.counts
      and {day} is not null
    group by {day}
) as by_day
group by cast(date_trunc('month', by_day.day) as date)
order by month
"""

DAYS = """
select distinct
    {day} as day
from {relation} as s
where s.counts
  and {day} between $first and $last
order by day
"""


@dataclass(frozen=True)
class MonthChange:
    """A month without and with the import: rows that count, and the sum of their amounts.

    `restated`: the days that were covered before the import sum to something else with it.
    """

    start: date
    rows_before: int
    rows_after: int
    before: Decimal | None
    after: Decimal | None
    restated: bool

    @property
    def changes(self) -> bool:
        """Whether the import changes it at all."""
        return (self.rows_before, self.before) != (self.rows_after, self.after)


@dataclass(frozen=True)
class Gap:
    """Days, or whole months, without rows where there are rows around; both ends included."""

    first: date
    last: date
    grain: Literal["day", "month"]


@dataclass(frozen=True)
class Picture:
    """What can be seen of one dataset of a file; `months`: those it changes, and around.

    `lost`: keys that lists lack, of the rows of the file; of a list those of stored rows.
    """

    months: tuple[MonthChange, ...] = ()
    gaps: tuple[Gap, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    lost: tuple[Lost, ...] = ()
    repeats: int = 0

    @property
    def restated(self) -> tuple[MonthChange, ...]:
        """Months that were reported already and would read differently."""
        return tuple(month for month in self.months if month.restated)


def pictured(staged: Staged) -> Staged:
    """The staged import with a picture of each part; as it is while it cannot be committed."""
    if not staged.is_ready:
        return staged
    changed = changed_warehouse(staged)
    first, *others = (replace(part, picture=_picture(part, changed)) for part in staged.parts)
    return replace(first, others=tuple(others))


def _picture(part: Staged, changed: Warehouse) -> Picture:
    dataset = part.dataset
    months = _months(part, changed) if dataset.date is not None else ()
    return Picture(
        _touched(months),
        tuple(_gaps(part, changed, months)),
        suspicious.found(part, changed),
        tuple(_lost(part, changed)),
        part.cleaned.repeats if part.cleaned else 0,
    )


# --- months and gaps ---------------------------------------------------------------------------


def _months(part: Staged, changed: Warehouse) -> tuple[MonthChange, ...]:
    """All months, without and with the import."""
    stored = part.home.warehouse
    edge = stored.edge(part.dataset.name, part.received.date()) or date.min
    before, after = (_sums(each, part.dataset, edge) for each in (stored, changed))
    return tuple(
        _change(month, before.get(month), after.get(month)) for month in sorted({*before, *after})
    )


def _touched(months: Sequence[MonthChange]) -> tuple[MonthChange, ...]:
    """From the first month that changes to the last, and months before where these are few."""
    places = [place for place, month in enumerate(months) if month.changes]
    if not places:
        return ()
    first, last = places[0], places[-1]
    return tuple(months[max(0, min(first, last + 1 - LEAST)) : last + 1])


_Sums = tuple[int, Decimal | None, Decimal | None]
_NOTHING: _Sums = (0, None, None)


def _change(month: date, before: _Sums | None, after: _Sums | None) -> MonthChange:
    (rows_before, sum_before, known), (rows_after, sum_after, now) = (
        before or _NOTHING,
        after or _NOTHING,
    )
    restated = bool(rows_before) and (known or 0) != (now or 0)
    return MonthChange(month, rows_before, rows_after, sum_before, sum_after, restated)


def _sums(warehouse: Warehouse, dataset: Dataset, edge: date) -> dict[date, _Sums]:
    """Rows, their sum, and the sum of days up to `edge`, by month."""
    amount = "s.amount" if "amount" in dataset.names else "cast(null as decimal(18, 4))"
    sql = MONTHS.format(relation=warehouse.relation(dataset.name), day=_day(dataset), amount=amount)
    rows = warehouse.engine.rows(sql, {"edge": edge})
    return {month: (count, total, covered) for month, count, total, covered in rows}


def _gaps(part: Staged, changed: Warehouse, months: Sequence[MonthChange]) -> Iterator[Gap]:
    """Days or months without rows, inside the file or between it and what is stored."""
    if not months or part.cleaned is None:
        return
    first, last = part.cleaned.first_day, part.cleaned.last_day
    if first is None or last is None:
        return
    first, last = max(first, EARLIEST), min(last, part.received.date())
    found = _day_gaps(_dated(changed, part.dataset, first - AROUND, last + AROUND), first, last)
    yield from found
    for gap in _month_gaps(months, first, last):
        if not any(each.first <= gap.first and gap.last <= each.last for each in found):
            yield gap


def _dated(warehouse: Warehouse, dataset: Dataset, first: date, last: date) -> list[date]:
    sql = DAYS.format(relation=warehouse.relation(dataset.name), day=_day(dataset))
    return [row[0] for row in warehouse.engine.rows(sql, {"first": first, "last": last})]


def _day_gaps(days: Sequence[date], first: date, last: date) -> list[Gap]:
    """Stretches of days that touch the file, where most days have rows."""
    if not days or len(days) < OFTEN * ((days[-1] - days[0]).days + 1):
        return []
    day = timedelta(days=1)
    gaps = (Gap(a + day, b - day, "day") for a, b in pairwise(days))
    return [
        gap
        for gap in gaps
        if (gap.last - gap.first).days + 1 >= STRETCH
        and gap.last >= first - day
        and gap.first <= last + day
    ]


def _month_gaps(months: Sequence[MonthChange], first: date, last: date) -> Iterator[Gap]:
    """Whole months without rows in the file, or between it and stored months that it adds to."""
    begin, end = first.replace(day=1), last.replace(day=1)
    known = [
        month for month in months if month.rows_after and EARLIEST <= month.start <= last + AROUND
    ]
    for before, after in pairwise(known):
        gap = Gap((before.start + AROUND).replace(day=1), after.start - timedelta(days=1), "month")
        inside = begin <= before.start and after.start <= end
        led = after.start == begin and not after.rows_before
        left = before.start == end and not before.rows_before
        if gap.first < after.start and (inside or led or left):
            yield gap


def _day(dataset: Dataset) -> str:
    return f"s.{identifier(str(dataset.date))}"


# --- keys ----------------------------------------------------------------------------------------


def _lost(part: Staged, changed: Warehouse) -> Iterator[Lost]:
    """Keys of the file's rows that lists lack; of a list, keys of stored rows that it lacks."""
    asks = part.home.engine
    incoming = kept(part.rows_file, part.dataset.columns)
    pairs = [(part.dataset, link, incoming) for link in links(part.dataset)]
    if part.dataset.reference:
        pairs = [
            (facts, link, changed.relation(facts.name))
            for facts in DATASETS.values()
            for link in links(facts)
            if link.dataset is part.dataset
        ]
    for facts, link, rows in pairs:
        found = lost(asks, facts, link, rows, changed.relation(link.dataset.name))
        if found is not None:
            yield found
