"""Lines as an index: one period is 100, so that shapes compare whatever the sizes.

Each line is measured by itself: a member by its own figure in the base period, an earlier line by
its figure in the period at the same place. A line whose base is blank, 0 or negative stays blank,
and is named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from salesdash.analysis.answers import Index, Member, Number, Point, Reason, Series, Trend, When
from salesdash.metrics import Unit
from salesdash.periods import Window

HUNDRED = 100


def of(found: Trend, base: date | None) -> Trend:
    """The same lines with the period of a day as 100, the first complete one without a day.

    A day outside the complete periods shown counts as none; without any such period every line is
    blank, and a note says so.
    """
    place = _place(found.series[0].points, base)
    if place is None:
        blank = tuple(_scaled(one, None) for one in found.series)
        note = Reason("analysis.note.no_base")
        return _made(found, blank, (), Index(None), (note,))
    point = found.series[0].points[place]
    series = tuple(_scaled(one, _base(one, place)) for one in found.series)
    reference = tuple(_references(found.reference, place))
    lacking = [one for one in found.series if _base(one, place) is None]
    when = When(Window(point.period, found.grain, point.period), bare=True)
    notes = (_lacking(lacking, when),) if lacking else ()
    average = found.average and _scaled(found.average, _base(found.series[0], place))
    indexed = replace(found, average=average)
    return _made(indexed, series, reference, Index(point.period), notes)


def places(points: Sequence[Point]) -> tuple[int, ...]:
    """The periods that can be 100: over, and not to be raised by time alone."""
    ahead = (n for n, each in enumerate(points) if each.running)
    known = (n + 1 for n in reversed(range(len(points))) if points[n].value is not None)
    end = next(ahead, next(known, 0))
    return tuple(n for n in range(end) if not points[n].maturing)


def _place(points: Sequence[Point], base: date | None) -> int | None:
    """The place of a day's period, else of the first that can be 100 and has a figure."""
    known = places(points)
    if base is not None:
        for place in known:
            if points[place].period.contains(base):
                return place
    with_figure = (place for place in known if points[place].value is not None)
    return next(with_figure, next(iter(known), None))


def _base(one: Series, place: int) -> Number | None:
    """What a line is measured by; None: nothing can be."""
    value = one.points[place].value if place < len(one.points) else None
    return value if value is not None and value > 0 else None


def _references(reference: Sequence[Series], place: int) -> Iterator[Series]:
    """Earlier lines by their own base, the same days of a running period by that of their line."""
    bases = {
        (one.member, one.role): _base(one, place) for one in reference if not _is_same_days(one)
    }
    for one in reference:
        base = bases.get((one.member, one.role))
        if base is not None:
            yield _scaled(one, base)


def _is_same_days(one: Series) -> bool:
    return bool(one.points) and one.points[0].running


def _scaled(one: Series, base: Number | None) -> Series:
    points = tuple(replace(each, value=_scale(each.value, base)) for each in one.points)
    return replace(one, points=points)


def _scale(value: Number | None, base: Number | None) -> float | None:
    if value is None or base is None:
        return None
    return float(value) / float(base) * HUNDRED


def _lacking(lines: Sequence[Series], when: When) -> Reason:
    """That lines have no figure above 0 in the base period."""
    named = tuple(Member(one.label or one.member or "") for one in lines if one.role == "category")
    if not named:
        return Reason("analysis.note.no_base_in", (("when", when),))
    return Reason("analysis.note.no_base_of", (("members", named), ("when", when)))


def _made(
    found: Trend,
    series: tuple[Series, ...],
    reference: tuple[Series, ...],
    index: Index,
    notes: tuple[Reason, ...],
) -> Trend:
    return replace(
        found,
        unit=Unit.NUMBER,
        measured=found.unit,
        series=series,
        reference=reference,
        index=index,
        notes=(*found.notes, *notes),
    )
