"""How much of a change its parts explain."""

from collections.abc import Sequence

from salesdash.analysis.answers import Mover, Movers, Number
from salesdash.analysis.changes import plus

SILENT = 0.3
"""A dimension whose largest part explains less of the change is not worth a sentence."""


def leading(movers: Movers) -> Mover | None:
    """The member with the largest part in the direction of the change."""
    members = [part for part in movers.parts if part.member is not None]
    return max(members, key=lambda part: float(part.change) / float(movers.change), default=None)


def explained(parts: Sequence[Mover], change: Number) -> float | None:
    """The share of the change that the largest part in its direction explains, above 1 too.

    None when that part is less than `SILENT` of all that moved in this direction: among hundreds
    of customers who rose and fell one is always as large as what is left over.
    """
    shares = [float(part.change) / float(change) for part in parts]
    along = sum(share for share in shares if share > 0)
    named = (share for share, part in zip(shares, parts, strict=True) if part.member is not None)
    largest = max(named, default=0.0)
    return largest if along and largest >= SILENT * along else None


def tells(movers: Movers) -> bool:
    """Whether the largest part explains enough to be told."""
    return movers.explained is not None and movers.explained >= SILENT


def surprise(movers: Movers) -> tuple[float, int]:
    """How much more the largest part explains than its size lets expect; then, fewer parts."""
    largest = leading(movers)
    whole = sum(float(part.then) for part in movers.parts)
    size = float(largest.then) / whole if largest is not None and whole > 0 else 0.0
    return min(movers.explained or 0.0, 1.0) - size, -len(movers.parts)


def together(parts: Sequence[Mover]) -> tuple[Number, Number]:
    """Now and then of parts as one: exact, a float only where a part is one."""
    now: Number = 0
    then: Number = 0
    for part in parts:
        now, then = plus(now, part.now), plus(then, part.then)
    return now, then
