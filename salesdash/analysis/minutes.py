"""What a meeting shows: the period at its pinned cut, goals, attention, actions, notes, decisions.

An open meeting is worked out anew at each look. Closing it keeps this very answer (`frozen`), and
from then on nothing else is looked at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from salesdash.analysis import goals as progressing
from salesdash.analysis import hits, kpis, overview, reviews, training
from salesdash.analysis.actions import Row, previous, row
from salesdash.analysis.answers import Figure, Notice, Overview, Reason, Status, Tile
from salesdash.analysis.asking import Question
from salesdash.analysis.progress import Progress
from salesdash.analysis.reviews import Written as Reviewed
from salesdash.analysis.training import Written
from salesdash.config import Meeting as Plan
from salesdash.metrics import Metric, Words
from salesdash.periods import FiscalCalendar, Period, Window
from salesdash.selection import Selection
from salesdash.workspace import Action, Goal, Line, Meeting, Text

GOALS_SHOWN = 12
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
class Aim:
    """A goal in a meeting: what is promised for which days, how far it is, where it stands."""

    title: Reason
    window: Window
    actual: Figure
    target: Decimal
    reached: float | None
    status: Status | None
    word: Reason
    told: Reason | None


@dataclass(frozen=True)
class Late:
    """A training that is overdue: whose, which, since when, how many items are left."""

    person: str
    course: Words
    due: date | None
    left: int


@dataclass(frozen=True)
class Shown:
    """A line of the agenda with what it filled itself with and what was said about it.

    `due`: how many goals wait for their review.
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

    @property
    def window(self) -> Window:
        """The period it looks at."""
        return self.selection.window or Window(Period.through(date.min, date.min))


@dataclass(frozen=True)
class Kept:
    """What the workspace knows about a meeting and around it."""

    meeting: Meeting
    meetings: tuple[Meeting, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]
    present: tuple[str, ...]
    actions: tuple[Action, ...]
    goals: tuple[Goal, ...]
    trainings: Written = field(default_factory=Written)
    reviewed: Reviewed = field(default_factory=lambda: Reviewed({}, {}))


@dataclass(frozen=True)
class Figures:
    """The part of a meeting that costs questions: it changes with data and settings only."""

    overview: Overview
    tiles: Mapping[str, Tile] = field(default_factory=dict)


def selection(meeting: Meeting, plan: Plan) -> Selection:
    """The period of a meeting at its cut, compared as its kind says."""
    period = Period.through(meeting.first_day, meeting.last_day)
    return Selection(Window(period, plan.every, period), plan.compare, cut=meeting.cut)


def figures(question: Question, names: Iterable[str]) -> Figures:
    """The overview of the period, and a tile for each metric named that still exists."""
    settings = question.settings
    wanted = tuple(dict.fromkeys(name for name in names if name in settings.metrics))
    asked = (question.warehouse, settings, question.selection, question.today)
    tiles = kpis.build(*asked, wanted)
    return Figures(overview.build(*asked), {tile.metric: tile for tile in tiles})


def build(question: Question, plan: Plan, kept: Kept, figures: Figures, currency: str) -> Minutes:
    """An open meeting as it stands; `question` asks for its selection on the day it was opened."""
    settings, report = question.settings, figures.overview
    lines = tuple(_shown(line, question, kept, figures) for line in _ordered(kept.lines))
    return Minutes(
        kind=kept.meeting.kind,
        name=plan.name,
        selection=question.selection,
        opened=_mark(kept.meeting.opened_by, kept.meeting.opened_at),
        closed=None,
        headline=report.headline,
        lead=report.lead,
        present=kept.present,
        lines=lines,
        currency=currency,
        fiscal=settings.fiscal,
        definitions=tuple(settings.metrics.values()),
        hash=settings.hash,
    )


def _ordered(lines: Sequence[Line]) -> list[Line]:
    """The agenda in order, what people put on it before its closing lines."""
    agenda = sorted((line for line in lines if line.place is not None), key=_place)
    end = len(agenda)
    while end and agenda[end - 1].kind == BEFORE_THE_END:
        end -= 1
    topics = [line for line in lines if line.place is None]
    return [*agenda[:end], *topics, *agenda[end:]]


def _place(line: Line) -> int:
    return line.place or 0


