"""Wide tables: several columns that hold the same figure of different members.

Spend by channel (`tv_S`, `Radio spend`, `抖音推广费`), and targets or sales by month (`2026-01`,
`Jan`, `1月`) are found by their headers; other columns the user names (`costs.amount@channel=tv`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from functools import partial

from salesdash.datasets import COSTS, SALES, TARGETS, Dataset
from salesdash.ingest.files.looks import is_total_word
from salesdash.ingest.headers import fold, plain
from salesdash.ingest.mapping import calendars, periods
from salesdash.ingest.mapping.calendars import Calendar
from salesdash.ingest.mapping.plan import Mapping
from salesdash.ingest.mapping.specs import Spec
from salesdash.ingest.reading import Table

MONTHS = {TARGETS.name: ("target", "period_start"), SALES.name: ("amount", "order_date")}
"""What columns of months hold, and the field that they tell."""

BY_MONTH = tuple(by for _, by in MONTHS.values())

ENOUGH = 2
"""One column alone is no wide table."""

_SPEND = re.compile(
    r"(?:spend(?:ing)?[\s_\-:]+(?P<after>.+))|"
    r"(?P<before>.+?)(?:[\s_\-]+spend(?:ing)?|投放金额|投放费用|投放|广告费|推广费|花费)"
)
_COST = re.compile(
    r"(?:(?:cost|expense)s?[\s_\-:]+(?P<after>.+))|"
    r"(?P<before>.+?)(?:[\s_\-]+(?:cost|expense)s?|费用|支出)"
)
_ROBYN = re.compile(r"(?P<before>.+)_S")
"""Marketing mix models mark the spend of a channel like this."""


@dataclass(frozen=True)
class Spread:
    """Column number -> member, the field they fill, the field that takes the member."""

    field: str
    by: str
    members: dict[int, str]
    values: dict[str, str] = attribute(default_factory=dict)
    year: int | None = None  # column with the year of months that are named without one
    asides: bool = False  # by name it may stand beside another dataset in the same table
    calendar: Calendar | None = None  # of figures by month


def find(  # noqa: PLR0913 - a table, what is sought, and all that was said before and now
    table: Table,
    dataset: Dataset,
    used: set[int],
    said: tuple[Spec, ...],
    memory: Mapping | None,
    year: int | None = None,
) -> Spread | None:
    """The wide columns of a table: as said, as remembered, else by their headers.

    Those of months are found anew each time: next year's file may have the same headers. `year`:
    what the user said of months without one.
    """
    free = {spec.index for spec in said if spec.concerns(dataset)}
    found = None
    if memory is None or memory.wide is None or memory.wide.by in BY_MONTH:
        found = _by_headers(table, dataset, used, free, year)
    if found is None and memory is not None and memory.wide is not None:
        found = _remembered(table, memory, free)
    told = [spec for spec in said if spec.concerns(dataset) and spec.by and spec.member]
    return _with_told(found, told) if told else found


def _with_told(found: Spread | None, told: list[Spec]) -> Spread:
    """The columns that the user named, beside those found for the same figure."""
    first = told[0]
    members = {spec.index: plain(spec.member or "") for spec in told}
    if found is None or (found.field, found.by) != (first.field, first.by):
        return Spread(first.field, str(first.by), members, asides=True)
    return replace(found, members=dict(sorted({**found.members, **members}.items())), asides=True)


def _remembered(table: Table, memory: Mapping, said: set[int]) -> Spread | None:
    assert memory.wide is not None
    members = {
        index: column.member
        for index, header in enumerate(table.columns)
        for column in memory.columns
        if column.member is not None and fold(column.header) == fold(header) and index not in said
    }
    values = dict(memory.values)
    return Spread(memory.wide.field, memory.wide.by, members, values, memory.wide.year, asides=True)


def _by_headers(
    table: Table, dataset: Dataset, used: set[int], said: set[int], year: int | None
) -> Spread | None:
    free = [i for i in range(len(table.columns)) if _is_numeric(table, i)]
    if dataset is COSTS:
        for pattern, aside in ((_ROBYN, True), (_SPEND, True), (_COST, False)):
            members = _members(table, free, partial(_named, pattern=pattern))
            if members and not set(members) & used:
                values = {"purpose": "acquisition"} if aside else {}
                members = {i: member for i, member in members.items() if i not in said}
                by = "channel" if aside else "cost_type"
                found = Spread("amount", by, members, values, asides=aside)
                return found if members else None
    if dataset.name in MONTHS:
        return _by_month(table, dataset, free, said, year)
    return None


def _by_month(
    table: Table, dataset: Dataset, free: list[int], said: set[int], year: int | None
) -> Spread | None:
    field, by = MONTHS[dataset.name]
    named = _members(table, free, periods.month_of)
    named = {i: member for i, member in named.items() if i not in said}
    if not named:
        return None
    found = calendars.find(table, named, year)
    return Spread(field, by, dict(found.members), year=found.year, calendar=found)


def _is_numeric(table: Table, index: int) -> bool:
    return table.profiles[index].kind in ("number", "odd", "empty")


def _members(table: Table, free: list[int], name_of: Callable[[str], str | None]) -> dict[int, str]:
    """Column -> member; none unless several columns are named like this, each its own."""
    named = {index: name_of(plain(table.columns[index])) for index in free}
    found = {index: name for index, name in named.items() if name is not None}
    enough = len(found) >= ENOUGH and len(set(found.values())) == len(found)
    filled = any(table.profiles[index].filled for index in found)
    return found if enough and filled else {}


def _named(header: str, pattern: re.Pattern[str]) -> str | None:
    found = pattern.fullmatch(header) if pattern is _ROBYN else pattern.fullmatch(header.lower())
    if found is None:
        return None
    part = next(part for part in ("before", "after") if found.groupdict().get(part))
    start, end = found.span(part)
    member = header[start:end].strip(" _-:")
    return None if is_total_word(member) or not member else member
