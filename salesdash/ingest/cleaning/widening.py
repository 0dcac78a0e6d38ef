"""Wide columns become rows: one row for each filled cell, in SQL over the raw rows.

Beside the cells of its record a row has `wk` (number of its column among the wide ones, from 1),
`wm` (the member), `wv` (the cell) and `wh` (the header). Its record number counts cells:
(record - 1) x wide columns + wk.
"""

from dataclasses import replace

from salesdash.ingest.mapping.plan import ColumnMap, Mapping, NumberFormat
from salesdash.ingest.relation import literal

VALUE, MEMBER, HEADER = "wv", "wm", "wh"


def wide_columns(mapping: Mapping) -> tuple[ColumnMap, ...]:
    """The columns of which each cell is a row."""
    return tuple(column for column in mapping.columns if column.member is not None)


def spread(rows: str, mapping: Mapping) -> str:
    """A SELECT of the raw rows, each repeated for every filled cell of its wide columns."""
    columns = wide_columns(mapping)
    listed = ", ".join(
        f"({k}, {literal(column.member or '')}, {literal(column.header)})"
        for k, column in enumerate(columns, start=1)
    )
    cells = " ".join(f"when {k} then c{column.index}" for k, column in enumerate(columns, start=1))
    return (
        "select * from (\n"  # noqa: S608 - our own identifiers and literals
        f"  select r.*, m.wk, m.wm, m.wh, case m.wk {cells} end as wv\n"
        f"  from ({rows}) r cross join (values {listed}) m(wk, wm, wh)\n"
        ") where trim(coalesce(wv, '')) <> ''"
    )


def empty_cells(rows: str, mapping: Mapping) -> str:
    """A SELECT of how many cells of the wide columns are empty."""
    counted = " + ".join(
        f"count(*) filter (trim(coalesce(c{column.index}, '')) = '')"
        for column in wide_columns(mapping)
    )
    return f"select {counted} from ({rows})"  # noqa: S608 - our own identifiers


def number_format(mapping: Mapping) -> NumberFormat | None:
    """One way to read the cells of all wide columns: plain only where all are."""
    forms = [column.number for column in wide_columns(mapping) if column.number is not None]
    if not forms:
        return None
    if all(form == forms[0] for form in forms):
        return forms[0]
    decimals = {form.decimal for form in forms}
    return replace(forms[0], decimal="," if "," in decimals else ".", plain=False)
