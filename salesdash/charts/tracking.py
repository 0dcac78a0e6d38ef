"""The back-test as two lines: what was expected, week by week, and what came."""

from datetime import timedelta
from functools import cache

import altair as alt

from salesdash import formats
from salesdash.analysis.worth import BackTest
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import Role, by_role
from salesdash.charts.scales import spread, ticks
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.timeline import timeline
from salesdash.charts.words import Words
from salesdash.metrics import Unit
from salesdash.periods import Grain, Period

HEIGHT = 250
_PLOT, _GAP, _NAMES = 200, 16, 110
"""Height of the plot, distance of two names, and room for them at the right, px."""

LINES: tuple[tuple[str, Role, float], ...] = (
    ("expected", "reference", 1.5),
    ("came", "current", 2.5),
)
"""Each line with its role and width."""


def tracking(answer: BackTest, words: Words) -> Spec:
    """The Vega-Lite dict; orders added up since the split."""
    weeks = [
        Period(end - timedelta(days=6), end + timedelta(days=1)) for end, _, _ in answer.course
    ]
    sides: dict[str, list[float]] = {
        "expected": [due for _, due, _ in answer.course],
        "came": [c for *_, c in answer.course],
    }
    places, limits = ticks(0.0, max([1.0, *sides["expected"], *sides["came"]]))
    rows = [
        _row(answer, place, float(value), (name, role), words)
        for name, role, _ in LINES
        for place, value in enumerate(sides[name])
    ]
    last = [row for row in rows if row["i"] == len(weeks) - 1]
    heights = spread([row["v"] for row in last], _GAP / _PLOT * limits[1], *limits)
    names = [
        {**row, "at": height, "tone": "ink"} for row, height in zip(last, heights, strict=True)
    ]
    spec = frame.filled(
        _template(tuple(words.say(f"worth.test.{key}") for key in ("when", "expected", "came"))),
        {
            "expected": [row for row in rows if row["line"] == "expected"],
            "came": [row for row in rows if row["line"] == "came"],
            "points": [row for row in rows if row["line"] == "came"],
            "names": names,
        },
    )
    shown, labels = timeline(Grain.WEEK, weeks, words)
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        encoding["y"]["scale"]["domain"] = list(limits)
        frame.labelled(encoding["y"]["axis"], places, [words.axis(p, Unit.COUNT) for p in places])
        if "x" in encoding:
            frame.labelled(encoding["x"]["axis"], shown, labels)
            encoding["x"]["scale"]["domain"] = [0, max(len(weeks) - 1, 1)]
            encoding["x"]["scale"]["range"] = [0, {"expr": f"max(width - {_NAMES}, 60)"}]
    return spec


def _row(answer: BackTest, place: int, value: float, line: tuple[str, Role], words: Words) -> Row:
    end, due, came = answer.course[place]
    return {
        "i": place,
        "v": value,
        "line": line[0],
        "role": line[1],
        "name": words.say(f"worth.test.{line[0]}"),
        "when": formats.date(end, words.lang, "exact"),
        "expected": f"{round(due):,}",
        "came": f"{came:,}",
    }


@cache
def _template(titles: tuple[str, ...]) -> Spec:
    shown = [
        alt.Tooltip(field=field, type="nominal", title=title)
        for field, title in zip(("when", "expected", "came"), titles, strict=True)
    ]
    axis = alt.Axis(title=None, grid=False, labelAngle=0, labelOverlap="parity")
    x = alt.X(field="i", type="quantitative", axis=axis, scale=alt.Scale(nice=False, zero=False))
    scale = alt.Scale(nice=False, zero=True)
    y = {
        field: alt.Y(field=field, type="quantitative", scale=scale, axis=alt.Axis(title=None))
        for field in ("v", "at")
    }
    lines = [
        alt.Chart(named(name), name=name)
        .mark_line(strokeWidth=width, tooltip=False)
        .encode(x=x, y=y["v"], color=by_role())
        for name, _, width in LINES
    ]
    points = (
        alt.Chart(named("points"), name="points")
        .mark_point(size=120, opacity=0, filled=True)
        .encode(x=x, y=y["v"], tooltip=shown)
    )
    names = (
        alt.Chart(named("names"), name="names")
        .mark_text(
            align="left", baseline="middle", tooltip=False, x=alt.expr(f"width - {_NAMES - 8}")
        )
        .encode(y=y["at"], text=alt.Text(field="name", type="nominal"), color=by_role("role"))
    )
    return frame.dressed(alt.layer(*lines, points, names), HEIGHT)


@table.register
def _table(answer: BackTest, words: Words) -> Table:
    names = ("when", "expected", "came")
    columns = tuple(Column(words.say(f"worth.test.{name}"), name != "when") for name in names)
    shown = [
        (formats.date(end, words.lang, "exact"), f"{due:,.1f}", f"{came:,}")
        for end, due, came in answer.course
    ]
    rows = [(end.isoformat(), due, came) for end, due, came in answer.course]
    return Table(columns, tuple(shown), tuple(rows))


@described.register
def _alt(answer: BackTest, words: Words) -> str:
    expected, came = answer.orders
    return words.say(
        "worth.test.alt",
        first=formats.date(answer.first - timedelta(days=1), words.lang, "exact"),
        last=formats.date(answer.last, words.lang, "exact"),
        expected=f"{round(expected):,}",
        came=f"{came:,}",
    )
