"""The history of meetings: what was said and decided, found by words or by what it was about.

A line is about the members, the metric and the goal of the screen it was put on from, and of the
actions that came of it.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from salesdash.analysis import plans
from salesdash.analysis.agenda.held import alike
from salesdash.config import Settings
from salesdash.metrics import Words
from salesdash.workspace import (
    Action,
    Attendance,
    Line,
    Meeting,
    Own,
    Rating,
    State,
    Text,
    Workspace,
)

Field = Literal["title", "note", "decision", "action"]
FIELDS: tuple[Field, ...] = ("title", "decision", "action", "note")
AROUND = 70
"""Signs shown on each side of what was found."""

METRIC, GOAL = "metric", "goal"
"""Kinds of things that a line may be about, beside the dimensions of the data."""


@dataclass(frozen=True)
class Asked:
    """What is looked for: words that must all be there, a series, something it was about.

    `series`: the kind of a meeting and whom it was with. `about`: a dimension and its member, or
    "metric" or "goal" with its code.
    """

    text: str = ""
    series: tuple[str, str] | None = None
    about: tuple[str, str] | None = None


@dataclass(frozen=True)
class Piece:
    """A part of what was said; `found` are the places of the words looked for, from and to."""

    field: Field
    text: str
    found: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Hit:
    """A line of a meeting where it was found."""

    meeting: int
    line: int
    name: Words
    first_day: date
    last_day: date
    held: date | None
    title: Words
    pieces: tuple[Piece, ...]
    planned: bool = False


@dataclass(frozen=True)
class Session:
    """A meeting within its series: who came, what people thought of it, what it led to."""

    meeting: int
    name: Words
    first_day: date
    last_day: date
    held: date | None
    state: State
    present: int
    invited: int
    rating: float | None
    decisions: tuple[str, ...]
    actions: int
    open: int


@dataclass(frozen=True)
class Past:
    """All that was written in meetings."""

    settings: Settings
    own: tuple[Own, ...]
    meetings: tuple[Meeting, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]
    actions: tuple[Action, ...]
    ratings: tuple[Rating, ...]
    attendance: Mapping[int, Attendance]

    @classmethod
    def read(cls, workspace: Workspace, settings: Settings, who: str = "") -> "Past":
        """As it stands now, for somebody: one-to-ones are shown to those who belong there."""
        store = workspace.meetings
        there = store.all_attendance()
        meetings = tuple(
            each for each in store.all() if belongs(who, each, there.get(each.id, Attendance()))
        )
        numbers = {each.id for each in meetings}
        return cls(
            settings,
            workspace.templates.all(),
            meetings,
            tuple(line for line in store.all_lines() if line.meeting in numbers),
            store.texts(),
            workspace.actions.all(),
            workspace.ratings.all(),
            there,
        )

    @cached_property
    def said(self) -> Mapping[int, tuple[Text, ...]]:
        """Notes and decisions by line."""
        found: dict[int, tuple[Text, ...]] = {}
        for text in self.texts:
            if text.text.strip():
                found[text.line] = (*found.get(text.line, ()), text)
        return found

    @cached_property
    def made(self) -> Mapping[int, tuple[Action, ...]]:
        """Actions by the line they came from."""
        found: dict[int, tuple[Action, ...]] = {}
        for action in self.actions:
            if action.line is not None:
                found[action.line] = (*found.get(action.line, ()), action)
        return found

    @property
    def series(self) -> Mapping[tuple[str, str], Words]:
        """The series that meetings were held in, with what they are called."""
        return {each.series: self.name(each) for each in self.meetings}

    def name(self, meeting: Meeting) -> Words:
        """What a meeting is called."""
        return plans.title(plans.of(meeting, self.settings, self.own), meeting)

    def abouts(self) -> tuple[tuple[str, str], ...]:
        """What lines were about, each once, sorted."""
        return tuple(sorted({each for line in self.lines for each in self.about(line)}))

    def about(self, line: Line) -> frozenset[tuple[str, str]]:
        """What a line was about."""
        return frozenset((*_asked_on(line), *self._moved(line)))

    def _moved(self, line: Line) -> Iterator[tuple[str, str]]:
        for action in self.made.get(line.id, ()):
            if action.metric:
                yield METRIC, action.metric
            for each in action.scope:
                yield from ((each.dimension, value) for value in each.values if value)


def belongs(who: str, meeting: Meeting, there: Attendance) -> bool:
    """Whether a meeting is listed for somebody; a courtesy, since names are stated, not proved.

    Those of the team for everybody, a one-to-one for its people and whoever was asked to come.
    """
    names = (meeting.person, meeting.opened_by or "", *there.present, *there.invited)
    return not meeting.person or any(who and alike(who, name) for name in names)


def search(past: Past, asked: Asked, lang: str) -> tuple[Hit, ...]:
    """The lines that hold all the words and are about what is asked, the newest meeting first."""
    words = [folded(word) for word in asked.text.split()]
    meetings = {each.id: each for each in past.meetings}
    hits = []
    for line in past.lines:
        meeting = meetings[line.meeting]
        if asked.series is not None and meeting.series != asked.series:
            continue
        if asked.about is not None and asked.about not in past.about(line):
            continue
        pieces = tuple(_pieces(line, past, lang))
        whole = " ".join(folded(piece.text) for piece in pieces)
        if all(word in whole for word in words) and _is_worth(pieces, meeting, words):
            hits.append(_hit(line, meeting, past, _cut(pieces, words)))
    return tuple(sorted(hits, key=lambda hit: (hit.last_day, hit.meeting, -hit.line), reverse=True))


def sessions(past: Past, series: tuple[str, str]) -> tuple[Session, ...]:
    """The meetings of a series that were opened, the newest first."""
    return tuple(
        _session(meeting, past)
        for meeting in past.meetings
        if meeting.series == series and meeting.state is not State.PLANNED
    )


def folded(text: str) -> str:
    """Text as it is compared: width and case of signs don't matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def _asked_on(line: Line) -> Iterator[tuple[str, str]]:
    query = line.query or {}
    for pair in query.get("where", ()):
        dimension, _, member = pair.partition(":")
        if member:
            yield dimension, member
    for name in (METRIC, GOAL):
        yield from ((name, value) for value in query.get(name, ()) if value)


