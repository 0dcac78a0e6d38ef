"""How the demo company's meetings go: who comes, how long they talk, what they carry over.

A topic about the region that slips is put on the agenda and carried over once; the person in a
slump has a one-to-one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from salesdash.analysis import occasions
from salesdash.analysis.room import Room
from salesdash.demo.company import Company
from salesdash.workspace import TOPIC, Line, Meeting, Outcome, Point, Promise, Rating, Stamp

LENGTHS = (6, 3, 5, 6, 3, 4, 2)
"""Minutes they talk about each line, in turn."""


@dataclass(frozen=True)
class Talks:
    """Holds meetings in an open demo home."""

    room: Room
    company: Company

    def hold(self, meeting: Meeting, words: Mapping[str, Any], stamp: Stamp) -> None:
        """Who is there, what is added to the agenda, how long each line takes, how it was."""
        store = self.room.workspace.meetings
        present = [name for name in self.company.diary["present"] if name != words.get("absent")]
        store.attend(meeting.id, present, stamp)
        if "topic" in words:
            store.put(meeting.id, self._topic(words["topic"]), stamp)
        self._time(meeting, store.lines(meeting.id), stamp.at, stamp.who)
        for person, (rating, word) in words.get("ratings", {}).items():
            given = Rating(meeting.id, person, rating, word)
            self.room.workspace.ratings.rate(given, stamp)

    def one_to_one(self, stamp: Stamp, cut: int, end: datetime) -> None:
        """A talk with the person in a slump, about the week before."""
        words, settings = self.company.diary["one_to_one"], self.room.settings
        person = self.company.plots.person
        plan = next((each for each in settings.meetings.values() if each.one_to_one), None)
        if plan is None:
            return
        about = occasions.occasion(plan, stamp.at.date(), settings.fiscal, person)
        meeting = self.room.open(plan, about, cut, stamp)
        store = self.room.workspace
        store.meetings.attend(meeting.id, [stamp.who, person], stamp)
        lines = {line.kind: line.id for line in store.meetings.lines(meeting.id)}
        for kind, said in words["texts"].items():
            for field, text in said.items():
                if kind in lines:
                    store.meetings.write((lines[kind], field), text, stamp, 0)
        promise = Promise(words["action"], person, line=lines.get("text"))
        store.actions.make(promise, stamp)
        store.ratings.rate(Rating(meeting.id, person, 9, ""), stamp)
        self.room.close(meeting.id, Stamp(stamp.who, end))

    def _topic(self, words: Mapping[str, Any]) -> Point:
        """A line about the region that slips, which leads to its figures."""
        region = self.company.plots.region
        title = dict.fromkeys(("en", "zh"), words["title"])
        query = {"metric": ["sales"], "where": [f"region:{region}"]}
        return Point(TOPIC, title, {}, page="trends", query=query, minutes=5)

    def _time(self, meeting: Meeting, lines: tuple[Line, ...], begin: datetime, who: str) -> None:
        """A topic is done when it was carried over before; nothing is said of the other lines."""
        runs, at = self.room.workspace.runs, begin
        for place, line in enumerate(lines):
            runs.start(line.id, Stamp(who, at))
            at += timedelta(minutes=LENGTHS[place % len(LENGTHS)])
            if line.origin is not None:
                runs.mark(line.id, Outcome.DONE, Stamp(who, at))
        runs.stop(meeting.id, Stamp(who, at))
