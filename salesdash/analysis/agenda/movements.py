"""Pipeline movement in a meeting: from the meeting before to this one, or over its period."""

from typing import Any

from salesdash.analysis.actions import previous
from salesdash.analysis.agenda.held import Held
from salesdash.analysis.moments import ONE_DAY, AsOf, Moments
from salesdash.analysis.movement import Asked
from salesdash.workspace import Line

NAMED = 3
"""Deals named of each part: a meeting has minutes, not hours."""


def fill(_line: Line, held: Held) -> dict[str, Any]:
    """`moved`: what moved in the pipeline; None before any deals were imported."""
    asked = asking(held)
    if asked is None:
        return {}
    question = held.question
    key = ("movement", question.selection, question.today, asked.then, asked.now)
    return {"moved": held.remember(key, lambda: asked.build(NAMED))}


def asking(held: Held) -> Asked | None:
    """From the rows that the meeting before was pinned to, to those of this one.

    A first meeting begins with its period, and so does one that was held before deals came in.
    """
    question, kept = held.question, held.kept
    warehouse, selection = question.warehouse, question.selection
    known = Moments(warehouse, kept.events, selection.cut)
    now = known.newest()
    if now is None:
        return None
    before = previous(kept.meeting, kept.meetings)
    then: AsOf | None = None
    if before is not None and before.cut is not None:
        then = known.after(before.cut)
    if then is None:
        then = known.on(kept.meeting.first_day - ONE_DAY)
    return Asked(warehouse, selection, kept.events, then, now)
