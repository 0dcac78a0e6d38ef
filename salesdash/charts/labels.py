"""Words beside the lines: names at the ends, figures at the dots, none on top of another."""

from collections.abc import Iterator, Sequence

from salesdash.analysis.answers import Trend
from salesdash.charts.frame import Row
from salesdash.charts.paths import Path
from salesdash.charts.roles import Role
from salesdash.charts.scales import spread
from salesdash.charts.words import Words
from salesdash.periods import Comparison, Period

PLOT = 248
"""Height of the plot without its axis, px: what distances are computed with."""

GAP = 16
"""Between two labels, one above the other, px."""

BOLD, PLAIN = 600, 400
_BESIDE = 10

_REACH = 0.6
"""Part of the chart's width that the words of a running period take on a phone."""

_DAYS = 0.15
"""Part of the chart's width that two dates take: 1–22 Nov 2025."""

_UNIT = 0.06
"""Part of the chart's width that the name of a unit takes: Q4 2025."""

_NAME = 110
"""A member's name longer than this is cut, px; the table has it whole."""


def labels(
    answer: Trend, drawn: Sequence[Path], words: Words, limits: tuple[float, float]
) -> list[Row]:
    """Rows of text: place, value, words, side and weight; `swatch`: a dot of the line's colour."""
    if answer.dimension is not None:
        return _apart(_members(drawn), limits)
    beside = _apart(_running(answer, drawn, words), limits)
    ends = _ends(answer, drawn, words)
    return [*_apart(ends, limits, _reach(answer)), *_cleared(beside, drawn, limits)]


def _row(place: float, value: float, text: str, role: Role) -> Row:
    """A label to the right of a place; bold when it is about now."""
    weight = BOLD if role == "current" else PLAIN
    return {
        "i": place,
        "v": value,
        "text": text,
        "role": role,
        "weight": weight,
        "align": "left",
        "dx": _BESIDE,
        "limit": 0,
        "swatch": None,
    }


def _members(drawn: Sequence[Path]) -> list[Row]:
    """Names of the members right of the last dot, each with a dot of its line's colour."""
    ends = [(path, path.end()) for path in drawn]
    places = [row["i"] for path in drawn for row in path.running()]
    edge = max([*places, *(end[0] for _, end in ends if end is not None)], default=0)
    rows = []
    for path, end in ends:
        if end is not None:
            row = _row(edge, end[1], path.label, "ink")
            rows.append({**row, "dx": 2 * _BESIDE, "limit": _NAME, "swatch": path.role})
    return rows


def _ends(answer: Trend, drawn: Sequence[Path], words: Words) -> list[Row]:
    """Names of now and then; a line that is alone shows its last figure instead."""
    ends = [(path, path.end()) for path in drawn]
    known = [(path, end) for path, end in ends if end is not None]
    rows = []
    for path, end in known:
        text, (place, value) = path.label, _behind(end, path, len(answer.series[0].points))
        if len(known) == 1:
            text = words.value(path.series.points[end[0]].value, answer.unit)
        role: Role = "muted" if path.kind == "reference" else path.role
        rows.append(_row(place, value, text, role))
    return rows


def _behind(end: tuple[int, float], path: Path, count: int) -> tuple[int, float]:
    """Where a line's name stands: behind its running dot, whose words stand before that."""
    dots = [(row["i"], row["v"]) for row in path.running()]
    return next((dot for dot in dots if end[0] < dot[0] and _is_late(dot[0], count)), end)


def _is_late(place: int, count: int) -> bool:
    """In the right half, where words stand to the left of their dot."""
    return place >= count / 2


def _running(answer: Trend, drawn: Sequence[Path], words: Words) -> list[Row]:
    """The running period with its days, and the same days of the earlier one."""
    rows = []
    for path in drawn:
        for dot in path.running():
            point = path.series.points[dot["i"]]
            value = words.value(point.value, answer.unit)
            days = words.period(answer.grain, point.period, running=True)
            if path.kind == "reference":
                row = _row(dot["i"], dot["v"], _same_days(answer, value, words), "muted")
            else:
                text = words.say("charts.running", days=days, value=value)
                row = _row(dot["i"], dot["v"], text, "current")
            rows.append(_turned(row, len(answer.series[0].points)))
    return rows


def _same_days(answer: Trend, value: str, words: Words) -> str:
    """The figure of as many days of the earlier period as the running one has."""
    if isinstance(answer.comparison, Period):
        days = words.days(answer.comparison)
        return words.say("charts.same_days_of", days=days, value=value)
    last_year = answer.comparison is Comparison.LAST_YEAR
    key = "charts.same_days_last_year" if last_year else "charts.same_days_before"
    return words.say(key, value=value)


def _turned(row: Row, count: int) -> Row:
    """To the left of its dot when that stands in the right half."""
    if not _is_late(row["i"], count):
        return row
    return {**row, "align": "right", "dx": -_BESIDE}


def _reach(answer: Trend) -> float:
    """So many places names at the ends reach over: a quarter may be a day longer than another."""
    part = _DAYS if isinstance(answer.comparison, Period) else _UNIT
    return part * len(answer.series[0].points)


def _apart(rows: list[Row], limits: tuple[float, float], reach: float = 0.0) -> list[Row]:
    """Move labels apart that stand at one place, or no further than their words reach."""
    low, high = limits
    gap = (high - low) * GAP / PLOT
    moved: list[Row] = []
    groups: list[list[Row]] = []
    for row in rows:
        near = (each for each in groups if abs(each[0]["i"] - row["i"]) <= reach)
        group = next(near, None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    for group in groups:
        values = spread([row["v"] for row in group], gap, low, high)
        moved += [{**row, "v": value} for row, value in zip(group, values, strict=True)]
    return moved


def _cleared(rows: list[Row], drawn: Sequence[Path], limits: tuple[float, float]) -> list[Row]:
    """Move words of a running period off the lines and each other, to the nearest free height.

    They reach over so many places as they may on a phone. Where there is no room, the line that
    goes on through the running period itself is crossed; the words have a halo.
    """
    low, high = limits
    gap = (high - low) * GAP / PLOT
    for crossed in (False, True):
        taken = [(least - gap, most + gap) for least, most in _bands(rows, drawn, crossed=crossed)]
        moved: list[Row] = []
        for row in rows:
            height = _free(row["v"], taken, (low + gap / 2, high))
            if height is None:
                break
            moved.append({**row, "v": height})
            taken.append((height - gap, height + gap))
        if len(moved) == len(rows):
            return moved
    return rows


def _free(
    wanted: float, taken: Sequence[tuple[float, float]], limits: tuple[float, float]
) -> float | None:
    """The height nearest to the one wanted that nothing takes; None: there is no room."""
    free = [
        height
        for height in (wanted, *(edge for band in taken for edge in band))
        if height == wanted or limits[0] <= height <= limits[1]
        if not any(bottom < height < top for bottom, top in taken)
    ]
    return min(free, key=lambda height: abs(height - wanted), default=None)


def _bands(
    rows: list[Row], drawn: Sequence[Path], *, crossed: bool
) -> Iterator[tuple[float, float]]:
    """Lowest and highest value of each line where the words would lie."""
    if not rows:
        return
    place, left = rows[0]["i"], rows[0]["align"] == "right"
    reach = _REACH * max(len(path.series.points) for path in drawn)
    first, last = (place - reach, place) if left else (place, place + reach)
    for path in drawn:
        values = [
            float(point.value or 0)
            for at, point in path.complete()
            if first <= at <= last and not (crossed and at == place)
        ]
        if values:
            yield min(values), max(values)
