"""Goals in a meeting: those that run, and those that ended within its period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from salesdash.analysis import goals, hits, reviews, shortfall
from salesdash.analysis.agenda.held import PERSON, Held
from salesdash.analysis.answers import Figure, Reason, Status
from salesdash.analysis.progress import Progress
from salesdash.analysis.shortfall import Shortfall
from salesdash.periods import Window
from salesdash.workspace import Line

SHOWN = 12


@dataclass(frozen=True)
class Aim:
    """A goal in a meeting: what is promised for which days, how far it is, where it stands.

    `shortfall`: who it is behind by, where somebody stands out.
    """

    title: Reason
    window: Window
    actual: Figure
    target: Decimal
    reached: float | None
    status: Status | None
    word: Reason
    told: Reason | None
    shortfall: Shortfall | None = None


def fill(_line: Line, held: Held) -> dict[str, Any]:
    """`aims`, the riskiest first, and `due`: how many goals wait for their review."""
    found = _progress(held)
    return {"aims": tuple(_aims(held, found)), "due": _due(held, found)}


def _progress(held: Held) -> tuple[Progress, ...]:
    """The goals of the team or the person on the day of the meeting, at its cut."""
    asked = held.question
    found = goals.build(
        asked.warehouse, asked.settings, held.kept.goals, asked.today, asked.selection.cut
    )
    return tuple(each for each in found if _is_theirs(each, held))


def _is_theirs(progress: Progress, held: Held) -> bool:
    """Owned by whom the meeting is with, or about that person's figures."""
    terms = progress.goal.terms
    about = (each.values for each in terms.scope if each.dimension == PERSON and not each.exclude)
    names = (terms.owner, *(value or "" for values in about for value in values))
    return any(held.kept.is_about(name) for name in names)


def _due(held: Held, found: Sequence[Progress]) -> Reason | None:
    settings, today = held.question.settings, held.question.today
    return reviews.notice(len(reviews.waiting(found, held.kept.reviewed, settings, today)))


def _aims(held: Held, found: Sequence[Progress]) -> Iterator[Aim]:
    question = held.question
    concerned = [each for each in found if _concerns(each, question.selection.window)][:SHOWN]
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
            shortfall=_shortfall(held, each),
        )


def _shortfall(held: Held, each: Progress) -> Shortfall | None:
    asked = held.question
    if each.state not in shortfall.BEHIND:
        return None
    key = ("shortfall", each.goal.terms, asked.selection.cut, asked.today)
    found: Shortfall | None = held.remember(key, lambda: shortfall.build(asked, each))
    return found


def _concerns(progress: Progress, window: Window | None) -> bool:
    if progress.runs:
        return True
    period = progress.goal.terms.period
    return progress.over and window is not None and window.period.contains(period.last_day)
