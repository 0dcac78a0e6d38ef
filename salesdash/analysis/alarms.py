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
    window = question.selection.window
    alerts = [a for a in question.settings.overview.alerts if a.metric in question.bound.metrics]
    if window is None or not alerts:
        return ()
    asked = {
        compare: _compared(question, compare) for compare in (alert.compare for alert in alerts)
    }
    earlier = [one for one in asked.values() if one.is_compared]
    windows = (window, *(one.compared for one in earlier))
    ids = tuple(dict.fromkeys(alert.metric for alert in alerts))
    measured = question.measure(ids, windows)
    found = []
    for alert in alerts:
        if asked[alert.compare] in earlier:
            metric = question.metric(alert.metric)
            number = 1 + earlier.index(asked[alert.compare])
            now, then = (measured.figure(metric.id, n) for n in (0, number))
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
