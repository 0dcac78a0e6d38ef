"""Levers: what one figure alone would have to be so that a goal is reached, the others staying.

The levers of a metric are the links of a chain of figures (customers, orders, units, sales at list
price, sales), each figure by the one before it. So their product is the metric, to the cent:
customers x orders each x units each x list price x (1 - discount) = sales. A chain from which a
figure is missing closes around the gap.

Each link is reckoned as a factor of which more is better; a discount is shown as what its factor
leaves of 1, a cycle as the days that make its factor. Factors are exact fractions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil

from salesdash.analysis.answers import Number, Reason
from salesdash.metrics import Unit
from salesdash.periods import Period

Volumes = Mapping[str, Fraction]
"""Figures of a chain in some days, by the code of their part; all above zero."""


@dataclass(frozen=True)
class Part:
    """A figure of a chain, and the metric that tells it."""

    code: str
    metric: str
    unit: Unit = Unit.COUNT


class Form(StrEnum):
    """How a factor is shown: as it is, as what it leaves of 1, as what it divides 1 by."""

    PLAIN = "plain"
    REST = "rest"
    INVERSE = "inverse"


@dataclass(frozen=True)
class Link:
    """A lever by its definition: a part by the one before it, or the first part itself.

    `most`: the factor cannot be larger.
    """

    part: Part
    before: Part | None = None
    unit: Unit = Unit.NUMBER
    form: Form = Form.PLAIN
    most: Fraction | None = None

    @property
    def code(self) -> str:
        """What words call it: orders, orders_per_customers."""
        return self.part.code if self.before is None else f"{self.part.code}_per_{self.before.code}"

    @property
    def falls(self) -> bool:
        """Whether pulling it means less: a discount, a cycle."""
        return self.form is not Form.PLAIN

    def factor(self, volumes: Volumes) -> Fraction | None:
        """The factor in some days; None where a figure is missing."""
        part = volumes.get(self.part.code)
        if part is None or self.before is None:
            return 1 / part if part is not None and self.form is Form.INVERSE else part
        before = volumes.get(self.before.code)
        return None if before is None else part / before

    def shown(self, factor: Fraction) -> Number:
        """A factor as people say it; whole things as an int, rounded up."""
        if self.form is Form.REST:
            return float(1 - factor)
        if self.form is Form.INVERSE:
            return float(1 / factor)
        return ceil(factor) if self.unit is Unit.COUNT else float(factor)


CUSTOMERS = Part("customers", "active_customers")
ORDERS = Part("orders", "orders")
UNITS = Part("units", "units", Unit.NUMBER)
LINES = Part("lines", "order_lines")
"""Stands for the units where no column tells quantities."""

LISTED = Part("listed", "list_sales", Unit.MONEY)
SALES = Part("sales", "sales", Unit.MONEY)
LEADS = Part("leads", "leads")
CREATED = Part("created", "created_deals")
DECIDED = Part("decided", "decided_deals")
WON = Part("won", "won_deals")
AMOUNT = Part("amount", "won_amount", Unit.MONEY)
CYCLE = Link(Part("cycle", "sales_cycle_days", Unit.DAYS), None, Unit.DAYS, Form.INVERSE)
"""Beside the product: with as many deals open at a time, twice as fast decides twice as many
(Little's law)."""

CHAINS: Mapping[str, tuple[Part, ...]] = {
    "sales": (CUSTOMERS, ORDERS, UNITS, LINES, LISTED, SALES),
    "orders": (CUSTOMERS, ORDERS),
    "units": (CUSTOMERS, ORDERS, UNITS),
    "won_amount": (LEADS, CREATED, DECIDED, WON, AMOUNT),
    "won_deals": (LEADS, CREATED, DECIDED, WON),
}
"""The metrics that levers are known of; each ends its chain."""

RIVALS = 2
"""Members of whom one can be the best."""

EARLY = (LEADS.code, CREATED.code, f"{CREATED.code}_per_{LEADS.code}")
"""Levers that work only after a sales cycle."""


class Standing(StrEnum):
    """How the needed value lies to what was reached before; the easiest first."""

    HOLDS = "holds"
    BEFORE = "before"
    UNKNOWN = "unknown"
    NEVER = "never"
    NOT_ALONE = "not_alone"


@dataclass(frozen=True)
class Reached:
    """A value and the days in which it was reached."""

    value: Number
    period: Period


@dataclass(frozen=True)
class Best:
    """The member with the best value of the last days; `label` is the name people know."""

    member: str
    label: str
    value: Number


@dataclass(frozen=True)
class Lever:
    """One lever of a goal.

    `needed` None: not by this lever alone. `low`, `high`: the least and the most good value of the
    last 12 months, None while there is too little history; `often` of `of` stretches were at least
    as good as needed. `effort`: needed by the best reached, as a factor of which less is easier.
    """

    code: str
    unit: Unit
    falls: bool
    now: Number
    needed: Number | None
    standing: Standing
    effort: float
    low: Reached | None = None
    high: Reached | None = None
    often: int = 0
    of: int = 0
    best: Best | None = None
    note: Reason | None = None

    @property
    def range(self) -> tuple[Number, ...]:
        """The smallest and the largest value of the last 12 months; none without enough history."""
        found = (each.value for each in (self.low, self.high) if each is not None)
        return tuple(sorted(found))


@dataclass(frozen=True)
class Dropped:
    """A figure that no lever could be made of, and why."""

    code: str
    reason: Reason


def links(parts: Sequence[Part]) -> tuple[Link, ...]:
    """The levers of a chain: its first part, then each part by the one before it."""
    return (Link(parts[0], unit=parts[0].unit), *(_link(*pair) for pair in pairwise(parts)))


def pull(
    link: Link, now: Fraction, times: Fraction, past: Iterable[tuple[Period, Fraction]]
) -> Lever:
    """A lever whose factor must be `times` as large, beside the factors of `past` stretches."""
    needed, known = now * times, list(past)
    possible = link.most is None or needed <= link.most
    high = max(known, key=lambda each: each[1], default=None)
    low = min(known, key=lambda each: each[1], default=None)
    ranged = len(known) > 1
    return Lever(
        code=link.code,
        unit=link.unit,
        falls=link.falls,
        now=link.shown(now),
        needed=link.shown(needed) if possible else None,
        standing=_standing(times, needed, high[1] if high and ranged else None, possible=possible),
        effort=float(needed / high[1]) if high else float(times),
        low=_reached(link, low) if ranged else None,
        high=_reached(link, high) if ranged else None,
        often=sum(factor >= needed for _, factor in known),
        of=len(known),
    )


def best(link: Link, members: Mapping[str, Volumes], names: Mapping[str, str]) -> Best | None:
    """The member with the best factor, if two or more have one; of equal ones the first by name."""
    factors = {name: link.factor(volumes) for name, volumes in sorted(members.items())}
    known = {name: factor for name, factor in factors.items() if factor is not None}
    if len(known) < RIVALS:
        return None
    first = max(known, key=lambda name: known[name])
    return Best(first, names.get(first, first), link.shown(known[first]))


def place(lever: Lever) -> tuple[int, float]:
    """Sorts by how near a lever lies to what was reached before, the easiest first."""
    return list(Standing).index(lever.standing), lever.effort


def _link(before: Part, part: Part) -> Link:
    if (before, part) == (LISTED, SALES):
        return Link(part, before, Unit.SHARE, Form.REST, Fraction(1))
    if (before, part) == (DECIDED, WON):
        return Link(part, before, Unit.SHARE, most=Fraction(1))
    return Link(part, before, Unit.MONEY if part.unit is Unit.MONEY else Unit.NUMBER)


def _standing(
    times: Fraction, needed: Fraction, high: Fraction | None, *, possible: bool
) -> Standing:
    if times <= 1:
        return Standing.HOLDS
    if not possible:
        return Standing.NOT_ALONE
    if high is None:
        return Standing.UNKNOWN
    return Standing.BEFORE if needed <= high else Standing.NEVER


def _reached(link: Link, found: tuple[Period, Fraction] | None) -> Reached | None:
    return None if found is None else Reached(link.shown(found[1]), found[0])
