"""Means over a beta distribution: a few values and weights that stand for all of it.

Gauss-Jacobi quadrature by the eigenvalues of the recurrence (Golub and Welsch 1969): exact for
polynomials, and at ease where closed forms with hypergeometric functions overflow.
"""

import numpy as np

from salesdash.lifetimes.arrays import Floats

NODES = 48

LEAST = 1e-12
"""A value that rounding pushed to zero or below."""


def beta(first: float, second: float) -> tuple[Floats, Floats]:
    """Values between 0 and 1 and their weights, which sum to 1, of Beta(first, second)."""
    n = np.arange(1, NODES)
    low, high = first - 1, second - 1
    both = low + high
    middles = np.empty(NODES)
    middles[0] = (low - high) / (both + 2)
    middles[1:] = (low * low - high * high) / ((2 * n + both) * (2 * n + both + 2))
    n = n[1:]
    sides = np.empty(NODES - 1)
    sides[0] = 4 * first * second / ((both + 2) ** 2 * (both + 3))
    above = 4 * n * (n + low) * (n + high) * (n + both)
    sides[1:] = above / ((2 * n + both) ** 2 * (2 * n + both + 1) * (2 * n + both - 1))
    root = np.sqrt(sides)
    values, vectors = np.linalg.eigh(np.diag(middles) + np.diag(root, 1) + np.diag(root, -1))
    return np.clip((1 + values) / 2, LEAST, 1.0), vectors[0] ** 2
