"""Goals that were hit: on which day, and how early.

The day is the first one on which the figure from the period's first day on has reached the target.
Only what grows day by day has one; a share or a state is known to be met when the period is over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.analysis.answers import Amount, Reason
from salesdash.analysis.asking import bound
from salesdash.analysis.progress import Progress, State, exact
from salesdash.config import Settings
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.questions import measure

FRESH = timedelta(days=31)
"""So long after its period a hit is still news."""


@dataclass(frozen=True)
class Hit:
    """A goal that was hit; `day` None: it is only known at the end of the period."""

    goal: Progress
    day: date | None = None

    @property
    def code(self) -> str:
        """What it is remembered by: a goal that is changed may be hit again."""
        return f"{self.goal.goal.code}v{self.goal.goal.version}"

    @property
    def early(self) -> Reason:
        """Reached 6 days early; on the last day; reached."""
        if self.day is None:
            return Reason("hits.reached")
        days = (self.goal.goal.terms.period.last_day - self.day).days
        return Reason("hits.early", (("count", days),)) if days else Reason("hits.last_day")

    @property
    def told(self) -> Reason:
        """Reached 6 days early: Sales · North, $1.02M of $1.00M."""
        unit = self.goal.subject.unit
        return Reason(
            "hits.told",
            (
                ("early", self.early),
                ("goal", self.goal.subject.title),
                ("actual", Amount(self.goal.actual.value or 0, unit)),
                ("target", Amount(self.goal.goal.terms.target, unit)),
            ),
        )


def build(
    warehouse: Warehouse,
    settings: Settings,
    goals: Iterable[Progress],
    today: date,
    cut: int | None = None,
) -> tuple[Hit, ...]:
    """The goals hit of late, the newest first."""
    fresh = [each for each in goals if _is_hit(each) and each.goal.terms.period.end > today - FRESH]
    found = (Hit(each, _day(warehouse, settings, each, cut)) for each in fresh)
    return tuple(sorted(found, key=_newest))


def _is_hit(goal: Progress) -> bool:
    """Reached; what has no day of its own, only once nothing can change it."""
    return goal.state is State.REACHED and (goal.over or _grows(goal))


def _grows(goal: Progress) -> bool:
    return goal.subject.accumulates and goal.subject.better != "down"


def _newest(hit: Hit) -> tuple[int, str]:
    day = hit.day or hit.goal.goal.terms.period.last_day
    return -day.toordinal(), hit.code


def _day(warehouse: Warehouse, settings: Settings, goal: Progress, cut: int | None) -> date | None:
    """The first day on which the target was reached."""
    if not _grows(goal):
        return None
    terms = goal.goal.terms
    selection = Selection(None, filters=terms.scope, cut=cut)
    days = tuple(_days(goal))
    windows = [Period(terms.period.start, day + timedelta(days=1)) for day in days]
    found = measure(
        warehouse, bound(warehouse, settings), (terms.metric,), selection, windows=windows
    )
    values = (found.figure(terms.metric, number).value for number in range(len(days)))
    reached = (value is not None and exact(value) >= terms.target for value in values)
    return next((day for day, met in zip(days, reached, strict=True) if met), None)


def _days(goal: Progress) -> Iterator[date]:
    """The days of a goal that the data cover."""
    period = goal.goal.terms.period
    return (day for day in period if goal.edge is None or day <= goal.edge)
