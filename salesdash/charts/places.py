"""Rank change as slopes: the first places before at the left, now at the right, a line a member."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import altair as alt

from salesdash.analysis.breakdown import Line
from salesdash.analysis.places import Places
from salesdash.charts import describe, frame, tables
from salesdash.charts.bars import judged, part_names
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import by_role
from salesdash.charts.spans import span_names
from salesdash.charts.tables import Table
from salesdash.charts.tips import difference
from salesdash.charts.words import Words

ROW = 25
"""Height of a place, px."""

_BEYOND = 0.7
"""The gap below the first places, in rows: who came from there or went there stands under it."""

_SIDE = 0.36
"""Part of the width that names and figures have on each side."""

_PHONE = 620
"""Charts below this width, px, show names without figures."""

_RANK, _NAME = 9, 32
"""Distances of a rank and of a name from the end of a line, px."""


def places(answer: Places, words: Words) -> Spec:
    """The Vega-Lite dict; `pick` carries `dimension`, `member` and `part`."""
    names = dict(zip(_members(answer.lines), part_names(answer.lines, words), strict=True))
    now, then = _heights(answer, "rank"), _heights(answer, "rank_then")
    rows = [_row(answer, line, names[line.member], words) for line in answer.lines]
    lines, ends = [], []
    for line, row in zip(answer.lines, rows, strict=True):
        sides = [(0, then.get(line.member), line.rank_then), (1, now.get(line.member), line.rank)]
        told = [(x, y, rank) for x, y, rank in sides if y is not None]
        lines += [{**row, "x": x, "y": y} for x, y, _ in told if len(told) == len(sides)]
        ends += [_end(answer, line, row, side, words) for side in told]
    depth = max((row["y"] for row in ends), default=0.0)
    data = {
        "heads": list(_heads(answer, words)) if ends else [],
        "lines": lines,
        "ends": ends,
        "ranks": [{**row, **_beside(row, _RANK), "text": row["rank"]} for row in ends],
        "names": [{**row, **_beside(row, _NAME)} for row in ends],
        "figures": [{**row, **_beside(row, _NAME), "text": row["long"]} for row in ends],
    }
    titles = tuple((field, words.say(f"charts.tip.{field}")) for field in ("now", "then", "change"))
    spec = frame.filled(_template(titles), data)
    for layer in spec["layer"]:
        layer["encoding"]["y"]["scale"]["domain"] = [depth + 0.6, -1.4]
    spec["height"] = round((depth + 2) * ROW)
    return spec


def _members(lines: Sequence[Line]) -> list[str | None]:
    return [line.member for line in lines]


def _heights(answer: Places, side: str) -> dict[str | None, float]:
    """Where members stand from the top: one below the other, a gap under the first places."""
    found: dict[str | None, float] = {}
    for n, line in enumerate(answer.now if side == "rank" else answer.then):
        beyond = (getattr(line, side) or 0) > answer.count
        found[line.member] = n + (_BEYOND if beyond else 0.0)
    return found


def _row(answer: Places, line: Line, name: str, words: Words) -> Row:
    """What is told of a member; the line's colour says whether it rose or fell."""
    unit = answer.breakdown.unit
    risen = (line.rank_then or 0) - (line.rank or 0)
    moved = line.rank is not None and line.rank_then is not None and risen != 0
    now, then = line.change.now.value, line.change.then.value
    return {
        "name": name,
        "role": judged(risen, answer.breakdown.better) if moved else "reference",
        "tone": "ink",
        "part": "member",
        "dimension": answer.breakdown.dimension,
        "member": line.member,
        "now": words.value(now, unit, "exact"),
        "then": words.value(then, unit, "exact"),
        "change": difference(now, then, unit, words),
    }


def _end(
    answer: Places, line: Line, row: Row, side: tuple[int, float, int | None], words: Words
) -> Row:
    """The dot at one side; who has no other side says whether it came or went."""
    x, y, rank = side
    alone = line.rank is None or line.rank_then is None
    mark = words.say(f"charts.places.{'entered' if x else 'left'}") if alone else ""
    change = line.change.now if x else line.change.then
    value = words.value(change.value, answer.breakdown.unit)
    text = " · ".join(part for part in (row["name"], mark) if part)
    role = ("current" if x else "muted") if alone else row["role"]
    long = f"{text}  {value}"
    return {**row, "x": x, "y": y, "rank": str(rank), "text": text, "long": long, "role": role}


