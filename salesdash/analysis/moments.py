"""States of the deals: as exports showed them, and of days that no export shows, from dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from salesdash import periods
from salesdash.datasets import DEALS
from salesdash.selection import numbered
from salesdash.warehouse import Warehouse
from salesdash.warehouse.movement import Side
from salesdash.warehouse.shown import NEAR
from salesdash.workspace import Event

APART = timedelta(days=6)
"""What moved "since last week" begins with an export at least so much older."""

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AsOf:
    """A state of the deals: the rows after the event `cut`, None for the newest.

    `at`, `file`, `event`: the export whose moment that is. Without them no export shows it: it is
    what the dates of these rows tell of the end of `day`.
    """

    day: date
    cut: int | None
    at: datetime | None = None
    file: str | None = None
    event: int | None = None

    @property
    def is_shown(self) -> bool:
        """Whether an export showed it."""
        return self.at is not None

    @property
    def moment(self) -> datetime:
        """When it was: of the export, or the end of the day."""
        return self.at or datetime.combine(self.day, time.max)

    @property
    def end_day(self) -> date:
        """The day whose end it is nearest to: of a morning's export the day before."""
        return (self.at - NEAR).date() if self.at is not None else self.day

    @property
    def code(self) -> str:
        """How an address names it: the number of an event, or a day."""
        return str(self.event) if self.is_shown else self.day.isoformat()

    @property
    def side(self) -> Side:
        """The same as a question is asked."""
        return Side(self.cut, None if self.is_shown else self.day)


@dataclass(frozen=True)
class Moments:
    """The states of the deals that are known up to an event, None for all."""

    warehouse: Warehouse
    events: Sequence[Event]
    cut: int | None = None

    def known(self) -> tuple[AsOf, ...]:
        """What exports showed, the oldest first; of several exports of a day the last."""
        days = {}
        for at, event in sorted(self.warehouse.moments(DEALS.name)):
            if self.cut is None or event <= self.cut:
                days[at.date()] = self._shown(at, event)
        return tuple(days.values())

    def newest(self) -> AsOf | None:
        """The rows as they are at the cut; None before deals were imported.

        Its moment is that of the newest export, also where one was undone since.
        """
        known = self.known()
        if known:
            return replace(known[-1], cut=self.cut)
        brought = [
            (event.as_of or event.at, event.id)
            for event in self.events
            if event.dataset == DEALS.name and event.kind.brings_rows
            if self.cut is None or event.id <= self.cut
        ]
        return replace(self._shown(*max(brought)), cut=self.cut) if brought else None

    def on(self, day: date) -> AsOf:
        """The end of a day: as an export showed it, the newest one if all are older.

        Else worked out from the dates of the rows as they are at the cut.
        """
        newest = self.newest()
        if newest is not None and day >= newest.day:
            return newest
        event = self.warehouse.shown(DEALS.name, day + ONE_DAY, self.cut)
        for at, each in self.warehouse.moments(DEALS.name) if event is not None else ():
            if each == event:
                return self._shown(at, each)
        return AsOf(day, self.cut)

    def after(self, event: int) -> AsOf | None:
        """The rows as they stood after an event, the cut at most; None before deals came in."""
        event = event if self.cut is None else min(event, self.cut)
        found = replace(self, cut=event).newest()
        return None if found is None else replace(found, cut=event)

    def last_week(self, today: date) -> AsOf:
        """Where a look back begins: an export of a week ago or older, else the one before.

        With a single export: a week before the last day it tells of.
        """
        newest, known = self.newest(), self.known()
        if newest is not None:
            older = [each for each in known if each.day <= newest.day - APART]
            before = [each for each in known if each.moment < newest.moment]
            if older or before:
                return (older or before)[-1]
        edge = self.warehouse.edge(DEALS.name, today, self.cut)
        return AsOf((edge or today) - WEEK, self.cut)

    def find(self, code: str) -> AsOf | None:
        """The state that an address or a person names: an event's number, or a day."""
        event = numbered(code)
        if event is not None:
            return self.after(event)
        try:
            return self.on(periods.day(code))
        except ValueError:
            return None

    def _shown(self, at: datetime, event: int) -> AsOf:
        return AsOf(at.date(), event, at, self._files.get(event), event)

    @cached_property
    def _files(self) -> dict[int, str | None]:
        return {each.id: each.file_name for each in self.events}


def pair(then: AsOf, now: AsOf) -> tuple[AsOf, AsOf]:
    """Two states that can be compared: what is worked out comes from the rows of the other.

    Where dates alone tell how it ended, they alone tell how it began, since amounts of later rows
    would pass for growth.
    """
    if not now.is_shown and then.is_shown:
        then = AsOf(then.end_day, now.cut)
    return (then if then.is_shown else replace(then, cut=now.cut)), now
