"""Alerts of config.yaml that went off: a metric worse than a comparison by more than it may be."""

from dataclasses import dataclass, replace
from decimal import Decimal

from salesdash.analysis import changes
from salesdash.analysis.answers import Change
from salesdash.analysis.asking import Question, answered
from salesdash.config import Alert
from salesdash.metrics import Metric, Unit
from salesdash.periods import Comparison


@dataclass(frozen=True)
class Alarm:
    """An alert that went off, with the metric's change that set it off."""

    alert: Alert
    metric: Metric
    change: Change


def build(question: Question) -> tuple[Alarm, ...]:
    """The alerts whose metric got worse by more than they allow; all asked together.

    An alert has its own comparison, whatever the selection's is. Without a window there is none;
    figures that are still maturing set none off.
    """
    alerts = [a for a in question.settings.overview.alerts if a.metric in question.bound.metrics]
    if question.selection.window is None or not alerts:
        return ()
    asked = {a: _compared(question.about(a.metric), a.compare) for a in alerts}
    asked = {alert: own for alert, own in asked.items() if own.is_compared}
    if not asked:
        return ()
    both = [window for own in asked.values() for window in (own.selection.window, own.compared)]
    windows = tuple(dict.fromkeys(both))
    measured = question.measure(tuple(dict.fromkeys(a.metric for a in asked)), windows)
    found = []
    for alert, own in asked.items():
        metric = question.metric(alert.metric)
        places = (windows.index(own.selection.window), windows.index(own.compared))
        now, then = (measured.figure(metric.id, place) for place in places)
        change = changes.change(metric, answered(now), answered(then))
        if not now.is_maturing and _is_worse(metric, change, alert.worse_by):
            found.append(Alarm(alert, metric, change))
    return tuple(found)


def _compared(question: Question, comparison: Comparison) -> Question:
    return replace(question, selection=replace(question.selection, comparison=comparison))


def _is_worse(metric: Metric, change: Change, by: Decimal) -> bool:
    """Whether it moved the wrong way by more than a part of what it was; shares by points."""
    size = change.absolute if metric.unit is Unit.SHARE else change.ratio
    return change.judgement == "bad" and size is not None and abs(Decimal(str(size))) > by
