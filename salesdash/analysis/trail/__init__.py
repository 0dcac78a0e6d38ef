"""The trail: who did what and when, newest first, as sentences that each language words.

`words.tell(line.told)` follows the name of `line.who`; `line.turns` say what changed within.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from salesdash.analysis.answers import Reason
from salesdash.analysis.trail import subjects
from salesdash.analysis.trail.scene import Link, Scene
from salesdash.analysis.trail.turns import turns
from salesdash.config import Settings
from salesdash.metrics import Words
from salesdash.workspace import Written
from salesdash.workspace.trail import Page

__all__ = ["KINDS", "Kind", "Line", "Link", "build", "kind_of"]

Kind = Literal[
    "data",
    "goals",
    "meetings",
    "actions",
    "training",
    "annotations",
    "queries",
    "settings",
    "other",
]

KINDS: Mapping[Kind, frozenset[str]] = {
    "data": frozenset(("events", "mappings")),
    "goals": frozenset(("goal_revisions", "goal_reviews")),
    "meetings": frozenset(
        (
            *("meetings", "meeting_lines", "meeting_texts", "attendance", "meeting_series"),
            *("meeting_templates", "line_runs", "meeting_ratings", "reopenings"),
        )
    ),
    "actions": frozenset(("actions", "action_comments", "action_verdicts")),
    "training": frozenset(
        ("trainees", "assignments", "ticks", "training_steps", "completions", "evidence")
    ),
    "annotations": frozenset(("annotations",)),
    "queries": frozenset(("saved_queries", "asked_queries")),
    "settings": frozenset(("settings", "names")),
}
"""Tables by what they are about; all others are "other"."""


@dataclass(frozen=True)
class Line:
    """Something somebody did. `kept` False: it was put aside, somebody had been faster."""

    who: str
    at: datetime
    kind: Kind
    told: Reason
    turns: tuple[Reason, ...]
    kept: bool
    link: Link | None


def kind_of(table: str) -> Kind:
    """What a table is about."""
    return next((kind for kind, tables in KINDS.items() if table in tables), "other")


def build(page: Page, settings: Settings, meetings: Mapping[str, Words]) -> tuple[Line, ...]:
    """The writes of a page in words; `meetings`: what their kinds are called."""
    scene = Scene(page.around, settings, meetings)
    lines: list[Line] = []
    for each in page.writes:
        line = _line(each, scene)
        together = _together(lines[-1], line) if lines else None
        if together is not None:
            lines[-1] = together
        else:
            lines.append(line)
    return tuple(lines)


def _together(newer: Line, line: Line) -> Line | None:
    """Two lines that say the same of several, done at once: who was there, what is on an agenda."""
    one, two = dict(newer.told.values), dict(line.told.values)
    first, second = two.pop("those", None), one.pop("those", None)
    same = (newer.who, newer.at, newer.told.key, one) == (line.who, line.at, line.told.key, two)
    if not same or first is None:
        return None
    both = Reason("trail.two", (("one", first), ("two", second)))
    return replace(line, told=Reason(line.told.key, (("those", both), *one.items())))


def _line(written: Written, scene: Scene) -> Line:
    said = subjects.said(written, scene)
    return Line(
        written.who,
        written.at,
        kind_of(written.table),
        said.told,
        (*said.notes, *turns(written, said, scene)),
        written.kept,
        said.link,
    )
