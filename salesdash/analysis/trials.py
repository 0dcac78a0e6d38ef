"""Trials: what is judged of an action, where it stands in time, and which rows it is set against.

Time goes by whole weeks of the fiscal calendar. The week in which something began and those in
which it was worked at belong neither to before nor to after. The rest are the other members of one
dimension of the scope, without those that other actions were to move.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.placebo import Place
from salesdash.analysis.progress import Clock
from salesdash.metrics import Metric, Unit
from salesdash.periods import Grain, Period
from salesdash.selection import Filter
from salesdash.workspace import Action, Standing

FEWEST_WEEKS = 2
"""Before that there is nothing to see."""

MOST_WEEKS = 13
"""A quarter after it: what comes later has other reasons, too."""

HISTORY = 156
"""Weeks that are looked back; three years."""

TURNED = ("person", "team", "region")
"""Whose others are the rest when a scope has several dimensions."""


@dataclass(frozen=True)
class Trial:
    """What is judged: a metric within a scope; begun, done (None: not yet) and checked on days.

    `expected`: the change hoped for in the unit of the metric, over the weeks after.
    """

    metric: str
    begun: date
    check: date
    scope: tuple[Filter, ...] = ()
    done: date | None = None
    expected: Decimal | None = None

    @classmethod
    def of(cls, action: Action) -> "Trial | None":
        """Of an action that has a metric and a day to check it, and was not dropped."""
        if action.metric is None or action.check is None or action.state is Standing.DROPPED:
            return None
        settled = action.settled_at if action.state is Standing.DONE else None
        return cls(
            action.metric,
            action.made_at.date(),
            action.check,
            action.scope,
            settled.date() if settled is not None else None,
            action.expected,
        )

    def touches(self, other: "Trial") -> bool:
        """Whether another one is about the same metric in days that both cover."""
        return (
            self.metric == other.metric and self.begun <= other.check and other.begun <= self.check
        )


@dataclass(frozen=True)
class Setting:
    """A trial in its setting: the question within its scope, and what else was done meanwhile."""

    question: Question
    metric: Metric
    trial: Trial
    others: tuple[Trial, ...]

    # --- time ---------------------------------------------------------------------------------

    @cached_property
    def weeks(self) -> tuple[Period, ...]:
        """The whole weeks with data up to the check, the oldest first."""
        question, first = self.question, self.question.first
        if first is None or question.edge is None:
            return ()
        units = question.settings.fiscal.units(
            Grain.WEEK, Period.through(first, max(first, self.trial.check))
        )
        kept = [unit for unit in units if unit.start >= first and unit.last_day <= self.trial.check]
        return tuple(unit for unit in kept if self.clock.is_over(unit))[-HISTORY - MOST_WEEKS :]

    @property
    def clock(self) -> Clock:
        """What is over on the day of the question."""
        asked, settings = self.question, self.question.settings
        return Clock(asked.today, asked.edge, settings.work, settings.overview.stale_days)

    @cached_property
    def since(self) -> date:
        """The day from which it should be seen."""
        return max(self.trial.begun, self.trial.done or self.trial.begun)

    @cached_property
    def place(self) -> Place | None:
        """Where it stands among the weeks; None while too few have passed since."""
        starts = [week.start for week in self.weeks]
        begun = sum(week.end <= self.trial.begun for week in self.weeks)
        now = sum(start < self.since for start in starts)
        weeks = min(len(starts) - now, MOST_WEEKS)
        if weeks < FEWEST_WEEKS:
            return None
        plain = self.metric.unit is Unit.SHARE
        return Place(weeks, weeks + now - begun, now, begun, logarithmic=not plain)

    @cached_property
    def early(self) -> Reason | None:
        """Why it cannot be judged yet."""
        if self.question.today < self.trial.check:
            return Reason("effect.why.early_check", (("day", self.trial.check),))
        if not self.weeks:
            return None
        check = self.question.settings.fiscal.unit(Grain.WEEK, self.trial.check)
        end = check.end if check.last_day == self.trial.check else check.start
        if self.weeks[-1].end < end:
            return Reason("effect.why.early_edge", (("day", self.weeks[-1].last_day),))
        if self.place is None:
            values = (("day", self.since), ("count", FEWEST_WEEKS))
            return Reason("effect.why.early_weeks", values)
        return None

    # --- rows ---------------------------------------------------------------------------------

    @cached_property
    def turned(self) -> Filter | None:
        """The part of the scope whose others are the rest; None for the whole company."""
        known = {each.dimension: each for each in self.trial.scope}
        named = next((known[name] for name in TURNED if name in known), None)
        return named or next(iter(self.trial.scope), None)

    @cached_property
    def left_out(self) -> tuple[str | None, ...]:
        """Members of the rest that other actions were to move."""
        turned = self.turned
        if turned is None or turned.exclude:
            return ()
        found: dict[str | None, None] = {}
        for other in self.others:
            if len(other.scope) == 1 and other.scope[0].dimension == turned.dimension:
                found |= dict.fromkeys(() if other.scope[0].exclude else other.scope[0].values)
        return tuple(member for member in found if member not in turned.values)

    @cached_property
    def blended(self) -> int:
        """How many other actions may have moved the same rows, or some of the rest."""
        apart = set(self.left_out)
        return sum(
            not (len(other.scope) == 1 and apart.issuperset(other.scope[0].values))
            for other in self.others
        )

    @cached_property
    def rest(self) -> Question | None:
        """The question outside the scope."""
        turned = self.turned
        if turned is None:
            return None
        values = (*turned.values, *self.left_out)
        outside = replace(turned, values=values, exclude=not turned.exclude)
        filters = tuple(outside if each is turned else each for each in self.trial.scope)
        return replace(self.question, selection=replace(self.question.selection, filters=filters))
