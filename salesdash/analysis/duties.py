"""Duties: which courses a person must finish without anybody assigning them, and until when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from salesdash.analysis.answers import Member, Reason
from salesdash.analysis.roster import Entry
from salesdash.analysis.staff import Staff, end, same, start
from salesdash.config import Course, Required, nearest
from salesdash.workspace import Assignment

Asked = Literal["assigned", "required", "optional"]


@dataclass(frozen=True)
class Duty:
    """A course is required of somebody since a day, until another; None: the list does not say."""

    since: date | None
    due: date | None


@dataclass(frozen=True)
class Demand:
    """What is asked of a person in a course: by a rule, by somebody, or by nobody.

    `since`: the person's first day in the company. What somebody assigned stands before the rule.
    """

    course: Course
    duty: Duty | None
    given: Assignment | None
    since: date | None

    @property
    def why(self) -> Asked:
        """Why anybody should finish the course."""
        if self.duty is not None:
            return "required"
        return "optional" if self.given is None else "assigned"

    def due(self, item: str, lapsed: date | None = None) -> date | None:
        """The day an item is due; one that `lapsed` after the course was finished, since then."""
        own = self._own(item)
        return own if lapsed is None else max(lapsed, own or lapsed)

    def _own(self, item: str) -> date | None:
        after = self.course.items[item].after_days
        if self.given is None and self.duty is None:
            return None
        if after is not None:
            first = self.since or (self.given.at.date() if self.given else None)
            return first + timedelta(days=after) if first else None
        asked = self.given or self.duty
        return asked.due if asked else None


def duty(course: Course, person: str, staff: Staff, today: date) -> Duty | None:
    """What a course asks of a person on a day; None: nothing, as of whoever is gone.

    The days run from when the person came into the roles and teams that must, without a break.
    """
    rule = course.required
    if rule is None or not staff.here(person, today) or _is_old(rule, person, staff, today):
        return None
    entries = staff.entries.get(person, ())
    if not entries:
        return Duty(None, None) if rule.everybody else None
    entry = _first([each for each in entries if _falls_under(each, rule)], today)
    if entry is None:
        return None
    since = entry.active_from
    return Duty(since, since and since + timedelta(days=rule.within_days))


def warnings(courses: Iterable[Course], staff: Staff) -> tuple[Reason, ...]:
    """Roles and teams that courses name and nobody has; what may have been meant.

    A course may name roles of several companies or languages: a word is told only when it looks
    like one that people have, or when nobody has any of the words of its course. Where the list
    states no roles at all, that is told once instead.
    """
    asked = tuple(courses)
    told = [found for course in asked for found in _unknown(course, staff)]
    if staff.entries and not staff.known("role"):
        silent = tuple(each.name for each in asked if each.required and each.required.roles)
        if silent:
            told.insert(0, Reason("learning.unknown.no_roles", (("courses", silent),)))
    return tuple(told)


def _is_old(rule: Required, person: str, staff: Staff, today: date) -> bool:
    """Whether a rule for newcomers does not reach somebody (any more)."""
    if rule.started_within_days is None:
        return False
    since = staff.place(person, today).since
    return since is None or (today - since).days > rule.started_within_days


def _falls_under(entry: Entry, rule: Required) -> bool:
    roles, teams = set(map(same, rule.roles)), set(map(same, rule.teams))
    return rule.everybody or same(entry.role) in roles or same(entry.team) in teams


def _first(entries: list[Entry], day: date) -> Entry | None:
    """The first of the entries that follow each other without a break up to that day."""
    found = None
    for entry in reversed(entries):
        if found is None:
            found = entry if start(entry) <= day <= end(entry) else None
        elif end(entry) >= start(found) - timedelta(days=1):
            found = min(found, entry, key=start)
        else:
            break
    return found


def _unknown(course: Course, staff: Staff) -> Iterator[Reason]:
    if course.required is None or not staff.entries:
        return
    named = {"role": course.required.roles, "team": course.required.teams}
    known = {column: staff.known(column) for column in named}
    folded = {column: set(map(same, words)) for column, words in known.items()}
    hit = any(same(word) in folded[column] for column, words in named.items() for word in words)
    for column, words in named.items():
        strange = []
        for word in words if known[column] else ():
            meant = nearest(word, known[column])
            if same(word) in folded[column]:
                continue
            if meant is None:
                strange.append(Member(word))
                continue
            values = (("course", course.name), ("word", word), ("meant", meant))
            yield Reason(f"learning.unknown.{column}_meant", values)
        if strange and not hit:
            about = (("course", course.name), ("words", tuple(strange)))
            yield Reason(f"learning.unknown.{column}", about)
