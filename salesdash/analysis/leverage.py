"""What the levers of a goal are now, would have to be, and were in the last 12 months.

Everything is measured in stretches with as many working days as the goal has left: the last one up
to the data edge is "now", and those that end each week of the 12 months before make the range. So
figures that grow with the days, like different customers, are compared alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from salesdash.analysis.answers import Amount, Name, Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.levers import (
    CHAINS,
    CYCLE,
    DECIDED,
    EARLY,
    LINES,
    LISTED,
    ORDERS,
    SALES,
    UNITS,
    WON,
    Best,
    Dropped,
    Lever,
    Link,
    Part,
    Volumes,
    best,
    links,
    place,
    pull,
)
from salesdash.analysis.progress import Progress, exact
from salesdash.analysis.stretches import stretches
from salesdash.analysis.volumes import LISTED_SALES, missing, volumes
from salesdash.analysis.within import dimensions
from salesdash.config import Settings
from salesdash.metrics import Measured, Unit
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

PEOPLE = "person"
"""Whose best member is an example before any other's."""

LEAST = 10
"""A member is no example below so many of what its value is reckoned by."""


@dataclass(frozen=True)
class Leverage:
    """The levers of a goal, the easiest first.

    `rest`: the days still to come, `days` of them worked; `missing` is to be made in them. `past`:
    as many worked days up to the data edge, in which `made` was made; each lever would have to
    become `times` as large. `since`: where the range begins. `by`: the dimension of the best
    members. `why`: why there are no levers.
    """

    metric: str
    unit: Unit
    why: Reason | None = None
    rest: Period | None = None
    days: int = 0
    past: Period | None = None
    missing: Number = 0
    made: Number = 0
    times: float = 0.0
    since: date | None = None
    by: str | None = None
    levers: tuple[Lever, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def build(warehouse: Warehouse, settings: Settings, goal: Progress, today: date) -> Leverage:
    """The levers of a goal on a day; without any it says why."""
    terms, empty = goal.goal.terms, Leverage(goal.goal.terms.metric, goal.subject.unit)
    question = Question(warehouse, settings, Selection(None, filters=terms.scope), today)
    missing = terms.target - exact(goal.actual.value or 0)
    if terms.metric not in CHAINS:
        return replace(empty, why=_known(question))
    if terms.metric not in question.bound.metrics:
        return replace(empty, why=Reason("goals.reason.no_metric", (("name", terms.metric),)))
    if goal.edge is None or goal.actual.reason is not None:
        return replace(empty, why=goal.actual.reason or Reason("goals.reason.empty"))
    if goal.over or goal.edge >= terms.period.last_day:
        return replace(empty, why=Reason("levers.why.over"))
    if missing <= 0:
        return replace(empty, why=Reason("levers.why.reached"))
    rest = Period(max(terms.period.start, goal.edge + timedelta(days=1)), terms.period.end)
    return _Asked(question.about(terms.metric), goal.edge, rest, missing).leverage(empty)


@dataclass(frozen=True)
class _Asked:
    """The question: a goal's metric and scope, its data edge, what is left of days and target."""

    question: Question
    edge: date
    rest: Period
    missing: Decimal

    def leverage(self, empty: Leverage) -> Leverage:
        if not self.windows:
            return replace(empty, why=Reason("levers.why.short"))
        made = self.past[0].get(self.parts[-1].code)
        if made is None:
            return replace(empty, why=self._nothing())
        dropped = tuple(self._dropped())
        if len(self.chain) == 1:
            return replace(empty, why=Reason("levers.why.alone"), dropped=dropped)
        times = Fraction(self.missing) / made
        known = (*links(self.chain), *((CYCLE,) if DECIDED in self.chain else ()))
        found = (self._lever(link, times) for link in known)
        return replace(
            empty,
            rest=self.rest,
            days=self.question.settings.work.count(self.rest) or self.rest.days,
            past=self.windows[0],
            missing=self.missing,
            made=self.measured.figure(self.parts[-1].metric).value or 0,
            times=float(times),
            since=self._known[-1].start,
            by=self.by,
            levers=tuple(sorted((lever for lever in found if lever is not None), key=place)),
            dropped=dropped,
        )

    # --- what is asked ------------------------------------------------------------------------

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return CHAINS[self.question.metrics[0]]

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The metrics of the chain and those beside it, as far as they work here."""
        beside = {LISTED: LISTED_SALES, DECIDED: CYCLE.part.metric}
        needed = [part.metric for part in self.parts]
        needed += [name for part, name in beside.items() if part in self.parts]
        return tuple(name for name in needed if name in self.question.bound.metrics)

    @cached_property
    def windows(self) -> tuple[Period, ...]:
        first = self.question.first
        work = self.question.settings.work
        return () if first is None else stretches(work, self.edge, self.rest, first)

    @cached_property
    def measured(self) -> Measured:
        return self.question.measure(self.asked, self.windows)

    @cached_property
    def by(self) -> str | None:
        """The dimension people compare themselves by: persons, else what suits the goal."""
        found = dimensions(self.question, self.question.metrics[0])
        return PEOPLE if PEOPLE in found else next(iter(found), None)

    @cached_property
    def members(self) -> Mapping[str, Volumes]:
        """The figures of each member of `by` in the last stretch."""
        if self.by is None:
            return {}
        measured = self.question.measure(self.asked, self.windows[:1], by=(self.by,))
        return {m[0]: self._volumes(measured, 0, m) for m in measured.members() if m[0]}

    @cached_property
    def past(self) -> tuple[Volumes, ...]:
        """The figures of each stretch, the last one first."""
        return tuple(self._volumes(self.measured, number) for number in range(len(self.windows)))

    # --- what is made of it -------------------------------------------------------------------

    @cached_property
    def chain(self) -> tuple[Part, ...]:
        """The parts that have a figure in the last stretch, without those that tell nothing new.

        Lines do where units are known or every order has one; list prices where all are paid.
        """
        idle = {LINES} if UNITS.code in self.past[0] or self._alike(LINES, ORDERS) else set()
        idle |= {LISTED} if self._alike(LISTED, SALES) else set()
        return tuple(p for p in self.parts if p.code in self.past[0] and p not in idle)

    def _alike(self, one: Part, other: Part) -> bool:
        """Whether two parts were the same in all stretches that tell the first."""
        told = (each for each in self.past if one.code in each)
        return all(each[one.code] == each.get(other.code) for each in told)

    @cached_property
    def _known(self) -> tuple[Period, ...]:
        """The stretches in which all rows of the chain had begun; the last one in any case."""
        first = self.question.about(*(part.metric for part in self.chain)).first
        later = (each for each in self.windows[1:] if first is not None and each.start >= first)
        return (self.windows[0], *later)

    def _lever(self, link: Link, times: Fraction) -> Lever | None:
        now = link.factor(self.past[0])
        if now is None:
            return None
        past = [
            (window, factor)
            for window, volumes in zip(self.windows, self.past, strict=True)
            if window in self._known and (factor := link.factor(volumes)) is not None
        ]
        return replace(
            pull(link, now, times, past), best=self._best(link), note=self._note(link.code)
        )

    def _best(self, link: Link) -> Best | None:
        """The member with the best factor, among two or more that have enough to tell."""
        base = self._base(link)
        if self.by is None or base is None:
            return None
        able = {
            member: volumes
            for member, volumes in self.members.items()
            if volumes.get(base.code, 0) >= LEAST
        }
        names = self.question.warehouse.names(self.question.dataset, self.by)
        return best(link, able, names)

    def _base(self, link: Link) -> Part | None:
        """The counted part that a lever's value rests on; None for what only grows with size."""
        if link is CYCLE:
            return WON
        if link.before is None:
            return None
        before = self.chain[: self.chain.index(link.part)]
        return next((part for part in reversed(before) if part.unit is not Unit.MONEY), None)

    def _note(self, code: str) -> Reason | None:
        """What is begun now counts only after a cycle, which may be longer than what is left."""
        cycle = self.past[0].get(CYCLE.part.code)
        if code not in EARLY or cycle is None or cycle <= self.rest.days:
            return None
        days = Amount(float(cycle), Unit.DAYS)
        return Reason("levers.note_late", (("cycle", days), ("count", self.rest.days)))

    def _volumes(
        self, measured: Measured, window: int = 0, members: tuple[str | None, ...] = ()
    ) -> dict[str, Fraction]:
        """Figures above zero by their code."""
        found = volumes(measured, (*self.parts, CYCLE.part), window, members)
        return {code: value for code, value in found.items() if value > 0}

    def _dropped(self) -> Iterator[Dropped]:
        for part in self.parts[:-1]:
            if part not in self.chain and part is not LINES:
                yield Dropped(part.code, self._why(part))

    def _why(self, part: Part) -> Reason:
        found = missing(self.question.bound, part)
        if found is not None:
            return found
        if part is LISTED and LISTED.code in self.past[0]:
            return Reason("levers.why.no_discount")
        return answered(self.measured.figure(part.metric)).reason or Reason("levers.why.zero")

    def _nothing(self) -> Reason:
        past = self.windows[0]
        days = (("first", past.start), ("last", past.last_day))
        metric = ("metric", Name("metric", self.question.metrics[0]))
        return Reason("levers.why.nothing", (metric, *days))


def _known(question: Question) -> Reason:
    """That a metric has no levers, and which ones have."""
    names = tuple(Name("metric", name) for name in CHAINS if name in question.bound.metrics)
    return Reason("levers.why.metric", (("known", names),))
