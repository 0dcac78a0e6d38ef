"""Sums by month as they would be, each before the level that is stored; a mark where restated."""

from dataclasses import replace
from functools import cache

import altair as alt

from salesdash.analysis.sums import Sum, Sums
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import by_role
from salesdash.charts.scales import ticks
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.timeline import timeline
from salesdash.charts.words import Words
from salesdash.periods import FiscalCalendar, Grain

HEIGHT = 250

_LEAST = 6
"""Fewer months leave room at the right: a bar is a bar, however few there are."""

_TIPS = ("then", "now", "change")


def sums(answer: Sums, words: Words) -> Spec:
    """The Vega-Lite dict: a bar a month, a grey level of what is stored, a diamond if restated.

    The selection parameter `pick` carries `start`, ISO.
    """
    rows = [{**_row(answer, month, words), "i": n} for n, month in enumerate(answer.months)]
    levels = [{**row, "role": "reference"} for row in rows if row["before"] is not None]
    marks = [
        {"i": row["i"], "v": max(row["v"], row["before"] or 0.0), "role": "warn"}
        for row, month in zip(rows, answer.months, strict=True)
        if month.restated
    ]
    heights = [height for row in rows for height in (row["v"], row["before"] or 0.0)]
    places, limits = ticks(min(0.0, *heights, 0.0), max(0.0, *heights, 0.0))
    titles = (words.say("charts.tip.when"), *(words.say(f"charts.sums.{tip}") for tip in _TIPS))
    zero = [{"v": 0, "role": "reference"}] if rows else []
    data = {"bars": rows, "zero": zero, "levels": levels, "restated": marks}
    spec = frame.filled(_template(titles), data)
    plain = replace(words, fiscal=FiscalCalendar())  # months of rows are those of the calendar
    shown, labels = timeline(Grain.MONTH, [month.period for month in answer.months], plain)
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        encoding["y"]["scale"]["domain"] = list(limits)
        frame.labelled(encoding["y"]["axis"], places, [words.axis(p, answer.unit) for p in places])
        if "x" in encoding:
            frame.labelled(encoding["x"]["axis"], shown, labels)
            encoding["x"]["scale"]["domain"] = list(range(max(len(rows), _LEAST)))
    return spec


def _row(answer: Sums, month: Sum, words: Words) -> Row:
    return {
        "when": words.month(month.period.start),
        "start": month.period.start.isoformat(),
        "v": float(month.now or 0),
        "before": None if month.then is None else float(month.then),
        "role": "current",
        "then": words.value(month.then, answer.unit, "exact"),
        "now": words.value(month.now, answer.unit, "exact"),
        "change": words.value(month.change, answer.unit, "signed"),
    }


@cache
def _template(titles: tuple[str, ...]) -> Spec:
    pick = alt.selection_point(name="pick", fields=["start"], empty=False)
    tips = [
        alt.Tooltip(field=field, type="nominal", title=title)
        for field, title in zip(("when", *_TIPS), titles, strict=True)
    ]
    axis = alt.Axis(title=None, grid=False, labelAngle=0, labelOverlap="parity")
    x = alt.X(field="i", type="ordinal", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.3))
    scale = alt.Scale(nice=False, zero=True)
    y = {
        field: alt.Y(field=field, type="quantitative", scale=scale, axis=alt.Axis(title=None))
        for field in ("v", "before")
    }
    bars = (
        alt.Chart(named("bars"), name="bars")
        .mark_bar(cornerRadius=1)
        .encode(x=x, y=y["v"], color=by_role(), tooltip=tips)
        .add_params(pick)
    )
    zero = (
        alt.Chart(named("zero"), name="zero")
        .mark_rule(strokeWidth=1.5, tooltip=False)
        .encode(y=y["v"], color=by_role())
    )
    levels = (
        alt.Chart(named("levels"), name="levels")
        .mark_tick(thickness=3, opacity=1)
        .encode(x=x, y=y["before"], color=by_role(), tooltip=tips)
    )
    restated = (
        alt.Chart(named("restated"), name="restated")
        .mark_point(shape="diamond", filled=True, size=60, opacity=1, yOffset=-9, tooltip=False)
        .encode(x=x, y=y["v"], color=by_role())
    )
    return frame.dressed(alt.layer(bars, zero, levels, restated), HEIGHT)


@table.register
def _table(answer: Sums, words: Words) -> Table:
    """Months that change; the last column says which are restated."""
    columns = (
        Column(words.say("charts.tip.when"), figures=False),
        *(Column(words.say(f"charts.sums.{tip}")) for tip in _TIPS),
        Column("", figures=False),
    )
    changed = [month for month in answer.months if month.change]
    told = [words.say("charts.sums.restated") if month.restated else "" for month in changed]
    figures = [(month.then, month.now, month.change) for month in changed]
    return Table(
        columns,
        tuple(
            (
                words.month(month.period.start),
                *(words.value(value, answer.unit, "exact") for value in row[:2]),
                words.value(row[2], answer.unit, "signed"),
                note,
            )
            for month, row, note in zip(changed, figures, told, strict=True)
        ),
        tuple(
            (month.period.start.isoformat(), *row, note)
            for month, row, note in zip(changed, figures, told, strict=True)
        ),
    )


@described.register
def _alt(answer: Sums, words: Words) -> str:
    told = [
        words.say(
            "charts.alt.part",
            name=words.month(month.period.start),
            value=words.value(month.now, answer.unit),
        )
        for month in answer.months
    ]
    return words.say("charts.alt.sums", parts=words.say("charts.list").join(told))
