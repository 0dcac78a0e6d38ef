"""Targets on a trend: a rule over the periods of each goal, its label above the last one."""

from collections.abc import Iterator

from salesdash.analysis.answers import Number, Trend
from salesdash.charts.frame import Row
from salesdash.charts.words import Words

HALF = 0.5
"""From the middle of a period to its edge on the x axis."""


def rules(answer: Trend) -> list[Row]:
    """One rule a run of equal targets, from the first period's edge to the last one's."""
    found = [
        {"from": first - HALF, "to": last + HALF, "v": float(value), "role": "ink"}
        for first, last, value in _runs(answer)
    ]
    return [*found, *_hundred(answer)]


def _hundred(answer: Trend) -> Iterator[Row]:
    """The level of the base of an index."""
    if answer.index is not None and answer.index.base is not None:
        last = len(answer.series[0].points) - 1
        yield {"from": -HALF, "to": last + HALF, "v": 100.0, "role": "muted"}


def labels(answer: Trend, words: Words) -> list[Row]:
    """The words above the last rule, at its right end."""
    runs = list(_runs(answer))
    if not runs:
        return []
    _, last, value = runs[-1]
    text = words.say("charts.goal", value=words.value(value, answer.unit))
    return [{"i": last + HALF, "v": float(value), "text": text, "role": "ink"}]


def target(answer: Trend, place: int) -> Number | None:
    """The target of the period at a place."""
    return _values(answer).get(place)


def _runs(answer: Trend) -> Iterator[tuple[int, int, Number]]:
    """Neighbouring places with the same target: first, last, target."""
    values = _values(answer)
    first = None
    for place, value in values.items():
        if first is None:
            first = place
        if values.get(place + 1) != value:
            yield first, place, value
            first = None


def _values(answer: Trend) -> dict[int, Number]:
    """Targets by place; that of a whole window of running totals stands at all places."""
    if not answer.targets:
        return {}
    points = answer.series[0].points
    if answer.cumulative:
        return dict.fromkeys(range(len(points)), answer.targets[0].value)
    wanted = {each.period.start: each for each in answer.targets}
    return {
        place: wanted[point.period.start].value
        for place, point in enumerate(points)
        if point.period.start in wanted
    }
