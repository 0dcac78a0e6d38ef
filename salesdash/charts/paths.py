"""A trend's series as paths to draw: what kind of line, in which role, called what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesdash.analysis.answers import Point, Series, Trend
from salesdash.charts.frame import Row
from salesdash.charts.roles import CATEGORIES, Role
from salesdash.charts.words import Words
from salesdash.periods import Comparison, Grain, Period


@dataclass(frozen=True)
class Path:
    """One series with its place in the drawing; x is the position of a period, from 0."""

    kind: Literal["line", "reference", "average"]
    role: Role
    label: str
    series: Series

    @property
    def whole(self) -> bool:
        """The metric itself, not a member of a breakdown."""
        return self.kind == "line" and self.series.member is None and self.series.role != "other"

    def complete(self) -> Iterator[tuple[int, Point]]:
        """Points of finished periods that have a value, with their positions."""
        for place, point in enumerate(self.series.points):
            if point.value is not None and not point.running:
                yield place, point

    def end(self) -> tuple[int, float] | None:
        """Position and value of the last complete point."""
        last = None
        for place, point in self.complete():
            last = (place, float(point.value or 0))
        return last

    def rows(self) -> list[Row]:
        """The line; a period without data breaks it, one that still matures ends it."""
        last = self.end()
        if last is None:
            return []
        return [
            self._row(place, None if point.running or point.maturing else point.value)
            for place, point in enumerate(self.series.points[: last[0] + 1])
        ]

    def pale(self) -> list[Row]:
        """The line on through complete periods that still mature, from the last mature one."""
        found = dict(self.complete())
        return [
            self._row(place, point.value)
            for place, point in found.items()
            if point.maturing or (place + 1 in found and found[place + 1].maturing)
        ]

    def alone(self) -> list[Row]:
        """Complete points without a complete neighbour: a line cannot show them."""
        found = dict(self.complete())
        return [
            self._row(place, point.value)
            for place, point in found.items()
            if place - 1 not in found and place + 1 not in found and not point.maturing
        ]

    def running(self) -> list[Row]:
        """Points of periods that still run."""
        return [
            self._row(place, point.value)
            for place, point in enumerate(self.series.points)
            if point.running and point.value is not None
        ]

    def _row(self, place: int, value: object) -> Row:
        number = None if value is None else float(value)  # type: ignore[arg-type]
        return {"i": place, "v": number, "role": self.role, "path": self._key}

    @property
    def _key(self) -> str:
        member = self.series.member
        return f"{self.kind} {self.series.role} {'' if member is None else 'm' + member}"


def paths(answer: Trend, words: Words) -> tuple[Path, ...]:
    """References first (they lie below), then the lines, then the moving average.

    A breakdown draws no references: seven grey lines explain nothing; they stand in the table.
    """
    references: tuple[Path, ...] = ()
    if answer.dimension is None:
        references = tuple(
            Path("reference", "reference", reference_name(answer, words), series)
            for series in _placed(answer)
        )
    lines = tuple(_line(answer, words, place) for place in range(len(answer.series)))
    average: tuple[Path, ...] = ()
    if answer.average is not None:
        name = words.say(f"charts.average.{answer.grain.value}", n=answer.average_periods)
        average = (Path("average", "ink", name, answer.average),)
    return (*references, *lines, *average)


def _placed(answer: Trend) -> Iterator[Series]:
    """References with the same days of a running period moved to where that period stands."""
    place = running_place(answer)
    for series in answer.reference:
        if place is not None and series.points and series.points[0].running:
            missing = tuple(Point(series.points[0].period, None) for _ in range(place))
            yield Series(series.member, (*missing, *series.points), series.role, series.label)
        else:
            yield series


def running_place(answer: Trend) -> int | None:
    """Position of the running period."""
    for series in answer.series:
        for place, point in enumerate(series.points):
            if point.running:
                return place
    return None


def _line(answer: Trend, words: Words, place: int) -> Path:
    series = answer.series[place]
    if series.role == "other":
        return Path("line", "reference", words.say("charts.other"), series)
    if answer.dimension is None:
        return Path("line", "current", now_name(answer, words), series)
    return Path("line", CATEGORIES[place % len(CATEGORIES)], member_name(series, words), series)


def member_name(series: Series, words: Words) -> str:
    """What a member of a breakdown is called; "other" and "no value" have words of their own."""
    if series.role == "other":
        return words.say("charts.other")
    return series.label or series.member or words.say("charts.empty")


def now_name(answer: Trend, words: Words) -> str:
    """Name of the current line: of its year or unit beside another, alone that of the metric."""
    names = _names(answer, words)
    if names is not None:
        return names[0]
    return words.say("charts.now") if _lines(answer) else words.metric(answer.metric)


def reference_name(answer: Trend, words: Words) -> str:
    """Name of the earlier line, the counterpart of `now_name`."""
    names = _names(answer, words)
    if names is not None:
        return names[1]
    if isinstance(answer.comparison, Period):
        return words.days(answer.comparison)
    last_year = answer.comparison is Comparison.LAST_YEAR
    return words.say("charts.last_year" if last_year else "charts.previous")


def _lines(answer: Trend) -> list[Series]:
    return [one for one in answer.reference if one.points and not one.points[0].running]


def _names(answer: Trend, words: Words) -> tuple[str, str] | None:
    """2026 and 2025, November and October: what tells the two lines apart in a word."""
    lines, window = _lines(answer), answer.window
    if not lines:
        return None
    if isinstance(answer.comparison, Period):
        return words.days(window.period), words.days(answer.comparison)
    if window.grain is None or window.unit is None:
        own, earlier = _year(answer.series[0]), _year(lines[0])
        told = own is not None and earlier is not None and own != earlier
        return (str(own), str(earlier)) if told else None
    middle = lines[0].points[len(lines[0].points) // 2].period
    before = words.fiscal.unit(window.grain, middle.start)
    return _unit(window.grain, window.unit, words), _unit(window.grain, before, words)


def _unit(grain: Grain, unit: Period, words: Words) -> str:
    """A calendar year is its number alone, in every language."""
    if grain is Grain.YEAR and not words.fiscal.is_fiscal:
        return str(words.fiscal.name(grain, unit).year)
    return words.period(grain, unit)


def _year(series: Series) -> int | None:
    """The calendar year all of a series lies in, by the middle day of its first and last period."""
    if not series.points:
        return None
    first, last = (_middle(series.points[n].period) for n in (0, -1))
    return first.year if first.year == last.year else None


def _middle(period: Period) -> date:
    return period.start + (period.end - period.start) / 2
