"""A class: those who finished a course, and everybody's figures in the weeks around their days.

Weeks are whole weeks of the fiscal calendar; the one in which somebody finished is left out. Who
came or left meanwhile counts by the weeks they were there, as their rows tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from salesdash.analysis.asking import Question
from salesdash.analysis.past import accumulates
from salesdash.analysis.peers import Roles, symmetric
from salesdash.analysis.progress import Clock
from salesdash.forecasting.arrays import Floats
from salesdash.metrics import Measured, Metric, Unit
from salesdash.periods import Grain, Period
from salesdash.workspace import tidy

WEEKS, LEAST_WEEKS = 8, 4
"""Weeks on each side at most, and at least."""

PEOPLE = "person"


@dataclass(frozen=True)
class Classroom:
    """Those who finished on their `days`, and the figure they are looked at by.

    Tables have a row for each of `rows` and a column for each of `trained`. Raises UsageError
    where rows of the figure name no persons.
    """

    question: Question
    metric: Metric
    days: Mapping[str, date]

    # --- time ---------------------------------------------------------------------------------

    @cached_property
    def weeks(self) -> tuple[Period, ...]:
        """The whole weeks with data, the oldest first."""
        asked, settings = self.question, self.question.settings
        if asked.first is None or asked.edge is None:
            return ()
        clock = Clock(asked.today, asked.edge, settings.work, settings.overview.stale_days)
        units = settings.fiscal.units(Grain.WEEK, Period.through(asked.first, asked.edge))
        return tuple(u for u in units if u.start >= asked.first and clock.is_over(u))

    def place(self, day: date) -> int:
        """The number of the week a day is in."""
        return sum(week.end <= day for week in self.weeks)

    @cached_property
    def windows(self) -> dict[str, int]:
        """How many weeks there are on both sides of each person's day."""
        found = {}
        for person, day in self.days.items():
            place = self.place(day)
            found[person] = min(place, len(self.weeks) - place - 1, WEEKS)
        return found

    @cached_property
    def trained(self) -> tuple[str, ...]:
        """Those with enough weeks on both sides, in order of their day."""
        enough = [p for p, weeks in self.windows.items() if weeks >= LEAST_WEEKS and p in self.rows]
        return tuple(sorted(enough, key=lambda person: (self.days[person], person)))

    def sides_of(self, person: str) -> tuple[Period, Period]:
        """The weeks before and after a person's day."""
        place, count = self.place(self.days[person]), self.windows[person]
        before, after = self.weeks[place - count : place], self.weeks[place + 1 : place + 1 + count]
        return Period(before[0].start, before[-1].end), Period(after[0].start, after[-1].end)

    # --- figures ------------------------------------------------------------------------------

    @cached_property
    def presence(self) -> Measured:
        """Week by week who had rows."""
        return self.question.measure((self.metric.id,), self.weeks, by=(PEOPLE,))

    @cached_property
    def names(self) -> dict[str, tuple[str | None, ...]]:
        """People by their tidy names, with what the data call them."""
        return {tidy(each[0]): each for each in self.presence.members() if each[0]}

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each person in the tables of figures."""
        return {name: number for number, name in enumerate(sorted(self.names))}

    @cached_property
    def there(self) -> dict[str, tuple[int, int]]:
        """First and last week of each person; those still there stay to the end."""
        found = {}
        for name, member in self.names.items():
            figures = (self.presence.figure(self.metric.id, n, None, member) for n in self._numbers)
            weeks = [n for n, figure in enumerate(figures) if figure.value is not None]
            if weeks:
                stays = weeks[-1] >= len(self.weeks) - LEAST_WEEKS
                found[name] = weeks[0], len(self.weeks) - 1 if stays else weeks[-1]
        return found

    @property
    def _numbers(self) -> range:
        return range(len(self.weeks))

    @cached_property
    def measured(self) -> Measured:
        """Everybody's figure on both sides of each trained person's day."""
        windows = [side for person in self.trained for side in self.sides_of(person)]
        return self.question.measure((self.metric.id,), tuple(windows), by=(PEOPLE,))

    @cached_property
    def sides(self) -> tuple[Floats, Floats]:
        """Figures before and after (people, trained), by the weeks people were there."""
        shape = len(self.rows), len(self.trained)
        found = np.full(shape, np.nan), np.full(shape, np.nan)
        for column, person in enumerate(self.trained):
            for side, window in enumerate(self.sides_of(person)):
                for name, row in self.rows.items():
                    found[side][row, column] = self._figure(name, 2 * column + side, window)
        return found

    def _figure(self, name: str, number: int, window: Period) -> float:
        value = self.measured.figure(self.metric.id, number, None, self.names[name]).value
        first, last = self.there.get(name, (0, -1))
        weeks = [n for n in self._numbers if window.contains(self.weeks[n].start)]
        there = sum(first <= n <= last for n in weeks)
        if there < LEAST_WEEKS:
            return float("nan")
        if not accumulates(self.question.bound, self.metric):
            return float("nan") if value is None else float(value)
        return float(value or 0) * len(weeks) / there

    @cached_property
    def change(self) -> Floats:
        """How far everybody changed: in points of shares, else symmetric."""
        before, after = self.sides
        return after - before if self.metric.unit is Unit.SHARE else symmetric(before, after)

    @cached_property
    def level(self) -> Floats:
        """Where people stood before, so that a line can be laid over it."""
        before = self.sides[0]
        if self.metric.unit is Unit.SHARE:
            return before
        usual = float(np.nanmean(np.abs(before))) if np.isfinite(before).any() else 1.0
        return np.asarray(np.log(np.maximum(before, 0.0) + 0.1 * (usual or 1.0)))

    @cached_property
    def roles(self) -> Roles:
        """Peers are those who had not finished when the weeks after were over."""
        peers = np.ones((len(self.rows), len(self.trained)), dtype=np.bool_)
        for column, person in enumerate(self.trained):
            end = self.sides_of(person)[1].end
            for name, row in self.rows.items():
                peers[row, column] = name not in self.days or self.days[name] >= end
        return Roles(np.asarray([self.rows[person] for person in self.trained]), peers)
