"""What the demo company's people wrote: goals and reviews, trainings, meetings, actions.

Everything goes through the stores that the screens use, in the order of time, stamped with the
day it is said to be of. A meeting is pinned to the events that stood in the log that morning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from salesdash.analysis import goals as measuring
from salesdash.analysis import kept, looks, occasions
from salesdash.analysis.room import Room
from salesdash.config import Meeting as Plan
from salesdash.config import Settings
from salesdash.demo import pledges
from salesdash.demo.generator import Demo
from salesdash.demo.schooling import Schooling
from salesdash.demo.talks import Talks
from salesdash.demo.trials import Trials
from salesdash.imports import Home
from salesdash.periods import Grain, Period, add_months
from salesdash.selection import Filter
from salesdash.workspace import Annotation, Goal, Meeting, Query, Said, Stamp, Standing, Terms, Word

MEETS = time(9, 30)
ENDS = time(10, 15)
EVENING = time(17, 20)
ALONE = time(16, 0)

STEP = Decimal(10_000)
REACHED = Decimal("0.97")
"""Last quarter's goal was so much of what it brought in the end, rounded down to STEP."""

MORE, GROWTH = Decimal("1.08"), Decimal("1.05")
"""The quarter is to beat that of last year by so much, the year the year before."""

SMALL_STEP = Decimal(1_000)


