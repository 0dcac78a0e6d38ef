"""Targets by month in columns: which columns they are, of which year, and which are their totals.

A column whose months other columns make up is their total: it is checked against them and never
read beside them. Months without a year take that of a column of years, of what the user said, or
of the one year that the title, a sheet or the file is named after; else it is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from salesdash.errors import Problem
from salesdash.ingest.files.looks import is_total_word
from salesdash.ingest.headers import fold, plain, unitless
from salesdash.ingest.mapping import periods
from salesdash.ingest.reading import Table

TOTALS = frozenset(
    (
        *("total", "yeartotal", "fullyear", "annual", "annualtarget", "annualquota", "sum"),
        *("yearlytarget", "totaltarget", "合计", "总计", "全年", "年度目标", "全年目标"),
        *("年目标", "年度合计", "全年合计", "目标合计", "年度总目标", "全年任务", "年度任务"),
    )
)
"""Folded headers of a column that adds up the months beside it."""

SHOWN = 3
"""So many differences are told one by one."""


@dataclass(frozen=True)
class Calendar:
    """Columns of months, quarters or years: number -> period; those that add others up.

    `year`: number of the column with their years. `told`: the year they lack, and where it stands
    (`title`, `name`, `user`). `is_open`: they lack it and nothing tells.
    """

    members: Mapping[int, str]
    totals: Mapping[int, tuple[int, ...]]
    year: int | None = None
    told: tuple[int, str] | None = None
    is_open: bool = False


def find(table: Table, named: Mapping[int, str], said_year: int | None) -> Calendar:
    """The calendar of columns whose headers name these periods."""
    totals = _totals(table, named)
    members = {index: name for index, name in named.items() if index not in totals}
    if not any(map(periods.is_bare, members.values())):
        return Calendar(members, totals)
    column = next((i for i, c in enumerate(table.columns) if fold(c) in periods.YEAR), None)
    if column is not None and said_year is None:
        return Calendar(members, totals, column)
    year, where = _year(table, said_year)
    if year is None:
        return Calendar(members, totals, is_open=True)
    dated = {
        index: periods.of_year(name, year) if periods.is_bare(name) else name
        for index, name in members.items()
    }
    return Calendar(dated, totals, told=(year, where))


def years_in(table: Table) -> tuple[int, ...]:
    """All years that title, sheets and file are named after."""
    texts = (table.title, *table.called)
    return tuple(dict.fromkeys(year for text in texts for year in periods.years_in(text)))


def year_of(table: Table, said: int | None) -> int | None:
    """The year of what is written without one: as was said, of the title, of a name."""
    return _year(table, said)[0]


def _year(table: Table, said: int | None) -> tuple[int | None, str]:
    if said is not None:
        return said, "user"
    titled = periods.year_in(table.title)
    if titled is not None or periods.years_in(table.title):
        return titled, "title"
    named = (periods.year_in(name) for name in table.called)
    return next((year for year in named if year is not None), None), "name"


def _totals(table: Table, named: Mapping[int, str]) -> dict[int, tuple[int, ...]]:
    """Columns that others add up to: by their months, or by a word for a total."""
    spans = {index: span for index, name in named.items() if (span := periods.months_of(name))}
    found: dict[int, tuple[int, ...]] = {}
    for index, (_, months) in spans.items():
        finer = _parts(index, spans)
        covered = frozenset().union(*(spans[part][1] for part in finer))
        if finer and covered == months:
            found[index] = finer
    found |= _fiscal_years(table, named, found)
    single = tuple(index for index in named if index not in found)
    for index, header in enumerate(table.columns):
        if index not in named and _is_total(header):
            found[index] = single
    return found


def _fiscal_years(
    table: Table, named: Mapping[int, str], others: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[int, ...]]:
    """The one column of a fiscal year, if in each row it is just what all others make."""
    years = [index for index, name in named.items() if periods.is_fiscal_year(name)]
    parts = tuple(index for index in named if index not in others and index not in years)
    if len(years) != 1 or not parts or differences(table, years[0], parts, "."):
        return {}
    return {years[0]: parts}


def _parts(index: int, spans: Mapping[int, tuple[str, frozenset[int]]]) -> tuple[int, ...]:
    """The finest columns that lie within another one."""
    year, months = spans[index]
    inside = [
        (len(other), part) for part, (own, other) in spans.items() if own == year and other < months
    ]
    shortest = min((length for length, _ in inside), default=0)
    return tuple(part for length, part in inside if length == shortest)


def _is_total(header: str) -> bool:
    return fold(header) in TOTALS or is_total_word(unitless(header))


def told(table: Table, calendar: Calendar, point: str | None) -> list[Problem]:
    """That totals were left out, and where they are not what their parts make."""
    found = []
    for total, parts in calendar.totals.items():
        header, wrong = table.columns[total], differences(table, total, parts, point or ".")
        if not wrong:
            found.append(Problem("mapping.total_left", {"column": header}))
        for each in wrong[:SHOWN]:
            values = {"column": header, "row": each.row, "stated": each.stated, "sum": each.summed}
            found.append(Problem("mapping.total_differs", {**values, "count": len(wrong)}))
    return found


# --- checks ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """A row whose total is not what its parts add up to, by its first words."""

    row: str
    stated: Decimal
    summed: Decimal


def differences(
    table: Table, total: int, parts: Sequence[int], point: str
) -> tuple[Difference, ...]:
    """The rows, among the first ones of the table, in which a total is something else.

    Rows in which any of these cells is no number are not looked at.
    """
    found = []
    for cells in table.head:
        stated = _number(cells[total], point)
        values = [
            _number(cells[part], point) if cells[part].strip() else Decimal(0) for part in parts
        ]
        known = [value for value in values if value is not None]
        if stated is not None and len(known) == len(values) and sum(known, Decimal(0)) != stated:
            label = " · ".join(plain(c) for c in cells if c.strip() and _number(c, point) is None)
            found.append(Difference(label, stated, sum(known, Decimal(0))))
    return tuple(found)


def _number(cell: str, point: str) -> Decimal | None:
    text = plain(cell).replace(" ", "")
    text = text.replace(",", "") if point == "." else text.replace(".", "").replace(",", ".")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
