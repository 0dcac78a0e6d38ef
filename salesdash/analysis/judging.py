"""Verdicts on actions: which are asked for, and what is seen of an action that is judged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.analysis import effect
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.evidence import Evidence
from salesdash.analysis.ruling import Effect
from salesdash.analysis.trials import Trial
from salesdash.workspace import Action, Told, Verdict, Workspace

AGAIN = timedelta(weeks=4)
"""What was too early is asked again after so long, or when a later check day comes."""


def trials(actions: Iterable[Action]) -> dict[int, Trial]:
    """What is to be judged of actions, by their numbers."""
    found = ((action.id, Trial.of(action)) for action in actions)
    return {number: trial for number, trial in found if trial is not None}


def is_due(trial: Trial, said: Told | None, today: date) -> bool:
    """Whether a verdict is asked for: the check day has come, and nothing final was said."""
    if today < trial.check:
        return False
    if said is None:
        return True
    word, day = said
    return word is Verdict.TOO_EARLY and (day < trial.check or day + AGAIN <= today)


def waiting(actions: Iterable[Action], said: Mapping[int, Told], today: date) -> tuple[Action, ...]:
    """The actions that wait for their verdict, those to be checked first in front."""
    known = tuple(actions)
    asked = trials(known)
    due = [a for a in known if a.id in asked and is_due(asked[a.id], said.get(a.id), today)]
    return tuple(sorted(due, key=lambda action: (asked[action.id].check, action.id)))


def count(workspace: Workspace, today: date) -> int:
    """How many actions wait for their verdict."""
    return len(waiting(workspace.actions.all(), workspace.verdicts.told(), today))


def notice(count: int) -> Reason | None:
    """How many actions wait for their verdict."""
    return Reason("effect.waiting", (("count", count),)) if count else None


@dataclass(frozen=True)
class Case:
    """An action to be judged on the day of a question, at its cut, among others."""

    question: Question
    trial: Trial
    others: tuple[Trial, ...]

    @classmethod
    def of(cls, question: Question, number: int, asked: Mapping[int, Trial]) -> "Case":
        """The action of that number among all that are known."""
        others = tuple(trial for each, trial in asked.items() if each != number)
        trial = asked[number]
        return cls(question, trial, tuple(each for each in others if trial.touches(each)))

    @property
    def key(self) -> tuple[object, ...]:
        """What its effect depends on, beside data and settings."""
        return "effect", self.trial, self.others, self.question.selection.cut, self.question.today

    def effect(self) -> Effect:
        """What is to be seen of it."""
        return effect.build(self.question, self.trial, self.others)

    def evidence(self, found: Effect, currency: str) -> Evidence:
        """What is to be kept of an effect that was seen."""
        asked, name = self.question, self.trial.metric
        parts = asked.bound.order((name,)) if name in asked.bound.metrics else ()
        cut = asked.selection.cut
        return Evidence(
            effect=found,
            today=asked.today,
            edge=asked.about(name).edge if parts else None,
            cut=asked.warehouse.version if cut is None else cut,
            definitions=tuple(asked.bound.metrics[part] for part in parts),
            currency=currency,
            fiscal=asked.settings.fiscal,
            hash=asked.settings.hash,
        )