@dataclass(frozen=True)
class Diary:
    """Writes into an open demo home, never later than `now`."""

    home: Home
    demo: Demo
    settings: Settings
    now: datetime

    def write(self) -> None:
        """Annotations, questions, goals with their reviews, then trainings, then meetings."""
        self.annotations()
        self.queries()
        self.goals()
        self.reviews()
        self.trainings()
        self.meetings()

    def stamp(self, who: str, day: date, at: time = EVENING) -> Stamp:
        """Somebody's, on that day."""
        return Stamp(who, min(datetime.combine(day, at), self.now))

    @property
    def words(self) -> Mapping[str, Any]:
        """What they write, in their language."""
        return self.demo.world.company.diary

    @property
    def chair(self) -> str:
        """Who leads the meetings and owns the company's goals."""
        return str(self.words["chair"])

    def annotations(self) -> None:
        """What the charts of time have beside their lines."""
        store, timeline = self.home.workspace.annotations, self.demo.world.timeline
        for said in self.words["annotations"]:
            first = date(timeline.today.year, 1, 1)
            if "months" in said:
                first = timeline.ago(said["months"]) + timedelta(days=said["day"] - 1)
            last = first + timedelta(days=said.get("days", 1) - 1)
            scope = tuple(Filter(name, (each,)) for name, each in said.get("scope", {}).items())
            note = Annotation(said["text"], first, last, said.get("metric"), scope)
            store.make(note, self.stamp(self.chair, last))

    def queries(self) -> None:
        """Questions in SQL that the team asks again and again."""
        day = self.demo.world.timeline.ago(2)
        for said in self.words["queries"]:
            query = Query(said["name"], said["sql"], said["about"], said["chart"])
            self.home.workspace.queries.make(query, self.stamp(self.chair, day))

    def goals(self) -> None:
        """The company's year and quarters (the last one reached); deals and new customers."""
        start, before = self._quarter(0), self._quarter(-1)
        reasons, store = self.words["goals"], self.home.workspace.goals
        known = self.settings.metrics
        if "sales" in known:
            brought = self._sales(before)
            goal = brought * REACHED // STEP * STEP
            first = Terms("sales", before, goal - STEP, reason=reasons["last_quarter"])
            made = store.add([first], self.stamp(self.chair, before.start))[0]
            raised = Terms("sales", before, goal, reason=reasons["last_quarter"])
            day = add_months(before.start, 2)
            store.revise(made, raised, self.stamp(self.chair, day), reasons["raised"])
            wanted = self._sales(self._quarter(-4)) * MORE // STEP * STEP
            terms = Terms("sales", start, wanted, owner=self.chair, reason=reasons["this_quarter"])
            store.add([terms], self.stamp(self.chair, start.start))
            year = Period(date(start.start.year, 1, 1), date(start.start.year + 1, 1, 1))
            earlier = Period(add_months(year.start, -12), year.start)
            wanted = self._sales(earlier) * GROWTH // STEP * STEP
            terms = Terms("sales", year, wanted, owner=self.chair, reason=reasons["year"])
            store.add([terms], self.stamp(self.chair, year.start))
        counted = {
            "won_amount": (self._won(before) // SMALL_STEP * SMALL_STEP, reasons["deals"]),
            "new_customers": (Decimal(self._new_customers(before)), reasons["customers"]),
        }
        for metric, (wanted, reason) in counted.items():
            if metric in known and wanted:
                terms = Terms(metric, start, wanted, reason=reason)
                store.add([terms], self.stamp(self.chair, start.start))

    def reviews(self) -> None:
        """The quarter's goal is reviewed each Monday before this one's, the last one once over."""
        goals = {
            goal.terms.period: goal
            for goal in self.home.workspace.goals.standing()
            if goal.terms.metric == "sales"
        }
        now, before = (goals.get(self._quarter(each)) for each in (0, -1))
        said, monday = self.words["reviews"], self._monday
        if before is not None and before.terms.period.end <= monday:
            end = before.terms.period.end
            first = end + timedelta(days=7 + -end.weekday() % 7)  # its last days have come in
            if first <= monday:
                self._review(before, first, said["closing"])
        for place, words in enumerate(said["weekly"]):
            day = monday - timedelta(weeks=len(said["weekly"]) - place)
            if now is not None and day > now.terms.period.start:
                self._review(now, day, words)

    def _review(self, goal: Goal, day: date, words: Mapping[str, str]) -> None:
        """One review, of what was known on the morning of that day."""
        stamp, currency = self.stamp(self.chair, day, MEETS), self.demo.world.company.currency
        cut = self._cut(stamp)
        asked = (self.home.warehouse, self.settings, (goal,), day, cut)
        progress = next(each for each in measuring.build(*asked) if each.goal == goal)
        place = (self.home.warehouse, self.settings)
        look = looks.build(*place, progress, (day, cut), currency)
        known = self.home.workspace.reviews.of(goal)
        texts = {name: words.get(name, "") for name in ("note", "decision", "next_step")}
        said = Said(Word(words["word"]), **texts)
        last = known[0].number if known else 0
        self.home.workspace.reviews.add(goal, kept.seen(look), said, stamp, last)

    @property
    def _monday(self) -> date:
        """Of this week."""
        today = self.demo.world.timeline.today
        return today - timedelta(days=today.weekday())

    def _cut(self, stamp: Stamp) -> int:
        """The newest event that stood in the log by then."""
        return max((event.id for event in self.home.done() if event.at <= stamp.at), default=0)

    def _quarter(self, offset: int) -> Period:
        """The quarter so many quarters from the one of yesterday, the edge of the data."""
        edge = self.demo.world.timeline.edge
        first = add_months(date(edge.year, (edge.month - 1) // 3 * 3 + 1, 1), 3 * offset)
        return Period(first, add_months(first, 3))

    def _inside(self, period: Period) -> Any:  # noqa: ANN401 - a mask of numpy's
        number, day = self.demo.world.timeline.number, self.demo.orders.day
        return (day >= number(period.start)) & (day < number(period.end))

    def _sales(self, period: Period) -> Decimal:
        found, takings = self.demo.orders, self.demo.desk.takings
        counts = ~(found.void | found.recalled) & self._inside(period)
        return Decimal(int(takings.amount[counts].sum())) / 100

    def _won(self, period: Period) -> Decimal:
        deals, number = self.demo.desk.deals, self.demo.world.timeline.number
        inside = (deals.closed >= number(period.start)) & (deals.closed < number(period.end))
        return Decimal(int(deals.amount[deals.won & inside].sum())) / 100

    def _new_customers(self, period: Period) -> int:
        found = self.demo.desk.takings.first & self._inside(period)
        founders = self.demo.world.customers.joined[self.demo.orders.customer] == 0
        return int(np.count_nonzero(found & ~founders))

    def trainings(self) -> None:
        """What everybody learned, and what is still to be learned."""
        Schooling(self).write()

    def meetings(self) -> None:
        """The weekly meetings of the last four weeks, closed, and the one of this week, open."""
        plan = next((p for p in self.settings.meetings.values() if p.every is Grain.WEEK), None)
        if plan is None:
            return
        today, monday = self.demo.world.timeline.today, self._monday
        said = self.words["meetings"]
        self.trials.promise()
        for place, words in enumerate(said):
            day = monday - timedelta(weeks=len(said) - place)
            self._settle(day)
            self._hold(plan, day, words)
        self._settle(today)
        talk = self.stamp(self.chair, monday - timedelta(days=4), ALONE)
        self.talks.one_to_one(talk, self._cut(talk), talk.at + timedelta(minutes=30))
        meeting = self._open(plan, monday, self.stamp(self.chair, monday, MEETS))
        self._note(meeting, self.words["open"], self.stamp(self.chair, monday, MEETS))

    def _hold(self, plan: Plan, day: date, words: Mapping[str, Any]) -> None:
        """One meeting from opening to closing."""
        stamp = self.stamp(self.chair, day, MEETS)
        meeting = self._open(plan, day, stamp)
        self.talks.hold(meeting, words, stamp)
        self._note(meeting, words["texts"], stamp)
        lines = {line.kind: line.id for line in self.home.workspace.meetings.lines(meeting.id)}
        for action in words["actions"]:
            promise = pledges.promise(action, day, lines.get(action["line"]))
            number = self.home.workspace.actions.make(promise, stamp)
            for who, said_on, text in pledges.comments(action, day):
                self.home.workspace.comments.add(number, text, self.stamp(who, said_on))
        if words is self.words["meetings"][-1]:
            self.trials.judge(stamp.at, meeting.cut or 0)
        self.talks.room.close(meeting.id, self.stamp(self.chair, day, ENDS))

    @cached_property
    def talks(self) -> Talks:
        """How meetings go."""
        company = self.demo.world.company
        place = (self.home.warehouse, self.settings, self.home.workspace)
        return Talks(Room(*place, company.currency), company)

    @cached_property
    def trials(self) -> Trials:
        """Actions that were to move a figure."""
        return Trials(self.home, self.settings, self.demo.world.company, self._monday)

    def _open(self, plan: Plan, day: date, stamp: Stamp) -> Meeting:
        """The meeting of that day, pinned to what had been imported by then."""
        due = occasions.occasion(plan, day, self.settings.fiscal)
        return self.talks.room.open(plan, due, self._cut(stamp), stamp)

    def _note(self, meeting: Meeting, texts: Mapping[str, Any], stamp: Stamp) -> None:
        store = self.home.workspace.meetings
        for line in store.lines(meeting.id):
            for field in ("note", "decision"):
                text = texts.get(line.kind, {}).get(field)
                if text:
                    store.write((line.id, field), text, stamp, 0)

    def _settle(self, day: date) -> None:
        """Say that what was done until that morning is done."""
        store, done = self.home.workspace.actions, dict(self._done())
        for action in store.all():
            finished = done.get(action.text)
            if finished is None or action.state is not Standing.OPEN:
                continue
            at = action.made_at.date() + timedelta(days=finished)
            if at < day:
                store.settle(action.id, Standing.DONE, self.stamp(action.owner, at))

    def _done(self) -> Iterator[tuple[str, int | None]]:
        for words in self.words["meetings"]:
            yield from ((action["text"], action["done"]) for action in words["actions"])
