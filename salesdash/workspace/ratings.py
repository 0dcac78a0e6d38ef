"""Ratings of meetings: what each person thought of it at its end, from 1 to 10, with a word."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from salesdash.errors import UsageError
from salesdash.workspace import sheets
from salesdash.workspace.agendas import State
from salesdash.workspace.rows import Stamp, record
from salesdash.workspace.schema import meeting_ratings
from salesdash.workspace.training import tidy

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

LOWEST, HIGHEST = 1, 10


@dataclass(frozen=True)
class Rating:
    """What somebody thought of a meeting; `word` may be empty."""

    meeting: int
    person: str
    rating: int
    word: str


class Ratings:
    """What people thought of meetings."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def all(self) -> tuple[Rating, ...]:
        """Of every meeting, by meeting and person."""
        names = ("meeting", "person", "rating", "word")
        columns = tuple(meeting_ratings.c[name] for name in names)
        question = select(*columns).order_by(meeting_ratings.c.meeting, meeting_ratings.c.person)
        with self._workspace.reading() as connection:
            return tuple(Rating(**row) for row in connection.execute(question).mappings())

    def of(self, meeting: int) -> tuple[Rating, ...]:
        """Of one meeting, by person."""
        return tuple(each for each in self.all() if each.meeting == meeting)

    def rate(self, given: Rating, stamp: Stamp) -> None:
        """Rate an open meeting; the same person's second rating takes the place of the first.

        Raises UsageError for a number that is none from 1 to 10, or without a person.
        """
        person = tidy(given.person)
        if not person or not LOWEST <= given.rating <= HIGHEST:
            raise UsageError("meeting.rating", lowest=LOWEST, highest=HIGHEST)
        with self._workspace.writing() as connection:
            sheets.require(connection, given.meeting, State.OPEN)
            key = {"meeting": given.meeting, "person": person}
            row = (key, {"rating": given.rating, "word": given.word.strip()})
            record(connection, meeting_ratings, row, stamp, None)
