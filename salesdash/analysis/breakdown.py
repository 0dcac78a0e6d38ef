"""The view model of a comparison: a metric by the members of one dimension, now against then."""

from dataclasses import dataclass
from enum import StrEnum

from salesdash.analysis.answers import Change, Movers, Number, Reason
from salesdash.analysis.standing import Concentration, Pareto
from salesdash.metrics import Better, Unit
from salesdash.periods import Against, Window


class Order(StrEnum):
    """What comes first; blanks last, ties by name."""

    CHANGE = "change"  # the largest moves, up or down; without a comparison as VALUE
    VALUE = "value"
    RATIO = "ratio"  # the largest moves beside their own size
    RANK = "rank"  # the better of both ranks
    NAME = "name"


@dataclass(frozen=True)
class Listing:
    """What is listed: a metric by a dimension (None: the one that tells most), `limit` members."""

    metric: str
    by: str | None = None
    order: Order = Order.CHANGE
    limit: int = 10


@dataclass(frozen=True)
class Line:
    """A member ("" is the empty one), or with None all others as one, or the total.

    Where parts add up: `part` is the exact contribution to the total's change, `share` that of the
    total, `cumulative` that of the member with all larger ones. Ranks count named members from
    1, the largest; equal figures share one. `count`: so many members are in it.
    """

    member: str | None
    label: str | None
    change: Change
    part: Number | None = None
    share: float | None = None
    cumulative: float | None = None
    rank: int | None = None
    rank_then: int | None = None
    count: int = 1


@dataclass(frozen=True)
class Listed:
    """The lines of a listing in their order, then "other", and what all `members` say together.

    `apart`, `pareto` and `movers` as in a breakdown; `concentration` is empty where parts of the
    metric never add up.
    """

    by: str
    lines: tuple[Line, ...]
    total: Line
    members: int
    apart: Reason | None
    pareto: Pareto | None
    concentration: Concentration
    movers: Movers | None


@dataclass(frozen=True)
class Breakdown:
    """A metric by one dimension, now against then: the first lines in their order, then "other".

    `compared` is None without anything to compare with. `apart` says why parts don't add up
    (None: they do, to the cent). `movers` has the parts of the change for a picture; None where
    there are none, or nothing moved.
    """

    metric: str
    unit: Unit
    better: Better
    dimension: str
    window: Window | None
    compared: Window | None
    comparison: Against
    order: Order
    lines: tuple[Line, ...]
    total: Line
    members: int
    apart: Reason | None
    pareto: Pareto | None
    movers: Movers | None
    headline: Reason