def _pieces(line: Line, past: Past, lang: str) -> Iterator[Piece]:
    """What stands on a line, the title first, then what was decided."""
    yield Piece("title", plans.worded(line.title)[lang])
    said = {text.field: text.text for text in past.said.get(line.id, ())}
    if "decision" in said:
        yield Piece("decision", said["decision"])
    for action in past.made.get(line.id, ()):
        yield Piece("action", " · ".join(filter(None, (action.text, action.owner))))
    if "note" in said:
        yield Piece("note", said["note"])


def _is_worth(pieces: Sequence[Piece], meeting: Meeting, words: Sequence[str]) -> bool:
    """Without words only lines count on which something was said, or that wait to be discussed."""
    return bool(words) or len(pieces) > 1 or meeting.state is State.PLANNED


def _cut(pieces: Sequence[Piece], words: Sequence[str]) -> tuple[Piece, ...]:
    """Each part around what was found in it; parts without are left out, save what was decided."""
    cut = []
    for piece in pieces:
        places = tuple(_places(piece.text, words))
        if piece.field == "title" or places or piece.field == "decision" or not words:
            cut.append(_excerpt(piece, places))
    return tuple(cut)


def _places(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, in signs of the text as it is written."""
    signs = [folded(sign) for sign in text]
    starts, whole = [], ""
    for place, sign in enumerate(signs):
        starts += [place] * len(sign)
        whole += sign
    for word in words:
        begin = whole.find(word)
        while begin >= 0:
            end = begin + len(word)
            yield starts[begin], starts[end - 1] + 1
            begin = whole.find(word, end)


def _excerpt(piece: Piece, places: Sequence[tuple[int, int]]) -> Piece:
    """A note is cut around the first place; what is short or decided stays whole."""
    ordered = _apart(sorted(places))
    text = piece.text
    if piece.field != "note" or len(text) <= 2 * AROUND:
        return Piece(piece.field, text, ordered)
    middle = ordered[0][0] if ordered else 0
    begin, end = max(0, middle - AROUND), middle + AROUND
    head, tail = "…" if begin else "", "…" if end < len(text) else ""
    inside = tuple(
        (start - begin + len(head), stop - begin + len(head))
        for start, stop in ordered
        if begin <= start and stop <= end
    )
    return Piece(piece.field, f"{head}{text[begin:end]}{tail}", inside)


def _apart(places: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Places that do not overlap."""
    found: list[tuple[int, int]] = []
    for start, stop in places:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return tuple(found)


def _hit(line: Line, meeting: Meeting, past: Past, pieces: tuple[Piece, ...]) -> Hit:
    return Hit(
        meeting=meeting.id,
        line=line.id,
        name=past.name(meeting),
        first_day=meeting.first_day,
        last_day=meeting.last_day,
        held=_held(meeting),
        title=plans.worded(line.title),
        pieces=pieces,
        planned=meeting.state is State.PLANNED,
    )


def _session(meeting: Meeting, past: Past) -> Session:
    mine = [line.id for line in past.lines if line.meeting == meeting.id]
    ratings = [each.rating for each in past.ratings if each.meeting == meeting.id]
    there = past.attendance.get(meeting.id, Attendance())
    actions = [action for line in mine for action in past.made.get(line, ())]
    said = [text for line in mine for text in past.said.get(line, ())]
    return Session(
        meeting=meeting.id,
        name=past.name(meeting),
        first_day=meeting.first_day,
        last_day=meeting.last_day,
        held=_held(meeting),
        state=meeting.state,
        present=len(there.present),
        invited=len({*there.present, *there.invited}),
        rating=sum(ratings) / len(ratings) if ratings else None,
        decisions=tuple(text.text for text in said if text.field == "decision"),
        actions=len(actions),
        open=sum(action.state.value == "open" for action in actions),
    )


def _held(meeting: Meeting) -> date | None:
    return meeting.opened_at.date() if meeting.opened_at else meeting.day
