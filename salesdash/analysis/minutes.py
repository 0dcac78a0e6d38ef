"""What a meeting shows: the period at its pinned cut, goals, attention, actions, notes, decisions.

An open meeting is worked out anew at each look. Closing it keeps this very answer (`frozen`), and
from then on nothing else is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from salesdash.analysis import agenda, plans
from salesdash.analysis.actions import Row, row
from salesdash.analysis.agenda.aims import Aim
from salesdash.analysis.agenda.held import Held, day
from salesdash.analysis.agenda.trainings import Late
from salesdash.analysis.agenda.verdicts import Awaited
from salesdash.analysis.answers import Notice, Reason, Tile
from salesdash.analysis.moved import Movement
from salesdash.analysis.origins import Carried
from salesdash.analysis.restatement import Restatement
from salesdash.config import Meeting as Plan
from salesdash.metrics import Metric, Words
from salesdash.periods import FiscalCalendar, Period, Window
from salesdash.selection import Selection
from salesdash.workspace import Line, Outcome, Rating, Run, Text

BEFORE_THE_END = "text"
"""What people put on the agenda comes before the closing lines of this kind."""


@dataclass(frozen=True)
class Mark:
    """Who did something, and when."""

    who: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    """A note or decision with the version its editor reads; 0 and no text before the first."""

    text: str = ""
    version: int = 0
    by: Mark | None = None
    id: int = 0


@dataclass(frozen=True)
class Shown:
    """A line of the agenda with what it filled itself with and what was said about it.

    `due`: how many goals wait for their review, or trainings are missing beyond those listed.
    `minutes` were planned for it, `spent` are seconds.
    `carried`: how it stood in earlier meetings, the latest first.
    """

    line: int
    kind: str
    title: Words
    hint: Words
    by: Mark
    tiles: tuple[Tile, ...] = ()
    aims: tuple[Aim, ...] = ()
    notices: tuple[Notice, ...] = ()
    promises: tuple[Row, ...] = ()
    page: str | None = None
    query: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: Entry = Entry()
    decision: Entry = Entry()
    actions: tuple[Row, ...] = ()
    trainings: tuple[Late, ...] = ()
    due: Reason | None = None
    restated: Restatement | None = None
    moved: Movement | None = None
    minutes: int | None = None
    spent: int = 0
    outcome: Outcome | None = None
    carried: tuple[Carried, ...] = ()
    verdicts: tuple[Awaited, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """A whole meeting. `definitions`: all metrics as they were defined, `hash`: their config."""

    kind: str
    name: Words
    selection: Selection
    opened: Mark | None
    closed: Mark | None
    headline: Reason
    lead: Reason | None
    present: tuple[str, ...]
    lines: tuple[Shown, ...]
    currency: str
    fiscal: FiscalCalendar
    definitions: tuple[Metric, ...]
    hash: str
    person: str = ""
    absent: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()

    @property
    def window(self) -> Window:
        """The period it looks at."""
        return self.selection.window or Window(Period.through(date.min, date.min))

    @property
    def rating(self) -> Decimal | None:
        """The mean of its ratings, 1 to 10."""
        total = sum(each.rating for each in self.ratings)
        return Decimal(total) / len(self.ratings) if self.ratings else None

    @property
    def planned(self) -> int:
        """Minutes planned for all lines."""
        return sum(line.minutes or 0 for line in self.lines)

    @property
    def spent(self) -> int:
        """Seconds spent on all lines."""
        return sum(line.spent for line in self.lines)


def build(plan: Plan, held: Held, currency: str) -> Minutes:
    """An open meeting as it stands."""
    settings, report, kept = held.question.settings, held.figures.overview, held.kept
    return Minutes(
        kind=kept.meeting.kind,
        name=plans.title(plan, kept.meeting),
        selection=held.question.selection,
        opened=_mark(kept.meeting.opened_by, kept.meeting.opened_at),
        closed=None,
        headline=report.headline,
        lead=report.lead,
        present=kept.present,
        lines=tuple(_shown(line, held) for line in ordered(kept.lines)),
        currency=currency,
        fiscal=settings.fiscal,
        definitions=tuple(settings.metrics.values()),
        hash=settings.hash,
        person=kept.meeting.person,
        absent=kept.absent,
        ratings=kept.ratings,
    )


def ordered(lines: Sequence[Line]) -> list[Line]:
    """The agenda in order, what people put on it before its closing lines."""
    agenda = sorted((line for line in lines if line.place is not None), key=_place)
    end = len(agenda)
    while end and agenda[end - 1].kind == BEFORE_THE_END:
        end -= 1
    topics = [line for line in lines if line.place is None]
    return [*agenda[:end], *topics, *agenda[end:]]


def _place(line: Line) -> int:
    return line.place or 0


def _shown(line: Line, held: Held) -> Shown:
    kept = held.kept
    texts = {text.field: text for text in kept.texts if text.line == line.id}
    run = kept.runs.get(line.id, Run(line.id))
    return Shown(
        line=line.id,
        kind=line.kind,
        title=plans.worded(line.title),
        hint=plans.worded(line.hint),
        by=Mark(line.who, line.at),
        page=line.page,
        query=tuple((key, tuple(values)) for key, values in sorted((line.query or {}).items())),
        note=_entry(texts.get("note")),
        decision=_entry(texts.get("decision")),
        actions=tuple(
            row(action, kept.meetings, day(kept.meeting))
            for action in kept.actions
            if action.line == line.id
        ),
        minutes=line.minutes,
        spent=run.spent,
        outcome=run.outcome,
        carried=kept.carried.get(line.id, ()),
        **agenda.filled(line, held),
    )


def _entry(text: Text | None) -> Entry:
    if text is None:
        return Entry()
    return Entry(text.text, text.version, Mark(text.who, text.at), text.id)


def _mark(who: str | None, at: datetime | None) -> Mark | None:
    return Mark(who or "", at) if at else None
