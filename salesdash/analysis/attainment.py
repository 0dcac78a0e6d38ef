"""Attainment: how far a goal got against the target first set, and against the one that stands."""

from dataclasses import dataclass

from salesdash.analysis.progress import Progress, exact
from salesdash.workspace import Goal


@dataclass(frozen=True)
class Attainment:
    """The figure of a goal against one of its revisions, as a part of that target.

    `reached` is None without a figure, and where that revision was about other days or another
    scope (`comparable` False): there today's figure says nothing.
    """

    revision: Goal
    reached: float | None
    comparable: bool


def against(progress: Progress, revision: Goal) -> Attainment:
    """What a goal reached of the target of one of its revisions."""
    same = revision.terms.key == progress.goal.terms.key
    made, target = progress.actual.value, revision.terms.target
    if not same or made is None or target <= 0:
        return Attainment(revision, None, same)
    return Attainment(revision, float(exact(made) / target), same)
