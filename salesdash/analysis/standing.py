"""Where members stand among each other: share, rank, and how few of them make most of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salesdash.analysis.answers import Number
from salesdash.analysis.changes import plus
from salesdash.warehouse.standings import MOST, TEN, TOP_SHARE


@dataclass(frozen=True)
class Pareto:
    """The `count` largest members, of all with a figure (`of`), make `MOST` of the whole."""

    count: int
    of: int


@dataclass(frozen=True)
class Concentration:
    """How much of the value with a name the largest have: ten, and a fifth of all."""

    customers: int
    ten: float | None
    fifth: float | None
    fifth_count: int
    most: Pareto | None


def share(value: Number | None, whole: Number | None) -> float | None:
    """A figure as a part of the whole; None where either is blank or the whole is not positive."""
    if value is None or whole is None or whole <= 0:
        return None
    return float(value) / float(whole)


def ranks(values: Mapping[str | None, Number | None]) -> dict[str | None, int]:
    """Places from 1, the largest; equal figures share the better place, blanks have none."""
    known = sorted((v for v in values.values() if v is not None), reverse=True)
    first: dict[Number, int] = {}
    for place, value in enumerate(known, 1):
        first.setdefault(value, place)
    return {name: first[value] for name, value in values.items() if value is not None}


def cumulative(values: Sequence[Number | None], whole: Number | None) -> tuple[float | None, ...]:
    """For each value the share of it and of all larger ones; equal ones in the order given."""
    found: list[float | None] = [None] * len(values)
    total: Number = 0
    for place in _falling(values):
        total = plus(total, values[place] or 0)
        found[place] = share(total, whole)
    return tuple(found)


def pareto(values: Sequence[Number | None], whole: Number | None) -> Pareto | None:
    """How few of the members make most of the whole; None without a positive whole."""
    sums = cumulative(values, whole)
    reached = [sums[place] for place in _falling(values)]
    for count, part in enumerate(reached, 1):
        if part is not None and part >= MOST:
            return Pareto(count, len(reached))
    return None


def top(values: Sequence[Number | None], count: int, whole: Number | None) -> float | None:
    """The share of the `count` largest together."""
    total: Number = 0
    for place in _falling(values)[:count]:
        total = plus(total, values[place] or 0)
    return share(total, whole)


def fifth(count: int) -> int:
    """How many members the largest fifth of so many are: one at least, of none none."""
    return max(1, round(TOP_SHARE * count)) if count else 0


def concentration(members: Sequence[Number | None]) -> Concentration:
    """How much the largest have of what is known to belong to somebody."""
    values = [value for value in members if value]
    whole: Number = sum(values)
    count = fifth(len(values))
    return Concentration(
        customers=len(values),
        ten=top(values, TEN, whole) if len(values) > TEN else None,
        fifth=top(values, count, whole) if values else None,
        fifth_count=count,
        most=pareto(values, whole),
    )


def _falling(values: Sequence[Number | None]) -> list[int]:
    """Places of the known values, the largest first."""
    known = [place for place, value in enumerate(values) if value is not None]
    return sorted(known, key=lambda place: -(values[place] or 0))
