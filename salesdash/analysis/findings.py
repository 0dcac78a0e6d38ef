"""What a trend shows, found by rule and said in its title.

1. Beside an earlier time: the last complete and mature periods that all lie on one side of it, two
   or more: "below last year since July"; all of them: "below last year throughout".
2. Else the last complete period, when it is the highest or lowest of at least `ENOUGH`.
A breakdown, running totals, an index, and anything else have a plain title.
"""

from salesdash.analysis.answers import Name, Point, Reason, Trend, When, against
from salesdash.periods import Window

RUN = 2
ENOUGH = 6


def of(trend: Trend) -> Reason:
    """The title: the finding where there is one, else what is shown."""
    base: tuple[tuple[str, object], ...] = (
        ("metric", Name("metric", trend.metric)),
        ("grain", Name("grain", trend.grain.value)),
    )
    if trend.index is not None:
        return _index(trend, base)
    if trend.dimension is not None:
        by = ("dimension", Name("dimension", trend.dimension))
        return Reason("analysis.trend.breakdown", (*base, by))
    if trend.cumulative:
        return Reason("analysis.trend.cumulative", base)
    return _beside(trend, base) or _extreme(trend, base) or Reason("analysis.trend.plain", base)


def _index(trend: Trend, base: tuple[tuple[str, object], ...]) -> Reason:
    """Which period is 100."""
    if trend.dimension is not None:
        base = (*base, ("dimension", Name("dimension", trend.dimension)))
    key = "analysis.trend.index" if trend.dimension is None else "analysis.trend.index_by"
    if trend.index is None or trend.index.base is None:
        return Reason("analysis.trend.plain", base[:2])
    window = Window(trend.index.base, trend.grain, trend.index.base)
    return Reason(key, (*base, ("base", When(window, bare=True))))


def _beside(trend: Trend, base: tuple[tuple[str, object], ...]) -> Reason | None:
    pairs = _pairs(trend)
    if len(pairs) < RUN:
        return None
    sides = [(now > then) - (now < then) for _, now, then in pairs]
    length = next((n for n, side in enumerate(reversed(sides)) if side != sides[-1]), len(sides))
    if sides[-1] == 0 or length < RUN:
        return None
    side = "above" if sides[-1] > 0 else "below"
    beside = ("comparison", against(trend.comparison))
    if length == len(pairs):
        return Reason(f"analysis.trend.{side}_throughout", (*base, beside))
    since = ("since", _when(trend, pairs[-length][0]))
    return Reason(f"analysis.trend.{side}_since", (*base, beside, since))


def _pairs(trend: Trend) -> list[tuple[Point, float, float]]:
    """Complete periods with the figure now and the one they are compared with."""
    lines = [one for one in trend.reference if one.points and not one.points[0].running]
    if not lines:
        return []
    return [
        (now, float(now.value), float(then.value))
        for now, then in zip(trend.series[0].points, lines[0].points, strict=False)
        if now.value is not None and then.value is not None and _is_settled(now)
    ]


def _extreme(trend: Trend, base: tuple[tuple[str, object], ...]) -> Reason | None:
    known = [
        (point, float(point.value))
        for point in trend.series[0].points
        if point.value is not None and _is_settled(point)
    ]
    if len(known) < ENOUGH:
        return None
    (last, value), others = known[-1], [other for _, other in known[:-1]]
    if value > max(others):
        return Reason("analysis.trend.highest", (*base, ("when", _when(trend, last))))
    if value < min(others):
        return Reason("analysis.trend.lowest", (*base, ("when", _when(trend, last))))
    return None


def _is_settled(point: Point) -> bool:
    """Over, and not to be raised by time alone."""
    return not point.running and not point.maturing


def _when(trend: Trend, point: Point) -> When:
    """The name of a period; the year goes without saying where all lies in one."""
    first, last = (trend.series[0].points[n].period for n in (0, -1))
    same = first.start.year == last.start.year
    year = first.start.year if same else None
    return When(Window(point.period, trend.grain, point.period), year=year, bare=True)
