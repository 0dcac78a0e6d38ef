"""Where a goal will end, how sure that is, and the chance that it is reached.

Several plain candidates are tried on earlier periods at the same moment (a rolling back-test: each
with what was known then). The one that was least wrong is taken, and its errors there are the width
of the interval: Student's t around its answer, wider the fewer periods it was tried on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from salesdash.analysis.candidates import Floats, Rows, levels, totals
from salesdash.analysis.pace import Past
from salesdash.forecasting import Distribution

FEWEST = 2
"""A forecast needs so many earlier periods that it was tried on."""

MOST = 36
"""It is tried on so many of the newest."""

LUCK = 2.0
"""Being the least wrong of several is partly luck: an error leans on that of the others, as if they
had been tried on so many periods more."""

SMALL = 0.3
"""An error is measured in what was forecast, but in no less than this part of the usual size."""

SURE = 0.005
"""While something can change it, no chance is nearer to nothing, or to certainty, than this."""

HALF, WIDE = 0.5, 0.8
"""The intervals told."""


@dataclass(frozen=True)
class Aim:
    """What is to be reached, and where it stands.

    `known`: number of the day without, up to which `made` is known. `passed`: part of the period
    behind it. `left`, `step`: days that are left, and days from one earlier period to the next.
    `down`: less is better. `counts`: whole things. `grows`: what is there cannot be lost again.
    """

    made: float
    target: float
    known: int
    passed: float
    left: int
    step: int
    down: bool = False
    counts: bool = False
    grows: bool = False


@dataclass(frozen=True)
class Tried:
    """The back-test: which candidate, on how many earlier periods, how wrong, how many inside.

    `error`: mean absolute error, by what was forecast. `inside`: outcomes within the 80 % interval
    that the errors of the others make.
    """

    model: str
    periods: int
    error: float
    inside: int


@dataclass(frozen=True)
class Prospect:
    """Where a goal will end: mean, intervals of 50 and 80 %, the chance to reach it, the back-test.

    `certain`: it is reached, or out of reach, whatever still comes.
    """

    mean: float
    half: tuple[float, float]
    wide: tuple[float, float]
    chance: float
    certain: bool = False
    tried: Tried | None = None


def prospect(past: Past, aim: Aim) -> Prospect | None:
    """The forecast of a goal and its chance; None where too few earlier periods are known."""
    rows = Rows.of(past, aim.made, aim.known)
    answers = totals(rows) if past.accumulates else levels(rows, aim.passed)
    units = {name: _unit(each, rows.size, grows=past.accumulates) for name, each in answers.items()}
    best = _best(answers, units, rows.final)
    if best is None:
        return None
    spread, freedom = _spread(best.errors, best.others, aim)
    mean, floor = float(answers[best.name][-1]), None
    if aim.grows or (past.accumulates and np.all(rows.final[:-1] >= rows.now[:-1])):
        mean, floor = max(mean, aim.made), aim.made
    found = Distribution(mean, float(units[best.name][-1]) * spread, freedom, floor)
    size = float(np.abs(best.errors).mean())
    tried = Tried(best.name, len(best.errors), size, _inside(best, aim))
    chance, certain = _chance(found, aim)
    return Prospect(mean, found.interval(HALF), found.interval(WIDE), chance, certain, tried)


def ended(aim: Aim) -> Prospect:
    """A period whose last day is known: nothing is left to forecast."""
    both = aim.made, aim.made
    met = aim.made <= aim.target if aim.down else aim.made >= aim.target
    return Prospect(aim.made, both, both, float(met), certain=True)


def _unit(answer: Floats, size: Floats, *, grows: bool) -> Floats:
    """What an error is measured in."""
    usual = np.abs(size)
    return np.fmax(np.abs(answer), SMALL * usual) if grows else usual


@dataclass(frozen=True)
class _Best:
    """The candidate taken, its errors, and the mean square of those of the middle candidate."""

    name: str
    errors: Floats
    others: float


def _best(
    answers: Mapping[str, Floats], units: Mapping[str, Floats], final: Floats
) -> _Best | None:
    """The candidate that was least wrong on the periods that all could be tried on."""
    errors = {}
    for name, answer in answers.items():
        if np.isfinite(answer[-1]) and units[name][-1] > 0:
            unit = np.where(units[name] > 0, units[name], np.nan)
            errors[name] = ((final - answer) / unit)[:-1]
    known = {name: int(np.isfinite(each).sum()) for name, each in errors.items()}
    most = max(known.values(), default=0)
    able = {name: each for name, each in errors.items() if known[name] >= max(FEWEST, most / 2)}
    shared = np.isfinite(np.array([*able.values()])).all(axis=0) if able else np.zeros(0)
    if shared.sum() < FEWEST:
        return None
    tried = {name: each[shared.astype(bool)][-MOST:] for name, each in able.items()}
    best = min(tried, key=lambda name: float(np.abs(tried[name]).mean()))
    squares = [float(np.square(each).mean()) for each in tried.values()]
    return _Best(best, tried[best], float(np.median(squares)))


def _spread(errors: Floats, others: float, aim: Aim) -> tuple[float, float]:
    """Standard error in units, and its degrees of freedom.

    Periods whose days to come overlap tell less than as many apart would.
    """
    count = max(1.0, len(errors) * min(1.0, aim.step / max(aim.left, 1)))
    own = float(np.square(errors).sum())
    square = (own + LUCK * max(others, own / len(errors))) / (len(errors) + LUCK)
    return float(np.sqrt(square * (1 + 1 / count))), max(1.0, count - 1)


def _inside(best: _Best, aim: Aim) -> int:
    rows = range(len(best.errors))
    others = [_spread(np.delete(best.errors, row), best.others, aim) for row in rows]
    wide = [Distribution(0.0, *each).interval(WIDE)[1] for each in others]
    return int((np.abs(best.errors) <= wide).sum())


def _chance(found: Distribution, aim: Aim) -> tuple[float, bool]:
    """The chance to end on the better side of the target, and whether nothing can change it."""
    past_it = aim.made > aim.target if aim.down else aim.made >= aim.target
    if aim.grows and past_it:
        return (0.0 if aim.down else 1.0), True
    half = 0.5 if aim.counts else 0.0
    above = _above(found, aim.target + half if aim.down else aim.target - half)
    if found.floor is not None:  # what is less than is there already cannot come
        above = min(1.0, above / max(_above(found, aim.made - half), SURE))
    chance = 1 - above if aim.down else above
    return min(max(chance, SURE), 1 - SURE), False


def _above(found: Distribution, least: float) -> float:
    """The chance of at least so much, as if there were no floor."""
    return Distribution(found.mean, found.scale, found.freedom).chance(least)
