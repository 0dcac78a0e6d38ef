"""Rows of a wide table that are the sums of all others, without a word that says so.

Lists by month often begin or end with them. They name nobody, and each figure is what the others
add up to.
"""

from salesdash.engine import Asks
from salesdash.ingest.cleaning import values
from salesdash.ingest.cleaning.widening import number_format, wide_columns
from salesdash.ingest.mapping.plan import Mapping, NumberFormat
from salesdash.ingest.reading import Table

NEAR = "0.02"
"""A sum may have been rounded."""

Places = tuple[tuple[int, int], ...]
"""Sheet and record of rows."""


def of_others(asks: Asks, raw: str, mapping: Mapping, table: Table) -> Places:
    """The rows of a SELECT of raw rows that are such sums; at least two others must be there."""
    wide = wide_columns(mapping)
    figures_at = {column.index for column in wide}
    kinds = enumerate(profile.kind for profile in table.profiles)
    names = [index for index, kind in kinds if kind == "text" and index not in figures_at]
    if not wide or not names:
        return ()
    form = number_format(mapping) or NumberFormat()
    nameless = " and ".join(f"coalesce(trim(c{index}), '') = ''" for index in names)
    figures = ", ".join(
        f"coalesce({values.number(f'c{c.index}', form, 'decimal(18,4)', share=False)}, 0) as n{k}"
        for k, c in enumerate(wide)
    )
    totals = ", ".join(f"sum(n{k}) filter (not nameless) as s{k}" for k in range(len(wide)))
    equal = " and ".join(f"abs(n{k} - s{k}) <= {NEAR}" for k in range(len(wide)))
    some = " or ".join(f"n{k} <> 0" for k in range(len(wide)))
    found = asks.rows(
        f"with v as (select sheet, record, {nameless} as nameless, {figures} from ({raw})), "  # noqa: S608
        f"t as (select count(*) filter (not nameless) as others, {totals} from v) "
        f"select sheet, record from v, t where nameless and others > 1 and {equal} and ({some})"
    )
    return tuple((int(sheet), int(record)) for sheet, record in found)


def without(raw: str, places: Places) -> str:
    """A SELECT of the raw rows but those."""
    listed = ", ".join(f"({sheet}, {record})" for sheet, record in places)
    return f"select * from ({raw}) where (sheet, record) not in ({listed})" if places else raw  # noqa: S608
