"""The answer of a typed question as a picture: what its columns allow, and what is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Literal

from salesdash.analysis.answers import Number
from salesdash.engine.sandbox import Answer, Column

Kind = Literal["bars", "line"]

MOST_BARS = 30
NUMBERS = ("whole", "exact", "real")
DAYS = ("day", "moment")
NAMES = ("text", "flag", "whole", "day")

YEARS = range(1900, 2101)
"""Whole numbers that are all such read as years: names of bars, not heights."""


@dataclass(frozen=True)
class Shape:
    """How an answer is drawn: `x` names the column along the axis, `y` the one with the figures."""

    kind: Kind
    x: str
    y: str


@dataclass(frozen=True)
class Pictured:
    """A picture of an answer. `metric` names its files; `left_out`: rows beyond those drawn.

    Points are (name or day, figure): bars in the order of the answer, lines by their days.
    """

    metric: str
    shape: Shape
    points: tuple[tuple[str | date, Number], ...]
    left_out: int = 0


def shapes(answer: Answer) -> tuple[Shape, ...]:
    """All pictures that an answer allows, the most telling first; none for a single row."""
    if len(answer.rows) < 2:  # noqa: PLR2004 - one figure needs no picture
        return ()
    figures = [column for column in answer.columns if _is_figure(answer, column)]
    lines = [
        Shape("line", x.name, y.name)
        for x in answer.columns
        if x.kind in DAYS and _are_different(answer, x)
        for y in figures
    ]
    bars = [
        Shape("bars", x.name, y.name)
        for x in answer.columns
        if x.kind in NAMES and not (x in figures and x.kind == "whole" and len(figures) == 1)
        for y in figures
        if x is not y
    ]
    names = {column.name: column.kind for column in answer.columns}
    bars.sort(key=lambda shape: NAMES.index(names[shape.x]))
    return (*lines, *bars)


def pictured(answer: Answer, shape: Shape) -> Pictured:
    """The points of a picture; rows without a figure are none."""
    x, y = (_values(answer, name) for name in (shape.x, shape.y))
    found = [
        (where, _number(figure)) for where, figure in zip(x, y, strict=True) if _is_number(figure)
    ]
    if shape.kind == "line":
        days = [(where, figure) for where, figure in found if isinstance(where, date)]
        return Pictured("sql", shape, tuple(sorted(days, key=lambda point: _moment(point[0]))))
    drawn = [
        (where if isinstance(where, date) else _name(where), figure)
        for where, figure in found[:MOST_BARS]
    ]
    return Pictured("sql", shape, tuple(drawn), len(found) - len(drawn))


def _values(answer: Answer, name: str) -> list[object]:
    place = [column.name for column in answer.columns].index(name)
    return [row[place] for row in answer.rows]


def _is_figure(answer: Answer, column: Column) -> bool:
    """Numbers that are heights: not years, not all without a value."""
    if column.kind not in NUMBERS:
        return False
    known = [value for value in _values(answer, column.name) if value is not None]
    years = column.kind == "whole" and all(value in YEARS for value in known)
    return any(map(_is_number, known)) and not years


def _are_different(answer: Answer, column: Column) -> bool:
    """Each day once: else a line would jump up and down on one."""
    known = [value for value in _values(answer, column.name) if value is not None]
    return len(set(known)) == len(known) > 1 and all(isinstance(each, date) for each in known)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and isfinite(value)


def _number(value: object) -> Number:
    assert isinstance(value, int | float | Decimal)
    return value


def _name(value: object) -> str:
    return "" if value is None else str(value)


def _moment(value: str | date) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    assert isinstance(value, date)
    return datetime.combine(value, datetime.min.time())


def chosen(known: Sequence[Shape], kind: str, x: str, y: str) -> Shape | None:
    """The picture that fits what was chosen best, the first one where nothing was."""
    fitting = [shape for shape in known if kind in ("", shape.kind)] or list(known)
    fitting = [shape for shape in fitting if x in ("", shape.x)] or fitting
    fitting = [shape for shape in fitting if y in ("", shape.y)] or fitting
    return fitting[0] if fitting else None
