"""Periods out of the ordinary on a line: a diamond around the point, and the words for it."""

from salesdash.analysis.answers import Point, Trend, Unusual
from salesdash.charts.frame import Row
from salesdash.charts.words import Words


def of(answer: Trend, point: Point) -> Unusual | None:
    """What is unusual about a period."""
    starts = {each.period.start: each for each in answer.unusual}
    return None if point.running else starts.get(point.period.start)


def rings(answer: Trend) -> list[Row]:
    """A mark around each, at the height of the line."""
    points = answer.series[0].points if answer.series else ()
    return [
        {"i": place, "v": float(point.value), "role": "ink"}
        for place, point in enumerate(points)
        if point.value is not None and of(answer, point) is not None
    ]


def told(found: Unusual, words: Words) -> str:
    """42% below what is usual in October (usual $310K to $390K); North explains 80% of it."""
    said = words.tell(found.told)
    if not found.why:
        return said
    why = words.say("analysis.list").join(words.tell(each) for each in found.why)
    return words.say("unusual.because", told=said, why=why)


def line(answer: Trend, found: Unusual, words: Words) -> str:
    """The same behind the name of its period."""
    when = words.period(answer.grain, found.period)
    return words.say("unusual.line", when=when, told=told(found, words))


def cell(answer: Trend, point: Point, words: Words) -> str:
    """The same for a table; "" for what is usual."""
    found = of(answer, point)
    return told(found, words) if found is not None else ""
