"""A leaderboard as bars: those with a place in its order, below them in grey those without one."""

from salesdash.analysis.leaders import Leaders, Line
from salesdash.charts import bars, frame
from salesdash.charts.describe import alt
from salesdash.charts.frame import Row, Spec
from salesdash.charts.spans import span_names
from salesdash.charts.tables import Cell, Column, Table, table
from salesdash.charts.tally import AIR, ROW, SIGN, width
from salesdash.charts.words import Words
from salesdash.metrics import Unit

MOST, MOST_APART = 15, 8
"""So many of each are drawn; the table has all."""


def drawn(answer: Leaders) -> tuple[Line, ...]:
    """The lines that the chart shows."""
    return (*answer.placed[:MOST], *answer.apart[:MOST_APART])


def leaders(answer: Leaders, words: Words) -> Spec:
    """The Vega-Lite dict; a pale bar behind is what it was then.

    The selection parameter `pick` carries `place`, the number of the line in `drawn`.
    """
    rows = [_row(answer, place, line, words) for place, line in enumerate(drawn(answer))]
    marks = bars.behind(rows)
    names = ("rank", "now", "then", *(("days",) if answer.knows_days else ()), "why")
    titles = tuple((name, _head(answer, name, words)) for name in names)
    zero = [{"v": 0, "role": "reference"}] if rows else []
    spec = frame.filled(
        bars.horizontal(titles, ("place",)), {"bars": rows, "marks": marks, "zero": zero}
    )
    return bars.sized(spec, rows, ROW, max(map(width, rows), default=0) + AIR)


def told(answer: Leaders, line: Line, words: Words) -> str:
    """What stands at a bar's end: the figure, the target, the change of place, why it has none."""
    parts = [words.value(_value(line), answer.unit)]
    if line.attained is not None:
        share = words.value(line.attained, Unit.SHARE)
        parts.append(words.say("leaders.attained", share=share))
    gained = (line.rank_then or 0) - (line.rank or 0)
    if line.rank and line.rank_then and gained:
        parts.append(words.say(f"leaders.{'up' if gained > 0 else 'down'}", count=abs(gained)))
    if line.why is not None:
        parts.append(words.tell(line.why))
    if line.place is not None and line.place.left is not None:
        parts.append(words.say("leaders.left", day=words.told(line.place.left)))
    return " · ".join(parts)


def _value(line: Line) -> float | None:
    """What a bar shows: what the place goes by, else the figure as it is."""
    found = line.figure.value if line.ranked is None else line.ranked
    return None if found is None else float(found)


def _row(answer: Leaders, place: int, line: Line, words: Words) -> Row:
    value, has_place = _value(line) or 0.0, line.rank is not None
    before = line.ranked_then if has_place else None
    reach = value if before is None else max(value, float(before))
    return {
        "name": f"{line.rank} · {line.name}" if has_place else line.name,
        "v": value,
        "at": value if value < 0 else reach,
        "before": None if before is None else float(before),
        "role": "current" if has_place else "reference",
        "tone": "ink" if has_place else "muted",
        "text": told(answer, line, words),
        "dx": SIGN if value >= 0 else -SIGN,
        "align": "left" if value >= 0 else "right",
        "place": place,
        **{name: _shown(answer, line, name, words) for name in (*_COLUMNS, "why")},
    }


_COLUMNS = ("rank", "now", "then", "rank_then", "target", "attained", "daily", "days", "count")


def _kept(answer: Leaders) -> tuple[str, ...]:
    """The columns that tell something of anybody."""
    return tuple(
        name
        for name in _COLUMNS
        if name in ("rank", "now")
        or any(_exact(answer, line, name) is not None for line in answer.lines)
    )


def _head(answer: Leaders, name: str, words: Words) -> str:
    if name in ("now", "then"):
        now, then = span_names(answer, words)
        return now if name == "now" else then
    if name == "count" and answer.base is not None:
        return words.metric(answer.base)
    return words.say(f"leaders.column.{name}")


def _exact(answer: Leaders, line: Line, name: str) -> Cell:
    daily = answer.board.daily
    figures: dict[str, Cell] = {
        "rank": line.rank,
        "now": line.figure.value,
        "then": line.then.value,
        "rank_then": line.rank_then,
        "target": line.target,
        "attained": line.attained,
        "daily": line.ranked if daily else None,
        "days": line.days,
        "count": line.count,
    }
    return figures[name]


def _shown(answer: Leaders, line: Line, name: str, words: Words) -> str:
    if name == "why":
        return "" if line.why is None else words.tell(line.why)
    found = _exact(answer, line, name)
    if found is None or isinstance(found, str):
        return found or ""
    if name in ("rank", "rank_then"):
        return str(found)
    units = {"days": Unit.COUNT, "count": Unit.COUNT, "attained": Unit.SHARE}
    unit = units.get(name, answer.unit)
    return words.value(found, unit, "exact" if unit in (Unit.MONEY, Unit.COUNT) else "short")


@table.register
def _table(answer: Leaders, words: Words) -> Table:
    kept = _kept(answer)
    named = Column(words.dimension(answer.board.by), figures=False)
    columns = [named, *(Column(_head(answer, name, words)) for name in kept)]
    columns.append(Column(words.say("leaders.column.why"), figures=False))
    shown, rows = [], []
    for line in answer.lines:
        remark = _remark(line, words)
        shown.append((line.name, *(_shown(answer, line, name, words) for name in kept), remark))
        rows.append((line.name, *(_exact(answer, line, name) for name in kept), remark))
    return Table(tuple(columns), tuple(shown), tuple(rows))


def _remark(line: Line, words: Words) -> str:
    """Why a line has no place, and that somebody left."""
    told = [] if line.why is None else [words.tell(line.why)]
    if line.place is not None and line.place.left is not None:
        told.append(words.say("leaders.left", day=words.told(line.place.left)))
    return " · ".join(told)


@alt.register
def _alt(answer: Leaders, words: Words) -> str:
    names = [f"{line.rank}. {line.name}" if line.rank else line.name for line in drawn(answer)]
    parts = [
        words.say("charts.alt.part", name=name, value=told(answer, line, words))
        for name, line in zip(names, drawn(answer), strict=True)
    ]
    metric = words.metric(answer.metric)
    return words.say("leaders.alt", metric=metric, parts=words.say("charts.list").join(parts))
