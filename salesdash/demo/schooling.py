"""What the demo company's people learned: courses given and ticked, two rounds that came as files.

The newcomer works through the onboarding; somebody who left keeps what was learned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from salesdash.config import Course
from salesdash.workspace import WHOLE, Finished

if TYPE_CHECKING:
    from salesdash.demo.diary import Diary

LEARNERS = 8
MISSING = (3, 0, 6, 0, 1, 0, 4)
"""So many items are still open, learner after learner and course after course."""

LATE_DAYS = 9
"""The newcomer's first course was due so many days ago."""

GIVEN_DAYS = 62
EARLY, LATELY = 690, 285
"""The rounds ended so many days ago; each person some days before the one listed ahead."""

APART = 5
FIRST_WEEKS = 20
"""Days after which the newcomer had finished what others knew long ago."""

SETTLED = 84
"""So many days after the start the newcomer had closed a deal and nobody had looked back yet."""


@dataclass(frozen=True)
class Schooling:
    """Writes trainings into the home of a diary, in its words."""

    diary: "Diary"

    def write(self) -> None:
        """The rounds of the files first, then what was given, ticked and shown."""
        for number, days in enumerate((EARLY, LATELY)):
            rows = [each for course in self._required for each in self._round(course, days)]
            file = self.diary.words["training"]["files"][number]
            stamp = self.diary.stamp(self.diary.chair, self._today - timedelta(days=days))
            if rows:
                self.diary.home.workspace.learning.finish(rows, file, stamp)
        self._assigned()
        self._onboarding()
        self._evidence()

    @property
    def _today(self) -> date:
        return self.diary.demo.world.timeline.today

    @property
    def _courses(self) -> list[Course]:
        """Those that are given to anybody, not to newcomers alone."""
        return [
            course
            for course in self.diary.settings.training.values()
            if course.required is None or course.required.started_within_days is None
        ]

    @property
    def _required(self) -> list[Course]:
        return [course for course in self._courses if course.required is not None]

    def _round(self, course: Course, days: int) -> Iterator[Finished]:
        """Who finished a required course around then; lately not who has it on the list now."""
        staff, newcomer = self.diary.demo.world.staff, self.diary.demo.world.company.staffing
        busy = {person for person, key, _ in self._wanted if key == course.id}
        assert course.required is not None
        entries = [
            each
            for each in staff.entries()
            if course.required.everybody or each.role in course.required.roles
        ]
        for place, name in enumerate(dict.fromkeys(each.person for each in entries)):
            day = self._today - timedelta(days=days + APART * place)
            if name == newcomer.newcomer:
                if days == EARLY or course is self._courses[0]:  # that one is late
                    continue
                day = staff.arrival + timedelta(days=FIRST_WEEKS)
            elif days == LATELY and self._is_away(name, day, busy):
                continue
            yield Finished(name, course.id, day, score=str(72 + 7 * place % 27))

    def _is_away(self, name: str, day: date, busy: set[str]) -> bool:
        """Whether somebody was gone by then, or is at it again now."""
        last = [each.to for each in self.diary.demo.world.staff.entries() if each.person == name]
        return name in busy or all(to is not None and to < day for to in last)

    @cached_property
    def _wanted(self) -> list[tuple[str, str, date]]:
        """Who was given what two months ago, until when."""
        found = []
        for place, name in enumerate(self.learners):
            for course in self._courses[place % 2 :: 2]:
                late = name == self.learners[0] and course is self._courses[0]
                days = -LATE_DAYS if late else course.due_days
                found.append((name, course.id, self._today + timedelta(days=days)))
        return found

    def _assigned(self) -> None:
        """Some courses finished, most on their way, the newcomer late."""
        store = self.diary.home.workspace.training
        given = self.diary.stamp(self.diary.chair, self._today - timedelta(days=GIVEN_DAYS))
        store.assign(self._wanted, given)
        for place, (name, key, _) in enumerate(self._wanted):
            items = list(self.diary.settings.training[key].items)
            learned = items[: max(len(items) - MISSING[place % len(MISSING)], 0)]
            for step, item in enumerate(learned):
                day = self._today - timedelta(days=55 - 5 * step + place % 4)
                store.tick((name, key, item), self.diary.stamp(name, day), done=True)

    def _onboarding(self) -> None:
        """The newcomer did each item in time, but nobody has looked back on the 90 days."""
        start, name = self.diary.demo.world.staff.arrival, self.learners[0]
        for course in self.diary.settings.training.values():
            for item, each in course.items.items():
                days = min(each.after_days or 0, SETTLED)
                if each.after_days is not None and item != list(course.items)[-1]:
                    stamp = self.diary.stamp(name, start + timedelta(days=days))
                    key = name, course.id, item
                    self.diary.home.workspace.training.tick(key, stamp, done=True)

    def _evidence(self) -> None:
        """What shows that the learners can do it: of their first items, and of a whole course."""
        managers = self.diary.demo.world.company.staffing.managers
        ticks = [each for each in self.diary.home.workspace.training.ticks() if each.done]
        notes = self.diary.words["training"]["evidence"]
        witness = next(iter(managers.values()))
        for number, note in enumerate(notes):
            tick = next((each for each in ticks if each.person == self.learners[number]), None)
            if tick is not None:
                item = WHOLE if number == len(notes) - 1 else tick.item
                key = tick.person, tick.course, item
                stamp = self.diary.stamp(self.diary.chair, tick.at.date() + timedelta(days=2))
                self.diary.home.workspace.learning.state(key, (note, witness), stamp, 0)

    @cached_property
    def learners(self) -> list[str]:
        """Who learns: the newcomer first, then salespeople of all regions in turn."""
        company = self.diary.demo.world.company
        people = [name for name, _ in company.people]
        return [company.staffing.newcomer, *people[::2]][:LEARNERS]
