"""The as-of moment of an export: which state of the business it shows."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

from salesdash.imports.request import AsOfSource, Request

_DAY = re.compile(r"(?<!\d)(20\d\d)([-_. ]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_CHINESE_DAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)")
_CHINESE_MONTH = re.compile(r"(20\d\d)年(\d{1,2})月(?!\d)")

END = time(23, 59, 59)
DECEMBER = 12


def as_of(request: Request, modified: str | None, now: datetime) -> tuple[datetime, AsOfSource]:
    """The moment and where it was found; never later than `now` unless the user says so.

    As given; else the newest modified time in the rows; else a date in the file's name (the end
    of that day or month); else the file's own time.
    """
    if request.as_of is not None:
        return request.as_of, "given"
    if modified is not None:
        return min(datetime.fromisoformat(modified), now), "content"
    named = in_name(request.name)
    if named is not None:
        return min(datetime.combine(named, END), now), "name"
    return min(request.modified or file_time(request.path), now), "file"


def in_name(name: str) -> date | None:
    """The day, or last day of the month, that a file name ends on; None without a date."""
    days = _DAY.findall(name)
    found = [_day(y, m, d) for y, _, m, d in days]
    found += [_day(*parts) for parts in _CHINESE_DAY.findall(name)]
    if not any(found):
        months = _MONTH.findall(name) + _CHINESE_MONTH.findall(name)
        found = [_month_end(int(y), int(m)) for y, m in months]
    return max((day for day in found if day), default=None)


def file_time(path: Path) -> datetime:
    """When the file was last written, by the clock of this machine."""
    seconds = path.stat().st_mtime
    return datetime.fromtimestamp(seconds).replace(microsecond=0)  # noqa: DTZ006 - naive, like `now`


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    if not 1 <= month <= DECEMBER:
        return None
    first_of_next = date(year + month // DECEMBER, month % DECEMBER + 1, 1)
    return first_of_next - timedelta(days=1)
