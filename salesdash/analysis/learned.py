"""What somebody learned when: courses finished, lapsed and finished again.

Read from every tick that was ever set or taken back, and from what files say, against the checklist
of today: an item that came in later is one the person has yet to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from salesdash.analysis.training import lapse
from salesdash.config import Course
from salesdash.workspace import Completion, Tick


@dataclass(frozen=True)
class Span:
    """A course that was finished on a day and counted until another (None: for good).

    `said`: what a file said about it, None when it was ticked here; `who` ticked the last item or
    brought the file.
    """

    course: str
    day: date
    until: date | None
    who: str
    said: Completion | None = None


def spans(course: Course, ticks: Iterable[Tick], said: Iterable[Completion]) -> tuple[Span, ...]:
    """Each time a person finished a course, the first one first.

    `ticks`: all that the person ever got or lost, in the order of time.
    """
    own = [tick for tick in ticks if tick.course == course.id and tick.item in course.items]
    files = [each for each in said if each.course == course.id]
    events: list[Tick | Completion] = sorted([*files, *own], key=_day)
    ledger = _Ledger(course)
    for event in events:
        ledger.read(event)
    return (*ledger.ended, *ledger.running(ledger.lapse()))


def _day(event: Tick | Completion) -> date:
    return event.at.date() if isinstance(event, Tick) else event.day


class _Ledger:
    """What is done by a day, the times that ended, and the one that runs."""

    def __init__(self, course: Course) -> None:
        self.ended: list[Span] = []
        self._course = course
        self._done: dict[str, date] = {}
        self._begun: Span | None = None

    def read(self, event: Tick | Completion) -> None:
        """Take the next event in the order of days."""
        day = _day(event)
        if self._has_lapsed(day):
            self._end(self.lapse())
        if isinstance(event, Completion):
            self._end(day)
            self._done = dict.fromkeys(self._course.items, day)
            self._begun = Span(self._course.id, day, None, event.who, event)
            return
        if event.done:
            self._done[event.item] = day
        else:
            self._done.pop(event.item, None)
        whole = len(self._done) == len(self._course.items) and not self._has_lapsed(day)
        if not whole:
            self._end(day)
        elif self._begun is None:
            self._begun = Span(self._course.id, day, None, event.who)

    def running(self, until: date | None) -> tuple[Span, ...]:
        """The time that runs, until a day; none when nothing does."""
        return () if self._begun is None else (replace(self._begun, until=until),)

    def lapse(self) -> date | None:
        """The day on which the first item lapses."""
        until = (lapse(self._course, item, day) for item, day in self._done.items())
        return min((last for last in until if last is not None), default=None)

    def _has_lapsed(self, day: date) -> bool:
        last = self.lapse()
        return last is not None and last <= day

    def _end(self, day: date | None) -> None:
        self.ended += self.running(day)
        self._begun = None
