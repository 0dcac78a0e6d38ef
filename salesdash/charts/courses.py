"""A course person by person: how the trained changed beside their peers in the same weeks."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt

from salesdash import formats
from salesdash.analysis.training_effect import Trained, TrainingEffect
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import by_role
from salesdash.charts.scales import span, ticks
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.words import Words
from salesdash.metrics import Unit

ROW, AXIS = 30, 34
"""Height of a person and of the axis, px."""

DRAWN = 20
"""So many people at most; a table has all."""


def course(answer: TrainingEffect, words: Words) -> Spec:
    """The Vega-Lite dict: a dot for each person, a tick for the peers, a line between them."""
    people = drawn(answer)
    rows = [_row(each, words, answer) for each in people]
    places, limits = ticks(*span([v for row in rows for v in (row["v"], row["to"])], zero=True))
    data = {
        "ways": [{**row, "role": "reference"} for row in rows],
        "peers": [{**row, "role": "reference"} for row in rows],
        "zero": [{"v": 0, "role": "muted"}],
        "dots": [{**row, "role": "current"} for row in rows],
    }
    titles = tuple(words.say(f"effect.course.table.{name}") for name in ("change", "peers_change"))
    spec = frame.filled(_template(titles), data)
    spec["height"] = len(rows) * ROW + AXIS
    encoding = spec["layer"][0]["encoding"]
    encoding["x"]["scale"]["domain"] = list(limits)
    frame.labelled(encoding["x"]["axis"], places, [_said(p, words, answer) for p in places])
    return spec


def drawn(answer: TrainingEffect) -> Sequence[Trained]:
    """Those with figures on both sides, the largest change first."""
    known = [each for each in answer.people if each.change is not None]
    return sorted(known, key=lambda each: (-(each.change or 0), each.person))[:DRAWN]


def _said(change: float | None, words: Words, answer: TrainingEffect) -> str:
    if change is None:
        return formats.DASH
    return words.points(change) if answer.unit is Unit.SHARE else words.change(change)


def _row(person: Trained, words: Words, answer: TrainingEffect) -> Row:
    return {
        "name": person.person,
        "v": person.change,
        "to": person.peers_change,
        "own": _said(person.change, words, answer),
        "others": _said(person.peers_change, words, answer),
    }


@cache
def _template(titles: tuple[str, str]) -> Spec:
    pick = alt.selection_point(name="pick", fields=["name"], empty=False)
    axis = alt.Axis(title=None, labelLimit=150)
    y = alt.Y(field="name", type="ordinal", sort=None, axis=axis)
    scale = alt.Scale(nice=False, zero=False)
    x = alt.X(field="v", type="quantitative", scale=scale, axis=alt.Axis(title=None, grid=True))
    to: dict[str, Any] = {"x": alt.X(field="to", type="quantitative")}
    tips = [alt.Tooltip(field="name", type="nominal", title=" ")]
    tips += [
        alt.Tooltip(field=field, type="nominal", title=title)
        for field, title in zip(("own", "others"), titles, strict=True)
    ]
    ways = (
        alt.Chart(named("ways"), name="ways")
        .mark_rule(strokeWidth=1.5, tooltip=False)
        .encode(x=x, x2=alt.X2(field="to"), y=y, color=by_role())
    )
    peers = (
        alt.Chart(named("peers"), name="peers")
        .mark_tick(thickness=3, height=16, tooltip=False)
        .encode(**to, y=y, color=by_role())
    )
    zero = (
        alt.Chart(named("zero"), name="zero")
        .mark_rule(strokeWidth=1, tooltip=False)
        .encode(x=alt.X(field="v", type="quantitative"), color=by_role())
    )
    dots = (
        alt.Chart(named("dots"), name="dots")
        .mark_circle(size=110, opacity=1)
        .encode(x=alt.X(field="v", type="quantitative"), y=y, color=by_role(), tooltip=tips)
        .add_params(pick)
    )
    return frame.dressed(alt.layer(ways, peers, zero, dots), AXIS)


@table.register
def _table(answer: TrainingEffect, words: Words) -> Table:
    """Everybody who finished: figures before and after, and what peers did meanwhile."""
    names = ("person", "day", "before", "after", "change", "peers_change", "peers")
    columns = tuple(
        Column(words.say(f"effect.course.table.{name}"), figures=name not in names[:2])
        for name in names
    )
    shown = tuple(
        (
            each.person,
            formats.date(each.day, words.lang),
            words.value(each.before, answer.unit),
            words.value(each.after, answer.unit),
            _said(each.change, words, answer),
            _said(each.peers_change, words, answer),
            str(each.peers),
        )
        for each in answer.people
    )
    rows = tuple(
        (e.person, e.day.isoformat(), e.before, e.after, e.change, e.peers_change, e.peers)
        for e in answer.people
    )
    return Table(columns, shown, rows)


@described.register
def _alt(answer: TrainingEffect, words: Words) -> str:
    told = [words.metric(answer.metric), *(words.tell(each) for each in answer.told[:1])]
    return words.say("charts.alt.join").join(told)
