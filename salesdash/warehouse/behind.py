"""The rows behind a figure."""

from salesdash.datasets import Dataset
from salesdash.engine import identifier
from salesdash.periods import Window
from salesdash.warehouse import coverage
from salesdash.warehouse.scope import Scope

BEHIND = """
select
    r.*
from ({scope}) as r
where {condition}
order by
    {day} desc,
    r.event desc,
    r.sheet,
    r.record
limit $limit
"""


def newest(found: Scope, dataset: Dataset, window: Window | None, role: str | None) -> Scope:
    """The rows of a scope within a window by a date role, newest first; ``$limit`` is to be bound.

    `role`: that of the dataset when None.
    """
    day, condition, params = identifier(role) if role else coverage.day(dataset), "true", {}
    if window is not None:
        condition = f"{day} >= $start and {day} < $end"
        params = {"start": window.period.start, "end": window.period.end}
    sql = BEHIND.format(scope=found.sql, day=day, condition=condition)
    return Scope(sql, {**found.params, **params})
