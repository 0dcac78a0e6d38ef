"""Goals as documents: for programs, and in words for people."""

from salesdash.analysis.progress import Progress
from salesdash.analysis.prospects import in_percent, sentence
from salesdash.charts import Words
from salesdash.commands.office import Desk
from salesdash.commands.replies import Document, plain
from salesdash.metrics import Unit
from salesdash.workspace import Basis, Goal, Terms

TERMS = ("target", "floor", "stretch", "reason", "owner", "parent", "series")
"""Terms that stand in a document as they are."""


def fact(desk: Desk, words: Words, found: Progress) -> dict[str, object]:
    """A goal for programs, and in words for people."""
    goal, unit, said = found.goal, found.subject.unit, sentence(found)
    return {
        "goal": goal.number if goal.number > 0 else None,
        **terms_fact(goal.terms),
        "actual": found.actual.value,
        "reached": found.reached,
        "expected": found.expected,
        "pace": _pace(found),
        "gap": found.gap,
        **_forecast(found, words),
        "needed_per_working_day": found.needed,
        "working_days": found.pace.days,
        "working_days_left": found.pace.left,
        "state": found.state,
        "over": found.over,
        "data_edge": found.edge,
        "unit": unit,
        "origin": goal.origin,
        "version": goal.version,
        "who": goal.who,
        "at": goal.at,
        "notes": [words.tell(note) for note in found.notes],
        "words": {
            "goal": words.tell(found.subject.title),
            "period": words.tell(found.when(desk.settings.fiscal)),
            "target": words.value(goal.terms.target, unit),
            "actual": words.value(found.actual.value, unit),
            "state": words.tell(found.word),
            "told": words.tell(found.told) if found.told else "",
            "chance": "" if found.prospect is None else words.tell(in_percent(found.prospect)),
            "outlook": "" if said is None else words.tell(said),
        },
    }


def _pace(found: Progress) -> dict[str, object] | None:
    """Where the goal should stand by the edge, and what that was learned from."""
    if found.expected is None:
        return None
    learned = found.pace.learned
    periods = () if learned is None else learned.units
    return {
        "kind": found.pace.kind,
        "expected": found.expected,
        "share": found.pace.share,
        "from": [{"from": each.start, "to": each.last_day} for each in periods],
    }


def _forecast(found: Progress, words: Words) -> dict[str, object]:
    """Where the goal will end and the chance that it is reached, or why neither is known."""
    seen = found.prospect
    if seen is None:
        why = None if found.unforeseen is None else words.tell(found.unforeseen)
        return {"forecast": None, "chance": None, "no_chance": why}
    tried = seen.tried
    forecast = {
        "mean": seen.mean,
        **dict(zip(("low_50", "high_50"), seen.half, strict=True)),
        **dict(zip(("low_80", "high_80"), seen.wide, strict=True)),
        "model": None if tried is None else tried.model,
        "tried_on": 0 if tried is None else tried.periods,
        "error": None if tried is None else tried.error,
        "inside_80": None if tried is None else tried.inside,
    }
    return {"forecast": forecast, "chance": seen.chance, "certain": seen.certain}


def terms_fact(terms: Terms) -> dict[str, Document]:
    """Terms for programs."""
    basis = terms.basis
    facts = {
        "metric": terms.metric,
        "scope": {each.dimension: each.values for each in terms.scope},
        "from": terms.period.start,
        "to": terms.period.last_day,
        **{name: getattr(terms, name) for name in TERMS},
        "basis": None if basis is None else _basis(basis),
    }
    return {name: plain(value) for name, value in facts.items()}


def _basis(basis: Basis) -> dict[str, object]:
    days = {"from": basis.period.start, "to": basis.period.last_day}
    return {"of": basis.of, "percent": basis.percent, "value": basis.value, **days}


def unit_of(desk: Desk, goal: Goal) -> Unit:
    """The unit of its metric; a plain number where that is gone."""
    metric = desk.settings.metrics.get(goal.terms.metric)
    return Unit.NUMBER if metric is None else metric.unit
