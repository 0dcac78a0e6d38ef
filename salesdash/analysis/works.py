"""What works for us: the verdicts of people added up by kind of action.

A verdict counts once it was given and is not "too early". A share is told from `FEW` verdicts on.
What was measured is summed over all judged actions of a kind, not over the good ones; it is told
where each has an amount that adds up and the interval of the sum leaves out zero.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from salesdash.analysis import kept
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.ruling import Effect, Span
from salesdash.metrics import Unit
from salesdash.workspace import Action, Judged, Verdict

FEW = 5
"""With fewer verdicts no share is told."""


class By(StrEnum):
    """What kinds of actions are told apart by."""

    METRIC = "metric"
    ORIGIN = "origin"
    OWNER = "owner"


@dataclass(frozen=True)
class One:
    """An action with its verdict, as it is listed."""

    action: int
    text: str
    owner: str
    word: Verdict
    effect: Effect


@dataclass(frozen=True)
class Kind:
    """Actions of a kind: how many were judged, how many worked, what was measured in all.

    `share` is None below `FEW` verdicts; `sum` where nothing can be summed or told from zero.
    """

    name: Reason
    judged: int
    worked: int
    did_not: int
    share: float | None
    unit: Unit
    sum: Span | None
    ones: tuple[One, ...]


@dataclass(frozen=True)
class Works:
    """All kinds, those with most verdicts first."""

    by: By
    headline: Reason
    lead: Reason
    kinds: tuple[Kind, ...]


def build(actions: Iterable[Action], judged: Mapping[int, Judged], by: By = By.METRIC) -> Works:
    """The verdicts that stand, added up."""
    groups: dict[tuple[str, str], list[One]] = {}
    for action in actions:
        said = judged.get(action.id)
        if said is None or said.word is Verdict.TOO_EARLY:
            continue
        effect = kept.evidence(said).effect
        one = One(action.id, action.text, action.owner, said.word, effect)
        groups.setdefault(_key(action, effect, by), []).append(one)
    kinds = [_kind(_name(key, by), ones) for key, ones in groups.items()]
    kinds.sort(key=lambda kind: (-kind.judged, -kind.worked))
    return Works(by, *_sentence(kinds), tuple(kinds))


def _key(action: Action, effect: Effect, by: By) -> tuple[str, str]:
    if by is By.OWNER:
        return action.owner, ""
    kind = action.origin.kind if action.origin is not None else ""
    if by is By.ORIGIN:
        return kind, ""
    lever = action.origin.ref.partition(":")[2] if action.origin and kind == "lever" else ""
    return effect.metric, lever


def _name(key: tuple[str, str], by: By) -> Reason:
    first, lever = key
    if by is By.OWNER:
        return Reason("effect.works.owner" if first else "effect.works.nobody", (("who", first),))
    if by is By.ORIGIN:
        return Reason(f"effect.works.origin.{first or 'none'}")
    metric = ("metric", Name("metric", first))
    if not lever:
        return Reason("effect.works.metric", (metric,))
    return Reason("effect.works.lever", (metric, ("lever", Reason(f"levers.name.{lever}"))))


def _kind(name: Reason, ones: Sequence[One]) -> Kind:
    worked = sum(one.word is Verdict.WORKED for one in ones)
    return Kind(
        name=name,
        judged=len(ones),
        worked=worked,
        did_not=sum(one.word is Verdict.DID_NOT for one in ones),
        share=worked / len(ones) if len(ones) >= FEW else None,
        unit=ones[0].effect.unit,
        sum=summed([one.effect for one in ones]),
        ones=tuple(ones),
    )


def summed(effects: Sequence[Effect]) -> Span | None:
    """What several effects come to, each independent of the others; None where that isn't told."""
    amounts = [effect.amount for effect in effects if effect.amount is not None]
    metrics = {effect.metric for effect in effects}
    if len(metrics) != 1 or len(amounts) < len(effects) or not all(e.adds for e in effects):
        return None
    middle = sum(amount.middle for amount in amounts)
    low = middle - math.hypot(*(amount.middle - amount.low for amount in amounts))
    high = middle + math.hypot(*(amount.high - amount.middle for amount in amounts))
    return Span(middle, low, high) if low > 0 or high < 0 else None


def _sentence(kinds: Sequence[Kind]) -> tuple[Reason, Reason]:
    judged = sum(kind.judged for kind in kinds)
    if not judged:
        return Reason("effect.works.none"), Reason("effect.works.none_lead")
    count = ("count", judged)
    worked = ("worked", sum(kind.worked for kind in kinds))
    told = list(_best(kinds))
    lead = told[0] if told else Reason("effect.works.few", (("few", FEW),))
    return Reason("effect.works.headline", (count, worked)), lead


def _best(kinds: Iterable[Kind]) -> Iterator[Reason]:
    """The kind that worked most often, where enough were judged."""
    known = [kind for kind in kinds if kind.share]
    if known:
        best = max(known, key=lambda kind: (kind.share, kind.judged))
        values = (("kind", best.name), ("count", best.judged), ("worked", best.worked))
        yield Reason("effect.works.best", values)
