"""A change cut into the parts of what made it: Shapley values, exact. Pure.

Each part is what one cause adds when it changes after the others, on average over all orders in
which they may change (L. S. Shapley, A value for n-person games, 1953; for products of factors the
same as the complete decomposition of J. C. Sun, Energy Economics 20, 1998). Parts sum to the whole
without rest, whatever the order causes are named in; zero and negative values are fine.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import factorial

Worth = Callable[[frozenset[int]], Fraction]
"""What the whole is when these causes have changed and the others not yet."""


def parts(causes: int, worth: Worth) -> tuple[Fraction, ...]:
    """The part of each cause, by its number; they sum to all changed less none changed."""
    known = {
        frozenset(chosen): worth(frozenset(chosen))
        for size in range(causes + 1)
        for chosen in combinations(range(causes), size)
    }
    whole = factorial(causes)
    return tuple(
        sum(
            (
                (known[others | {cause}] - known[others])
                * Fraction(factorial(len(others)) * factorial(causes - len(others) - 1), whole)
                for others in known
                if cause not in others
            ),
            Fraction(0),
        )
        for cause in range(causes)
    )


def rounded(exact: Sequence[Fraction], total: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """Parts in whole steps that still sum to a total, which is a whole number of steps itself.

    Rounded down, then the steps that are left go to the largest remainders, the first of equal ones
    first.
    """
    if not exact:
        return ()
    unit = Fraction(step)
    down = [each // unit for each in exact]
    left = int(Fraction(total) / unit) - sum(down)
    order = sorted(range(len(exact)), key=lambda n: (down[n] - exact[n] / unit, n))
    for place in range(abs(left)):
        down[order[place % len(order)]] += 1 if left > 0 else -1
    return tuple(int(each) * step for each in down)
