"""Who works here: role and team on a day, since when, and who has left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from salesdash.analysis import roster
from salesdash.analysis.roster import Entry
from salesdash.warehouse import Warehouse
from salesdash.workspace import tidy


@dataclass(frozen=True)
class Place:
    """A person on a day: role, team, manager and region as listed.

    `since`: the first day in the company, None where the list does not say. `left`: the last day
    of somebody who is gone by then.
    """

    person: str
    role: str | None = None
    team: str | None = None
    manager: str | None = None
    region: str | None = None
    since: date | None = None
    left: date | None = None


@dataclass(frozen=True)
class Staff:
    """The entries of the list of people by name, the earliest first."""

    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, warehouse: Warehouse, cut: int | None = None) -> "Staff":
        """All of them, as they stood after an event of the log."""
        return cls.of(roster.entries(warehouse, cut))

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Staff":
        """The same from entries at hand."""
        found: dict[str, list[Entry]] = {}
        for entry in entries:
            found.setdefault(tidy(entry.person), []).append(entry)
        return cls({name: tuple(sorted(each, key=start)) for name, each in found.items()})

    def place(self, person: str, day: date) -> Place:
        """Where somebody is on a day; of who is gone the last entry, of who is to come the first.

        Somebody the list does not know has a name and nothing else.
        """
        entries = self.entries.get(person, ())
        if not entries:
            return Place(person)
        running = [each for each in entries if start(each) <= day <= end(each)]
        begun = [each for each in entries if start(each) <= day]
        entry = (running or begun or entries[:1])[-1]
        told = {name: getattr(entry, name) for name in ("role", "team", "manager", "region")}
        left = max(map(end, begun)) if begun and not running else None
        return Place(person, **told, since=entries[0].active_from, left=left)

    def here(self, person: str, day: date) -> bool:
        """Whether somebody is neither gone nor still to come; true of who is not listed."""
        entries = self.entries.get(person, ())
        return not entries or any(start(each) <= day <= end(each) for each in entries)

    def known(self, column: str) -> tuple[str, ...]:
        """What the list says in a column: all roles, all teams."""
        found = {getattr(each, column) for entries in self.entries.values() for each in entries}
        return tuple(sorted(text for text in found if text))


def start(entry: Entry) -> date:
    """The first day of an entry; one without it was always so."""
    return entry.active_from or date.min


def end(entry: Entry) -> date:
    """The last day of an entry; one without it still is."""
    return entry.active_to or date.max


def same(text: str | None) -> str:
    """A role or team as it is compared: letter case and width do not matter."""
    return normalize("NFKC", " ".join((text or "").split())).casefold()


def meant(typed: str, names: Iterable[str]) -> str:
    """The only one of the names of which a word begins like that: "Moses" is Moses Frase.

    Return in a box that takes new names adds what was typed, not the name offered below it. A
    whole name, one that fits several people or nobody stays as it is.
    """
    part, known = same(typed), {name: same(name) for name in names}
    found = [name for name, folded in known.items() if part and f" {part}" in f" {folded}"]
    return found[0] if len(found) == 1 and part not in known.values() else typed
