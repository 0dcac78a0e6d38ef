"""What is at hand when a meeting fills its agenda: its period, its figures, what people wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from salesdash.analysis import kpis, overview
from salesdash.analysis.answers import Overview, Tile
from salesdash.analysis.asking import Question
from salesdash.analysis.reviews import Written as Reviewed
from salesdash.analysis.training import Written
from salesdash.config import Meeting as Plan
from salesdash.periods import Period, Window
from salesdash.selection import Selection
from salesdash.workspace import Action, Goal, Line, Meeting, Text


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


@dataclass(frozen=True)
class Held:
    """A meeting as its lines see it; `question` asks for its selection on the day it was opened."""

    question: Question
    kept: Kept
    figures: Figures


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


def day(meeting: Meeting) -> date:
    """The day a meeting was opened, which is the day its figures are asked on."""
    return meeting.opened_at.date() if meeting.opened_at else meeting.last_day
