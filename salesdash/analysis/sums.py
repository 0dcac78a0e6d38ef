"""Months without and with an import, side by side: what a staged file does to sums."""

from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.analysis.answers import Number
from salesdash.imports import MonthChange, Picture
from salesdash.metrics import Unit
from salesdash.periods import Period

MOST = 48
"""So many months are shown, the last ones."""

LONG = timedelta(days=31)


@dataclass(frozen=True)
class Sum:
    """A month; `then` and `now`: without and with the import, None where it has no rows."""

    period: Period
    then: Number | None
    now: Number | None
    restated: bool = False

    @property
    def change(self) -> Number | None:
        """What the import adds; None where nothing is known of the month."""
        if self.then is None and self.now is None:
            return None
        return (self.now or 0) - (self.then or 0)  # type: ignore[operator]  # both are of one kind


@dataclass(frozen=True)
class Sums:
    """Neighbouring months, with or without rows: sums of money, of rows where none states one.

    `metric` names files. `earlier`: so many months with rows come before those shown.
    """

    metric: str
    unit: Unit
    months: tuple[Sum, ...]
    earlier: int = 0


def of(picture: Picture, dataset: str) -> Sums:
    """The months that an import touches, the last `MOST`."""
    found = picture.months
    stated = any(each is not None for month in found for each in (month.before, month.after))
    known = {month.start: _sum(month, stated=stated) for month in found}
    starts = _starts(min(known), max(known))[-MOST:] if known else []
    months = tuple(known.get(start, Sum(_month(start), None, None)) for start in starts)
    earlier = sum(1 for start in known if start < starts[0]) if starts else 0
    return Sums(dataset, Unit.MONEY if stated else Unit.COUNT, months, earlier)


def _sum(month: MonthChange, *, stated: bool) -> Sum:
    then, now = (
        (month.before, month.after)
        if stated
        else (month.rows_before or None, month.rows_after or None)
    )
    return Sum(_month(month.start), then, now, month.restated)


def _starts(first: date, last: date) -> list[date]:
    """The first days of months, both ends included."""
    found = [first]
    while found[-1] < last:
        found.append((found[-1] + LONG).replace(day=1))
    return found


def _month(start: date) -> Period:
    return Period(start, (start + LONG).replace(day=1))
