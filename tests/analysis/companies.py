"""Companies by the week, in which somebody does something to one region: with an effect or none.

Each has a few regions of unequal size whose weekly orders have a season, a trend, noise that
depends on the week before, and weeks that hit everybody. Regions swing with the season and grow
unlike each other, which is what makes a comparison of two of them hard.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from salesdash.analysis.placebo import Place

YEAR = 52.18
KINDS = (
    "steady",
    "seasonal",
    "trending",
    "noisy",
    "few",
    "autocorrelated",
    "unequal",
    "young",
    "lumpy",
)


@dataclass(frozen=True)
class Acted:
    """Weekly figures (regions, weeks) of which row `own` was acted upon in week `begun`."""

    kind: str
    rows: np.ndarray
    own: int
    place: Place

    def windows(self) -> np.ndarray:
        """Figures of `place.weeks` weeks from each week on."""
        return np.stack([np.convolve(row, np.ones(self.place.weeks), "valid") for row in self.rows])


def acted(dice: Generator, kind: str, effect: float = 0.0) -> Acted:
    """One company with one action, whose figures are `effect` higher from then on."""
    regions = int(dice.integers(3, 9))
    weeks = int(dice.integers(60, 80)) if kind == "young" else int(dice.integers(110, 170))
    size = np.exp(dice.normal(0, 1.2 if kind == "unequal" else 0.5, regions))
    size *= {"steady": 150.0, "few": 4.0, "noisy": 15.0}.get(kind, 40.0) / np.median(size)
    level = np.log(size)[:, None] + _season(
        dice, regions, weeks, 0.5 if kind == "seasonal" else 0.15
    )
    level += _growth(dice, regions, weeks, 0.35 if kind == "trending" else 0.08)
    level += _shocks(dice, regions, weeks, kind)
    length = int(dice.choice([4, 6, 8, 12]))
    gap = int(dice.integers(0, 4))
    now = weeks - length
    own = int(dice.integers(regions))
    level[own, now:] += np.log1p(effect)
    rows = dice.poisson(np.exp(level)).astype(float)
    if kind == "lumpy":  # the money of a few large orders
        rows = np.stack([[dice.lognormal(0, 1.0, int(n)).sum() for n in row] for row in rows])
    return Acted(kind, rows, own, Place(length, length + gap, now, now - gap))


def _season(dice: Generator, regions: int, weeks: int, height: float) -> np.ndarray:
    """A season of all, and one of each region."""
    angle = 2 * np.pi * (np.arange(weeks) + dice.integers(52)) / YEAR
    common = height * np.cos(angle)[None, :]
    apart = dice.normal(0, height / 3, (regions, 1)), dice.normal(0, height / 3, (regions, 1))
    return np.asarray(common + apart[0] * np.cos(angle) + apart[1] * np.sin(2 * angle))


def _growth(dice: Generator, regions: int, weeks: int, yearly: float) -> np.ndarray:
    """A trend of each region, by so much a year."""
    return np.asarray(dice.normal(0, yearly, (regions, 1)) * np.arange(weeks) / YEAR)


def _shocks(dice: Generator, regions: int, weeks: int, kind: str) -> np.ndarray:
    """What happens to a region in a week, and still counts in the next; and what hits all."""
    memory = 0.85 if kind == "autocorrelated" else 0.3
    size = {"steady": 0.04, "noisy": 0.25, "autocorrelated": 0.12}.get(kind, 0.08)
    found = np.zeros((regions, weeks))
    draws = dice.standard_t(5, (regions, weeks)) * size
    for week in range(1, weeks):
        found[:, week] = memory * found[:, week - 1] + draws[:, week]
    return found + dice.normal(0, 0.08, weeks)[None, :]
