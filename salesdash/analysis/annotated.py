"""What people said of days, beside a line: which annotations belong on a trend, and where.

One for all metrics belongs on each; one with a scope wherever the screen does not leave its
members out. A breakdown shows one of a member at that member alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from salesdash.analysis.answers import Point, Remark, Trend
from salesdash.periods import FiscalCalendar, Period
from salesdash.selection import Filter
from salesdash.workspace import Noted

Names = Mapping[str, Mapping[str, str]]
"""What members of dimensions are called, where not by themselves."""


def beside(
    found: Trend,
    noted: Sequence[Noted],
    filters: tuple[Filter, ...],
    fiscal: FiscalCalendar,
    names: Names | None = None,
) -> Trend:
    """The trend with the annotations of its days, in their order."""
    span = shown(found, fiscal)
    if span is None:
        return found
    remarks = tuple(_remark(each, names or {}) for each in of(noted, found.metric, filters, span))
    return replace(found, remarks=remarks)


def of(
    noted: Sequence[Noted], metric: str, filters: tuple[Filter, ...], span: Period
) -> Iterator[Noted]:
    """Annotations of a metric on these days, but for those whose scope is left out."""
    for each in noted:
        about = each.metric is None or each.metric == metric
        if about and each.period.clip(span) is not None and not _is_left_out(each.scope, filters):
            yield each


def shown(found: Trend, fiscal: FiscalCalendar) -> Period | None:
    """All days of the time axis; None without any."""
    points = found.series[0].points if found.series else ()
    if not points:
        return None
    last = fiscal.unit(found.grain, points[-1].period.start)
    return Period(fiscal.unit(found.grain, points[0].period.start).start, last.end)


def place(found: Trend, day: date, fiscal: FiscalCalendar) -> float | None:
    """Where the beginning of a day stands on the axis: period n reaches from n - 0.5 to n + 0.5.

    Days outside stand at its ends.
    """
    span = shown(found, fiscal)
    if span is None:
        return None
    points = found.series[0].points
    if day >= span.end:
        return len(points) - 0.5
    for number, point in enumerate(points):
        unit = fiscal.unit(found.grain, point.period.start)
        if day < unit.end:
            return number - 0.5 + max((day - unit.start).days, 0) / unit.days
    return None


def at(found: Trend, point: Point) -> tuple[Remark, ...]:
    """The annotations that touch a period."""
    return tuple(each for each in found.remarks if each.period.clip(point.period) is not None)


def is_of(remark: Remark, dimension: str | None, member: str | None) -> bool:
    """Whether an annotation belongs to the line of a member; one without its dimension does."""
    own = (each for each in remark.scope if each.dimension == dimension)
    return all(((member or None) in each.values) is not each.exclude for each in own)


def _is_left_out(scope: tuple[Filter, ...], filters: tuple[Filter, ...]) -> bool:
    """Whether the rows looked at hold nothing of a scope."""
    return any(
        one.dimension == other.dimension and not _overlap(one, other)
        for one in scope
        for other in filters
    )


def _overlap(one: Filter, other: Filter) -> bool:
    if one.exclude and other.exclude:
        return True
    if one.exclude or other.exclude:
        kept, out = (other, one) if one.exclude else (one, other)
        return bool(set(kept.values) - set(out.values))
    return bool(set(one.values) & set(other.values))


def _remark(each: Noted, names: Names) -> Remark:
    members = tuple(
        names.get(one.dimension, {}).get(member or "", member or "")
        for one in each.scope
        for member in one.values
    )
    return Remark(each.id, each.text, each.period, each.scope, members, each.who, each.at)
