"""What the pointer finds: a band a period for the whole, a point a value for a breakdown."""

from collections.abc import Sequence
from decimal import Decimal

from salesdash.analysis import annotated
from salesdash.analysis.answers import Number, Point, Series, Trend
from salesdash.charts import oddities, remarks
from salesdash.charts.frame import Row
from salesdash.charts.paths import Path, running_place
from salesdash.charts.words import Words
from salesdash.metrics import Unit


def bands(
    answer: Trend, drawn: Sequence[Path], words: Words, limits: tuple[float, float]
) -> list[Row]:
    """One band a period over the whole height; they also carry the axes."""
    whole = next((path.series for path in drawn if path.whole), None)
    return [
        {
            "i": place,
            "from": place - 0.5,
            "to": place + 0.5,
            "low": limits[0],
            "high": limits[1],
            "role": "ink",
            "part": "whole",
            "member": None,
            **_when(answer, point, None, words),
            **_figures(answer, whole, place, words),
        }
        for place, point in enumerate(answer.series[0].points)
    ]


def points(answer: Trend, drawn: Sequence[Path], words: Words) -> list[Row]:
    """One point a member and period, with the member's name."""
    if answer.dimension is None:
        return []
    return [
        {
            "i": place,
            "v": float(point.value),
            "name": path.label,
            "part": "other" if path.series.role == "other" else "member",
            "member": path.series.member,
            **_when(answer, point, path.series, words),
            **_figures(answer, path.series, place, words),
        }
        for path in drawn
        if path.kind == "line"
        for place, point in enumerate(path.series.points)
        if point.value is not None
    ]


def _when(answer: Trend, point: Point, series: Series | None, words: Words) -> Row:
    return {
        "start": point.period.start.isoformat(),
        "end": point.period.end.isoformat(),
        "when": _said(answer, point, series, words),
    }


def _said(answer: Trend, point: Point, series: Series | None, words: Words) -> str:
    """The period, with what people said of its days."""
    member = None if series is None else series.member
    said = (
        remarks.text(each, words)
        for each in annotated.at(answer, point)
        if series is None or annotated.is_of(each, answer.dimension, member)
    )
    found = oddities.of(answer, point)
    odd = () if found is None else (words.tell(found.told),)
    return " · ".join((words.point(answer.grain, point), *odd, *said))


def _figures(answer: Trend, series: Series | None, place: int, words: Words) -> Row:
    if series is None:
        return {"now": "—", "then": "—", "change": "—"}
    point, then = series.points[place], earlier(answer, series, place)
    return {
        "now": exact(answer, point.value, words),
        "then": exact(answer, then, words),
        "change": change(point, then, answer.unit, words),
    }


def exact(answer: Trend, value: Number | None, words: Words) -> str:
    """A figure to its last digit; of an index to a tenth."""
    if answer.index is not None and value is not None:
        value = round(float(value), 1)
    return words.value(value, answer.unit, "exact")


def earlier(answer: Trend, series: Series, place: int) -> Number | None:
    """What stands beside a point: the earlier period, or its same days where this one runs."""
    fellows = [
        one
        for one in answer.reference
        if one.member == series.member and (one.role == "other") == (series.role == "other")
    ]
    if place == running_place(answer):
        same_days = [one for one in fellows if one.points and one.points[0].running]
        return same_days[0].points[0].value if same_days else None
    lines = [one for one in fellows if one.points and not one.points[0].running]
    if not lines or place >= len(lines[0].points):
        return None
    return lines[0].points[place].value


def change(point: Point, then: Number | None, unit: Unit, words: Words) -> str:
    """The change of a point; what still matures has none."""
    return "—" if point.maturing else difference(point.value, then, unit, words)


def difference(now: Number | None, then: Number | None, unit: Unit, words: Words) -> str:
    """The change in per cent, for shares in points; "—" when it cannot be told."""
    if now is None or then is None:
        return "—"
    if unit is Unit.SHARE:
        return words.points(float(now) - float(then))
    if then <= 0:
        return "—"
    return words.change(float(Decimal(str(now)) / Decimal(str(then)) - 1))
