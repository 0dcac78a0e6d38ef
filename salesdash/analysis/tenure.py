"""How long people and teams were in post: working days of a window, as the list of people says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.analysis.roster import Entry
from salesdash.analysis.staff import Staff, end, same, start
from salesdash.periods import Period, WorkCalendar
from salesdash.selection import Organisation
from salesdash.workspace import tidy

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tenure:
    """The list of people over a window; `today` says who is where where today's teams count."""

    staff: Staff
    work: WorkCalendar
    window: Period
    today: date
    organisation: Organisation = Organisation.THEN

    @property
    def whole(self) -> int:
        """The working days of the window."""
        return self.work.count(self.window)

    def person(self, name: str) -> int | None:
        """On how many of them somebody was in post; None of who is not listed."""
        entries = self.staff.entries.get(tidy(name))
        return None if not entries else self._count(entries)

    def team(self, name: str) -> int | None:
        """The days of all its people together; None where the list knows no such team."""
        days = [self._of(person, same(name)) for person in self.staff.entries]
        return sum(days) or None

    def _of(self, person: str, team: str) -> int:
        entries = self.staff.entries[person]
        if self.organisation is Organisation.TODAY:
            own = same(self.staff.place(person, self.today).team) == team
            return self._count(entries) if own else 0
        return self._count(each for each in entries if same(each.team) == team)

    def _count(self, entries: Iterable[Entry]) -> int:
        return sum(self.work.count(period) for period in _joined(self._clipped(entries)))

    def _clipped(self, entries: Iterable[Entry]) -> Iterator[Period]:
        for each in entries:
            first, last = max(start(each), self.window.start), min(end(each), self.window.last_day)
            if first <= last:
                yield Period.through(first, last)


def _joined(periods: Iterable[Period]) -> Iterator[Period]:
    """The same days without those that two of them have."""
    running: Period | None = None
    for each in sorted(periods):
        if running is None or each.start > running.end:
            if running is not None:
                yield running
            running = each
        else:
            running = Period(running.start, max(running.end, each.end))
    if running is not None:
        yield running
