"""What is at hand when a meeting fills its agenda: its period, its figures, what people wrote."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from salesdash.analysis import kpis, overview
from salesdash.analysis.answers import Overview, Tile
from salesdash.analysis.asking import Question
from salesdash.analysis.origins import Carried
from salesdash.analysis.overview import Beside
from salesdash.analysis.reviews import Written as Reviewed
from salesdash.analysis.training import MOST_PEOPLE, Written
from salesdash.config import Meeting as Plan
from salesdash.datasets import DATASETS
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.workspace import Action, Event, Goal, Judged, Line, Meeting, Rating, Run, Text, tidy

PERSON = "person"
Remember = Callable[[tuple[Hashable, ...], Callable[[], Any]], Any]
"""Gives the answer of a question, and may keep it as long as data and settings stay."""


def asked_anew(_question: tuple[Hashable, ...], ask: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Keeps nothing."""
    return ask()


@dataclass(frozen=True)
class Kept:
    """What the workspace knows about a meeting and around it; `events`: what was imported."""

    meeting: Meeting
    meetings: tuple[Meeting, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]
    present: tuple[str, ...]
    actions: tuple[Action, ...]
    goals: tuple[Goal, ...]
    trainings: Written = field(default_factory=Written)
    reviewed: Reviewed = field(default_factory=lambda: Reviewed({}, {}))
    events: tuple[Event, ...] = ()
    absent: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()
    runs: Mapping[int, Run] = field(default_factory=dict)
    carried: Mapping[int, tuple[Carried, ...]] = field(default_factory=dict)
    verdicts: Mapping[int, Judged] = field(default_factory=dict)

    def is_about(self, name: str) -> bool:
        """Whether somebody's things belong here: all in a meeting of the team, else one's own."""
        return not self.meeting.person or alike(name, self.meeting.person)


@dataclass(frozen=True)
class Figures:
    """The part of a meeting that costs questions: it changes with data and settings only."""

    overview: Overview
    tiles: Mapping[str, Tile] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """A meeting as its lines see it; `question` asks for its selection on the day it was opened.

    `remember` is for what costs a line more than a moment: a note saved asks nothing again.
    """

    question: Question
    kept: Kept
    figures: Figures
    remember: Remember = asked_anew


def selection(meeting: Meeting, plan: Plan, members: Iterable[str] = ()) -> Selection:
    """The period of a meeting at its cut, compared as its kind says.

    A one-to-one looks at the rows of its person, who may be written in several ways: `members`.
    """
    filters = (Filter(PERSON, tuple(members) or (meeting.person,)),) if meeting.person else ()
    return Selection(_window(meeting, plan), plan.compare, filters, cut=meeting.cut)


def members(warehouse: Warehouse, person: str) -> tuple[str, ...]:
    """How the data write somebody."""
    found = {
        member: None
        for name, dataset in DATASETS.items()
        if PERSON in dataset.names
        for member, _ in warehouse.members(name, PERSON, MOST_PEOPLE)
        if alike(member, person)
    }
    return tuple(found)


def alike(name: str, other: str) -> bool:
    """Whether two names mean the same person."""
    return tidy(name).casefold() == tidy(other).casefold()


def figures(question: Question, names: Iterable[str]) -> Figures:
    """The overview of the period, with every limit that is passed, and tiles of metrics by name.

    Those that no longer exist are left out.
    """
    settings = question.settings
    wanted = tuple(dict.fromkeys(name for name in names if name in settings.metrics))
    asked = (question.warehouse, settings, question.selection, question.today)
    tiles = kpis.build(*asked, wanted)
    report = overview.build(*asked, Beside(every=True))
    return Figures(report, {tile.metric: tile for tile in tiles})


def _window(meeting: Meeting, plan: Plan) -> Window:
    """The unit it looks at; of one without rhythm what its period's code says."""
    period = Period.through(meeting.first_day, meeting.last_day)
    grain: Grain | None = plan.every
    if plan.once:
        name = meeting.period.partition(":")[0]
        grain = next((each for each in Grain if each == name), None)
    return Window(period, grain, period if grain else None)


def day(meeting: Meeting) -> date:
    """The day a meeting was opened, which is the day its figures are asked on."""
    return meeting.opened_at.date() if meeting.opened_at else meeting.last_day
