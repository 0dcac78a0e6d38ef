"""The view model of pipeline movement: two states of what is open, and the parts in between."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesdash.analysis.answers import Reason
from salesdash.analysis.moments import AsOf
from salesdash.periods import Window

CAME = ("new", "pulled_in", "reopened", "taken_over")
GREW = ("grown", "shrunk")
LEFT = ("pushed_out", "handed_over", "removed", "lost", "won")
KINDS = (*CAME, *GREW, *LEFT)
"""Parts in their order: what came, what became more or less, what left."""

WITHIN = ("pulled_in", "pushed_out")
"""Parts that only what is expected in a period has."""

FILTERED = ("taken_over", "handed_over")
"""Parts that only filters make: the deal of another team, region ... since then."""

PUT_OFF = "put_off"
"""Deals that stayed and are expected to close later now; no part, since no sum changes."""


@dataclass(frozen=True)
class Open:
    """So many open deals, and what they are worth; amounts nobody stated are 0."""

    deals: int = 0
    amount: Decimal = Decimal(0)

    def and_also(self, deals: int, amount: Decimal) -> "Open":
        """Both together."""
        return Open(self.deals + deals, self.amount + amount)


@dataclass(frozen=True)
class Stood:
    """A deal at one moment, as rows stated it."""

    amount: Decimal | None
    expected: date | None
    stage: str | None


@dataclass(frozen=True)
class MovedDeal:
    """A deal that moved, and what that adds to its part.

    `then`, `now`: None where it was not there, or only dates tell of it. `pushed`: how often its
    expected close was put off, in all that exports showed. `file`, `event`, `record`: what showed
    it as it is, or let it go.
    """

    deal: str | None
    name: str | None
    customer: str | None
    owner: str | None
    amount: Decimal
    then: Stood | None
    now: Stood | None
    pushed: int
    file: str | None
    event: int
    record: int

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self.deal or self.customer or ""


@dataclass(frozen=True)
class MovedPart:
    """One part: how many deals, what they add to the pipeline (signed), and the largest."""

    kind: str
    deals: int
    amount: Decimal
    largest: tuple[MovedDeal, ...]


@dataclass(frozen=True)
class Movement:
    """From `opening` to `closing` through `parts`. `within`: only what is expected to close then.

    `put_off`: deals that stayed and are expected later now. `priced`: whether amounts tell it,
    since open deals state some; else deals alone.
    """

    then: AsOf
    now: AsOf
    within: Window | None
    opening: Open
    closing: Open
    parts: tuple[MovedPart, ...]
    put_off: Open
    priced: bool
    headline: Reason
    notes: tuple[Reason, ...]

    @property
    def metric(self) -> str:
        """What files about it are called."""
        return "movement"

    @property
    def moved(self) -> tuple[MovedPart, ...]:
        """The parts that any deal is in."""
        return tuple(part for part in self.parts if part.deals)

    def step(self, part: MovedPart) -> Decimal:
        """What a part adds: money where any is stated, else deals."""
        if self.priced:
            return part.amount
        return Decimal(part.deals * (0 if part.kind in GREW else 1 if part.kind in CAME else -1))

    def level(self, of: Open) -> Decimal:
        """The height of the pipeline, in the same measure."""
        return of.amount if self.priced else Decimal(of.deals)

    @property
    def is_reconstructed(self) -> bool:
        """Whether dates alone tell how it began."""
        return not self.then.is_shown
