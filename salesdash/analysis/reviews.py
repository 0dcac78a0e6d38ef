"""Reviews of goals: which are due, and what moved since the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.analysis.answers import Amount, Reason
from salesdash.analysis.changes import difference
from salesdash.analysis.looks import Look
from salesdash.analysis.progress import Progress
from salesdash.config import Settings
from salesdash.periods import Grain, Period
from salesdash.workspace import Goal, Rhythm
from salesdash.workspace.reviews import Key

CLOSING = timedelta(days=31)
"""A goal that is over is still to be reviewed for so long."""


@dataclass(frozen=True)
class Written:
    """What the workspace knows: the newest review of each goal, and when goals were first set."""

    days: Mapping[int | Key, date]
    made: Mapping[int, date]

    @classmethod
    def read(cls, days: Mapping[int | Key, date], originals: Mapping[int, Goal]) -> "Written":
        """Of the stores' own answers."""
        made = {number: goal.at.date() for number, goal in originals.items() if goal.at}
        return cls(days, made)

    def last(self, goal: Goal) -> date | None:
        """The day of its newest review."""
        return self.days.get(goal.number or goal.terms.key)


@dataclass(frozen=True)
class Due:
    """A review that is due since a day; without a rhythm it is the last one, of what is over."""

    since: date
    rhythm: Rhythm | None = None

    @property
    def told(self) -> Reason:
        """Weekly review due since Monday."""
        if self.rhythm is None:
            return Reason("reviews.due.closing")
        day: object = self.since
        if self.rhythm is Rhythm.WEEK:
            day = Reason(f"reviews.weekday.{self.since.weekday()}")
        return Reason(f"reviews.due.{self.rhythm.value}", (("since", day),))


def rhythm(goal: Goal, settings: Settings) -> Rhythm:
    """How often a goal is reviewed."""
    return goal.terms.rhythm or Rhythm(settings.review)


def due(each: Progress, written: Written, settings: Settings, today: date) -> Due | None:
    """Whether a goal waits for its review of this week or month, and since when.

    The first one comes with the first unit that begins after the goal was set and has begun. A
    goal that is over waits for one more. Imported targets are many: one of them is due only once
    somebody has begun to review it.
    """
    goal, often = each.goal, rhythm(each.goal, settings)
    period, last = goal.terms.period, written.last(goal)
    if often is Rhythm.NEVER or (not goal.number and last is None):
        return None
    begun = max(period.start, written.made.get(goal.number, period.start))
    if each.over:
        return _closing(period, begun, last, today)
    if not each.runs:
        return None
    since = settings.fiscal.unit(Grain(often.value), today).start
    if since <= begun or (last is not None and last >= since):
        return None
    return Due(since, often)


def _closing(period: Period, begun: date, last: date | None, today: date) -> Due | None:
    """The last review, of a goal that was set before it was over."""
    is_late = today - period.end > CLOSING
    is_done = last is not None and last >= period.end
    return None if is_late or is_done or begun >= period.end else Due(period.end)


def waiting(
    found: Sequence[Progress], written: Written, settings: Settings, today: date
) -> dict[str, Due]:
    """The reviews that are due by the codes of their goals, in the order given."""
    asked = ((each.goal.code, due(each, written, settings, today)) for each in found)
    return {code: one for code, one in asked if one is not None}


def since(now: Look, then: Look) -> Reason | None:
    """How far the figure came from the review before; None where one of them had none."""
    both = now.progress.actual.value, then.progress.actual.value
    if both[0] is None or both[1] is None:
        return None
    change = Amount(difference(both[0], both[1]), now.progress.subject.unit, "signed")
    return Reason("reviews.since", (("change", change), ("day", then.today)))


def retargeted(now: Look, then: Look) -> Reason | None:
    """That the target was another one at the review before."""
    old, new = (look.progress.goal.terms.target for look in (then, now))
    if old == new:
        return None
    unit = now.progress.subject.unit
    return Reason("reviews.retargeted", (("old", Amount(old, unit)), ("new", Amount(new, unit))))


def notice(count: int) -> Reason | None:
    """How many goals are due for review."""
    return Reason("reviews.waiting", (("count", count),)) if count else None
