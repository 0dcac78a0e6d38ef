"""Actions: what is open and overdue, how often it was carried over, whose it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from salesdash.analysis.answers import Reason
from salesdash.selection import Filter
from salesdash.workspace import Action, Meeting, Priority, Source, Standing, tidy

Scope = Literal["mine", "team", "overdue", "done"]
SCOPES: tuple[Scope, ...] = ("mine", "team", "overdue", "done")

AIMS = ("priority", "origin", "metric", "scope", "expected", "check")
"""What an action says of itself beside what, who and until when."""


@dataclass(frozen=True)
class Row:
    """An action as it is shown. `carried`: how many meetings it has outlived.

    What it is to move stands as in `workspace.Promise`; `comments` counts them.
    """

    id: int
    text: str
    owner: str
    due: date | None
    state: Standing
    overdue: bool
    carried: int
    made_by: str
    made: datetime
    settled: datetime | None
    meeting: int | None
    page: str | None
    query: tuple[tuple[str, tuple[str, ...]], ...]
    version: int
    priority: Priority = Priority.NORMAL
    origin: Source | None = None
    metric: str | None = None
    scope: tuple[Filter, ...] = ()
    expected: Decimal | None = None
    check: date | None = None
    comments: int = 0

    @property
    def is_open(self) -> bool:
        """Neither done nor dropped."""
        return self.state is Standing.OPEN


@dataclass(frozen=True)
class Board:
    """The rows of a scope: open ones by due day, settled ones newest first.

    `settled`: what the same people did or dropped, where the scope is of what is open.
    """

    headline: Reason
    lead: Reason
    rows: tuple[Row, ...]
    counts: dict[Scope, int]
    settled: tuple[Row, ...] = ()


def build(rows: Sequence[Row], who: str, scope: Scope) -> Board:
    """The actions of a scope for somebody; the sentence is about all of them."""
    shown: dict[Scope, list[Row]] = {
        "mine": [each for each in rows if each.is_open and _is(each.owner, who)],
        "team": [each for each in rows if each.is_open],
        "overdue": [each for each in rows if each.overdue],
        "done": [each for each in rows if not each.is_open],
    }
    if scope == "done":
        ordered = sorted(shown[scope], key=lambda each: each.settled or each.made, reverse=True)
    else:
        ordered = sorted(shown[scope], key=lambda each: (each.due or date.max, each.id))
    settled = shown["done"] if scope in ("mine", "team") else []
    if scope == "mine":
        settled = [each for each in settled if _is(each.owner, who)]
    headline, lead = _sentence(shown, len(rows))
    counts = {name: len(each) for name, each in shown.items()}
    return Board(headline, lead, tuple(ordered), counts, tuple(settled))


def rows(
    actions: Iterable[Action],
    meetings: Sequence[Meeting],
    today: date,
    comments: Mapping[int, int] | None = None,
) -> tuple[Row, ...]:
    """Actions on a day; `comments` counts those of each."""
    counted = comments or {}
    return tuple(row(each, meetings, today, counted.get(each.id, 0)) for each in actions)


def row(action: Action, meetings: Iterable[Meeting], today: date, comments: int = 0) -> Row:
    """An action on a day; it is overdue after its due day has passed."""
    is_open = action.state is Standing.OPEN
    return Row(
        id=action.id,
        text=action.text,
        owner=action.owner,
        due=action.due,
        state=action.state,
        overdue=is_open and action.due is not None and action.due < today,
        carried=carried(action, meetings),
        made_by=action.made_by,
        made=action.made_at,
        settled=action.settled_at,
        meeting=action.meeting,
        page=action.page,
        query=tuple((key, tuple(values)) for key, values in sorted((action.query or {}).items())),
        version=action.version,
        **{name: getattr(action, name) for name in AIMS},
        comments=comments,
    )


def carried(action: Action, meetings: Iterable[Meeting]) -> int:
    """How many later meetings of its series were opened while it was open.

    Of one that was not made in a meeting: how many of the whole team.
    """
    known = {meeting.id: meeting for meeting in meetings}
    origin = known.get(action.meeting or 0)
    return sum(
        meeting.opened_at is not None
        and meeting.opened_at > action.made_at
        and (action.settled_at is None or meeting.opened_at < action.settled_at)
        and (
            not meeting.person
            if origin is None
            else meeting.series == origin.series and meeting.id != origin.id
        )
        for meeting in known.values()
    )


def previous(meeting: Meeting, meetings: Iterable[Meeting]) -> Meeting | None:
    """The meeting of the same series that was opened before this one."""
    if meeting.opened_at is None:
        return None
    earlier = [
        (each.opened_at, each.id, each)
        for each in meetings
        if each.series == meeting.series
        and each.opened_at is not None
        and each.opened_at < meeting.opened_at
    ]
    return max(earlier)[-1] if earlier else None


def _is(owner: str, who: str) -> bool:
    return bool(who) and tidy(owner).casefold() == tidy(who).casefold()


def _sentence(shown: dict[Scope, list[Row]], total: int) -> tuple[Reason, Reason]:
    overdue, still = len(shown["overdue"]), len(shown["team"])
    if not total:
        return Reason("team.actions.none"), Reason("team.actions.none_lead")
    numbers = (("count", len(shown["mine"])), ("done", len(shown["done"])))
    lead = Reason("team.actions.lead", numbers)
    if not still:
        return Reason("team.actions.all_done"), lead
    if not overdue:
        return Reason("team.actions.on_time", (("count", still),)), lead
    return Reason("team.actions.overdue", (("count", overdue), ("open", still))), lead
