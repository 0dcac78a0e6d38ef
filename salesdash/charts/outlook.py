"""The outlook of a goal as a chart: actual, pace, last year, target, and a fan of what may come."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import altair as alt

from salesdash import formats
from salesdash.analysis.answers import Number
from salesdash.analysis.outlook import Moment, Outlook, whole
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.labels import BOLD, GAP, PLAIN, PLOT
from salesdash.charts.roles import Role, by_role
from salesdash.charts.scales import span, spread, ticks
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.words import Words
from salesdash.periods import Period

HEIGHT = 300

ROOM = 1.2
"""The axis goes on so far beyond the last day: there stand the words at the ends."""

WEEKLY, MONTHLY = 45, 200
"""A period up to so many days has a word a week, up to so many a month, a longer one a quarter."""

WEEK, QUARTER = 7, 3

FLAT = 0.6
"""A level that never falls below this part of its highest value is drawn without zero."""

TIPS = ("when", "actual", "expected", "last_year", "forecast", "wide")
LINES = ("actual", "expected", "last_year", "forecast")


def outlook(answer: Outlook, words: Words) -> Spec:
    """The Vega-Lite dict; the selection parameter `pick` carries the `day` that was clicked."""
    marks, limits = ticks(*_range(answer))
    data: dict[str, list[Row]] = {
        "days": list(_days(answer, words, limits)),
        "wide": _fan(answer, "wide"),
        "half": _fan(answer, "half"),
        "last_year": _line(answer, "last_year"),
        "expected": _line(answer, "expected"),
        "levels": _levels(answer),
        "actual": _line(answer, "actual"),
        "forecast": _fan(answer, "mean"),
        "today": _today(answer),
        "labels": [*_starts(answer, words), *_ends(answer, words, limits)],
    }
    spec = frame.filled(_template(tuple(words.say(f"charts.outlook.{tip}") for tip in TIPS)), data)
    axes = spec["layer"][0]["encoding"]
    axes["x"]["scale"]["domain"] = [0, answer.window.period.days * ROOM]
    axes["y"]["scale"]["domain"] = list(limits)
    frame.labelled(axes["x"]["axis"], *_dates(answer.window.period, words))
    frame.labelled(axes["y"]["axis"], marks, [words.axis(mark, answer.unit) for mark in marks])
    return spec


def _place(answer: Outlook, day: date) -> int:
    """The end of a day on the x axis; 0 is the beginning of the period."""
    return (day - answer.window.period.start).days + 1


def _value(moment: Moment, name: str) -> float | None:
    if name == "forecast":
        return None if moment.ahead is None else moment.ahead.mean
    found = getattr(moment, name)
    return None if found is None else float(found)


def _range(answer: Outlook) -> tuple[float, float]:
    values = [_value(moment, name) for moment in answer.moments for name in LINES]
    values += [end for each in answer.moments if each.ahead for end in each.ahead.wide]
    values += [float(each) for each in (answer.target, answer.floor, answer.stretch) if each]
    low, high = span(values, zero=False)
    return span(values, zero=answer.accumulates or low < FLAT * high)


def _line(answer: Outlook, name: str) -> list[Row]:
    """One line; what adds up begins with nothing."""
    role: Role = "current" if name == "actual" else "reference"
    known = [(each, _value(each, name)) for each in answer.moments]
    rows = [
        {"i": _place(answer, each.day), "v": value, "role": role}
        for each, value in known
        if value is not None
    ]
    return [{"i": 0, "v": 0.0, "role": role}, *rows] if answer.accumulates and rows else rows


def _fan(answer: Outlook, name: str) -> list[Row]:
    rows: list[Row] = []
    for each in answer.moments:
        if each.ahead is not None:
            row: Row = {"i": _place(answer, each.day), "v": each.ahead.mean, "role": "current"}
            if name != "mean":
                row["low"], row["high"] = getattr(each.ahead, name)
            rows.append(row)
    return rows if len(rows) > 1 else []


def _levels(answer: Outlook) -> list[Row]:
    """Target, floor and stretch across the period."""
    end = answer.window.period.days
    wanted: tuple[tuple[Number | None, Role, float], ...] = (
        (answer.target, "ink", 1.25),
        (answer.floor, "muted", 0.75),
        (answer.stretch, "muted", 0.75),
    )
    return [
        {"from": 0, "to": end, "v": float(value), "role": role, "width": width}
        for value, role, width in wanted
        if value is not None
    ]


def _today(answer: Outlook) -> list[Row]:
    rows = _line(answer, "actual")
    return rows[-1:]


def _starts(answer: Outlook, words: Words) -> Iterator[Row]:
    """What the levels are called, above their left ends."""
    for name in ("target", "floor", "stretch"):
        value = getattr(answer, name)
        if value is not None:
            text = words.say(f"charts.outlook.{name}", value=words.value(value, answer.unit))
            role: Role = "ink" if name == "target" else "muted"
            yield {**_label(0, float(value), text, role), "dx": 2, "dy": -8}


def _ends(answer: Outlook, words: Words, limits: tuple[float, float]) -> list[Row]:
    """What the lines are called and where the fan ends, beside the last day, moved apart."""
    end, last = answer.window.period.days, answer.moments[-1]
    found: list[tuple[float, str, Role]] = []
    for name in ("expected", "last_year"):
        value = _value(last, name)
        if value is not None:
            found.append((value, words.say(f"charts.outlook.{name}_end"), "muted"))
    if last.ahead is not None and len(_fan(answer, "mean")) > 1:
        told = ((last.ahead.mean, "current"), *((each, "muted") for each in last.ahead.wide))
        found += [(value, _written(value, answer, words), role) for value, role in told]  # type: ignore[misc]
    gap = (limits[1] - limits[0]) * GAP / PLOT
    places = spread([value for value, *_ in found], gap, *limits)
    rows = [
        {**_label(end, place, text, role), "dx": 6, "dy": 0}
        for place, (_, text, role) in zip(places, found, strict=True)
    ]
    return [*rows, *_now(answer, words)]


def _now(answer: Outlook, words: Words) -> Iterator[Row]:
    """The last day that is known, with its figure, below the dot."""
    for dot in _today(answer):
        day = formats.date(answer.edge, words.lang)
        value = words.value(answer.made, answer.unit)
        text = words.say("charts.outlook.today", day=day, value=value)
        late = dot["i"] > answer.window.period.days / 2
        side = {"align": "right", "dx": -8} if late else {"align": "left", "dx": 8}
        yield {**_label(dot["i"], dot["v"], text, "current"), **side, "dy": -10 if late else 12}


def _label(place: float, value: float, text: str, role: Role) -> Row:
    weight = PLAIN if role == "muted" else BOLD
    return {"i": place, "v": value, "text": text, "role": role, "weight": weight, "align": "left"}


def _days(answer: Outlook, words: Words, limits: tuple[float, float]) -> Iterator[Row]:
    """A band a day for the pointer; the first layer, it carries both axes."""
    places = [_place(answer, each.day) for each in answer.moments]
    middles = [(one + other) / 2 for one, other in pairwise(places)]
    borders = [0.0, *middles, places[-1]]
    for number, each in enumerate(answer.moments):
        yield {
            "from": borders[number],
            "to": borders[number + 1],
            "low": limits[0],
            "high": limits[1],
            "role": "ink",
            "day": each.day.isoformat(),
            "when": formats.date(each.day, words.lang, "exact"),
            **{name: _written(_value(each, name), answer, words) for name in LINES},
            "wide": _interval(each, answer, words),
        }


def _interval(each: Moment, answer: Outlook, words: Words) -> str:
    if each.ahead is None:
        return formats.DASH
    low, high = (_written(end, answer, words) for end in each.ahead.wide)
    return words.say("charts.outlook.interval", low=low, high=high)


def _written(value: Number | None, answer: Outlook, words: Words) -> str:
    return words.value(whole(value, answer.unit), answer.unit)


def _dates(period: Period, words: Words) -> tuple[list[float], list[str]]:
    """Places and words of days on the axis: weekly, or the first days of months."""
    days = list(period)
    if period.days <= WEEKLY:
        shown = days[::WEEK]
    else:
        shown = [day for day in days if day.day == 1]
        shown = shown if period.days <= MONTHLY else shown[::QUARTER]
    return [float((day - period.start).days) for day in shown], [
        formats.date(day, words.lang) for day in shown
    ]


@cache
def _template(titles: tuple[str, ...]) -> Spec:
    """The drawing, built once for a language; answers bring its data."""
    tips = [
        alt.Tooltip(field=field, type="nominal", title=title)
        for field, title in zip(TIPS, titles, strict=True)
    ]
    hover = alt.selection_point(
        name="hover", fields=["day"], on="pointerover", clear="pointerout", empty=False
    )
    pick = alt.selection_point(name="pick", fields=["day"], empty=False)
    at: dict[str, Any] = {
        "x": alt.X(field="i", type="quantitative"),
        "y": alt.Y(field="v", type="quantitative"),
        "color": by_role(),
    }
    flat = {**at, "x": alt.X(field="from", type="quantitative"), "x2": alt.X2(field="to")}
    levels = (
        _chart("levels")
        .mark_rule(tooltip=False)
        .encode(**flat, strokeWidth=alt.StrokeWidth(field="width", type="quantitative", scale=None))
    )
    past = _chart("last_year").mark_line(strokeWidth=1.25, strokeDash=[5, 3], **_LINE).encode(**at)
    pace = _chart("expected").mark_line(strokeWidth=1.5, **_LINE).encode(**at)
    actual = _chart("actual").mark_line(strokeWidth=2.5, **_LINE).encode(**at)
    mean = _chart("forecast").mark_line(strokeWidth=2, strokeDash=[1, 4], **_LINE).encode(**at)
    today = _chart("today").mark_circle(size=60, opacity=1, tooltip=False).encode(**at)
    under, over = frame.haloed("labels", _TEXT)
    written = {"x": at["x"], "y": at["y"], "text": alt.Text(field="text", type="nominal")}
    bands = _bands(hover).encode(tooltip=tips).add_params(pick)
    fans = (_area("wide", 0.13), _area("half", 0.2))
    front = (levels, actual, mean, today)
    words = (under.encode(**written), over.encode(color=by_role(), **written))
    return frame.dressed(alt.layer(bands, *fans, past, pace, *front, *words), HEIGHT)


_LINE: dict[str, Any] = {"strokeJoin": "round", "strokeCap": "round", "tooltip": False}

_TEXT: dict[str, Any] = {
    "dx": alt.expr("datum.dx"),
    "dy": alt.expr("datum.dy"),
    "align": alt.expr("datum.align"),
    "fontWeight": alt.expr("datum.weight"),
    "baseline": "middle",
}


def _chart(name: str) -> alt.Chart:
    return alt.Chart(named(name), name=name)


def _area(name: str, opacity: float) -> alt.Chart:
    chart: alt.Chart = (
        _chart(name)
        .mark_area(opacity=opacity, tooltip=False)
        .encode(
            x=alt.X(field="i", type="quantitative"),
            y=alt.Y(field="low", type="quantitative"),
            y2=alt.Y2(field="high"),
            color=by_role(),
        )
    )
    return chart


def _bands(hover: alt.Parameter) -> alt.Chart:
    plain = alt.Scale(nice=False, zero=False, domain=[0, 1])
    below = alt.Axis(title=None, labelFlush=False, labelOverlap=True, grid=False)
    beside = alt.Axis(title=None, labelFlush=False, labelOverlap=True)
    chart: alt.Chart = (
        _chart("days")
        .mark_rect()
        .encode(
            x=alt.X(field="from", type="quantitative", scale=plain, axis=below),
            x2=alt.X2(field="to"),
            y=alt.Y(field="low", type="quantitative", scale=plain, axis=beside),
            y2=alt.Y2(field="high"),
            color=by_role(),
            opacity=alt.when(hover).then(alt.value(0.07)).otherwise(alt.value(0)),
        )
        .add_params(hover)
    )
    return chart


@table.register
def _table(answer: Outlook, words: Words) -> Table:
    """A row a day that is drawn: what was, what should have been, what may come."""
    names = (*TIPS[1:5], "low", "high")
    columns = (
        Column(words.say("charts.outlook.when"), figures=False),
        *(Column(words.say(f"charts.outlook.{name}")) for name in names),
    )
    rows = [(each.day.isoformat(), *_cells(each)) for each in answer.moments]
    shown = [
        (
            formats.date(each.day, words.lang, "exact"),
            *(_written(cell, answer, words) for cell in _cells(each)),
        )
        for each in answer.moments
    ]
    return Table(columns, tuple(shown), tuple(rows))


def _cells(each: Moment) -> Sequence[Number | None]:
    wide = (None, None) if each.ahead is None else each.ahead.wide
    mean = None if each.ahead is None else each.ahead.mean
    return (each.actual, each.expected, each.last_year, mean, *wide)


@described.register
def _alt(answer: Outlook, words: Words) -> str:
    last = answer.moments[-1]
    values: dict[str, object] = {
        "metric": words.metric(answer.metric),
        "days": formats.date_range(answer.window.period, words.lang, "exact"),
        "day": formats.date(answer.edge, words.lang),
        "made": words.value(answer.made, answer.unit),
        "target": words.value(answer.target, answer.unit),
    }
    if last.ahead is None:
        return words.say("charts.alt.outlook", **values)
    values["mean"] = _written(last.ahead.mean, answer, words)
    return words.say("charts.alt.outlook_ahead", interval=_interval(last, answer, words), **values)
