"""Alerts of config.yaml that went off: a metric worse than a comparison by more than it may be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from salesdash.analysis import changes
from salesdash.analysis.answers import Change, Tile
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


def build(question: Question, tiles: Sequence[Tile] = ()) -> tuple[Alarm, ...]:
    """The alerts whose metric got worse by more than they allow.

    An alert has its own comparison, whatever the selection's is; where both are the same, a tile
    knows the change, and the others are asked together. Without a window there is none; figures
    that are still maturing set none off.
    """
    alerts = [a for a in question.settings.overview.alerts if a.metric in question.bound.metrics]
    if question.selection.window is None or not alerts:
        return ()
    shown = {tile.metric: tile.change for tile in tiles}
    same = [a for a in alerts if a.compare is question.selection.comparison and a.metric in shown]
    known = {alert: shown[alert.metric] for alert in same}
    known |= _asked(question, [alert for alert in alerts if alert not in known])
    return tuple(
        Alarm(alert, question.metric(alert.metric), change)
        for alert in alerts
        if (change := known.get(alert)) is not None
        and _is_worse(question.metric(alert.metric), change, alert.worse_by)
    )


def _asked(question: Question, alerts: Sequence[Alert]) -> dict[Alert, Change | None]:
    """The changes that no tile shows; of figures that are still maturing none."""
    each = {alert: _compared(question.about(alert.metric), alert.compare) for alert in alerts}
    asked = {alert: own for alert, own in each.items() if own.is_compared}
    if not asked:
        return {}
    both = [window for own in asked.values() for window in (own.selection.window, own.compared)]
    windows = tuple(dict.fromkeys(both))
    measured = question.measure(tuple(dict.fromkeys(a.metric for a in asked)), windows)
    found: dict[Alert, Change | None] = {}
    for alert, own in asked.items():
        places = (windows.index(own.selection.window), windows.index(own.compared))
        now, then = (measured.figure(alert.metric, place) for place in places)
        if not now.is_maturing:
            metric = question.metric(alert.metric)
            found[alert] = changes.change(metric, answered(now), answered(then))
    return found


def _compared(question: Question, comparison: Comparison) -> Question:
    return replace(question, selection=replace(question.selection, comparison=comparison))


def _is_worse(metric: Metric, change: Change, by: Decimal) -> bool:
    """Whether it moved the wrong way by more than a part of what it was; shares by points."""
    size = change.absolute if metric.unit is Unit.SHARE else change.ratio
    return change.judgement == "bad" and size is not None and abs(Decimal(str(size))) > by