def _beside(row: Row, away: int) -> Row:
    """To the left of the left side, to the right of the right one."""
    return {"dx": away if row["x"] else -away, "align": "left" if row["x"] else "right"}


def _heads(answer: Places, words: Words) -> Iterator[Row]:
    now, then = span_names(answer.breakdown, words)
    for x, text in ((0, then), (1, now)):
        align = "left" if x else "right"
        yield {"x": x, "y": -1.0, "text": text, "role": "muted", "align": align, "dx": 0}


@cache
def _template(titles: tuple[tuple[str, str], ...]) -> Spec:
    pick = alt.selection_point(name="pick", fields=["dimension", "part", "member"], empty=False)
    shown = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles]
    tips = [alt.Tooltip(field="name", type="nominal", title=" "), *shown]
    reach = [alt.expr(f"width * {_SIDE}"), alt.expr(f"width * {1 - _SIDE}")]
    across = alt.Scale(nice=False, zero=False, domain=[0, 1], range=reach)
    x = alt.X(field="x", type="quantitative", scale=across, axis=None)
    scale = alt.Scale(nice=False, zero=False)
    y = alt.Y(field="y", type="quantitative", scale=scale, axis=None)
    at: dict[str, Any] = {"x": x, "y": y, "color": by_role()}
    lines = (
        _chart("lines")
        .mark_line(strokeWidth=2, opacity=0.75, tooltip=False)
        .encode(**at, detail=alt.Detail(field="member", type="nominal"))
    )
    lit = alt.when(pick).then(alt.value(0.6)).otherwise(alt.value(1))
    ends = (
        _chart("ends").mark_circle(size=60).encode(**at, opacity=lit, tooltip=tips).add_params(pick)
    )
    text = alt.Text(field="text", type="nominal")
    beside: dict[str, Any] = {
        "dx": alt.expr("datum.dx"),
        "align": alt.expr("datum.align"),
        "baseline": "middle",
    }
    limit = alt.expr(f"width * {_SIDE} - {_NAME}")
    looks: dict[str, dict[str, Any]] = {
        "heads": {"fontWeight": 600},
        "ranks": {"fontWeight": 600, "tooltip": False},
        "names": {"limit": limit, "opacity": alt.expr(f"width < {_PHONE} ? 1 : 0")},
        "figures": {"limit": limit, "opacity": alt.expr(f"width < {_PHONE} ? 0 : 1")},
    }
    told = {name: _chart(name).mark_text(**beside, **look) for name, look in looks.items()}
    colour = {"heads": by_role(), "ranks": by_role("tone")}
    words = (
        mark.encode(x=x, y=y, text=text, color=colour.get(name, by_role("tone")))
        for name, mark in told.items()
    )
    return frame.dressed(alt.layer(lines, ends, *words), ROW)


def _chart(name: str) -> alt.Chart:
    return alt.Chart(named(name), name=name)


@tables.table.register
def _table(answer: Places, words: Words) -> Table:
    """That of the breakdown, with both ranks."""
    return tables.table(answer.breakdown, words)


@describe.alt.register
def _alt(answer: Places, words: Words) -> str:
    names = dict(zip(_members(answer.lines), part_names(answer.lines, words), strict=True))
    parts = [
        words.say(
            "charts.alt.place",
            name=names[line.member],
            now=line.rank if line.rank is not None else "—",
            then=line.rank_then if line.rank_then is not None else "—",
        )
        for line in answer.now
    ]
    left = [names[line.member] for line in answer.then if line.rank is None]
    return words.say(
        "charts.alt.places",
        metric=words.metric(answer.metric),
        dimension=words.dimension(answer.breakdown.dimension),
        parts=words.say("charts.list").join(parts),
        left=words.say("charts.list").join(left) or words.say("charts.growth.nobody"),
    )
