"""The command `cohorts`: customers by when they first bought, and what came of them."""

from datetime import timedelta

from salesdash import charts
from salesdash.analysis import cohorts as analysis
from salesdash.analysis.answers import Number
from salesdash.analysis.asking import Question
from salesdash.analysis.cohort import Cell, Cohort, Measure, unit_of
from salesdash.analysis.cohorts import Cohorts
from salesdash.charts import Words
from salesdash.commands.asked import Cohorts as Given
from salesdash.commands.asked import Query
from salesdash.commands.defining import bound
from salesdash.commands.office import Desk, day
from salesdash.commands.questions import choice, question, span
from salesdash.commands.replies import Reply, plain
from salesdash.commands.wording import words
from salesdash.errors import UsageError
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection


def cohorts(desk: Desk, given: Given) -> Reply:
    """{grain, measure, metric, by, units, rows, average, rest, first, known_from, sentence ...}.

    Each row is {cohort, member, others, size, known, cells}, a cell {value, customers, share,
    amount, per_customer, running} or null while it is yet to come, by periods since the first
    purchase. `value` is the measure asked for. Cells and `rest` add up to all sales of customers.
    """
    grain = choice("grain", given.grain, Grain) or Grain.MONTH
    if grain not in analysis.LENGTHS:
        offered = ", ".join(analysis.LENGTHS)
        raise UsageError("usage.choice", name="grain", value=given.grain, choices=offered)
    measure = choice("measure", given.measure, Measure) or Measure.SHARE
    selection, by = _selection(desk, given)
    asked = Question(desk.home.warehouse, desk.settings, selection, desk.today)
    found, told = analysis.build(asked, grain, by, given.length), words(desk)
    document = {
        "grain": grain,
        "measure": measure,
        "metric": found.metric,
        "unit": found.unit,
        "by": by,
        "units": [_days(unit) for unit in found.units],
        "rows": [_row(found, row, measure, told) for row in found.rows],
        "average": [_cell(cell, measure) for cell in found.average],
        "rest": {
            "customers": found.rest.customers,
            "earlier": found.rest.earlier,
            "returns": found.rest.returns,
        },
        "first": found.first,
        "known_from": found.known_from,
        "window_months": found.months,
        "why": found.reason and told.tell(found.reason),
        "sentence": told.tell(found.headline),
        "words": _words(found, measure, told),
        "filters": selection.filters,
        "cut": desk.home.warehouse.version if selection.cut is None else selection.cut,
    }
    return Reply(plain(document))


def _selection(desk: Desk, given: Given) -> tuple[Selection, str | None]:
    """The rows up to a day (none: the data edge), and the dimension as the rows call it."""
    definitions = bound(desk)
    metric = analysis.summed(
        Question(desk.home.warehouse, desk.settings, Selection(None), desk.today)
    )
    by = () if given.by is None else (given.by,)
    about = Query((metric,), by=by, where=given.where, as_of_cut=given.as_of_cut)
    asked = question(desk, about, definitions)
    last = day("to", given.to)
    window = None if last is None else Window(Period(last, last + timedelta(days=1)))
    selection = Selection(window, filters=asked.selection.filters, cut=asked.selection.cut)
    return selection, next(iter(asked.by), None)


def _days(unit: Period) -> dict[str, object]:
    return dict(span(Window(unit)) or {})


def _row(found: Cohorts, row: Cohort, measure: Measure, told: Words) -> dict[str, object]:
    return {
        "cohort": row.unit and {**_days(row.unit), "name": told.period(found.grain, row.unit)},
        "member": row.member,
        "others": row.others,
        "size": row.size,
        "known": row.known,
        "cells": [_cell(cell, measure) for cell in row.cells],
    }


def _cell(cell: Cell | None, measure: Measure) -> dict[str, object] | None:
    if cell is None:
        return None
    return {
        "value": cell.value(measure),
        "customers": cell.customers,
        "share": cell.value(Measure.SHARE),
        "amount": cell.figure,
        "per_customer": cell.value(Measure.PER_CUSTOMER),
        "size": cell.size,
        "cohorts": cell.cohorts,
        "running": cell.running,
    }


def _words(found: Cohorts, measure: Measure, told: Words) -> dict[str, object]:
    """Names of rows and cells as people read them; a running cell in brackets."""

    def said(cell: Cell | None) -> str:
        value: Number | None = None if cell is None else cell.value(measure)
        if cell is None or value is None:
            return ""
        text = told.value(value, unit_of(measure, found.unit))
        return f"({text})" if cell.running else text

    return {
        "rows": [
            {
                "name": charts.cohort_name(found, row, told),
                "cells": [said(cell) for cell in row.cells],
            }
            for row in found.rows
        ],
        "average": [said(cell) for cell in found.average],
    }
