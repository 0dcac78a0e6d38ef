"""Figures by something: one bar each from zero, what it counts written at its end."""

from salesdash.analysis.answers import Number
from salesdash.analysis.bars import Bar, BarRole, Bars
from salesdash.charts import bars, frame
from salesdash.charts.frame import Row, Spec
from salesdash.charts.roles import Role
from salesdash.charts.words import Words
from salesdash.metrics import Unit

ROW = 34
"""Height of a bar with its air, px."""

SIGN, AIR = 7, 14
"""Width of a sign at a bar's end and the air beside it, px; CJK signs are twice as wide."""

_ROLES: dict[BarRole, Role] = {"plain": "current", "late": "warn", "faint": "reference"}


def tally(answer: Bars, words: Words) -> Spec:
    """The Vega-Lite dict, in the order of the answer.

    The selection parameter `pick` carries `place`, the bar's number in `answer.chart`.
    """
    rows = [_row(answer, place, words) for place in range(len(answer.chart))]
    titles = tuple((f"c{n}", head(answer, n, words)) for n in range(len(answer.columns)))
    lines = [{"v": 0, "role": "reference"}]
    if answer.level is not None:
        lines.append({"v": float(answer.level), "role": "ink"})
    spec = frame.filled(
        bars.horizontal(titles, ("place",)), {"bars": rows, "marks": (), "zero": lines}
    )
    return bars.sized(spec, rows, ROW, max(map(width, rows), default=0) + AIR)


def label(bar: Bar, words: Words) -> str:
    """What a bar is called."""
    return words.told(bar.label)


def heading(answer: Bars, words: Words) -> str:
    """What the bars are: a dimension, or ranges of days."""
    return words.told(answer.heading)


def head(answer: Bars, column: int, words: Words) -> str:
    """What a column is called."""
    return words.say(f"pipeline.column.{answer.columns[column].key}")


def ends(answer: Bars, bar: Bar, words: Words) -> str:
    """What stands at the end of a bar: "$1.24M · 312 deals"; what is not known is left out."""
    told = [] if bar.remark is None else [words.tell(bar.remark)]
    told += [
        _counted(answer, column, bar.figures[column], words)
        for column in answer.beside
        if bar.figures[column] is not None
    ]
    return " · ".join(told) or words.value(None, Unit.COUNT)


def _counted(answer: Bars, column: int, value: Number | None, words: Words) -> str:
    """Counts say what they count, unless the bar itself is that count."""
    own = answer.columns[column]
    if own.unit is not Unit.COUNT or value is None or column == answer.drawn:
        return words.value(value, own.unit)
    return words.say(f"pipeline.counted.{own.key}", count=value)


def _row(answer: Bars, place: int, words: Words) -> Row:
    bar = answer.chart[place]
    value = float(bar.figures[answer.drawn] or 0)
    exact = (
        words.value(value, column.unit, "exact" if column.unit is not Unit.DAYS else "short")
        for value, column in zip(bar.figures, answer.columns, strict=True)
    )
    return {
        "name": label(bar, words),
        "v": value,
        "at": value,
        "role": _ROLES[bar.role],
        "tone": "muted" if bar.role == "faint" else "ink",
        "text": ends(answer, bar, words),
        "dx": SIGN,
        "align": "left",
        "place": place,
        **{f"c{n}": text for n, text in enumerate(exact)},
    }


def width(row: Row) -> int:
    """About how wide the words at a bar's end are, px."""
    return sum(SIGN if ord(sign) < 0x2E80 else 2 * SIGN for sign in row["text"])  # noqa: PLR2004 - from here on signs are CJK
