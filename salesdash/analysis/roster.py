"""The list of people as it stands, and all that a person's entries say after a hand changed some.

A person has an entry for each stretch of time in one team; all entries of a person are written
together, so that what is said of one day is never said twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from salesdash.datasets import PEOPLE
from salesdash.errors import InputError
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

MOST = 10_000
DATES = ("active_from", "active_to")


@dataclass(frozen=True)
class Entry:
    """A person from one day to another (both included; None: no such limit is known)."""

    person: str
    team: str | None = None
    manager: str | None = None
    region: str | None = None
    role: str | None = None
    active_from: date | None = None
    active_to: date | None = None
    status: str | None = None


NAMES = tuple(field.name for field in fields(Entry))

Cells = Mapping[str, object]
"""What was typed: field -> text, date or None."""


def entries(warehouse: Warehouse, cut: int | None = None) -> tuple[Entry, ...]:
    """All entries by person, earliest first; as they stood after an event of the log."""
    table = warehouse.rows_behind(PEOPLE.name, Selection(None, cut=cut), MOST)
    found = (Entry(**row) for row in table.select(NAMES).to_pylist() if row["person"])
    return tuple(sorted(found, key=lambda e: (e.person, e.active_from or date.min, e.team or "")))


def rewritten(
    shown: Sequence[Entry],
    edited: Mapping[int, Cells],
    added: Sequence[Cells],
    hidden: Sequence[Entry] = (),
) -> tuple[Entry, ...]:
    """All entries of the people of whom one was changed (by its place in `shown`) or added.

    `hidden` are the entries that were not shown; they are written along with the others.
    Empty when nothing differs. Raises InputError for an entry without a person, one that ends
    before it begins, and for another name in an entry: that would be another person.
    """
    after = [_typed(entry, edited.get(place, {})) for place, entry in enumerate(shown)]
    new = [_typed(Entry(""), cells) for cells in added if any(cells.values())]
    touched = {entry.person for entry in new}
    for before, entry in zip(shown, after, strict=True):
        if entry.person != before.person:
            raise InputError("roster.renamed", person=before.person)
        if entry != before:
            touched.add(entry.person)
    found = tuple(entry for entry in (*hidden, *after, *new) if entry.person in touched)
    for entry in found:
        _require_sound(entry)
    return found


def _typed(entry: Entry, cells: Cells) -> Entry:
    values: dict[str, object] = {}
    for name, value in cells.items():
        text = " ".join(str(value).split()) if value is not None else ""
        if name in DATES:
            values[name] = date.fromisoformat(text[:10]) if text else None
        elif name in NAMES:
            values[name] = text or (None if name != "person" else "")
    return replace(entry, **values)  # type: ignore[arg-type]  # by name, each of its kind


def _require_sound(entry: Entry) -> None:
    if not entry.person:
        raise InputError("roster.nobody")
    if entry.active_from and entry.active_to and entry.active_to < entry.active_from:
        raise InputError("roster.days", person=entry.person)
