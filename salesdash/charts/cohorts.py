"""Cohorts as a heatmap: a row a cohort, a column a period since the first purchase.

Accent on the page, never so strong that words on it would be hard to read. What is still running
is an outline without filling: never to be held against the others.
"""

from collections.abc import Sequence
from functools import cache

import altair as alt

from salesdash.analysis.answers import Member as Named
from salesdash.analysis.answers import Number
from salesdash.analysis.cohort import Cell, Cohort, Measure, unit_of
from salesdash.analysis.cohorts import Cohorts, Heat
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import by_role
from salesdash.charts.tables import Cell as Written
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.words import Words
from salesdash.formats import Style
from salesdash.metrics import Unit

ROW, AXIS = 26, 34
"""Height of a row and of the axis, px."""

PALEST, STRONGEST = 0.05, 0.55
"""How much of the accent: ink on the strongest keeps a contrast of 4.5 in light and dark."""

NARROW = 31
"""A column less wide shows its colour alone, px."""


def cohort_name(found: Cohorts, row: Cohort, words: Words) -> str:
    """The period, or the member, of a row; of the one the data begin in, that it may be older."""
    if row.others:
        return words.say("charts.others", count=row.others)
    if row.unit is None:
        return words.told(Named(row.member or ""))
    name = words.period(found.grain, row.unit)
    begins = found.first is not None and row.unit.start <= found.first < row.unit.end
    if row.known:
        return name
    return words.say("cohorts.earlier" if begins else "cohorts.unknown", cohort=name)


def cohorts(answer: Heat, words: Words) -> Spec:
    """The Vega-Lite dict. The selection `pick` carries the numbers of `row` and `place`.

    The row after the last cohort is their average.
    """
    found, count = answer.found, answer.places
    strongest = _strongest(answer)
    rows = [
        _cell(answer, cell, (number, place), strongest, words)
        for number, row in enumerate(answer.rows)
        for place, cell in enumerate(row.cells[:count])
        if cell is not None and cell.size
    ]
    mature = [row for row in rows if not row["running"]]
    spec = frame.filled(
        _template(
            words.say("charts.tip.when"),
            tuple(words.say(f"cohorts.measure.{measure.value}") for measure in Measure),
        ),
        {
            "cells": mature,
            "running": [row for row in rows if row["running"]],
            "texts": rows,
        },
    )
    spec["height"] = AXIS + ROW * len(answer.rows)
    names = [row_label(found, row, words) for row in answer.rows]
    for layer in spec["layer"]:
        x, y = layer["encoding"]["x"], layer["encoding"]["y"]
        x["scale"]["domain"], y["scale"]["domain"] = list(range(count)), list(range(len(names)))
        frame.labelled(x["axis"], list(range(count)), [str(n) for n in range(count)])
        frame.labelled(y["axis"], list(range(len(names))), names)
    spec["params"].append({"name": "columns", "value": count})
    return spec


def row_label(found: Cohorts, row: Cohort, words: Words) -> str:
    """The name with the number of customers behind it; of the average the name alone."""
    if row is found.mean:
        return words.say("cohorts.average")
    return f"{cohort_name(found, row, words)} · {words.value(row.size, Unit.COUNT)}"


def _strongest(answer: Heat) -> float:
    """The largest value after the first period, which would make all others pale."""
    values = [
        float(cell.value(answer.measure) or 0)
        for row in answer.found.rows
        for cell in row.cells[1:]
        if cell is not None and not cell.running
    ]
    return max((value for value in values if value > 0), default=1.0)


def _cell(answer: Heat, cell: Cell, at: tuple[int, int], strongest: float, words: Words) -> Row:
    found, (number, place) = answer.found, at
    row = answer.rows[number]
    value = cell.value(answer.measure)
    part = min(max(float(value or 0) / strongest, 0.0), 1.0)
    mean = row is found.mean
    when = words.say("cohorts.average") if mean else cohort_name(found, row, words)
    since = words.say(f"cohorts.since.{found.grain.value}", count=place)
    return {
        "row": number,
        "place": place,
        "role": "reference" if mean else "current",
        "tone": "muted" if cell.running else "ink",
        "heat": PALEST + (STRONGEST - PALEST) * part,
        "edge": "muted",
        "running": cell.running,
        "text": "" if value is None else _short(value, answer, words),
        "when": f"{when}, {since}" if not cell.running else words.say(
            "cohorts.running", cell=f"{when}, {since}"
        ),
        **{
            measure.name.lower(): words.value(
                cell.value(measure), unit_of(measure, found.unit), _style(measure)
            )
            for measure in Measure
        },
    }  # fmt: skip


