"""A whole cut into parts that add up to it exactly: by weights, in whole steps. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Weights = tuple[Fraction, ...]


def split(total: Decimal, weights: Sequence[Fraction], step: Decimal) -> tuple[Decimal, ...]:
    """Parts of a total in proportion to weights, in whole steps; they add up to it exactly.

    Largest remainder (Hamilton's method): each part is rounded down, then the steps left over go
    to the largest remainders, the first of equal ones first. What of the total is less than a step
    goes to the largest part. ValueError for a negative total or weight, or weights without any.
    """
    whole = sum(weights, Fraction(0))
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("a split needs a total and weights of zero or more, one above zero")
    steps = int(total // step)
    exact = [Fraction(steps) * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    left = steps - sum(parts)
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[:left]:
        parts[n] += 1
    found = [part * step for part in parts]
    largest = max(range(len(found)), key=lambda n: (found[n], weights[n], -n))
    found[largest] += total - steps * step
    return tuple(found)


def pattern(years: Sequence[Sequence[Decimal]]) -> Weights:
    """The mean share of each unit in the years, oldest or newest first: growth does not bend it.

    What fell below zero counts as nothing, a year without anything is left out. Empty: no year
    tells anything.
    """
    shares = []
    for year in years:
        values = [Fraction(max(value, Decimal(0))) for value in year]
        whole = sum(values, Fraction(0))
        if whole:
            shares.append([value / whole for value in values])
    if not shares:
        return ()
    return tuple(sum(each, Fraction(0)) / len(shares) for each in zip(*shares, strict=True))


def completed(weights: Sequence[Fraction], share: Fraction) -> Weights:
    """Shares of 1 in which each weight of zero becomes `share`, and the others take the rest.

    ValueError when nothing would be left for the others, or all are zero.
    """
    whole, new = sum(weights, Fraction(0)), sum(1 for weight in weights if not weight)
    rest = 1 - new * share
    if whole <= 0 or rest <= 0 or share < 0:
        raise ValueError("nothing is left for those with weights of their own")
    return tuple(weight / whole * rest if weight else share for weight in weights)


def crossed(first: Sequence[Fraction], second: Sequence[Fraction]) -> Weights:
    """Weights of every pair, all seconds of the first one first."""
    return tuple(one * other for one in first for other in second)
