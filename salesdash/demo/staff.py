"""Who sells for the demo company on which day, and in which team."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.company import Company
from salesdash.demo.timeline import Timeline

Days = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Entry:
    """Somebody's place in the company while it was theirs; `to` is the last day, None for now."""

    person: str
    team: str
    manager: str | None
    region: str | None
    role: str
    since: date | None
    to: date | None


@dataclass(frozen=True)
class Staff:
    """Salespeople are positions in `company.sellers`; days are day numbers."""

    company: Company
    timeline: Timeline

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All salespeople of the history."""
        return tuple(name for name, _ in self.company.sellers)

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """All teams of the history."""
        return tuple(self.company.staffing.managers)

    @cached_property
    def _home(self) -> NDArray[np.int64]:
        """The first team of each salesperson."""
        of_region = {city.region: city.team for city in self.company.cities}
        teams = [self.teams.index(of_region[region]) for _, region in self.company.sellers]
        return np.asarray(teams, np.int64)

    @property
    def handover(self) -> date:
        """The first day on which the one who left was gone."""
        return self.timeline.ago(self.company.staffing.left_months)

    @property
    def arrival(self) -> date:
        """The newcomer's first day."""
        return self.timeline.ago(self.company.staffing.newcomer_months)

    def seller(self, person: Days, day: Days) -> NDArray[np.int64]:
        """Who looked after the customers of `person` on that day."""
        staffing = self.company.staffing
        successor, leaver = (self.names.index(n) for n in (staffing.successor, staffing.leaver))
        before = (person == successor) & (day < self.timeline.number(self.handover))
        return np.where(before, leaver, person).astype(np.int64)

    def team(self, seller: Days, day: Days) -> NDArray[np.int64]:
        """The team that a salesperson was in on that day, as a position in `teams`."""
        found = self._home[seller]
        for move in self.company.staffing.movers:
            since = self.timeline.number(self.timeline.ago(move.months))
            moved = (seller == self.names.index(move.person)) & (day >= since)
            found = np.where(moved, self.teams.index(move.team), found)
        return np.asarray(found, np.int64)

    def entries(self) -> Iterator[Entry]:
        """Everybody's places, salespeople first; two for those who moved."""
        managers, roles = self.company.staffing.managers, self.company.staffing
        moves = {move.person: move for move in roles.movers}
        for number, (name, region) in enumerate(self.company.sellers):
            team = self.teams[self._home[number]]
            since, to = self._employed(name)
            move = moves.get(name)
            if move:
                start = self.timeline.ago(move.months)
                last = start - timedelta(days=1)
                yield Entry(name, team, managers[team], region, roles.seller_role, since, last)
                team, since = move.team, start
            yield Entry(name, team, managers[team], region, roles.seller_role, since, to)
        for name in dict.fromkeys(managers.values()):
            team = next(t for t, manager in managers.items() if manager == name)
            yield Entry(name, team, None, None, roles.manager_role, None, None)

    def _employed(self, name: str) -> tuple[date | None, date | None]:
        """First and last day; None where the history does not know."""
        staffing = self.company.staffing
        if name == staffing.successor:
            return self.handover, None
        if name == staffing.leaver:
            return None, self.handover - timedelta(days=1)
        return (self.arrival if name == staffing.newcomer else None), None
