"""Where a period will end: several plain answers, for a goal and for each of its equals alike.

Each row is a period, oldest first, the goal last. A row is answered from what was known at its own
moment alone: from earlier periods that had ended by then, and from what it held itself. So the
errors of the earlier rows say how far the answer to the last one can be trusted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salesdash.analysis.pace import LEAST, Past
from salesdash.errors import DataRefused
from salesdash.forecasting.history import FEWEST, history
from salesdash.forecasting.models import MODELS
from salesdash.forecasting.models import Past as Series
from salesdash.forecasting.seasonal import adjust

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

FADING = 0.75
"""In the recent size, a period that began one length earlier weighs so much of the next."""

EARLY = 0.03
"""Before so much of a period is usually there, its run rate says nothing."""

LEAST_GROWTH, MOST_GROWTH = 0.5, 2.0
"""Growth over a year beyond this is not carried on."""

USED = ("theta", "damped_trend", "trend_season")
"""The models whose average foretells a whole period from the wholes before it."""


@dataclass(frozen=True)
class Rows:
    """Earlier periods and the goal as arrays; `known` and `ends` are numbers of days.

    `places`: steps before the goal. `known`: the day without, up to which a row is looked at.
    `rests`: what deals let expect of the days to come, if they are what is counted.
    """

    places: NDArray[np.int64]
    now: Floats
    final: Floats
    known: NDArray[np.int64]
    ends: NDArray[np.int64]
    length: int
    cycle: int
    rests: Floats | None = None

    @classmethod
    def of(cls, past: Past, made: float, known: int) -> "Rows":
        """The rows of a past, and of a goal that holds `made` before the day `known`."""
        return cls(
            np.array([*past.places, 0]),
            np.array([*past.now, made]),
            np.array([*past.final, np.nan]),
            np.array([*(day.toordinal() for day in past.known), known]),
            np.array([*(each.end.toordinal() for each in past.periods), known + 1]),
            past.equals.length,
            past.equals.cycle,
            np.array(past.rests) if past.rests else None,
        )

    @cached_property
    def size(self) -> Floats:
        """What such periods brought lately, the newer ones weighing more."""
        weights = np.where(self._usable, FADING ** (self._apart / self.length), 0.0)
        return ratio(weights @ self._total, weights @ np.ones(len(self.places)))

    @cached_property
    def season(self) -> Floats:
        """What the same period brought a year ago, times the growth since."""
        at = {int(place): n for n, place in enumerate(self.places)}
        before = np.array([at.get(int(place) + self.cycle, -1) for place in self.places])
        found = before >= 0
        year_ago = np.where(found, self._total[before], 0.0)
        lately = self._usable & (self._apart <= self.cycle + self.length) & found[None, :]
        weights = lately.astype(np.float64)
        growth = ratio(weights @ self._total, weights @ year_ago)
        growth = np.where(np.isfinite(growth), np.clip(growth, LEAST_GROWTH, MOST_GROWTH), 1.0)
        return np.where(found, year_ago * growth, np.nan)

    @cached_property
    def models(self) -> Floats:
        """The average of what forecasting models expect after the periods before, in step."""
        found = np.full(len(self.places), np.nan)
        steps, phases = np.divmod(self.places, self.length)
        for phase in range(self.length):
            own = np.flatnonzero(phases == phase)
            expected = _after(steps[own], self.final[own], max(1, self.cycle // self.length))
            found[own] = expected
        return found

    @cached_property
    def pace(self) -> Floats:
        """The part of its total that each row should have had, by the rule of the learned pace."""
        season = self._usable & (self._apart % self.cycle == 0)
        kind = self._usable & (self._apart % self.length == 0)
        enough = [each.sum(axis=1) >= LEAST for each in (season, kind)]
        found: Floats = np.where(enough[1], self._share(kind), self.any_pace)
        return np.where(enough[0], self._share(season), found)

    @cached_property
    def any_pace(self) -> Floats:
        """The same of all periods that had ended, in step with the row or not."""
        return self._share(self._usable)

    @cached_property
    def _apart(self) -> NDArray[np.int64]:
        """How many steps each period (column) lies before each row."""
        return self.places[None, :] - self.places[:, None]

    @cached_property
    def _usable(self) -> Mask:
        """Which periods (columns) had ended when a row was looked at."""
        found: Mask = (self.ends[None, :] <= self.known[:, None]) & (self._apart > 0)
        return found

    @cached_property
    def _total(self) -> Floats:
        return np.nan_to_num(self.final)

    def _share(self, chosen: Mask) -> Floats:
        return ratio(chosen @ self.now, chosen @ self._total)


def totals(rows: Rows) -> Mapping[str, Floats]:
    """Where what adds up will end, by name.

    `run`: what is there by the part that is usual by now. `season`, `recent`, `models`: what is
    there, and of a whole such period (a year ago with growth, lately, as forecast) the part that
    is usually still to come. A blend trusts the run more, the more of the period has passed.
    `deals`: what is there, and what the deals let expect; blended with the last periods.
    """
    found = {"run": _run(rows.now, rows.pace), "run_any": _run(rows.now, rows.any_pace)}
    share = np.clip(rows.pace, 0.0, 1.0)
    wholes = {"season": rows.season, "recent": rows.size, "models": rows.models}
    for name, whole in wholes.items():
        rest = rows.now + (1 - share) * whole
        blend = share * found["run"] + (1 - share) * rest
        found[name] = rest
        found[f"blend_{name}"] = np.where(np.isfinite(found["run"]), blend, rest)
    if rows.rests is not None:
        found["deals"] = rows.now + rows.rests
        found["blend_deals"] = (found["deals"] + found["recent"]) / 2
    return found


def levels(rows: Rows, passed: float) -> Mapping[str, Floats]:
    """Where a level will end, by name; `passed`: the part of the period behind it.

    `stay`: as it is. `moved`: as earlier periods moved from here. The others: what such periods
    ended with, a year ago or lately. A blend trusts the level as it is more, the more has passed.
    """
    found = {"stay": rows.now, "moved": ratio(rows.now, rows.any_pace)}
    for name, whole in (("level_season", rows.season), ("level_recent", rows.size)):
        found[name] = whole
        found[f"blend_{name}"] = passed * rows.now + (1 - passed) * whole
    return found


def ratio(top: Floats, bottom: Floats) -> Floats:
    """Top by bottom; NaN where there is nothing to divide by."""
    found = np.full(len(top), np.nan)
    np.divide(top, bottom, out=found, where=np.isfinite(bottom) & (np.abs(bottom) > 0))
    return found


def _run(now: Floats, share: Floats) -> Floats:
    return ratio(now, np.where(share >= EARLY, share, np.nan))


def _after(steps: NDArray[np.int64], final: Floats, season: int) -> Floats:
    """For each period what models expect from the ones before it; `steps` count down to the goal.

    Missing ones are filled; a period after fewer than four known ones has no answer.
    """
    found = np.full(len(steps), np.nan)
    if np.isfinite(final).sum() < FEWEST:
        return found
    places = steps[0] - steps
    values = np.full(int(places[-1]) + 1, np.nan)
    values[places] = final
    last = int(places[np.isfinite(final)][-1])
    try:
        known = history(values[: last + 1].tolist(), season)
    except DataRefused:
        return found
    cut = last + 1 - len(known.values)
    origins = places[(places - cut >= FEWEST) & (places <= last + 1)] - cut
    if len(origins):
        series = Series(known.values, origins, season, adjust(known.values, origins, season))
        paths = np.mean([MODELS[name](series, 1)[:, 0] for name in USED], axis=0)
        found[np.isin(places, origins + cut)] = paths * known.unit
    return found
