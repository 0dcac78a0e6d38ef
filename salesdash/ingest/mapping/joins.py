"""Lists of keys and flags on a sheet of their own: returned orders beside the orders."""

from salesdash.datasets import SALES
from salesdash.ingest.mapping import columns
from salesdash.ingest.mapping.draft import Draft
from salesdash.ingest.mapping.plan import Join
from salesdash.ingest.mapping.profiles import plain_names
from salesdash.ingest.reading import Reading, Table

FEW = 3
"""A table with more columns than this is no list of flags."""


def find(draft: Draft, reading: Reading) -> tuple[Join, ...]:
    """The lists in other tables of a workbook whose flag belongs to the orders of this one."""
    if draft.dataset is not SALES or "document" not in draft.fields:
        return ()
    if "return_flag" in draft.fields:
        return ()
    found = []
    for number, table in enumerate(reading.tables):
        if number != draft.number and (join := flags(table, number)) is not None:
            found.append(join)
    return tuple(found[:1])


def flags(table: Table, number: int) -> Join | None:
    """The table as a list of orders and their return flag, if it is one."""
    if len(table.columns) > FEW:
        return None
    named = columns.assign(table, SALES, (plain_names(SALES.name),), None, ())
    if not {"document", "return_flag"} <= named.keys():
        return None
    return Join(number, named["document"][0], named["return_flag"][0])
