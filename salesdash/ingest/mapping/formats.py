"""How the values of the mapped columns are written, and what that leaves open."""

from dataclasses import replace

from salesdash.datasets import Dataset, Kind
from salesdash.ingest.headers import PERCENT, factor_in, factor_of, fold, states_unit, unit_of
from salesdash.ingest.mapping import calendars, dates, numbers, periods
from salesdash.ingest.mapping.draft import Draft
from salesdash.ingest.mapping.plan import (
    ColumnMap,
    DateFormat,
    NumberFormat,
    Order,
    Overrides,
    Question,
)
from salesdash.ingest.reading import Table

NUMERIC = (Kind.MONEY, Kind.RATE, Kind.NUMBER, Kind.SHARE)
PLANNED = ("target", "floor", "stretch")
"""Fields of all kinds of metrics, shares among amounts; the unit of their title holds for them."""

DATED = (Kind.DATE, Kind.MOMENT)

PAST = (0, -1, -2)
"""Years that what happened may be of, seen from this one."""


def remembered(said: Overrides, draft: Draft) -> Overrides:
    """What the user says now, else what was settled for these headers where they settle nothing."""
    if draft.memory is None:
        return said
    dated = [c.dates for c in draft.memory.columns if c.dates and c.dates.order != "ymd"]
    roles = draft.dataset.roles
    profiled = [draft.table.profiles[i] for f, i in draft.places.items() if f in roles]
    unclear = any(dates.decide(profile).ambiguous for profile in profiled)
    order = dated[0].order if dated and unclear else None
    signs = {c.number.decimal for c in draft.memory.columns if c.number}
    proved = file_decimal(draft.table)
    decimal = signs.pop() if len(signs) == 1 and proved is None else None
    return replace(
        said,
        dates=said.dates or order,
        decimal=said.decimal or decimal,
        basis=said.basis or draft.memory.amount.basis,
        currency=said.currency or draft.memory.currency,
    )


def file_decimal(table: Table) -> numbers.Decimal | None:
    """The decimal sign that the columns of the file prove, if they agree."""
    signs = {sign for profile in table.profiles if (sign := numbers.evidence(profile))}
    return signs.pop() if len(signs) == 1 else None


def file_order(table: Table) -> Order | None:
    """The order of day and month that the columns of the file prove, if they agree."""
    orders = {order for profile in table.profiles if (order := dates.evidence(profile))}
    return orders.pop() if len(orders) == 1 else None


def delimiter_of(table: Table) -> str | None:
    """What separates the cells of a text file."""
    return table.dialect.delimiter if table.dialect is not None else None


def formatted(
    column: ColumnMap,
    dataset: Dataset,
    table: Table,
    said: Overrides,
    file_decimal: numbers.Decimal | None,
) -> tuple[ColumnMap, list[Question]]:
    """The column with the format of its values, and what that leaves open."""
    if column.field is None:
        return column, []
    kind, profile = dataset.field(column.field).kind, table.profiles[column.index]
    if kind in DATED:
        return _dated(column, table, said)
    if kind in NUMERIC:
        decided = numbers.decide(profile, said.decimal, file_decimal, delimiter_of(table))
        unclear = decided.ambiguous or (numbers.contradicts(profile) and said.decimal is None)
        asked = [decimal_question(column, table)] if unclear else []
        number = scaled(decided.format, column, kind, table)
        return replace(column, number=number, blanks=decided.blanks), asked
    return replace(column, whole=profile.whole and kind is Kind.CODE), []


def _dated(column: ColumnMap, table: Table, said: Overrides) -> tuple[ColumnMap, list[Question]]:
    """A column of days or periods."""
    profile = table.profiles[column.index]
    if periods.are_periods(profile):
        blanks = numbers.blank_words(profile)
        return replace(column, dates=DateFormat(("period",)), blanks=blanks), []
    if periods.are_bare(profile):
        year = year_beside(column, table)
        column = replace(column, dates=DateFormat(("period",), year=year))
        return _of_a_year(column, table, said) if year is None else (column, [])
    found = dates.decide(profile, said.dates)
    if found.ambiguous and (order := file_order(table)) in found.options:
        found = dates.decide(profile, order)
    column = replace(column, dates=found.format, blanks=numbers.blank_words(profile))
    if found.yearless:
        return _of_a_year(column, table, said)
    return column, [date_question(column, table, found.options)] if found.ambiguous else []


def _of_a_year(
    column: ColumnMap, table: Table, said: Overrides
) -> tuple[ColumnMap, list[Question]]:
    """The column of months or days without a year, with that of the user, title or name; asked."""
    assert column.dates is not None
    year = calendars.year_of(table, said.year)
    if year is not None:
        return replace(column, dates=replace(column.dates, of=year)), []
    return column, [year_question(column.header, table, said, PAST)]


def year_question(columns: str, table: Table, said: Overrides, near: tuple[int, ...]) -> Question:
    """Of which year something is; offered are those of title and names, else the nearest ones."""
    years = calendars.years_in(table) or tuple(
        said.this_year + step for step in near if said.this_year is not None
    )
    return Question("year", "question.year", {"columns": columns}, tuple(map(str, years)))


def year_beside(column: ColumnMap, table: Table) -> int | None:
    """The column with the years of a column of months that lacks them."""
    if not periods.are_bare(table.profiles[column.index]):
        return None
    years = (i for i, header in enumerate(table.columns) if fold(header) in periods.YEAR)
    return next((index for index in years if index != column.index), None)


def scaled(number: NumberFormat, column: ColumnMap, kind: Kind, table: Table) -> NumberFormat:
    """With what the header says of the unit, and 15 for 15 % where a share cannot be 15."""
    profile = table.profiles[column.index]
    if kind is Kind.SHARE:
        whole = profile.kind == "number" and abs(float(profile.high or 0)) > 1
        return replace(number, percent=unit_of(column.header) == PERCENT or whole)
    factor = factor_of(column.header)
    if column.field in PLANNED or kind is Kind.MONEY:
        titled = None if states_unit(column.header) else factor_in(table.title)
        factor = titled[1] if titled is not None else factor
    return replace(number, factor=factor, percents=column.field in PLANNED)


def date_question(column: ColumnMap, table: Table, options: tuple[str, ...]) -> Question:
    """Which of two numbers is the day."""
    samples = table.profiles[column.index].samples
    unclear = (sample for sample in samples if dates.is_unclear(sample))
    values = {"column": column.header, "example": next(unclear, samples[0] if samples else "")}
    return Question("dates", "question.dates", values, options, column.header, samples)


def decimal_question(column: ColumnMap, table: Table) -> Question:
    """Whether 1.234 is a little over one or over a thousand."""
    samples = table.profiles[column.index].samples
    values = {"column": column.header, "example": samples[0] if samples else ""}
    return Question("decimal", "question.decimal", values, (".", ","), column.header, samples)
