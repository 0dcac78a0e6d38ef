"""Reviews of goals: what was known on the day and what people said of it; they only grow.

A correction is a new revision of a review with the same answers. Reviews are of a goal by its
number; those of an imported target by its metric, scope and period.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, insert, select

from salesdash.errors import Conflict, UsageError
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace.rows import FIRST, Stamp
from salesdash.workspace.schema_goals import goal_reviews
from salesdash.workspace.terms import Goal, Terms, scope_of, scope_row

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

Key = tuple[str, tuple[Filter, ...], Period]


class Word(StrEnum):
    """A person's own judgement of a goal."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


@dataclass(frozen=True)
class Said:
    """What a person says of a goal: a judgement, a note, what is decided, what comes next."""

    word: Word
    note: str = ""
    decision: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class Seen:
    """What was to be seen on the day: the answers as text, never changed, and what they rest on.

    `edge`: last day of the data. `cut`: the event that the figures were pinned to. `settings`: hash
    of config.yaml.
    """

    day: date
    edge: date | None
    cut: int
    settings: str
    answers: str


@dataclass(frozen=True)
class Review:
    """A review of a goal; `version` counts its revisions, `goal` is 0 for an imported target."""

    number: int
    version: int
    goal: int
    key: Key
    seen: Seen
    said: Said
    who: str
    at: datetime


class Reviews:
    """Reviews of a workspace."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def of(self, goal: Goal) -> tuple[Review, ...]:
        """The reviews of a goal in their newest revisions, the newest review first."""
        with self._workspace.reading() as connection:
            return tuple(reversed(_newest(connection, goal)))

    def revisions(self, number: int) -> tuple[Review, ...]:
        """All revisions of a review, the first one first. Raises UsageError if there is none."""
        with self._workspace.reading() as connection:
            return _revisions(connection, number)

    def days(self) -> dict[int | Key, date]:
        """The day of the newest review of each goal: by number, of imported targets by key."""
        columns = (goal_reviews.c[name] for name in ("goal", *_KEY, "day"))
        found: dict[int | Key, date] = {}
        with self._workspace.reading() as connection:
            for row in connection.execute(select(*columns)).mappings():
                known = row["goal"] or _key(row)
                found[known] = max(row["day"], found.get(known, row["day"]))
        return found

    def state(self) -> int:
        """Number of the newest revision of all: part of what answers about reviews depend on."""
        with self._workspace.reading() as connection:
            return int(connection.execute(select(func.max(goal_reviews.c.id))).scalar() or 0)

    def add(self, goal: Goal, seen: Seen, said: Said, stamp: Stamp, last: int = 0) -> Review:
        """Keep a review; `last` is the newest one its author saw, 0 for none.

        Raises Conflict, with `mine` and `theirs`, when somebody reviewed the goal in between.
        """
        with self._workspace.writing() as connection:
            known = _newest(connection, goal)
            if known and known[-1].number != last:
                theirs = known[-1]
                raise Conflict("review.conflict", who=theirs.who, mine=said, theirs=theirs)
            newest = connection.execute(select(func.max(goal_reviews.c.review))).scalar() or 0
            review = Review(
                int(newest) + FIRST,
                FIRST,
                goal.number,
                goal.terms.key,
                seen,
                said,
                stamp.who,
                stamp.at,
            )
            return _write(connection, review)

    def correct(self, read: Review, said: Said, stamp: Stamp) -> Review:
        """Say it differently: a new revision with the answers of the day; the old one stays.

        `read` is the revision its editor saw; raises Conflict when there is a newer one.
        """
        with self._workspace.writing() as connection:
            newest = _revisions(connection, read.number)[-1]
            if newest.version != read.version:
                raise Conflict("review.conflict", who=newest.who, mine=said, theirs=newest)
            if said == newest.said:
                return newest
            version = newest.version + FIRST
            written = replace(newest, version=version, said=said, who=stamp.who, at=stamp.at)
            return _write(connection, written)


_KEY = ("metric", "scope", "first", "last")
_SEEN = ("day", "edge", "cut", "settings", "answers")
_SAID = ("note", "decision", "next_step")


def _of(goal: Goal) -> ColumnElement[bool]:
    table = goal_reviews.c
    if goal.number:
        return table.goal == goal.number
    metric, _, period = goal.terms.key
    days = and_(table.first == period.start, table.last == period.last_day)
    return and_(table.goal == 0, table.metric == metric, days)


def _newest(connection: Connection, goal: Goal) -> list[Review]:
    """The newest revision of each review of a goal, in the order the reviews were made."""
    found: dict[int, Review] = {}
    for review in _all(connection, select(goal_reviews).where(_of(goal))):
        if goal.number or review.key == goal.terms.key:
            found[review.number] = review
    return [found[number] for number in sorted(found)]


def _revisions(connection: Connection, number: int) -> tuple[Review, ...]:
    found = _all(connection, select(goal_reviews).where(goal_reviews.c.review == number))
    if not found:
        raise UsageError("review.unknown", review=number)
    return found


def _all(connection: Connection, question: Select[Any]) -> tuple[Review, ...]:
    rows = connection.execute(question.order_by(goal_reviews.c.version)).mappings()
    return tuple(map(_review, rows))


def _write(connection: Connection, review: Review) -> Review:
    metric, scope, period = review.key
    connection.execute(
        insert(goal_reviews).values(
            review=review.number,
            goal=review.goal,
            metric=metric,
            scope=scope_row(scope),
            first=period.start,
            last=period.last_day,
            **{name: getattr(review.seen, name) for name in _SEEN},
            **{name: getattr(review.said, name) for name in _SAID},
            word=review.said.word.value,
            **{name: getattr(review, name) for name in ("who", "at", "version")},
        )
    )
    return review


def _review(row: RowMapping) -> Review:
    return Review(
        row["review"],
        row["version"],
        row["goal"],
        _key(row),
        Seen(**{name: row[name] for name in _SEEN}),
        Said(Word(row["word"]), **{name: row[name] for name in _SAID}),
        row["who"],
        row["at"],
    )


def _key(row: RowMapping) -> Key:
    period = Period.through(row["first"], row["last"])
    return Terms(row["metric"], period, Decimal(0), scope_of(row["scope"])).key
