"""The number columns of a plain table, and columns by their headers; what is unclear is asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from salesdash.engine import Engine
from salesdash.errors import DataRefused, Place, UsageError
from salesdash.ingest.cleaning import values
from salesdash.ingest.headers import fold
from salesdash.ingest.mapping import formats, numbers
from salesdash.ingest.mapping.plan import ColumnMap, NumberFormat
from salesdash.ingest.reading import Table
from salesdash.ingest.relation import literal, relation

LARGE = r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?"
"""A number as programs write it, however large."""


@dataclass(frozen=True)
class NumberColumns:
    """The question which columns of a table hold numbers. `decimal`: the sign the user named."""

    engine: Engine
    table: Table
    place: Place
    decimal: numbers.Decimal | None = None

    def is_numeric(self, index: int) -> bool:
        """Whether more than half of the filled cells are numbers."""
        profile = self.table.profiles[index]
        if profile.kind not in ("odd", "text"):
            return profile.kind == "number"
        value, told = number_of(self.table, self.as_numbers(index))
        ((read, filled),) = self.engine.rows(
            f"select count({value}), count({told}) from ({relation(self.table)})"  # noqa: S608 - own
        )
        return 2 * int(read) > int(filled)

    def as_numbers(self, index: int) -> ColumnMap:
        """The column as numbers, in the unit of its header: 万元 stay 万元."""
        decided = self._number(index)
        blanks = decided.blanks
        return ColumnMap(index, self.table.columns[index], number=decided.format, blanks=blanks)

    def _number(self, index: int) -> numbers.NumberDecision:
        file, delimiter = formats.file_decimal(self.table), formats.delimiter_of(self.table)
        return numbers.decide(self.table.profiles[index], self.decimal, file, delimiter)

    def ensure_clear(self, index: int) -> None:
        """DataRefused when 1.234 may be a little over one or over a thousand."""
        profile = self.table.profiles[index]
        both = numbers.contradicts(profile) and self.decimal is None
        if both or self._number(index).ambiguous:
            place = replace(self.place, column=self.table.columns[index])
            raise DataRefused("dated.which_decimal", place=place, example=profile.samples[0])

    def named(self, name: str, option: str) -> int:
        """The column of that header; UsageError when there is none, or several fold alike."""
        headers = self.table.columns
        if name in headers:
            return headers.index(name)
        alike = [i for i, header in enumerate(headers) if fold(header) == fold(name)]
        if len(alike) != 1:
            listed = self.listed(range(len(headers)))
            raise UsageError("usage.choice", name=option, value=name, choices=listed)
        return alike[0]

    def listed(self, columns: Iterable[int]) -> str:
        """Headers as text."""
        return ", ".join(self.table.columns[i] for i in columns)


def number_of(table: Table, column: ColumnMap) -> tuple[str, str]:
    """The value of a cell as a DOUBLE, and its text; both NULL where nothing is known."""
    cell, form = f"c{column.index}", column.number or NumberFormat()
    told = f"nullif(trim({cell}), '')"
    if column.blanks:
        words = ", ".join(literal(word) for word in column.blanks)
        told = f"case when trim({cell}) not in ({words}) then {told} end"
    if form.plain:
        return f"try_cast({told} as double)", told
    share = any("%" in shape.text for shape in table.profiles[column.index].shapes)
    number = f"cast({values.number(told, form, 'decimal(18,6)', share=share)} as double)"
    if form.decimal == ".":  # beyond the digits of a DECIMAL
        large = (
            f"case when regexp_full_match({told}, '{LARGE}') then try_cast({told} as double) end"
        )
        number = f"coalesce({number}, {large})"
    return number, told
