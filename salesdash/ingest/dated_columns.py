"""Which column of a plain table holds the dates and which the values; what is unclear is asked."""

import re
from dataclasses import dataclass, replace

from salesdash.engine import Engine
from salesdash.errors import DataRefused, Place
from salesdash.ingest.headers import fold
from salesdash.ingest.mapping import dates, formats, numbers, periods
from salesdash.ingest.mapping.plan import ColumnMap, DateFormat, Order
from salesdash.ingest.number_columns import NumberColumns
from salesdash.ingest.reading import Profile, Table

DATE_HEADER = re.compile(r"date|day|week|month|quarter|year|period|time|日|周|月|季|年|期|时间")
VALUE_HEADERS = frozenset(("value", "values", "y", "值", "数值"))

YEAR = r"((?:19|20)[0-9][0-9])"
WEEK = re.compile(
    rf"{YEAR}[-/ ]?W([0-9]{{1,2}})|{YEAR}\s?年?\s?[-/]?第?([0-9]{{1,2}})周"
    rf"|W(?:EEK|K)?[- ]?([0-9]{{1,2}})[-/, ]+{YEAR}",
    re.IGNORECASE,
)
"""An ISO week as text: 2024-W05, 2024年第5周, Week 5, 2024."""

WEEKS, PERIODS = "week", "period"
"""Styles of dates that have a last day, too."""


@dataclass(frozen=True)
class Ask:
    """What the user said: the columns by their headers, order of day and month, decimal sign."""

    value: str | None = None
    date: str | None = None
    order: Order | None = None
    decimal: numbers.Decimal | None = None


@dataclass(frozen=True)
class Columns:
    """The question which columns of a table are which."""

    engine: Engine
    table: Table
    place: Place
    ask: Ask

    @property
    def figures(self) -> NumberColumns:
        """The columns of numbers."""
        return NumberColumns(self.engine, self.table, self.place, self.ask.decimal)

    def date(self) -> ColumnMap:
        """The column of dates, with how it is read."""
        if self.ask.date is not None:
            index = self.figures.named(self.ask.date, "date")
            found = self._as_dates(index)
            if found is None:
                header = self.table.columns[index]
                raise DataRefused("dated.no_dates_in", place=self.place, name=header)
        else:
            found = self._likeliest()
        self._ensure_clear(found)
        return found

    def value(self, date: ColumnMap) -> ColumnMap:
        """The column of values, with how it is read."""
        taken = (date.index, date.dates.year if date.dates else None)
        columns = [i for i in range(len(self.table.columns)) if i not in taken]
        if self.ask.value is not None:
            found = [self.figures.as_numbers(self.figures.named(self.ask.value, "value"))]
        else:
            found = [self.figures.as_numbers(i) for i in columns if self.figures.is_numeric(i)]
        named = [each for each in found if fold(each.header) in VALUE_HEADERS]
        found = named if len(named) == 1 else found
        if not found:
            raise DataRefused(
                "dated.no_value", place=self.place, columns=self.figures.listed(columns)
            )
        if len(found) > 1:
            listed = self.figures.listed(each.index for each in found)
            raise DataRefused("dated.which_value", place=self.place, columns=listed)
        self.figures.ensure_clear(found[0].index)
        return found[0]

    # --- dates ------------------------------------------------------------------------------

    def _likeliest(self) -> ColumnMap:
        """The only column of dates, or the only one that is called so."""
        every = range(len(self.table.columns))
        found = [each for i in every if self._may_be_dates(i) and (each := self._as_dates(i))]
        years = {each.dates.year for each in found if each.dates}
        found = [each for each in found if each.index not in years]
        if len(found) > 1:
            called = [each for each in found if _is_date_header(each.header)]
            found = called or found
        if not found:
            raise DataRefused("dated.no_date", place=self.place, columns=self.figures.listed(every))
        if len(found) > 1:
            listed = self.figures.listed(each.index for each in found)
            raise DataRefused("dated.which_date", place=self.place, columns=listed)
        return found[0]

    def _may_be_dates(self, index: int) -> bool:
        """Whether there is anything, and numbers are called dates."""
        profile = self.table.profiles[index]
        plain = profile.kind == "number"
        return profile.filled > 0 and not (plain and not _is_date_header(self.table.columns[index]))

    def _as_dates(self, index: int) -> ColumnMap | None:
        """The column as dates, None if it holds none."""
        profile = self.table.profiles[index]
        column = ColumnMap(index, self.table.columns[index])
        if _are_weeks(profile):
            return replace(column, dates=DateFormat((WEEKS,)))
        if periods.are_mostly_periods(profile):
            return replace(column, dates=DateFormat((PERIODS,)))
        year = formats.year_beside(column, self.table)
        if year is not None:
            return replace(column, dates=DateFormat((PERIODS,), year=year))
        decided = self._decided(profile)
        known = decided.format.styles and 2 * decided.read > profile.filled
        return replace(column, dates=decided.format) if known else None

    def _decided(self, profile: Profile) -> dates.DateDecision:
        return dates.decide(profile, self.ask.order or formats.file_order(self.table))

    def _ensure_clear(self, column: ColumnMap) -> None:
        """DataRefused when nobody can tell the day from the month."""
        profile = self.table.profiles[column.index]
        assert column.dates is not None
        if column.dates.styles[0] in (WEEKS, PERIODS):
            return
        decided = self._decided(profile)
        if decided.ambiguous:
            raise DataRefused(
                "dated.which_order",
                place=replace(self.place, column=column.header),
                example=profile.samples[0],
                choices=" ".join(decided.options),
            )


def _are_weeks(profile: Profile) -> bool:
    known = [sample for sample in profile.samples if WEEK.fullmatch(sample.strip())]
    return 2 * len(known) > len(profile.samples)


def _is_date_header(header: str) -> bool:
    return DATE_HEADER.search(fold(header)) is not None
