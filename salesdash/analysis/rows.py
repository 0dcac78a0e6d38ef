"""The rows behind a figure: what was counted, and where each row came from."""

from dataclasses import dataclass

import pyarrow as pa

from salesdash.analysis.asking import DATASET
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of a selection, newest first: `table` has all fields and event, sheet, record.

    `more`: there are others beyond the limit.
    """

    table: pa.Table
    more: bool


def build(warehouse: Warehouse, selection: Selection, limit: int = 200) -> Rows:
    """The first `limit` rows that count within the selection."""
    table = warehouse.rows_behind(DATASET, selection, limit + 1)
    return Rows(table.slice(0, limit), table.num_rows > limit)
