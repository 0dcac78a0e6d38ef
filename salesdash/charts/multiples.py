"""Small multiples: a small chart a member in a grid of three columns, now over the time before.

All are drawn in one coordinate system, a unit a panel each way: so the chart fits any width, and
is one picture. Every panel has the same scale, unless each is to have its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import altair as alt

from salesdash.analysis import annotated
from salesdash.analysis.answers import Change, Series
from salesdash.analysis.multiples import Multiples
from salesdash.charts import describe, frame, remarks, tables, tips
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.lines import reach
from salesdash.charts.paths import Path, member_name
from salesdash.charts.roles import HALO, by_role, edge_by_role
from salesdash.charts.scales import ticks
from salesdash.charts.tables import Table
from salesdash.charts.timeline import timeline
from salesdash.charts.words import Words

COLUMNS = 3
ROW = 124
"""Height of a row of panels, px."""

_RIGHT = 0.93
"""Where a panel ends, as a part of its column."""

_TITLE, _TOP, _FOOT = 0.11, 0.33, 0.93
"""Where its words stand and its lines lie, as parts of its row."""

_UNDER = 0.15
"""Room for the words of the time axis below the last row, as a part of a row."""

_WIDE = 620
"""Where a chart is narrower, px, a panel's head has room for its change only."""

_NAMES = "width / 3 * 0.45"
"""How long a name may get: it shares the head of its panel with the figures."""

_LINES = 2
"""About so many horizontal lines in a panel."""


