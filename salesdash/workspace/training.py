"""Training: who learns what until when, and what is ticked."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select

from salesdash.workspace.rows import Stamp, find, record
from salesdash.workspace.schema import revisions
from salesdash.workspace.schema_training import (
    assignments,
    completions,
    evidence,
    ticks,
    trainees,
)

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


@dataclass(frozen=True)
class Tick:
    """An item of a person's checklist, done or taken back; who and when say by whom."""

    person: str
    course: str
    item: str
    done: bool
    who: str
    at: datetime
    version: int


@dataclass(frozen=True)
class Assignment:
    """A course a person is to finish by `due`; None: taken off again."""

    person: str
    course: str
    due: date | None
    who: str
    at: datetime
    version: int


class Training:
    """Ticks, assignments, and people who are not in the data."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def people(self) -> tuple[str, ...]:
        """The names somebody typed, or wrote anything about, sorted."""
        found: set[str] = set()
        with self._workspace.reading() as connection:
            for table in (trainees, assignments, ticks, completions, evidence):
                found.update(connection.execute(select(table.c.person).distinct()).scalars())
        return tuple(sorted(found))

    def add(self, person: str, stamp: Stamp) -> str:
        """Keep a typed name; it comes back as it is kept."""
        name = tidy(person)
        with self._workspace.writing() as connection:
            if find(connection, trainees, {"person": name}) is None:
                record(connection, trainees, ({"person": name}, {}), stamp, 0)
        return name

    def ticks(self) -> tuple[Tick, ...]:
        """All ticks, taken back ones too."""
        return tuple(Tick(**row) for row in self._rows(ticks))

    def ticked(self, person: str) -> tuple[Tick, ...]:
        """Every tick a person ever got or lost, the first one first."""
        question = (
            select(ticks.c.course, ticks.c.item, revisions)
            .join(
                revisions, (revisions.c.source == ticks.name) & (revisions.c.row_id == ticks.c.id)
            )
            .where(ticks.c.person == tidy(person), revisions.c.kept)
            .order_by(revisions.c.id)
        )
        with self._workspace.reading() as connection:
            found = connection.execute(question).mappings().all()
        return tuple(
            Tick(
                person=tidy(person),
                done=bool(row["content"]["done"]),
                **{name: row[name] for name in ("course", "item", "who", "at", "version")},
            )
            for row in found
        )

    def tick(
        self,
        key: tuple[str, str, str],
        stamp: Stamp,
        *,
        done: bool,
        version: int | None = None,
        again: bool = False,
    ) -> None:
        """Tick (person, course, item), or take the tick back.

        `version`: the one read before, 0 for none, None to overwrite. Raises Conflict when
        somebody else changed it to something else meanwhile; the same changes nothing, unless it
        is written `again`: it had lapsed, or a file says otherwise.
        """
        person, course, item = key
        named = {"person": tidy(person), "course": course, "item": item}
        with self._workspace.writing() as connection:
            found = find(connection, ticks, named)
            if done == (found is not None and found["done"]) and not again:
                return
            record(connection, ticks, (named, {"done": done}), stamp, version)

    def assignments(self) -> tuple[Assignment, ...]:
        """All assignments, those taken off too."""
        return tuple(Assignment(**row) for row in self._rows(assignments))

    def assign(self, wanted: Iterable[tuple[str, str, date | None]], stamp: Stamp) -> int:
        """Give (person, course, due) all at once, or take off with due None; how many changed."""
        changed = 0
        with self._workspace.writing() as connection:
            for person, course, due in wanted:
                key = {"person": tidy(person), "course": course}
                found = find(connection, assignments, key)
                if (found["due"] if found is not None else None) == due:
                    continue
                record(connection, assignments, (key, {"due": due}), stamp, None)
                changed += 1
        return changed

    def _rows(self, table: Table) -> list[dict[str, Any]]:
        with self._workspace.reading() as connection:
            found = connection.execute(select(table).order_by(table.c.id)).mappings().all()
        return [{name: value for name, value in row.items() if name != "id"} for row in found]


def tidy(name: str) -> str:
    """A name as it is compared and kept: NFKC, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).split())
