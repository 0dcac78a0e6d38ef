"""Now against then, and what is judged: the direction of a metric and its thresholds."""

from dataclasses import replace
from decimal import Decimal

from salesdash.analysis.answers import Amount, Change, Figure, Judgement, Number, Status
from salesdash.analysis.asking import Question
from salesdash.metrics import Better, Kind, Metric, Unit


def change(metric: Metric, now: Figure, then: Figure) -> Change:
    """The difference of two figures, and its ratio to the earlier one.

    Shares and multiples have no ratio (their difference is told), nor has what was zero or below.
    """
    if now.value is None or then.value is None:
        return Change(now, then, None, None, None)
    gap = difference(now.value, then.value)
    return Change(now, then, gap, ratio(metric.unit, gap, then.value), judged(metric.better, gap))


def of(question: Question, name: str, now: Figure, then: Figure) -> Change:
    """Now against then of a metric in what is looked at, and in what that is compared with.

    Of chosen days that are more or fewer, sums are judged by the average day; what only grows with
    the days, like different customers, is not judged.
    """
    metric, lengths = question.metric(name), question.uneven
    found = change(metric, now, then)
    if lengths is None or now.value is None or then.value is None:
        return found
    if question.bound.is_additive(name):
        daily = lengths.per_day(float(now.value), float(then.value))
        judgement = None if daily is None else judged(metric.better, daily)
        return replace(found, per_day=daily, judgement=judgement)
    grows = metric.kind in GROWING and metric.unit in (Unit.MONEY, Unit.COUNT, Unit.NUMBER)
    return replace(found, judgement=None) if grows else found


GROWING = (Kind.SIMPLE, Kind.CUSTOMER, Kind.PLANNED)
"""Kinds of metrics whose amounts and counts are the larger, the longer the time."""


def difference(now: Number, then: Number) -> Number:
    """Now minus then: exact, a float only where one of the two is one."""
    if isinstance(now, float) or isinstance(then, float):
        return float(now) - float(then)
    return now - then


def plus(one: Number, other: Number) -> Number:
    """The sum, likewise."""
    if isinstance(one, float) or isinstance(other, float):
        return float(one) + float(other)
    return one + other


def ratio(unit: Unit, gap: Number, then: Number) -> float | None:
    """The gap as a part of then, None where that says nothing."""
    if unit in (Unit.SHARE, Unit.MULTIPLE) or then <= 0:
        return None
    return float(gap) / float(then)


def judged(better: Better, gap: Number) -> Judgement | None:
    """Good or bad by the metric's direction; None without one, and when nothing moved."""
    if better == "none" or not gap:
        return None
    return "good" if (gap > 0) == (better == "up") else "bad"


def status(metric: Metric, figure: Figure) -> Status | None:
    """The figure against the metric's thresholds; None without them or without a figure."""
    limits = metric.thresholds
    if figure.value is None or (limits.warning is None and limits.bad is None):
        return None
    down = metric.better == "down"
    if _beyond(figure.value, limits.bad, down=down):
        key = "analysis.status.above" if down else "analysis.status.below"
        return Status("bad", key, (("limit", Amount(limits.bad or 0, metric.unit)),))
    if _beyond(figure.value, limits.warning, down=down):
        return Status("warning", "analysis.status.watch")
    return Status("good", "analysis.status.on_target")


def _beyond(value: Number, limit: Decimal | None, *, down: bool) -> bool:
    if limit is None:
        return False
    exact = Decimal(str(value))
    return exact > limit if down else exact < limit
