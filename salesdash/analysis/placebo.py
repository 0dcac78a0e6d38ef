"""How far a figure moved against another, and how far it does when nothing is done. Pure.

A contrast is the change of one figure from the weeks before to those after, less that of another in
the same weeks (difference in differences). How far it may be off is not derived from an assumption
about noise but seen: the same contrast is taken at every earlier moment, when there was nothing to
find, and of other members at the same moment ("placebos": Abadie, Diamond, Hainmueller 2010;
Bertrand, Duflo, Mullainathan 2004 on what neglected autocorrelation does). What drifts, swings with
the season or depends on the week before does so in the placebos, too.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from salesdash.forecasting import Distribution
from salesdash.forecasting.arrays import Floats

YEAR = 52
"""Weeks of a year: the same season, the same weekdays."""

FEWEST = 3.0
"""Placebos that don't overlap; with fewer nothing is known of the noise."""

LONGER = (2, 4)
"""The time before may be so many times as long as that after."""

CLEARLY = 0.9
"""It is, and last year is taken off, where that leaves less than so much of the noise."""

MOST_FREEDOM = 60.0
STRAY = 4.0
"""What one member adds to the variance at most: something of its own may have happened to it."""


@dataclass(frozen=True)
class Row:
    """Figures of windows of equal length, one from each week on; NaN: unknown.

    With `parts` (numerator, denominator) it is a ratio, and several windows are summed apart.
    """

    values: Floats
    parts: tuple[Floats, Floats] | None = None

    def mean(self, times: int, weeks: int) -> Floats:
        """What `times` windows that follow each other come to, by the last of them."""
        if times == 1:
            return self.values
        if self.parts is None:
            return _summed(self.values, times, weeks) / times
        over, under = (_summed(part, times, weeks) for part in self.parts)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(under > 0, over / under, np.nan))


@dataclass(frozen=True)
class Place:
    """Where in a row of weeks something was done, and how it is looked at.

    Value number n of a row is the figure of `weeks` weeks from week n on. `now` is the one after
    what was done, `lag` weeks later than the last one before it; `begun`: the first week that was
    touched. `times` as many weeks before as after; `yearly`: last year's contrast is taken off.
    `logarithmic`: sizes are compared by their ratio, else by their difference.
    """

    weeks: int
    lag: int
    now: int
    begun: int
    logarithmic: bool = True
    times: int = 1
    yearly: bool = False

    def earlier(self, contrasts: Floats) -> Floats:
        """The known ones whose weeks had all passed when something was done."""
        found = contrasts[: max(self.begun - self.weeks + 1, 0)]
        return found[np.isfinite(found)]

    def changes(self, row: Row) -> Floats:
        """By how much each window differs from those before it."""
        after, before = row.values, row.mean(self.times, self.weeks)
        if self.logarithmic:
            after, before = _log(after), _log(before)
        found = np.full(after.shape, np.nan)
        found[self.lag :] = after[self.lag :] - before[: -self.lag]
        return found

    def contrasts(self, own: Row, rest: Row | None) -> Floats:
        """Of every window."""
        found = self.changes(own) - (0.0 if rest is None else self.changes(rest))
        if not self.yearly:
            return found
        without = np.full(found.shape, np.nan)
        without[YEAR:] = found[YEAR:] - found[:-YEAR]
        return without


@dataclass(frozen=True)
class Contrast:
    """A difference in differences with its uncertainty; of logarithms where sizes are compared.

    `earlier`: at how many earlier moments the same was looked at, of which `alone` don't overlap;
    `as_far`: at how many of them it moved as far in the same direction. `members`: how many others
    were looked at. `last_year`: the same contrast a year before. `place`: how it was looked at.
    """

    estimate: float
    scale: float
    freedom: float
    earlier: int
    as_far: int
    place: Place
    members: int = 0
    last_year: float | None = None

    @property
    def distribution(self) -> Distribution:
        """Where the true difference may lie: Student's t around the estimate."""
        return Distribution(self.estimate, self.scale, self.freedom)

    @property
    def share_as_far(self) -> float:
        """Of the earlier moments, those at which it moved as far without any reason."""
        return self.as_far / self.earlier


def contrast(
    own: Row, rest: Row | None, place: Place, members: Sequence[Row] = ()
) -> Contrast | None:
    """The contrast of `own` against `rest` (None: against nothing) at a place in time.

    `members`: others, to whom nothing was done. The way of looking (a longer time before, last year
    taken off) is the one that leaves least noise in the earlier moments; what happened afterwards
    has no say in it. None: nothing to compare, or fewer than `FEWEST` placebos.
    """
    chosen = _calmest(own, rest, place)
    found = chosen.contrasts(own, rest)
    estimate, earlier = float(found[place.now]), chosen.earlier(found)
    alone = len(earlier) / place.weeks
    if not math.isfinite(estimate) or alone < FEWEST:
        return None
    strays = np.minimum(list(_strays(members, rest, chosen)), STRAY)
    wider = (alone + float(strays.sum())) / (alone + len(strays))
    before = replace(chosen, yearly=False).contrasts(own, rest)
    last_year = float(before[place.now - YEAR]) if place.now >= YEAR else math.nan
    return Contrast(
        estimate=estimate,
        scale=_size(earlier) * math.sqrt(max(wider, 1.0)),
        freedom=min(alone + len(strays), MOST_FREEDOM),
        earlier=len(earlier),
        as_far=int((earlier * math.copysign(1.0, estimate) >= abs(estimate)).sum()),
        place=chosen,
        members=len(strays),
        last_year=last_year if math.isfinite(last_year) else None,
    )


def _calmest(own: Row, rest: Row | None, place: Place) -> Place:
    """The way of looking with the least noise; a simpler one unless another is clearly better."""
    chosen = place
    for times in LONGER:
        chosen = _calmer(own, rest, (chosen, replace(place, times=times)))
    return _calmer(own, rest, (chosen, replace(chosen, yearly=True)))


def _calmer(own: Row, rest: Row | None, ways: tuple[Place, Place]) -> Place:
    """The second of two ways where it is clearly calmer, at the moments that both can tell of."""
    plain, other = (way.contrasts(own, rest) for way in ways)
    both = np.isfinite(plain) & np.isfinite(other)
    some = [
        way.earlier(np.where(both, each, np.nan))
        for way, each in zip(ways, (plain, other), strict=True)
    ]
    if len(some[0]) < FEWEST * ways[0].weeks or not both[ways[0].now]:
        return ways[0]
    return ways[1] if _size(some[1]) < CLEARLY * _size(some[0]) else ways[0]


def _strays(members: Iterable[Row], rest: Row | None, place: Place) -> Iterator[float]:
    """The squares of what members moved now, each in units of what it usually does."""
    for row in members:
        moved = place.contrasts(row, rest)
        usual = place.earlier(moved)
        if len(usual) >= FEWEST * place.weeks and np.isfinite(moved[place.now]):
            size = _size(usual)
            if size > 0:
                yield float(moved[place.now] / size) ** 2


def _size(contrasts: Floats) -> float:
    """How large they are, around zero: a drift that goes on is no effect."""
    return float(np.sqrt(np.mean(contrasts**2)))


def _summed(values: Floats, times: int, weeks: int) -> Floats:
    """Each with the `times` - 1 windows right before it."""
    found = np.full(values.shape, np.nan)
    first = (times - 1) * weeks
    if first < len(values):
        found[first:] = sum(
            values[first - each * weeks : len(values) - each * weeks] for each in range(times)
        )
    return found


def _log(values: Floats) -> Floats:
    """Logarithms; what is not above zero has none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(np.where(values > 0, values, np.nan)))
