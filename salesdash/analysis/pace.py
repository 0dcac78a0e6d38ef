"""Where a goal should stand by now: learned from earlier periods, else linear on working days.

What adds up over a period (a sum, a count) should have reached the part of its target that earlier
periods had of their totals by the same working day. A level (a share, an average, a state) should
stand where earlier periods stood at this point, as a part of what they ended with. Periods of
another length are looked at after the same share of their working days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.analysis.equals import Equals
from salesdash.periods import Period, WorkCalendar

LEAST = 2
"""A pace is learned from so many earlier periods; with fewer it is linear."""

NEWEST_SEASONS, NEWEST_KINDS = 5, 12
"""A pace is learned from so many of the newest ones."""

EVERY_DAY = WorkCalendar(weekend=frozenset())
"""Where every day counts."""

_LEAST_LEVEL, _MOST_LEVEL = 0.2, 5.0
"""What earlier periods showed of their end at this point, within reason."""


@dataclass(frozen=True)
class Point:
    """A moment of a period: so many of its working days have passed.

    `rests`: the moment is a day off, so the days off before it have passed too.
    """

    done: int
    days: int
    rests: bool = False

    def ends(self, period: Period, work: WorkCalendar) -> tuple[tuple[date, float], ...]:
        """The days without, up to which another period had got as far, with their weights.

        After 3 of 20 working days another period of 22 is looked at after 3.3: its third working
        day counts for 0.7 and the fourth for 0.3.
        """
        days = work.count(period)
        if not days:
            work, days = EVERY_DAY, period.days
        whole, part = divmod(self.done * days, self.days)
        found = [(self._end(period, work, whole), 1 - part / self.days)]
        if part:
            found.append((self._end(period, work, whole + 1), part / self.days))
        return tuple(found)

    def _end(self, period: Period, work: WorkCalendar, done: int) -> date:
        if not done:
            return period.start
        if not self.rests:
            return work.reach(period.start, done) + timedelta(days=1)
        return min(work.reach(period.start, done + 1), period.end)


@dataclass(frozen=True)
class Past:
    """What earlier periods held at the same point, and what in the end; oldest first.

    `places`: how many steps before the goal each one begins. `known`: the day without, up to which
    each was looked at. `accumulates`: a total that adds up, else a level. `rests`: what something
    else let expect of the days to come, at each moment and, last, of the goal itself.
    """

    equals: Equals
    periods: tuple[Period, ...] = ()
    places: tuple[int, ...] = ()
    known: tuple[date, ...] = ()
    now: tuple[float, ...] = ()
    final: tuple[float, ...] = ()
    accumulates: bool = True
    rests: tuple[float, ...] = ()

    def __len__(self) -> int:
        return len(self.periods)


@dataclass(frozen=True)
class Learned:
    """A learned pace.

    `share`: what should be there by now as a part of the target, or of a level what it should
    stand at. `units`: the periods it was learned from, the newest last. `season`: they are the
    same unit of earlier years.
    """

    share: float
    units: tuple[Period, ...]
    season: bool = False
    level: bool = False


@dataclass(frozen=True)
class Pace:
    """Working days of a period, those of them up to the data edge, and what was learned of it.

    A period without any working day is counted by its calendar days.
    """

    days: int
    done: int
    learned: Learned | None = None

    @property
    def left(self) -> int:
        """Working days after the data edge."""
        return self.days - self.done

    @property
    def kind(self) -> str:
        """Where it comes from: "learned" or "linear"."""
        return "linear" if self.learned is None else "learned"

    @property
    def linear(self) -> float:
        """The part of the working days up to the edge."""
        return self.done / self.days

    @property
    def share(self) -> float:
        """The part of the target expected by the edge."""
        return self.linear if self.learned is None else self.learned.share


def learn(past: Past | None) -> Learned | None:
    """The pace of earlier periods; None where they are too few or held nothing."""
    if past is None:
        return None
    chosen = teachers(past)
    total = sum(past.final[n] for n in chosen)
    if total <= 0:
        return None
    share = sum(past.now[n] for n in chosen) / total
    limits = (0.0, 1.0) if past.accumulates else (_LEAST_LEVEL, _MOST_LEVEL)
    season = len({past.places[n] % past.equals.cycle for n in chosen}) == 1
    return Learned(
        min(max(share, limits[0]), limits[1]),
        tuple(past.periods[n] for n in chosen),
        season=season and past.accumulates,
        level=not past.accumulates,
    )


def teachers(past: Past) -> tuple[int, ...]:
    """Numbers of the periods a pace is learned from.

    The same unit of earlier years where there are two or more, else the last units of the kind. A
    level has little season within a period, and is noisy: it takes all units of the kind. One that
    held nothing tells nothing.
    """
    season = tuple(_of(past, past.equals.cycle))
    if past.accumulates and len(season) >= LEAST:
        return season[-NEWEST_SEASONS:]
    kind = tuple(_of(past, past.equals.length))
    return kind[-NEWEST_KINDS:] if len(kind) >= LEAST else ()


def _of(past: Past, steps: int) -> Iterator[int]:
    return (n for n, place in enumerate(past.places) if past.final[n] > 0 and place % steps == 0)
