"""Who makes a goal: the members of its scope with their parts of it and goals of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.analysis import split
from salesdash.analysis.answers import Number, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.breakdown import Line, Listing, Order
from salesdash.analysis.movers import FEWEST, candidates, narrowed
from salesdash.analysis.progress import Progress
from salesdash.config import Settings
from salesdash.periods import Period, Window
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse

NATURAL = ("team", "person", "region")
"""Dimensions a goal is shared out by, before those of config.yaml."""

TOO_FINE = ("customer", "product")
SHOWN = 30
"""Members listed; the others stand together."""


@dataclass(frozen=True)
class Part:
    """A member of a goal's scope: what it made of it, and its own goal where it has one.

    `member` "" is the empty one, None all others as one (`count` of them). `share`: of what the
    whole scope made, None where parts don't add up.
    """

    member: str | None
    label: str | None
    actual: Number | None
    share: float | None
    goal: Progress | None = None
    count: int = 1


@dataclass(frozen=True)
class Within:
    """A goal by the members of one dimension, those with goals first, the riskiest on top.

    `period`: the goal's days up to the data edge. `apart`: why the parts don't add up to the whole.
    """

    by: str
    period: Period
    parts: tuple[Part, ...]
    apart: Reason | None


def dimensions(question: Question, metric: str) -> tuple[str, ...]:
    """What the goal of a metric is naturally broken down by: several members, none narrowed to."""
    alone = narrowed(question.selection)
    there = question.warehouse.dimensions(question.metric(metric).dataset)
    known = {one.name for one in there if one.offered and one.members >= FEWEST}
    likely = dict.fromkeys((*NATURAL, *candidates(question, metric)))
    return tuple(n for n in likely if n in known and n not in alone and n not in TOO_FINE)


def offered(
    warehouse: Warehouse,
    settings: Settings,
    goal: Progress,
    goals: Sequence[Progress],
    today: date,
) -> tuple[str, ...]:
    """The dimensions a goal can be looked into by, those first whose members have goals.

    None while the goal has no figure.
    """
    if goal.actual.value is None:
        return ()
    found = dimensions(_question(warehouse, settings, goal, today), goal.subject.metric)
    return tuple(sorted(found, key=lambda by: not any(_own(goal, goals, by))))


def build(  # noqa: PLR0913 - a goal among goals, of a warehouse on a day, by a dimension
    warehouse: Warehouse,
    settings: Settings,
    goal: Progress,
    goals: Sequence[Progress],
    today: date,
    by: str,
) -> Within:
    """A goal by a dimension that is offered; `goals` are all, the riskiest first."""
    question = _question(warehouse, settings, goal, today)
    listing = Listing(goal.subject.metric, by, Order.VALUE, SHOWN)
    listed = split.listed(question, listing, by)
    own = dict(_own(goal, goals, by))
    lines = {line.member: line for line in listed.lines}
    first = (_part(member, lines.get(member), found) for member, found in own.items())
    rest = (_part(line.member, line, None) for line in listed.lines if line.member not in own)
    return Within(by, _days(goal), (*first, *rest), listed.apart)


def _question(warehouse: Warehouse, settings: Settings, goal: Progress, today: date) -> Question:
    """The goal's metric and scope in its days so far."""
    selection = Selection(Window(_days(goal)), filters=goal.goal.terms.scope)
    return Question(warehouse, settings, selection, today, (goal.subject.metric,))


def _days(goal: Progress) -> Period:
    """From the first day of a goal that has a figure to the data edge."""
    period = goal.goal.terms.period
    edge = goal.edge or period.last_day
    return Period(period.start, min(period.end, edge + timedelta(days=1)))


def _own(goal: Progress, goals: Sequence[Progress], by: str) -> Iterator[tuple[str, Progress]]:
    """Goals of single members within the scope, for the same metric and days."""
    terms = goal.goal.terms
    for each in goals:
        metric, scope, period = each.goal.terms.key
        inner = [one for one in scope if one not in terms.scope]
        same = (metric, period) == (terms.metric, terms.period)
        if same and len(inner) == 1 and len(scope) == len(terms.scope) + 1:
            member = _member(inner[0], by)
            if member is not None:
                yield member, each


def _member(found: Filter, by: str) -> str | None:
    """The one member a filter keeps; "" is the empty one."""
    if found.dimension != by or found.exclude or len(found.values) != 1:
        return None
    return found.values[0] or ""


def _part(member: str | None, line: Line | None, goal: Progress | None) -> Part:
    label = line.label if line is not None else goal.subject.scope[-1] if goal else None
    if line is None:
        return Part(member, label, goal.actual.value if goal else None, None, goal)
    return Part(member, label, line.change.now.value, line.share, goal, line.count)
