"""One bar a member from a line at zero, its figure at its end: who moved it, who has most."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import altair as alt

from salesdash.analysis.answers import Mover, Movers
from salesdash.analysis.breakdown import Breakdown, Line
from salesdash.charts import frame
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import Role, by_role
from salesdash.charts.tips import difference
from salesdash.charts.words import Words

ROW = 44
"""Height of a bar with its air, px."""

_LABELS, _EDGE = 62, 6
"""Room for the figures at the ends of bars, px, and where there are none."""


def movers(answer: Movers, words: Words) -> Spec:
    """The Vega-Lite dict of contributions, in the order of the answer.

    The selection parameter `pick` carries `dimension`, `member` and `part` (member or other).
    """
    names = part_names(answer.parts, words)
    rows = [_row(answer, part, name, words) for part, name in zip(answer.parts, names, strict=True)]
    return _drawn(rows, (), words)


def ranking(answer: Breakdown, words: Words) -> Spec:
    """The figures of a breakdown's lines, those with one, before a grey bar of what it was then.

    Picks as `movers` does.
    """
    names = part_names(answer.lines, words)
    rows = [
        _standing(answer, line, name, words)
        for line, name in zip(answer.lines, names, strict=True)
        if line.change.now.value is not None
    ]
    return _drawn(rows, behind(rows), words)


def behind(rows: Sequence[Row]) -> list[Row]:
    """The wide pale bars of what rows were `before`; none where no row was anything.

    Each row has one, if of no width: the first layer says in which order the names stand.
    """
    if all(row["before"] is None for row in rows):
        return []
    return [{"name": row["name"], "v": row["before"] or 0, "role": "reference"} for row in rows]


def _drawn(rows: Sequence[Row], marks: Sequence[Row], words: Words) -> Spec:
    titles = tuple((field, words.say(f"charts.tip.{field}")) for field in ("now", "then", "change"))
    zero = [{"v": 0, "role": "reference"}] if rows else []
    template = horizontal(titles, ("dimension", "part", "member"))
    spec = frame.filled(template, {"bars": rows, "marks": marks, "zero": zero})
    return sized(spec, rows, ROW, _LABELS)


def sized(spec: Spec, rows: Sequence[Row], height: int, labels: int) -> Spec:
    """The spec with room for its rows and, at any width, for the figures at the ends of bars.

    `height` of a row and `labels` in px.
    """
    left = labels if any(row["v"] < 0 for row in rows) else _EDGE
    right = labels if any(row["v"] >= 0 for row in rows) else _EDGE
    reach = [left, {"expr": f"max(width - {right}, {left + 1})"}]
    for layer in spec["layer"]:
        layer["encoding"]["x"]["scale"]["range"] = reach
    spec["height"] = max(len(rows), 2) * height + 16
    return spec


class Named(Protocol):
    """A member, or several of them together."""

    @property
    def member(self) -> str | None:
        """Its value; None: `count` others together."""
        ...

    @property
    def label(self) -> str | None:
        """What people call it, where its value is a key."""
        ...

    @property
    def count(self) -> int:
        """How many it stands for."""
        ...


def part_names(parts: Sequence[Named], words: Words) -> tuple[str, ...]:
    """What the parts are called; members of one name carry their value, too."""
    names = [_name(part, words) for part in parts]
    often = Counter(names)
    return tuple(
        f"{name} · {part.member}" if often[name] > 1 and part.member else name
        for part, name in zip(parts, names, strict=True)
    )


def _name(part: Named, words: Words) -> str:
    if part.member is None:
        return words.say("charts.others", count=part.count)
    return part.label or part.member or words.say("charts.empty")


def _row(answer: Movers, part: Mover, name: str, words: Words) -> Row:
    change = float(part.change)
    return {
        "name": name,
        "v": change,
        "at": change,
        "role": judged(change, answer.better),
        "tone": "ink",
        "text": words.value(part.change, answer.unit, "signed"),
        "dx": 7 if change >= 0 else -7,
        "align": "left" if change >= 0 else "right",
        "part": "other" if part.member is None else "member",
        "dimension": answer.dimension,
        "member": part.member,
        "now": words.value(part.now, answer.unit, "exact"),
        "then": words.value(part.then, answer.unit, "exact"),
        "change": difference(part.now, part.then, answer.unit, words),
    }


def _standing(answer: Breakdown, line: Line, name: str, words: Words) -> Row:
    now, then = line.change.now.value, line.change.then.value
    value = float(now or 0)
    before = None if then is None else float(then)
    at = value if before is None else (max if value >= 0 else min)(value, before)
    return {
        "name": name,
        "v": value,
        "at": at,
        "before": before,
        "role": "reference" if line.member is None else "current",
        "tone": "ink",
        "text": words.value(now, answer.unit),
        "dx": 7 if value >= 0 else -7,
        "align": "left" if value >= 0 else "right",
        "part": "other" if line.member is None else "member",
        "dimension": answer.dimension,
        "member": line.member,
        "now": words.value(now, answer.unit, "exact"),
        "then": words.value(then, answer.unit, "exact"),
        "change": difference(now, then, answer.unit, words),
    }


def judged(change: float, better: str) -> Role:
    """Green and red are judgements: a metric without direction has neither."""
    if better == "none" or not change:
        return "current"
    return "good" if (change > 0) == (better == "up") else "bad"


@cache
def horizontal(titles: tuple[tuple[str, str], ...], picked: tuple[str, ...]) -> Spec:
    """The template: "bars" over wide pale "marks", lines across ("zero"), figures at their ends.

    `titles`: fields of the tooltip with their names; `picked`: fields that a click tells.
    """
    pick = alt.selection_point(name="pick", fields=list(picked), empty=False)
    shown = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles]
    name = alt.Tooltip(field="name", type="nominal", title=" ")
    y = alt.Y(field="name", type="nominal", sort=None, axis=_AXIS)
    x = alt.X(field="v", type="quantitative", scale=_SCALE, axis=None)
    bars = (
        alt.Chart(named("bars"), name="bars")
        .mark_bar(size=15, cornerRadius=1)
        .encode(
            x=x,
            y=y,
            color=by_role(),
            opacity=alt.when(pick).then(alt.value(0.6)).otherwise(alt.value(1)),
            tooltip=[name, *shown],
        )
        .add_params(pick)
    )
    zero = (
        alt.Chart(named("zero"), name="zero")
        .mark_rule(strokeWidth=1.5, tooltip=False)
        .encode(x=x, color=by_role())
    )
    marks = (
        alt.Chart(named("marks"), name="marks")
        .mark_bar(size=25, cornerRadius=1, opacity=0.4, tooltip=False)
        .encode(x=x, y=y, color=by_role())
    )
    end = alt.X(field="at", type="quantitative", scale=_SCALE, axis=None)
    text = alt.Text(field="text", type="nominal")
    under, over = frame.haloed("bars", {"baseline": "middle", **_TEXT})
    halo = under.encode(x=end, y=y, text=text).properties(name="halo")
    figures = over.encode(x=end, y=y, text=text, color=by_role("tone")).properties(name="figures")
    return frame.dressed(alt.layer(marks, bars, zero, halo, figures), 2 * ROW)


_SCALE = alt.Scale(nice=False, zero=True, padding=0)
_AXIS = alt.Axis(title=None, grid=False, labelLimit=130, labelPadding=6, labelOverlap=False)
_TEXT: dict[str, Any] = {"dx": alt.expr("datum.dx"), "align": alt.expr("datum.align")}