def _shown(line: Line, question: Question, kept: Kept, figures: Figures) -> Shown:
    texts = {text.field: text for text in kept.texts if text.line == line.id}
    names = line.tiles or (question.settings.tiles if line.kind == "figures" else ())
    known = (*figures.overview.tiles, *figures.tiles.values())
    tiles = {tile.metric: tile for tile in known}
    goals = _progress(question, kept) if line.kind == "goals" else ()
    return Shown(
        line=line.id,
        kind=line.kind,
        title=_words(line.title),
        hint=_words(line.hint),
        by=Mark(line.who, line.at),
        tiles=tuple(tiles[name] for name in names if name in tiles),
        aims=tuple(_aims(question, goals)),
        notices=figures.overview.notices if line.kind == "attention" else (),
        promises=tuple(_promises(kept)) if line.kind == "actions" else (),
        page=line.page,
        query=tuple((key, tuple(values)) for key, values in sorted((line.query or {}).items())),
        note=_entry(texts.get("note")),
        decision=_entry(texts.get("decision")),
        actions=tuple(
            row(action, kept.meetings, day(kept.meeting))
            for action in kept.actions
            if action.line == line.id
        ),
        trainings=tuple(_late(question, kept)) if line.kind == "training" else (),
        due=_due(question, kept, goals),
    )


def _progress(question: Question, kept: Kept) -> tuple[Progress, ...]:
    """All goals on the day of the meeting, at its cut."""
    return progressing.build(
        question.warehouse,
        question.settings,
        kept.goals,
        question.today,
        question.selection.cut,
    )


def _due(question: Question, kept: Kept, goals: Sequence[Progress]) -> Reason | None:
    """How many goals wait for their review."""
    settings, today = question.settings, question.today
    return reviews.notice(len(reviews.waiting(goals, kept.reviewed, settings, today)))


def _late(question: Question, kept: Kept) -> Iterator[Late]:
    """Overdue trainings on the day of the meeting, the oldest first."""
    courses = question.settings.training
    for cell in training.build(courses, kept.trainings, (), question.today).overdue:
        name = courses[cell.course].name
        yield Late(cell.person, name, cell.due, cell.total - cell.done)


def _aims(question: Question, found: Sequence[Progress]) -> Iterator[Aim]:
    """Goals that run, and those that ended within the period; the riskiest first."""
    window = question.selection.window
    concerned = [each for each in found if _concerns(each, window)][:GOALS_SHOWN]
    asked = (question.warehouse, question.settings, concerned, question.today)
    early = {each.goal.goal: each.early for each in hits.build(*asked, question.selection.cut)}
    for each in concerned:
        yield Aim(
            title=each.subject.title,
            window=each.window(question.settings.fiscal),
            actual=each.actual,
            target=each.goal.terms.target,
            reached=each.reached,
            status=each.status,
            word=each.word,
            told=early.get(each.goal, each.told),
        )


def _concerns(progress: Progress, window: Window | None) -> bool:
    if progress.runs:
        return True
    period = progress.goal.terms.period
    return progress.over and window is not None and window.period.contains(period.last_day)


def _promises(kept: Kept) -> Iterator[Row]:
    """What was promised before and is open, overdue first, then what was done since."""
    opened = kept.meeting.opened_at
    before = previous(kept.meeting, kept.meetings)
    since = before.opened_at if before is not None else None
    rows = [
        row(action, kept.meetings, day(kept.meeting))
        for action in kept.actions
        if action.meeting != kept.meeting.id and (opened is None or action.made_at < opened)
    ]
    yield from sorted((r for r in rows if r.is_open), key=lambda r: (r.due or date.max, r.id))
    yield from (
        r for r in rows if not r.is_open and since is not None and (r.settled or since) > since
    )


def day(meeting: Meeting) -> date:
    """The day a meeting was opened, which is the day its figures are asked on."""
    return meeting.opened_at.date() if meeting.opened_at else meeting.last_day


def _entry(text: Text | None) -> Entry:
    if text is None:
        return Entry()
    return Entry(text.text, text.version, Mark(text.who, text.at), text.id)


def _mark(who: str | None, at: datetime | None) -> Mark | None:
    return Mark(who or "", at) if at else None


def _words(text: Mapping[str, str]) -> Words:
    first = next(iter(text.values()), "")
    return Words(text.get("en", first), text.get("zh", first))
