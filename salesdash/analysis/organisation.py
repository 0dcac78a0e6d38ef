"""The organisation on a day: teams with their members; moves and departures as entries.

What changes from a day on closes one entry and begins another, so that rows before that day stay
with the team of their time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesdash.analysis.answers import Reason
from salesdash.analysis.roster import Entry
from salesdash.analysis.staff import Place, Staff, end, same, start
from salesdash.errors import InputError
from salesdash.workspace import tidy

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Team:
    """A team on a day: its members by name; `managers` and `regions` as its members' entries say.

    `name` "": those who are in no team.
    """

    name: str
    members: tuple[Place, ...]
    managers: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    """Who is where on a day.

    `gone`: those who have left by then, the latest first; `coming`: those whose first day is yet
    to come; `unlisted`: names of the data that no entry has.
    """

    headline: Reason
    lead: Reason
    teams: tuple[Team, ...]
    gone: tuple[Place, ...]
    coming: tuple[Place, ...]
    unlisted: tuple[str, ...]


def on(staff: Staff, day: date, in_data: Iterable[str] = ()) -> Organisation:
    """The organisation of a day; `in_data` are the salespeople that rows name."""
    places = [staff.place(person, day) for person in sorted(staff.entries)]
    here = [place for place in places if staff.here(place.person, day)]
    away = [place for place in places if not staff.here(place.person, day)]
    gone = sorted((p for p in away if p.left), key=lambda p: (p.left or day, p.person))[::-1]
    unlisted = sorted({tidy(name) for name in in_data} - set(staff.entries))
    teams = _teams(here)
    return Organisation(
        _headline(here, teams, day),
        _lead(len(gone), len(unlisted)),
        teams,
        tuple(gone),
        tuple(place for place in away if not place.left),
        tuple(unlisted),
    )


def moved(
    entries: Iterable[Entry], person: str, team: str, day: date, manager: str | None = None
) -> tuple[Entry, ...]:
    """All entries of a person who is in that team from a day on.

    The entry of that day ends the day before, and a new one goes on with its role and region.
    `manager` None: the one of before. Raises InputError without a person or team, or when nothing
    would change.
    """
    name, to = _named(person), " ".join(team.split())
    if not to:
        raise InputError("roster.no_team")
    own = _of(entries, name)
    running = next((each for each in reversed(own) if start(each) <= day <= end(each)), None)
    later = [each for each in own if start(each) > day]
    if running is None:
        last = replace(own[-1]) if own else Entry(name)
        until = min(map(start, later)) - DAY if later else None
        begun = replace(last, active_from=day, active_to=until)
        others = own
    else:
        begun = replace(running, active_from=day)
        others = tuple(each for each in own if each is not running)
        if start(running) < day:
            others = (*others, replace(running, active_to=day - DAY))
    begun = replace(begun, team=to, manager=manager or begun.manager)
    if running is not None and (begun.team, begun.manager) == (running.team, running.manager):
        raise InputError("roster.there", person=name, team=to)
    return _sorted((*others, begun))


def left(entries: Iterable[Entry], person: str, day: date) -> tuple[Entry, ...]:
    """All entries of a person whose last day that is; what was before stays.

    Raises InputError without a person, and when no entry reaches that day.
    """
    name = _named(person)
    own = _of(entries, name) or (Entry(name),)
    begun = tuple(each for each in own if start(each) <= day)
    if not begun or max(map(end, own)) < day:
        raise InputError("roster.not_here", person=name, day=day)
    return _sorted(each if end(each) <= day else replace(each, active_to=day) for each in begun)


def listed(entries: Iterable[Entry], people: Sequence[str], team: str) -> tuple[Entry, ...]:
    """A first entry for each of these who has none; raises InputError when all have one."""
    known = {tidy(each.person) for each in entries}
    to = " ".join(team.split()) or None
    fresh = tuple(Entry(name, to) for name in map(tidy, people) if name and name not in known)
    if not fresh:
        raise InputError("roster.nobody")
    return fresh


def shown(entries: Sequence[Entry], day: date | None) -> tuple[Entry, ...]:
    """The entries that hold on a day; None: all."""
    return tuple(each for each in entries if day is None or start(each) <= day <= end(each))


def _named(person: str) -> str:
    name = tidy(person)
    if not name:
        raise InputError("roster.nobody")
    return name


def _of(entries: Iterable[Entry], person: str) -> tuple[Entry, ...]:
    return _sorted(each for each in entries if tidy(each.person) == person)


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=start))


def _teams(here: Sequence[Place]) -> tuple[Team, ...]:
    """By name as it is compared, those without a team last."""
    found: dict[str, list[Place]] = {}
    for place in here:
        found.setdefault(same(place.team), []).append(place)
    return tuple(
        Team(
            members[0].team or "",
            tuple(members),
            tuple(sorted({each.manager for each in members if each.manager})),
            tuple(sorted({each.region for each in members if each.region})),
        )
        for key, members in sorted(found.items(), key=lambda pair: (not pair[0], pair[0]))
    )


def _headline(here: Sequence[Place], teams: Sequence[Team], day: date) -> Reason:
    count = sum(1 for team in teams if team.name)
    values = (("count", len(here)), ("teams", count), ("day", day))
    return Reason("people.headline" if here else "people.nobody", values)


def _lead(gone: int, unlisted: int) -> Reason:
    if unlisted:
        return Reason("people.lead.unlisted", (("count", unlisted),))
    return Reason("people.lead.gone" if gone else "people.lead.all", (("count", gone),))
