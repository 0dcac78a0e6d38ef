"""Where the members of one dimension stand by a sum: the first of an order, the others as one.

A dimension may have as many members as there are customers, and a screen shows ten: places, ranks
and running sums are worked out where the rows lie. Names are not looked at, so whoever ties for the
last place comes too.
"""

from dataclasses import dataclass
from enum import StrEnum

from salesdash.metrics.arithmetic import Number
from salesdash.metrics.binding import Bound
from salesdash.selection import Selection
from salesdash.warehouse.pairs import Windows, paired
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

MOST = 0.8
"""The part of the whole that a Pareto counts members for."""

TEN, TOP_SHARE = 10, 0.2
"""How many the largest are, and which part of all."""


class Size(StrEnum):
    """What comes first, as SQL over a member's two sums and their ranks."""

    VALUE = "ranked.now_sum"
    CHANGE = "abs(ranked.now_sum - ranked.then_sum)"
    RATIO = (
        "case when ranked.then_sum > 0 then abs(cast(ranked.now_sum - ranked.then_sum as double) "
        "/ cast(ranked.then_sum as double)) end"
    )
    RANK = (
        "case when ranked.has_now and (not ranked.has_then or ranked.now_rank <= ranked.then_rank) "
        "then -ranked.now_rank when ranked.has_then then -ranked.then_rank end"
    )
    NONE = "0"  # all tie, all come


@dataclass(frozen=True)
class Standing:
    """A member (None: the empty one): its place by size, sums, ranks; `up_to`: it and all larger.

    Sums are 0 without rows; ranks None without a name or a sum.
    """

    place: int
    member: str | None
    now: Number
    then: Number
    rank: int | None
    rank_then: int | None
    up_to: Number


@dataclass(frozen=True)
class Standings:
    """The first members, those beyond as one, and what all of them come to.

    `named`: members with a name; `having`: those of them with a sum, which have `had` together,
    and `ten` and `fifth` the ten and the fifth of them with most. `most_of_all`: so many of them
    make most of the whole; `most_of_named`: of what they have.
    """

    first: tuple[Standing, ...]
    beyond: int
    beyond_now: Number
    beyond_then: Number
    named: int
    having: int
    had: Number
    ten: Number
    fifth: Number
    most_of_all: int | None
    most_of_named: int | None

    @property
    def members(self) -> int:
        """How many there are."""
        return len(self.first) + self.beyond

    @property
    def sums(self) -> tuple[Number, Number]:
        """Now and then of all."""
        now = sum((one.now for one in self.first), self.beyond_now)
        return now, sum((one.then for one in self.first), self.beyond_then)


def standings(  # noqa: PLR0913 - a metric, by a dimension, in two windows of a selection
    warehouse: Warehouse,
    bound: Bound,
    metric: str,
    selection: Selection,
    windows: Windows,
    by: str,
    size: Size,
    keep: int,
) -> Standings | None:
    """The members with the `keep` largest sizes, those without one last, and the others as one.

    None where that would say too little: no rows, members whose rows leave the sum open, sums
    that are not exact.
    """
    pairs = paired(warehouse, bound, metric, selection, windows, by)
    if pairs is None:
        return None
    sql = statement("standings.sql").format(
        paired=pairs.sql, size=size.value, keep=int(keep), ten=TEN, top_share=TOP_SHARE, most=MOST
    )
    rows = warehouse.engine.rows(sql, pairs.params)
    blanks = any(row[-1] for row in rows)
    if not rows or blanks or any(isinstance(value, float) for row in rows for value in row[3:5]):
        return None
    first = (Standing(p, m, n or 0, t or 0, r, o, u) for p, m, _, n, t, r, o, u, *_ in rows if p)
    _, _, beyond, now, then, *_ = next((row for row in rows if not row[0]), (0, None, 0, 0, 0))
    columns = zip(*(row[8:-1] for row in rows), strict=True)
    named, having, had, ten, fifth, most_of_all, most_of_named = columns
    return Standings(
        first=tuple(first),
        beyond=beyond,
        beyond_now=now or 0,
        beyond_then=then or 0,
        named=sum(named),
        having=sum(having),
        had=_sum(had),
        ten=_sum(ten),
        fifth=_sum(fifth),
        most_of_all=_least(most_of_all),
        most_of_named=_least(most_of_named),
    )


def _sum(values: tuple[Number | None, ...]) -> Number:
    return sum(value for value in values if value is not None)


def _least(values: tuple[int | None, ...]) -> int | None:
    return min((value for value in values if value is not None), default=None)
