"""What is usual of a metric in a period, and which periods are not: by neighbours and seasons.

Only whole periods are judged that the data cover and that time alone will not raise; sums also by
the working day, where that makes them steadier. Too little history, figures that follow customers
from window to window by the day or week, and plans are never judged.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from salesdash.analysis import causes
from salesdash.analysis.answers import Amount, Reason, Trend, Unusual, When
from salesdash.analysis.asking import Question
from salesdash.forecasting.arrays import Floats, Ints
from salesdash.forecasting.unusual import Usual, usual
from salesdash.metrics import Kind, Unit
from salesdash.periods import Grain, Period, Window

HISTORY = {Grain.DAY: 400, Grain.WEEK: 261, Grain.MONTH: 120, Grain.QUARTER: 60, Grain.YEAR: 40}
"""So many periods before the last complete one are looked at."""

MOST = 5
"""So many unusual periods are told, those furthest off."""

EXPLAINED = 3
"""Of so many it is looked into what explains them."""

STEADIER = 0.9
"""By the working day where that leaves less than this part of the spread."""

TELLING = 0.3
"""Working days that explain so much of what is off, in logarithms, are told."""

LAST_WEEK = 52
DAY_OFF, MADE_UP = 7, 8
"""Places of days beside the seven of the week: weekdays off, and weekend days that are worked."""

_SLOW = (Kind.CUSTOMER, Kind.STOCK)


def beside(found: Trend, question: Question) -> Trend:
    """The trend with its unusual periods, each with a reason; a breakdown has none."""
    if found.dimension is not None or found.cumulative or not found.series:
        return found
    own = question.about(found.metric)
    history = _History.of(own, found.metric, found.grain) if _is_judged(own, found) else None
    if history is None:
        return found
    shown = {point.period.start for point in found.series[0].points if not point.running}
    marked = tuple(_marked(own, history, shown, found))
    return replace(found, unusual=marked)


def _is_judged(question: Question, found: Trend) -> bool:
    """Whether a metric can be asked of many periods, and is not made of what is planned."""
    bound, name = question.bound, found.metric
    kinds = {question.metric(part).kind for part in bound.order((name,))}
    slow = found.grain in (Grain.DAY, Grain.WEEK) and not kinds.isdisjoint(_SLOW)
    return not (slow or Kind.PLANNED in kinds or bound.looks_ahead(name))


@dataclass(frozen=True, eq=False)
class _History:
    """Whole periods in order, their figures (NaN: none), what is usual, and by which day."""

    metric: str
    grain: Grain
    units: tuple[Period, ...]
    values: Floats
    worked: Floats
    plain: Usual
    daily: Usual | None
    by_day: bool

    @classmethod
    def of(cls, question: Question, metric: str, grain: Grain) -> "_History | None":
        """None with too little history."""
        units = tuple(_units(question, grain))
        if not units:
            return None
        values = _values(question, metric, grain, units)
        places, cycles = _seasons(question, grain, units)
        share = question.metric(metric).unit is Unit.SHARE
        plain = usual(values, places, cycles, differences=share)
        if plain is None:
            return None
        worked = np.array([float(question.settings.work.count(unit)) for unit in units])
        daily = None
        if grain is not Grain.DAY and question.bound.is_additive(metric):
            each = np.divide(values, worked, out=np.full(len(units), np.nan), where=worked > 0)
            daily = usual(each, places, cycles)
        by_day = daily is not None and daily.spread < STEADIER * plain.spread
        return cls(metric, grain, units, values, worked, plain, daily, by_day)

    @property
    def usual(self) -> Usual:
        return self.daily if self.by_day and self.daily is not None else self.plain

    def scale(self, place: int) -> float:
        """What figures by the day are multiplied with, to be those of the period."""
        return float(self.worked[place]) if self.by_day else 1.0


def _units(question: Question, grain: Grain) -> Iterator[Period]:
    """The whole periods that the data cover, up to the last complete one."""
    fiscal, first, last = question.settings.fiscal, question.first, question.covered
    if first is None or last is None:
        return
    newest = fiscal.unit(grain, last)
    if last < newest.last_day:
        newest = fiscal.previous(grain, newest)
    for back in range(HISTORY[grain] - 1, -1, -1):
        unit = fiscal.previous(grain, newest, back)
        if unit.start >= first or (first - unit.start).days <= unit.days // 10:
            yield unit


def _values(question: Question, metric: str, grain: Grain, units: Sequence[Period]) -> Floats:
    """Figures of the periods in one question; none where a figure still matures."""
    span = Period(units[0].start, units[-1].end)
    measured = question.measure((metric,), (span,), grain=grain)
    figures = [measured.figure(metric, 0, unit.start) for unit in units]
    return np.array(
        [np.nan if f.value is None or f.is_maturing else float(f.value) for f in figures]
    )


def _seasons(question: Question, grain: Grain, units: Sequence[Period]) -> tuple[Ints, Ints]:
    """The place of each period in its season (month, week of the year, weekday), and the season."""
    if grain is Grain.YEAR:
        return np.zeros(len(units), dtype=np.int64), np.arange(len(units))
    if grain is Grain.DAY:
        places = [_of_week(question, unit.start) for unit in units]
        weeks = [(unit.start - units[0].start).days // 7 for unit in units]
        return np.array(places), np.array(weeks)
    names = [question.settings.fiscal.name(grain, unit) for unit in units]
    places = [min(name.number, LAST_WEEK) if grain is Grain.WEEK else name.number for name in names]
    return np.array(places), np.array([name.year for name in names])


def _of_week(question: Question, day: date) -> int:
    """The weekday; a place of its own for weekdays off, and weekend days that are worked."""
    working, weekend = question.settings.work.is_working(day), day.weekday() >= 5  # noqa: PLR2004 - Saturday
    if working:
        return MADE_UP if weekend else day.weekday()
    return day.weekday() if weekend else DAY_OFF


def _marked(
    question: Question, history: _History, shown: set[date], found: Trend
) -> Iterator[Unusual]:
    """The periods shown that are furthest off, in their order."""
    known = history.usual
    odd = [
        place
        for place, unit in enumerate(history.units)
        if known.unusual[place] and unit.start in shown
    ]
    worst = sorted(odd, key=lambda place: -abs(float(known.far[place])))[:MOST]
    for place in sorted(worst):
        unit, scale = history.units[place], history.scale(place)
        value = float(history.values[place])
        expected, low, high = (
            float(each[place]) * scale for each in (known.expected, known.low, known.high)
        )
        usually = (expected, low, high)
        told = _told(found.total_unit, value, usually, _when(question, history.grain, unit))
        off = causes.Off(history.metric, Window(unit, history.grain, unit), value, usually)
        why = tuple(_days(history, place))
        if place in worst[:EXPLAINED]:
            why += tuple(causes.of(question, off))
        yield Unusual(unit, value, *usually, told, why)


def _told(unit: Unit, value: float, usually: tuple[float, float, float], when: Reason) -> Reason:
    """42% below what is usual in October (usual 310K to 390K)."""
    expected, low, high = usually
    if unit is Unit.COUNT:
        low, high = round(low), round(high)
    change = abs(value - expected)
    size = Amount(change, unit)
    if unit is Unit.SHARE:
        size = Amount(change, unit, "points")
    elif expected > 0:
        size = Amount(change / expected, Unit.SHARE, "percent")
    side = "above" if value > expected else "below"
    limits = (("low", Amount(low, unit)), ("high", Amount(high, unit)))
    return Reason(f"unusual.{side}", (("change", size), ("when", when), *limits))


def _when(question: Question, grain: Grain, unit: Period) -> Reason:
    """In which place of the season: in October, on Tuesdays, in week 41."""
    if grain is Grain.DAY:
        return Reason(f"unusual.on.{_of_week(question, unit.start)}")
    if grain is Grain.YEAR:
        return Reason("unusual.when")
    year = question.settings.fiscal.name(grain, unit).year
    named = When(Window(unit, grain, unit), year=year, bare=True)
    return Reason("unusual.in", (("unit", named),))


def _days(history: _History, place: int) -> Iterator[Reason]:
    """That a period has fewer or more working days than others, where that makes it unusual."""
    daily = history.daily
    if history.by_day or daily is None or daily.unusual[place]:
        return
    usually, worked = float(np.median(history.worked)), float(history.worked[place])
    value, expected = float(history.values[place]), float(history.plain.expected[place])
    if min(usually, worked, value, expected) <= 0:
        return
    if math.log(worked / usually) / math.log(value / expected) >= TELLING:
        values = (("days", int(worked)), ("usual", int(usually)))
        yield Reason("unusual.why.days", values)
