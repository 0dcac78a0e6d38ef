"""A chart in words, for those who cannot see it: what, how far, how it ends."""

from functools import singledispatch

from salesdash.analysis.answers import Movers, Point, Trend
from salesdash.analysis.bars import Bars
from salesdash.charts import oddities, remarks
from salesdash.charts.bars import part_names
from salesdash.charts.paths import member_name
from salesdash.charts.tally import ends, head, heading, label
from salesdash.charts.words import Words


@singledispatch
def alt(answer: object, words: Words) -> str:
    """The alternative text of an answer's chart; TypeError for what has none."""
    raise TypeError(f"no words for {type(answer).__name__} ({words.lang})")


@alt.register
def _trend(answer: Trend, words: Words) -> str:
    points = answer.series[0].points
    known = [point for point in points if point.value is not None and not point.running]
    name = words.metric(answer.metric)
    if not known:
        return words.say("charts.alt.nothing", metric=name)
    first, last = (words.period(answer.grain, known[n].period) for n in (0, -1))
    shown = words.say(f"charts.alt.{answer.grain.value}", metric=name, first=first, last=last)
    if answer.dimension is not None:
        members = words.say("charts.list").join(member_name(one, words) for one in answer.series)
        return words.say("charts.alt.breakdown", text=shown, members=members)
    told = [("lowest", min(known, key=_height)), ("highest", max(known, key=_height))]
    told += [("latest", known[-1]), *(("running", p) for p in points if p.running)]
    parts = (_said(answer, key, point, words) for key, point in told)
    text = words.say("charts.alt.join").join((shown, *parts)) + words.say("charts.alt.stop")
    if answer.unusual:
        odd = words.say("charts.list").join(
            oddities.line(answer, each, words) for each in answer.unusual
        )
        text += words.say("charts.alt.unusual", said=odd)
    if not answer.remarks:
        return text
    said = words.say("charts.list").join(remarks.told(each, words) for each in answer.remarks)
    return text + words.say("charts.alt.remarks", said=said)


def _said(answer: Trend, key: str, point: Point, words: Words) -> str:
    when = words.period(answer.grain, point.period, running=point.running)
    return words.say(f"charts.alt.{key}", when=when, value=words.value(point.value, answer.unit))


def _height(point: Point) -> float:
    return float(point.value or 0)


@alt.register
def _movers(answer: Movers, words: Words) -> str:
    names = part_names(answer.parts, words)
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


@alt.register
def _tally(answer: Bars, words: Words) -> str:
    drawn = head(answer, answer.drawn, words)
    told = [
        words.say("charts.alt.part", name=label(bar, words), value=ends(answer, bar, words))
        for bar in answer.chart
    ]
    parts = words.say("charts.list").join(told)
    return words.say("charts.alt.bars", drawn=drawn, by=heading(answer, words), parts=parts)
