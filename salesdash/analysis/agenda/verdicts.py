"""Verdicts in a meeting: actions whose check day has come, with their figures before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesdash.analysis import judging
from salesdash.analysis.agenda.held import Held
from salesdash.analysis.judging import Case
from salesdash.analysis.ruling import Effect
from salesdash.workspace import Action, Judged, Line, Verdict

SHOWN = 12


@dataclass(frozen=True)
class Awaited:
    """An action and its effect; `word` and `note`: what was said in the meeting, by whom."""

    action: int
    text: str
    owner: str
    check: date
    effect: Effect
    word: Verdict | None = None
    note: str = ""
    who: str = ""


def fill(_line: Line, held: Held) -> dict[str, Any]:
    """`verdicts` that are due on the day of the meeting, and those that were given in it."""
    return {"verdicts": tuple(_awaited(held))}


def _awaited(held: Held) -> Iterator[Awaited]:
    kept, asked = held.kept, judging.trials(held.kept.actions)
    about = (a for a in kept.actions if a.id in asked and kept.is_about(a.owner))
    concerned = [action for action in about if _is_here(action, held)]
    for action in sorted(concerned, key=lambda each: (asked[each.id].check, each.id))[:SHOWN]:
        case = Case.of(held.question, action.id, asked)
        said = _said(kept.verdicts.get(action.id), held)
        yield Awaited(
            action.id,
            action.text,
            action.owner,
            asked[action.id].check,
            held.remember(case.key, case.effect),
            *((said.word, said.note, said.who) if said is not None else ()),
        )


def _is_here(action: Action, held: Held) -> bool:
    judged, today = held.kept.verdicts.get(action.id), held.question.today
    known = {} if judged is None else {action.id: judged.told}
    due = judging.waiting((action,), known, today)
    return bool(due) or _said(judged, held) is not None


def _said(judged: Judged | None, held: Held) -> Judged | None:
    """A verdict that was given since the meeting was opened."""
    opened = held.kept.meeting.opened_at
    return judged if judged is not None and opened is not None and judged.at >= opened else None
