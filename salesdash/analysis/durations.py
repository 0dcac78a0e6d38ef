"""How long deals take: ranges, mean, median and quantiles, read off a count by days."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from salesdash.warehouse.deals import Lasted

ENDS = (7, 14, 30, 60, 90, 180, 365)
"""Last days of the ranges; the first also takes days below 0, the last has no end."""

USUAL = 0.9
"""Nine of ten won deals are closed by the "usual" day."""


@dataclass(frozen=True)
class Range:
    """Deals that lasted from `low` to `high` days, both included; None is open-ended."""

    low: int | None
    high: int | None
    deals: int
    amount: Decimal | None


@dataclass(frozen=True)
class Length:
    """How long `deals` took, in days; all None without any. `usual`: nine of ten took no longer."""

    deals: int
    mean: float | None = None
    median: float | None = None
    usual: int | None = None


def length(found: Sequence[Lasted]) -> Length:
    """Mean, median (of two middle ones their mean) and the usual time."""
    deals = sum(one.deals for one in found)
    if not deals:
        return Length(0)
    mean = sum(one.days * one.deals for one in found) / deals
    low, high = (_at(found, place) for place in ((deals - 1) // 2, deals // 2))
    usual = _at(found, math.ceil(USUAL * deals) - 1)
    return Length(deals, mean, (low + high) / 2, usual)


def ranges(found: Sequence[Lasted]) -> tuple[Range, ...]:
    """The deals in few ranges, from the first to the last that holds one."""
    lows = (None, *(end + 1 for end in ENDS))
    made = [_range(found, low, high) for low, high in zip(lows, (*ENDS, None), strict=True)]
    filled = [place for place, one in enumerate(made) if one.deals]
    return tuple(made[filled[0] : filled[-1] + 1]) if filled else ()


def longer(found: Sequence[Lasted], days: int) -> int:
    """How many deals last longer."""
    return sum(one.deals for one in found if one.days > days)


def _at(found: Sequence[Lasted], place: int) -> int:
    """The days of the deal at a place (from 0) when all stand in order."""
    ends = accumulate(one.deals for one in found)
    return next(one.days for one, end in zip(found, ends, strict=True) if place < end)


def _range(found: Sequence[Lasted], low: int | None, high: int | None) -> Range:
    inside = [
        one
        for one in found
        if (low is None or one.days >= low) and (high is None or one.days <= high)
    ]
    amounts = [one.amount for one in inside if one.amount is not None]
    deals = sum(one.deals for one in inside)
    return Range(low, high, deals, sum(amounts, Decimal(0)) if amounts else None)