def _style(measure: Measure) -> Style:
    return "short" if measure is Measure.SHARE else "exact"


def _short(value: Number, answer: Heat, words: Words) -> str:
    """What fits into a cell: three digits, no currency, no decimals of a share."""
    if answer.measure is Measure.SHARE:
        return f"{round(float(value) * 100)}%"
    rounded = float(f"{float(value):.3g}")
    return words.axis(rounded, unit_of(answer.measure, answer.found.unit))


@cache
def _template(when: str, measures: tuple[str, ...]) -> Spec:
    pick = alt.selection_point(name="pick", fields=["row", "place"], empty=False)
    shown = [alt.Tooltip(field="when", type="nominal", title=when)]
    shown += [
        alt.Tooltip(field=measure.name.lower(), type="nominal", title=name)
        for measure, name in zip(Measure, measures, strict=True)
    ]
    band = alt.Scale(paddingInner=0.06)
    x = alt.X(
        field="place",
        type="ordinal",
        sort=None,
        scale=band,
        axis=alt.Axis(orient="top", labelAngle=0, labelOverlap="parity", grid=False),
    )
    y = alt.Y(
        field="row",
        type="ordinal",
        sort=None,
        scale=alt.Scale(paddingInner=0.1),
        axis=alt.Axis(grid=False, labelLimit=190),
    )
    cells = (
        alt.Chart(named("cells"), name="cells")
        .mark_rect(cornerRadius=2, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=by_role(),
            opacity=alt.Opacity(field="heat", type="quantitative", scale=None, legend=None),
            tooltip=shown,
        )
        .add_params(pick)
    )
    running = (
        alt.Chart(named("running"), name="running")
        .mark_rect(cornerRadius=2, cursor="pointer", filled=False, strokeDash=[2, 2], opacity=0.8)
        .encode(x=x, y=y, color=by_role("edge"), tooltip=shown)
    )
    texts = (
        alt.Chart(named("texts"), name="texts")
        .mark_text(
            baseline="middle",
            fontSize=11,
            tooltip=False,
            opacity=alt.expr(f"width / columns < {NARROW} ? 0 : 1"),
        )
        .encode(x=x, y=y, text=alt.Text(field="text", type="nominal"), color=by_role("tone"))
    )
    return frame.dressed(alt.layer(cells, running, texts), ROW)


@table.register
def _table(answer: Heat, words: Words) -> Table:
    found, count = answer.found, answer.places
    unit = unit_of(answer.measure, found.unit)
    heads = [words.say(f"cohorts.column.{name}") for name in ("cohort", "size", "over")]
    columns = [Column(heads[0], figures=False), *map(Column, heads[1:])]
    columns += [
        Column(words.say(f"cohorts.since.{found.grain.value}", count=n)) for n in range(count)
    ]
    shown, rows = [], []
    for row in answer.rows:
        cells = row.cells[:count]
        over = sum(1 for cell in cells if cell is not None and not cell.running)
        mean = row is found.mean
        name = words.say("cohorts.average") if mean else cohort_name(found, row, words)
        size: Written = None if mean else row.size
        exact = [cell.value(answer.measure) if cell is not None else None for cell in cells]
        head = (name, "" if mean else f"{row.size:,}", str(over))
        texts = (
            _written(cell, value, unit, words) for cell, value in zip(cells, exact, strict=True)
        )
        shown.append((*head, *texts))
        rows.append((name, size, over, *exact))
    return Table(tuple(columns), tuple(shown), tuple(rows))


def _written(cell: Cell | None, value: Number | None, unit: Unit, words: Words) -> str:
    """A figure; in brackets while its period runs, nothing while it is yet to come."""
    if cell is None or value is None:
        return ""
    text = words.value(value, unit)
    return f"({text})" if cell.running else text


@described.register
def _alt(answer: Heat, words: Words) -> str:
    found = answer.found
    return words.say(
        "cohorts.alt",
        measure=words.say(f"cohorts.measure.{answer.measure.value}"),
        count=len(found.rows),
        sentence=words.tell(found.headline),
        parts=words.say("charts.list").join(_means(answer, words)),
    )


def _means(answer: Heat, words: Words) -> Sequence[str]:
    """The average after each period, for who cannot see the picture."""
    found = answer.found
    unit = unit_of(answer.measure, found.unit)
    return [
        words.say(
            "charts.alt.part",
            name=words.say(f"cohorts.since.{found.grain.value}", count=place),
            value=words.value(cell.value(answer.measure), unit),
        )
        for place, cell in enumerate(found.average)
        if cell is not None
    ]
