"""Zeros that stand for nothing known: the amounts of lost deals, where none of them has any."""

from pathlib import Path

from salesdash.datasets import DEALS, Dataset
from salesdash.engine import Transaction
from salesdash.ingest.relation import PARQUET, literal

_LOST = """
select
  count(*) filter (amount = 0),
  count(*) filter (amount <> 0)
from {clean}
where outcome = 'lost'
"""

_WITHOUT = """
copy (
  select * replace (case when outcome = 'lost' then null else amount end as amount)
  from read_parquet({rows})
) to {draft} {parquet}
"""


def zeros_made_unknown(session: Transaction, rows: Path, clean: str, dataset: Dataset) -> int:
    """Empty the amounts of lost deals when all that have one have 0; how many were emptied.

    `rows`: the file of clean rows; `clean`: the same as SQL.
    """
    if dataset is not DEALS:
        return 0
    zeros, others = session.rows(_LOST.format(clean=clean))[0]
    if not zeros or others:
        return 0
    draft = rows.with_suffix(".emptied")
    session.rows(
        _WITHOUT.format(rows=literal(str(rows)), draft=literal(str(draft)), parquet=PARQUET)
    )
    draft.replace(rows)
    return int(zeros)
