"""Verdicts on actions: what was seen of an effect, what the rule made of it, what people say.

They only grow. The newest one of an action stands; a correction is one more, with the answers of
the one it corrects.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, RowMapping, func, insert, select

from salesdash.errors import Conflict, UsageError
from salesdash.workspace.reviews import Seen
from salesdash.workspace.rows import FIRST, Stamp
from salesdash.workspace.schema import action_verdicts, actions

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


class Verdict(StrEnum):
    """Whether an action moved its figure."""

    WORKED = "worked"
    DID_NOT = "did_not"
    TOO_EARLY = "too_early"
    UNCLEAR = "unclear"


Told = tuple[Verdict, date]
"""A word, and the day it is of."""


@dataclass(frozen=True)
class Judged:
    """A verdict on an action; `version` counts those of the action, `proposal` is the rule's."""

    action: int
    version: int
    word: Verdict
    proposal: Verdict
    note: str
    seen: Seen
    who: str
    at: datetime

    @property
    def told(self) -> Told:
        """The word, and the day it is of."""
        return self.word, self.seen.day


class Verdicts:
    """Verdicts of a workspace."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def of(self, action: int) -> tuple[Judged, ...]:
        """All verdicts on an action, the newest first."""
        with self._workspace.reading() as connection:
            return tuple(reversed(_of(connection, action)))

    def newest(self) -> dict[int, Judged]:
        """The verdict that stands, by the number of its action."""
        question = select(action_verdicts).order_by(action_verdicts.c.id)
        with self._workspace.reading() as connection:
            rows = connection.execute(question).mappings().all()
        return {row["action"]: _judged(row) for row in rows}

    def told(self) -> dict[int, Told]:
        """The word that stands and the day it is of, by action; what was seen is not read."""
        table = action_verdicts.c
        question = select(table.action, table.word, table.day).order_by(table.id)
        with self._workspace.reading() as connection:
            found = connection.execute(question).all()
        return {action: (Verdict(word), day) for action, word, day in found}

    def state(self) -> int:
        """Number of the newest row: part of what answers about verdicts depend on."""
        with self._workspace.reading() as connection:
            return int(connection.execute(select(func.max(action_verdicts.c.id))).scalar() or 0)

    def give(
        self, action: int, seen: Seen, said: tuple[Verdict, Verdict, str], stamp: Stamp, last: int
    ) -> Judged:
        """Keep a verdict: `said` is the word, what the rule proposed, and a note.

        `last`: version of the newest one its author saw, 0 for none; raises Conflict, with `mine`
        and `theirs`, when there is another. The same again changes nothing.
        """
        word, proposal, note = said
        with self._workspace.writing() as connection:
            if connection.execute(select(actions.c.id).filter_by(id=action)).scalar() is None:
                raise UsageError("action.unknown", number=action)
            known = _of(connection, action)
            newest = known[-1] if known else None
            if newest is not None and newest.version != last:
                raise Conflict("verdict.conflict", who=newest.who, mine=said, theirs=newest)
            written = Judged(
                action, last + FIRST, word, proposal, note.strip(), seen, stamp.who, stamp.at
            )
            if newest is not None and _content(newest) == _content(written):
                return newest
            connection.execute(insert(action_verdicts).values(**_row(written)))
            return written


_SEEN = ("day", "edge", "cut", "settings", "answers")


def _content(judged: Judged) -> tuple[object, ...]:
    return judged.word, judged.proposal, judged.note, judged.seen


def _of(connection: Connection, action: int) -> list[Judged]:
    table = action_verdicts.c
    question = select(action_verdicts).where(table.action == action).order_by(table.version)
    return [_judged(row) for row in connection.execute(question).mappings()]


def _row(judged: Judged) -> dict[str, object]:
    return {
        "action": judged.action,
        "version": judged.version,
        "word": judged.word.value,
        "proposal": judged.proposal.value,
        "note": judged.note,
        **{name: getattr(judged.seen, name) for name in _SEEN},
        "who": judged.who,
        "at": judged.at,
    }


def _judged(row: RowMapping) -> Judged:
    return Judged(
        row["action"],
        row["version"],
        Verdict(row["word"]),
        Verdict(row["proposal"]),
        row["note"],
        Seen(**{name: row[name] for name in _SEEN}),
        row["who"],
        row["at"],
    )
