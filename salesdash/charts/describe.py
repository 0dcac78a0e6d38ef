"""A chart in words, for those who cannot see it: what, how far, how it ends."""

from functools import singledispatch

from salesdash.analysis.answers import Movers, Point, Trend
from salesdash.charts.bars import mover_names
from salesdash.charts.paths import member_name
from salesdash.charts.words import Words


@singledispatch
def alt(answer: object, words: Words) -> str:
    """The alternative text of an answer's chart; TypeError for what has none."""
    raise TypeError(f"no words for {type(answer).__name__} ({words.lang})")


@alt.register
def _trend(answer: Trend, words: Words) -> str:
    points = answer.series[0].points
    known = [point for point in points if point.value is not None]
    name = words.metric(answer.metric)
    if not known:
        return words.say("charts.alt.nothing", metric=name)
    lowest, highest = (pick(known, key=_height) for pick in (min, max))
    parts = [
        words.say(
            f"charts.alt.{answer.grain.value}",
            metric=name,
            first=words.period(answer.grain, points[0].period),
            last=words.period(answer.grain, known[-1].period),
        )
    ]
    if answer.dimension is not None:
        members = words.say("charts.list").join(member_name(one, words) for one in answer.series)
        return words.say("charts.alt.breakdown", text=parts[0], members=members)
    for key, point in (("lowest", lowest), ("highest", highest), ("latest", known[-1])):
        when = words.period(answer.grain, point.period, running=point.running)
        value = words.value(point.value, answer.unit)
        parts.append(words.say(f"charts.alt.{key}", when=when, value=value))
    return words.say("charts.alt.join").join(parts) + words.say("charts.alt.stop")


def _height(point: Point) -> float:
    return float(point.value or 0)


@alt.register
def _movers(answer: Movers, words: Words) -> str:
    names = mover_names(answer, words)
    parts = (
        (name, words.value(part.change, answer.unit, "signed"))
        for name, part in zip(names, answer.parts, strict=True)
    )
    told = [words.say("charts.alt.part", name=name, value=value) for name, value in parts]
    return words.say(
        "charts.alt.movers",
        metric=words.metric(answer.metric),
        change=words.value(answer.change, answer.unit, "signed"),
        parts=words.say("charts.list").join(told),
    )
