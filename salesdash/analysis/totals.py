"""Running totals of a trend: for metrics whose periods add up."""

from collections.abc import Sequence

from salesdash.analysis.answers import Number, Point, Series
from salesdash.analysis.changes import plus

Lines = tuple[Series, ...]


def running(series: Lines, reference: Lines) -> tuple[Lines, Lines]:
    """Each point becomes the sum of all points up to it.

    A period without data keeps the total; before the first figure and after the last period with
    a chance of data there is none. The same days of a running period go on top of the earlier
    periods before it.
    """
    place = _running_place(series)
    lines = {_name(one): one for one in reference if not _is_same_days(one)}
    summed = []
    for one in reference:
        if _is_same_days(one) and place is not None and _name(one) in lines:
            before = [point.value for point in lines[_name(one)].points[:place]]
            point = one.points[0]
            value = _sum([*before, point.value])
            summed.append(_with(one, (Point(point.period, value, running=True),)))
        else:
            summed.append(_with(one, _totals(one.points)))
    return tuple(_with(one, _totals(one.points)) for one in series), tuple(summed)


def _totals(points: Sequence[Point]) -> tuple[Point, ...]:
    last = max((n for n, point in enumerate(points) if point.value is not None), default=-1)
    values = [point.value for point in points]
    return tuple(
        Point(point.period, _sum(values[: n + 1]) if n <= last else None, point.running)
        for n, point in enumerate(points)
    )


def _sum(values: Sequence[Number | None]) -> Number | None:
    """Exact sum of what is there; None for nothing."""
    total: Number | None = None
    for value in values:
        if value is not None:
            total = value if total is None else plus(total, value)
    return total


def _running_place(series: Lines) -> int | None:
    return next((n for one in series for n, p in enumerate(one.points) if p.running), None)


def _is_same_days(one: Series) -> bool:
    return bool(one.points) and one.points[0].running


def _name(one: Series) -> tuple[str | None, str]:
    return one.member, one.role


def _with(one: Series, points: tuple[Point, ...]) -> Series:
    return Series(one.member, points, one.role, one.label)
