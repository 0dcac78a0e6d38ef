"""Restated since last time: what moved in the periods that the meetings before had shown."""

from collections.abc import Iterator
from typing import Any

from salesdash.analysis.actions import previous
from salesdash.analysis.agenda import figures
from salesdash.analysis.agenda.held import Held, Kept
from salesdash.analysis.answers import Reason
from salesdash.analysis.restatement import Restatement
from salesdash.analysis.restating import Restating, Shown
from salesdash.periods import Period, Window
from salesdash.workspace import Line, Meeting

PERIODS = 8
"""The last so many periods that meetings of the kind looked at."""

FIRST = Restatement(Reason("restated.first"))
"""No meeting of the kind had shown anything before."""


def fill(_line: Line, held: Held) -> dict[str, Any]:
    """`restated`: what is different from what the meeting before saw."""
    asked = asking(held)
    if asked is None:
        return {"restated": FIRST}
    shown, question = asked.shown, held.question
    key = ("restated", shown.since, shown.at, shown.windows, shown.metrics, question.selection)
    return {"restated": held.remember(key, asked.build)}


def asking(held: Held) -> Restating | None:
    """Asks about all periods shown, from the cut of the meeting before to that of this one.

    None: there was no meeting before.
    """
    before, question = list(_before(held.kept)), held.question
    if not before:
        return None
    cut = held.kept.meeting.cut
    shown = Shown(
        metrics=tuple(_figures(held)),
        windows=tuple(_windows(before, held)),
        since=before[0].cut or 0,
        until=question.warehouse.version if cut is None else cut,
        at=before[0].opened_at,
    )
    return Restating(question, shown, {event.id: event for event in held.kept.events})


def _before(kept: Kept) -> Iterator[Meeting]:
    """The meetings of the kind that were opened before, the newest first."""
    found = previous(kept.meeting, kept.meetings)
    while found is not None:
        yield found
        found = previous(found, kept.meetings)


def _windows(before: list[Meeting], held: Held) -> Iterator[Window]:
    """The periods they looked at; none twice, since a row belongs to one."""
    window = held.question.selection.window
    own, grain = (window.period, window.grain) if window is not None else (None, None)
    seen: list[Period] = []
    for meeting in before:
        period = Period.through(meeting.first_day, meeting.last_day)
        overlaps = any(each.start < period.end and period.start < each.end for each in seen)
        if period != own and not overlaps and len(seen) < PERIODS:
            seen.append(period)
            yield Window(period, grain, period)


def _figures(held: Held) -> dict[str, None]:
    """The figures of the agenda, in order."""
    lines = (line for line in held.kept.lines if line.kind == "figures")
    return dict.fromkeys(name for line in lines for name in figures.names(line, held))
