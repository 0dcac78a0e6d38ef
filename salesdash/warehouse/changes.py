"""How a sum changed between two windows, by the members of one dimension.

The members with the largest changes come by themselves, all others together: a dimension may have
as many members as there are customers, and a screen shows five.
"""

from dataclasses import dataclass
from decimal import localcontext

from salesdash.metrics.arithmetic import DIGITS, Number, minus
from salesdash.metrics.binding import Bound
from salesdash.metrics.figures import Measured
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.breadth import is_few
from salesdash.warehouse.pairs import paired
from salesdash.warehouse.questions import measure
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse


@dataclass(frozen=True)
class Shift:
    """A member (None: the empty one) now and then; `others`: so many members together."""

    member: str | None
    now: Number
    then: Number
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
    names = {by, *(each.dimension for each in selection.filters)}
    if is_few(warehouse, bound.get(metric).dataset, tuple(names), selection.cut):
        measured = measure(warehouse, bound, (metric,), selection, windows=windows, by=(by,))
        return _largest(measured, metric, keep)
    pairs = paired(warehouse, bound, metric, selection, windows, by)
    if pairs is None:
        return ()
    sql = statement("changes.sql").format(paired=pairs.sql, keep=int(keep))
    return tuple(
        Shift(member, current, earlier, 0 if place else members)
        for place, member, members, current, earlier in warehouse.engine.rows(sql, pairs.params)
    )


def _largest(measured: Measured, metric: str, keep: int) -> tuple[Shift, ...]:
    """What `changes.sql` says, of figures that are at hand."""
    found = []
    for members in measured.members():
        now, then = (measured.figure(metric, n, None, members).value or 0 for n in (0, 1))
        found.append(Shift(members[0], now, then))
    found.sort(key=_place)
    rest = found[keep:]
    fell = [one for one in rest if one.now <= one.then]
    rose = [one for one in rest if one.now > one.then]
    return (*found[:keep], *(_united(each) for each in (fell, rose) if each))


def _place(shift: Shift) -> tuple[Number, str]:
    change = minus(shift.now, shift.then)
    return (change if change < 0 else -change), shift.member or ""


def _united(shifts: list[Shift]) -> Shift:
    with localcontext(prec=DIGITS):
        now, then = sum(one.now for one in shifts), sum(one.then for one in shifts)
    return Shift(None, now, then, len(shifts))