@dataclass(frozen=True)
class _Panel:
    """A member's place in the grid, its lines, and the heights they lie between."""

    place: int
    name: str
    now: Path
    then: Path | None
    change: Change | None
    count: int
    limits: tuple[float, float] = (0.0, 1.0)
    marks: tuple[float, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        return (self.now,) if self.then is None else (self.then, self.now)

    @property
    def left(self) -> int:
        return self.place % COLUMNS

    @property
    def top(self) -> int:
        return self.place // COLUMNS

    def x(self, place: float) -> float:
        """Where a period stands; the first and the last have half a step of air."""
        return self.left + (place + 0.5) / max(self.count, 1) * _RIGHT

    def y(self, value: float) -> float:
        """Where a value stands, from the top down."""
        low, high = self.limits
        return self.top + _FOOT - (value - low) / (high - low) * (_FOOT - _TOP)


def multiples(answer: Multiples, words: Words) -> Spec:
    """The Vega-Lite dict; `pick` carries `dimension`, `member` and `part`, whatever the period."""
    panels = _scaled(answer, tuple(_panels(answer, words)))
    data = {
        "bands": [row for panel in panels for row in _bands(answer, panel, words)],
        "rules": [row for panel in panels for row in _rules(panel)],
        "remarks": [row for panel in panels for row in _remarks(answer, panel, words)],
        "references": _lines(panels, "reference"),
        "lines": _lines(panels, "line"),
        "alone": [row for p in panels for row in _placed(p, p.now.alone())],
        "running": [row for p in panels for row in _placed(p, p.now.running())],
        "marks": [row for panel in panels for row in _marks(answer, panel, words)],
        "names": [_word(p, p.name, 0.0, _TITLE) for p in panels],
        "figures": [_word(p, _told(answer, p, words), _RIGHT, _TITLE) for p in panels],
        "changes": [_word(p, _changed(answer, p, words), _RIGHT, _TITLE) for p in panels],
        "starts": [row for row, _ in _times(answer, panels, words)],
        "ends": [row for _, row in _times(answer, panels, words)],
    }
    titles = ("when", "now", "then", "change") if answer.trend.reference else ("when", "now")
    named_titles = tuple((field, words.say(f"charts.tip.{field}")) for field in titles)
    spec = frame.filled(_template(named_titles), data)
    rows = -(-len(panels) // COLUMNS)
    for layer in spec["layer"]:
        layer["encoding"]["y"]["scale"]["domain"] = [rows + _UNDER, 0]
    spec["height"] = round((rows + _UNDER) * ROW)
    return spec


def _panels(answer: Multiples, words: Words) -> Iterator[_Panel]:
    """The lines in the order of the answer, each with the one before."""
    found = answer.trend
    for place, series in enumerate(found.series):
        name = member_name(series, words)
        fellows = (one for one in found.reference if _is_of(one, series))
        then = next((one for one in fellows if one.points and not one.points[0].running), None)
        yield _Panel(
            place,
            name,
            Path("line", "current", name, series),
            None if then is None else Path("reference", "reference", name, then),
            answer.changes[place] if place < len(answer.changes) else None,
            max(len(series.points), len(then.points) if then else 0),
        )


def _is_of(one: Series, series: Series) -> bool:
    return one.member == series.member and (one.role == "other") == (series.role == "other")


def _scaled(answer: Multiples, panels: Sequence[_Panel]) -> tuple[_Panel, ...]:
    """Panels with limits: those of all their lines together, or each its own."""
    every = tuple(path for panel in panels for path in panel.paths)
    found = []
    for panel in panels:
        low, high = reach(answer.trend, panel.paths if answer.free else every)
        marks, limits = ticks(low, high, _LINES)
        found.append(replace(panel, limits=limits, marks=marks))
    return tuple(found)


def _lines(panels: Sequence[_Panel], kind: str) -> list[Row]:
    return [
        row
        for panel in panels
        for path in panel.paths
        if path.kind == kind
        for row in _placed(panel, path.rows())
    ]


def _placed(panel: _Panel, rows: Sequence[Row]) -> Iterator[Row]:
    """Rows of a path at their place in the grid."""
    for row in rows:
        value = None if row["v"] is None else panel.y(row["v"])
        yield {**row, "x": panel.x(row["i"]), "y": value}


def _bands(answer: Multiples, panel: _Panel, words: Words) -> Iterator[Row]:
    """What the pointer finds: a band a period over the height of the panel."""
    for row in tips.points(answer.trend, (panel.now,), words):
        yield {
            **row,
            "x": panel.x(row["i"] - 0.5),
            "to": panel.x(row["i"] + 0.5),
            "y": panel.top + _TOP - 0.04,
            "foot": panel.top + _FOOT + 0.02,
            "role": "ink",
            "dimension": answer.trend.dimension,
        }


def _rules(panel: _Panel) -> Iterator[Row]:
    for mark in panel.marks:
        ends = {"x": float(panel.left), "to": panel.left + _RIGHT}
        yield {**ends, "y": panel.y(mark), "role": "reference"}


def _remarks(answer: Multiples, panel: _Panel, words: Words) -> Iterator[Row]:
    """A line at the first day of what people said of a member, or of all."""
    found, member = answer.trend, panel.now.series.member
    own = tuple(r for r in found.remarks if annotated.is_of(r, found.dimension, member))
    for row in remarks.rules(replace(found, remarks=own), words, (0.0, 1.0)):
        heights = {"y": panel.top + _TOP, "foot": panel.top + _FOOT}
        yield {"x": panel.x(row["i"]), **heights, "role": row["role"]}


def _marks(answer: Multiples, panel: _Panel, words: Words) -> Iterator[Row]:
    """Heights at the left of a row, and of each panel on its own scale; zero is the floor."""
    if panel.left and not answer.free:
        return
    for mark in panel.marks:
        text = words.axis(mark, answer.trend.unit) if mark else ""
        yield {"x": float(panel.left), "y": panel.y(mark), "text": text, "role": "muted"}


def _word(panel: _Panel, text: str, x: float, y: float, role: str = "ink") -> Row:
    return {"x": panel.left + x, "y": panel.top + y, "text": text, "role": role}


def _told(answer: Multiples, panel: _Panel, words: Words) -> str:
    """What a member has over the window, and how that changed: $2.15M  −21.3%."""
    change = panel.change
    if change is None:
        return ""
    value = words.value(change.now.value, answer.trend.total_unit)
    return value if change.absolute is None else f"{value}  {_changed(answer, panel, words)}"


def _changed(answer: Multiples, panel: _Panel, words: Words) -> str:
    """How a member changed; what it has where nothing is compared."""
    change = panel.change
    if change is None or change.absolute is None:
        return _told(answer, panel, words)
    return words.moved(change, answer.trend.total_unit)


def _times(answer: Multiples, panels: Sequence[_Panel], words: Words) -> Iterator[tuple[Row, Row]]:
    """The first and the last word of the time axis, below the last panel of each column."""
    points = answer.trend.series[0].points if panels else ()
    if not points:
        return
    _, labels = timeline(answer.trend.grain, [point.period for point in points], words)
    first, last = (_one(labels[n]) for n in (0, -1))
    for panel in panels[-COLUMNS:]:
        ends = ((first, 0.0), (last if len(labels) > 1 else "", _RIGHT))
        start, end = (_word(panel, text, x, _FOOT + 0.12, "muted") for text, x in ends)
        yield start, end


def _one(label: frame.Label) -> str:
    return label if isinstance(label, str) else " ".join(label)


@cache
def _template(titles: tuple[tuple[str, str], ...]) -> Spec:
    """The drawing, built once for a language; answers bring its data."""
    hover = alt.selection_point(
        name="hover", fields=["path", "i"], on="pointerover", clear="pointerout", empty=False
    )
    pick = alt.selection_point(name="pick", fields=["dimension", "part", "member"], empty=False)
    shown = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles]
    scale = alt.Scale(nice=False, zero=False, domain=[0, COLUMNS - 1 + _RIGHT])
    x = alt.X(field="x", type="quantitative", scale=scale, axis=None)
    y = alt.Y(field="y", type="quantitative", scale=alt.Scale(nice=False, zero=False), axis=None)
    at: dict[str, Any] = {"x": x, "y": y, "color": by_role()}
    to = alt.X2(field="to")
    lit = alt.when(pick).then(alt.value(0.14)).when(hover).then(alt.value(0.08))
    bands = (
        _chart("bands")
        .mark_rect()
        .encode(
            **at,
            x2=to,
            y2=alt.Y2(field="foot"),
            opacity=lit.otherwise(alt.value(0)),
            tooltip=[alt.Tooltip(field="name", type="nominal", title=" "), *shown],
        )
        .add_params(hover, pick)
    )
    rules = (
        _chart("rules").mark_rule(opacity=0.3, tooltip=False).encode(**at, x2=alt.X2(field="to"))
    )
    by_path: dict[str, Any] = {"detail": alt.Detail(field="path", type="nominal")}
    noted = (
        _chart("remarks")
        .mark_rule(strokeDash=[2, 3], tooltip=False)
        .encode(**at, y2=alt.Y2(field="foot"))
    )
    thin, thick = (
        _chart(name)
        .mark_line(strokeWidth=width, strokeJoin="round", strokeCap="round", tooltip=False)
        .encode(**at, **by_path)
        for name, width in (("references", 1.25), ("lines", 1.75))
    )
    alone = _chart("alone").mark_circle(size=18, opacity=1, tooltip=False).encode(**at)
    running = (
        _chart("running")
        .mark_point(fill=HALO, size=30, strokeWidth=1.75, opacity=1, tooltip=False)
        .encode(x=x, y=y, stroke=edge_by_role())
    )
    text = alt.Text(field="text", type="nominal")
    under, over = frame.haloed("marks", {"align": "left", "baseline": "bottom", "dy": -1})
    heights = (under.encode(x=x, y=y, text=text), over.encode(**at, text=text))
    looks: dict[str, dict[str, Any]] = {
        "names": {"align": "left", "fontWeight": 600, "limit": alt.expr(_NAMES)},
        "figures": {"align": "right", "opacity": alt.expr(f"width < {_WIDE} ? 0 : 1")},
        "changes": {"align": "right", "opacity": alt.expr(f"width < {_WIDE} ? 1 : 0")},
        "starts": {"align": "left"},
        "ends": {"align": "right"},
    }
    told = (
        _chart(name).mark_text(baseline="middle", tooltip=False, **look).encode(**at, text=text)
        for name, look in looks.items()
    )
    layers = (rules, noted, thin, thick, alone, running, *heights, *told, bands)
    return frame.dressed(alt.layer(*layers), ROW)


def _chart(name: str) -> alt.Chart:
    return alt.Chart(named(name), name=name)


@tables.table.register
def _table(answer: Multiples, words: Words) -> Table:
    """A row a period, columns for each member."""
    return tables.table(answer.trend, words)


@describe.alt.register
def _alt(answer: Multiples, words: Words) -> str:
    parts = [
        words.say("charts.alt.part", name=panel.name, value=_told(answer, panel, words))
        for panel in _panels(answer, words)
    ]
    shown = describe.alt(answer.trend, words)
    return words.say(
        "charts.alt.multiples", shown=shown, parts=words.say("charts.list").join(parts)
    )
