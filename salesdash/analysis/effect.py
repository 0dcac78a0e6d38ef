"""Did it help? A metric within a scope before and after, against the untouched rest."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from salesdash.analysis import placebo, scopes
from salesdash.analysis.answers import Member, Name, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.past import has_past
from salesdash.analysis.placebo import Contrast
from salesdash.analysis.ruling import Effect, ruled, spans
from salesdash.analysis.sampling import Sample
from salesdash.analysis.trials import Setting, Trial
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.workspace import Verdict

LEAST = 10
"""Orders, deals or customers that a figure before must rest on."""


def build(question: Question, trial: Trial, others: Iterable[Trial] = ()) -> Effect:
    """The effect on the day of the question, at its cut; `others` may have moved rows as well."""
    empty, metric = _blank(trial), question.bound.metrics.get(trial.metric)
    if metric is None:
        return replace(empty, why=Reason("goals.reason.no_metric", (("name", trial.metric),)))
    empty = replace(empty, unit=metric.unit, better=metric.better)
    if not has_past(question.bound, metric.id):
        return replace(empty, why=Reason("effect.why.metric"))
    inside = replace(question.selection, window=None, filters=trial.scope)
    asked = replace(question, selection=inside).about(metric.id)
    known = tuple(other for other in others if trial.touches(other))
    setting = Setting(asked, metric, trial, known)
    empty = replace(empty, scope=scopes.names(question.warehouse, trial.scope, asked.datasets))
    if setting.place is None:
        early = setting.early
        return empty if early is None else replace(empty, verdict=Verdict.TOO_EARLY, why=early)
    try:
        return _judged(Sample(setting, setting.place), empty)
    except UsageError:  # no row has such a column any more
        return replace(empty, why=Reason("effect.why.no_scope"))


def _blank(trial: Trial) -> Effect:
    """An effect of which nothing is known."""
    return Effect(
        metric=trial.metric,
        unit=Unit.NUMBER,
        better="up",
        begun=trial.begun,
        check=trial.check,
        verdict=Verdict.UNCLEAR,
        why=Reason("effect.why.no_data"),
        done=trial.done,
        expected=trial.expected,
    )


def _judged(sample: Sample, empty: Effect) -> Effect:
    place, early = sample.place, sample.setting.early
    found = replace(empty, weeks=place.weeks, notes=tuple(_notes(sample.setting)))
    refused = _refused(sample)
    if refused is not None:
        return replace(found, why=refused)
    contrast = placebo.contrast(sample.own, sample.rest, place, sample.members)
    chosen = place if contrast is None else contrast.place
    turned = sample.setting.turned
    found = replace(
        found,
        before=sample.before(chosen),
        after=sample.windows[place.now],
        own=sample.side(sample.inside, chosen),
        rest=None if sample.outside is None else sample.side(sample.outside, chosen),
        dimension=None if turned is None else turned.dimension,
        adds=sample.adds,
        counted=sample.counted,
        counts=sample.counts(sample.inside, chosen),
        series=tuple(sample.series(chosen)),
    )
    if contrast is not None:
        found = replace(found, **_told(found, contrast))
    if early is not None:
        return replace(found, verdict=Verdict.TOO_EARLY, why=early)
    if contrast is None:
        return replace(found, why=Reason("effect.why.history"))
    verdict, why = ruled(found, contrast)
    return replace(found, verdict=verdict, why=why)


def _refused(sample: Sample) -> Reason | None:
    """Why it can't be told: no figures, too short a past, or too little that they rest on."""
    blank = sample.inside.blank.get(sample.metric.id)
    if blank is not None:
        return answered(blank).reason
    if sample.place.now < sample.place.lag:
        return Reason("effect.why.history")
    for measured, key in ((sample.inside, "few"), (sample.outside, "few_rest")):
        counts = sample.counts(measured, sample.place)
        if counts is not None and counts[0] < LEAST:
            name = ("metric", Name("metric", sample.counted or ""))
            return Reason(f"effect.why.{key}", (("count", counts[0]), ("least", LEAST), name))
    return None


def _told(effect: Effect, found: Contrast) -> dict[str, Any]:
    """What the contrast says, in the terms of people."""
    after = float(effect.own.after or 0) if effect.own is not None else 0.0
    change, amount = spans(found, after, effect.unit)
    last = found.last_year
    if last is not None and found.place.logarithmic:
        last = math.expm1(last)
    return {
        "change": change,
        "amount": amount,
        "earlier": found.earlier,
        "as_far": found.as_far,
        "members": found.members,
        "last_year": last,
        "adjusted": found.place.yearly,
    }


def _notes(setting: Setting) -> Iterator[Reason]:
    """What a reader should know beside the figures."""
    if setting.trial.done is None:
        yield Reason("effect.note.open")
    if setting.left_out and setting.turned is not None:
        asked = setting.question
        names = asked.warehouse.names(asked.dataset, setting.turned.dimension)
        told = tuple(Member(names.get(each or "", each or "")) for each in setting.left_out)
        yield Reason("effect.note.left_out", (("count", len(told)), ("members", told)))
    if setting.blended:
        yield Reason("effect.note.blended", (("count", setting.blended),))
