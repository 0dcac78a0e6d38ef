"""How a sum changed between two windows, by the members of one dimension.

The members with the largest changes come by themselves, all others together: a dimension may have
as many members as there are customers, and a screen shows five.
"""

from dataclasses import dataclass
from decimal import Decimal

from salesdash.metrics.binding import Bound
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.pairs import paired
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse


@dataclass(frozen=True)
class Shift:
    """A member (None: the empty one) now and then; `others`: so many members together."""

    member: str | None
    now: Decimal | int
    then: Decimal | int
    others: int = 0


def shifts(  # noqa: PLR0913 - a metric, by a dimension, in two windows of a selection
    warehouse: Warehouse,
    bound: Bound,
    metric: str,
    selection: Selection,
    windows: tuple[Period, Period],
    by: str,
    keep: int,
) -> tuple[Shift, ...]:
    """The `keep` largest changes, up or down, then the others: those that fell, those that rose.

    `windows`: now, then; they may overlap. A member without rows in one of them has 0 there. None
    at all where the rows of the metric lack a filter or the dimension. Ties go by name.
    """
    pairs = paired(warehouse, bound, metric, selection, windows, by)
    if pairs is None:
        return ()
    sql = statement("changes.sql").format(paired=pairs.sql, keep=int(keep))
    return tuple(
        Shift(member, current, earlier, 0 if place else members)
        for place, member, members, current, earlier in warehouse.engine.rows(sql, pairs.params)
    )
