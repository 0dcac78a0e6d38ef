"""A chart as a table: the same figures for the table view and for a CSV."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import singledispatch

from salesdash.analysis.answers import Movers, Number, Series, Trend
from salesdash.analysis.bars import Bars
from salesdash.charts import goals, oddities, remarks
from salesdash.charts.bars import part_names
from salesdash.charts.paths import member_name, now_name, reference_name
from salesdash.charts.tally import head, heading, label
from salesdash.charts.tips import change, difference, earlier, exact
from salesdash.charts.words import Words
from salesdash.formats import Style
from salesdash.metrics import Unit

Cell = str | Number | None


@dataclass(frozen=True)
class Column:
    """One column; `figures` stand at the right and are aligned."""

    name: str
    figures: bool = True


@dataclass(frozen=True)
class Table:
    """`shown` is for reading, `rows` has the exact figures (None: no data), cell by cell."""

    columns: tuple[Column, ...]
    shown: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


@singledispatch
def table(answer: object, words: Words) -> Table:
    """The table of an answer; TypeError for what has none."""
    raise TypeError(f"no table for {type(answer).__name__} ({words.lang})")


@table.register
def _trend(answer: Trend, words: Words) -> Table:
    compared = bool(answer.reference)
    columns = [Column(words.say("charts.tip.when"), figures=False)]
    for series in answer.series:
        name = member_name(series, words) if answer.dimension else now_name(answer, words)
        columns.append(Column(name))
        if compared:
            before = reference_name(answer, words)
            columns.append(Column(f"{name} · {before}" if answer.dimension else before))
            columns.append(Column(words.say("charts.tip.change")))
    beside = list(_beside(answer, words))
    columns += [column for column, _ in beside]
    shown, rows = [], []
    for place, point in enumerate(answer.series[0].points):
        when = words.point(answer.grain, point)
        cells = [_pair(answer, series, place, words) for series in answer.series]
        told = (tell(place) for _, tell in beside)
        cells += [((text,), (value,)) for text, value in told]
        shown.append((when, *(text for texts, _ in cells for text in texts)))
        exact = point.period.start.isoformat()
        rows.append((exact, *(value for _, values in cells for value in values)))
    return Table(tuple(columns), tuple(shown), tuple(rows))


Tell = Callable[[int], tuple[str, Cell]]


def _beside(answer: Trend, words: Words) -> Iterator[tuple[Column, Tell]]:
    """What stands beside the figures of a period, by its place: the goal, the odd, the said."""
    points = answer.series[0].points

    def goal(place: int) -> tuple[str, Cell]:
        wanted = goals.target(answer, place)
        return words.value(wanted, answer.unit, "exact"), wanted

    def odd(place: int) -> tuple[str, Cell]:
        text = oddities.cell(answer, points[place], words)
        return text, text or None

    def said(place: int) -> tuple[str, Cell]:
        text = remarks.cell(answer, points[place], words)
        return text, text or None

    if answer.targets:
        yield Column(words.say("charts.tip.goal")), goal
    if answer.unusual:
        yield Column(words.say("charts.tip.unusual"), figures=False), odd
    if answer.remarks:
        yield Column(words.say("charts.tip.remarks"), figures=False), said


def _pair(
    answer: Trend, series: Series, place: int, words: Words
) -> tuple[tuple[str, ...], tuple[Cell, ...]]:
    point = series.points[place]
    now = point.value
    if not answer.reference:
        return (exact(answer, now, words),), (now,)
    then = earlier(answer, series, place)
    shown = (
        exact(answer, now, words),
        exact(answer, then, words),
        change(point, then, answer.unit, words),
    )
    return shown, (now, then, None if point.maturing else _gap(now, then))


def _gap(now: Number | None, then: Number | None) -> Number | None:
    """Exact difference; a float only where one of the two is one."""
    if now is None or then is None:
        return None
    if isinstance(now, float) or isinstance(then, float):
        return float(now) - float(then)
    return now - then


@table.register
def _movers(answer: Movers, words: Words) -> Table:
    heads = ("now", "then", "difference", "change")
    columns = (
        Column(words.dimension(answer.dimension), figures=False),
        *(Column(words.say(f"charts.tip.{head}")) for head in heads),
    )
    shown, rows = [], []
    for part, name in zip(answer.parts, part_names(answer.parts, words), strict=True):
        moved = difference(part.now, part.then, answer.unit, words)
        exact = (words.value(n, answer.unit, "exact") for n in (part.now, part.then))
        signed = words.value(part.change, answer.unit, "signed")
        shown.append((name, *exact, signed, moved))
        ratio = float(part.change) / float(part.then) if part.then > 0 else None
        rows.append((name, part.now, part.then, part.change, ratio))
    return Table(columns, tuple(shown), tuple(rows))


@table.register
def _tally(answer: Bars, words: Words) -> Table:
    """All bars, also those that a chart draws as one."""
    units = [column.unit for column in answer.columns]
    columns = [Column(heading(answer, words), figures=False)]
    columns += [Column(head(answer, place, words)) for place in range(len(units))]
    shown, rows = [], []
    for bar in answer.bars:
        name = label(bar, words)
        pairs = zip(bar.figures, units, strict=True)
        texts = [words.value(value, unit, _style(unit)) for value, unit in pairs]
        if bar.remark is not None:
            texts[answer.drawn] = words.tell(bar.remark)
        shown.append((name, *texts))
        rows.append((name, *bar.figures))
    return Table(tuple(columns), tuple(shown), tuple(rows))


def _style(unit: Unit) -> Style:
    """Money and counts to the last digit; rates and days as people read them."""
    return "exact" if unit in (Unit.MONEY, Unit.COUNT) else "short"
