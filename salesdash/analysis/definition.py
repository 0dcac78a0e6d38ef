"""What a figure means: its definition, the SQL that gives it, and what the data cover."""

import re
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from salesdash.analysis.asking import Question
from salesdash.config import Settings
from salesdash.metrics import Kind, Metric
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

STATEMENT = """select
    {figure} as {name}
from (
    {scope}
) as r
where {limits}"""


@dataclass(frozen=True)
class Definition:
    """A metric in full.

    `sql` can be pasted into a prompt and gives the figure of the selection, except for customer
    metrics: theirs is the statement it is made with, with places still open. `first`, `edge`: the
    days the data cover, None without data. `rows` counts lines of all kinds; `last_event` is the
    newest import.
    """

    metric: Metric
    sql: str
    first: date | None
    edge: date | None
    rows: int
    last_event: int


def build(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date, metric: str
) -> Definition:
    """A metric's definition for a selection. Raises UsageError if there is none that works."""
    question = Question(warehouse, settings, selection, today, (metric,))
    covered = warehouse.coverage(question.dataset)
    return Definition(
        metric=question.metric(metric),
        sql=_sql(question, question.metric(metric)),
        first=question.first,
        edge=question.edge,
        rows=covered.rows,
        last_event=covered.last_event,
    )


def _sql(question: Question, metric: Metric) -> str:
    parts = [question.metric(name) for name in question.bound.order((metric.id,))]
    file = next((part.file for part in parts if part.file is not None), None)
    if file is not None:
        return (files("salesdash.warehouse") / "sql" / file).read_text(encoding="utf-8")
    aggregates = question.bound.aggregates
    read = {name for part in parts if part.id in aggregates for name in aggregates[part.id].columns}
    scope = question.warehouse.scope(metric.dataset, question.selection, read)
    text = scope.sql
    for name, value in sorted(scope.params.items(), reverse=True):
        text = text.replace(f"${name}", _literal(value))
    stock = any(part.kind is Kind.STOCK for part in parts)
    return STATEMENT.format(
        figure=_figure(question, metric),
        name=metric.id,
        scope=text.replace("\n", "\n    "),
        limits=_limits(question, metric, stock=stock),
    )


def _figure(question: Question, metric: Metric) -> str:
    """The expression of a metric with those of its parts put in."""
    if metric.kind is Kind.RATIO:
        top, bottom = (
            _figure(question, question.metric(str(name)))
            for name in (metric.numerator, metric.denominator)
        )
        return f"cast({top} as double) / nullif({bottom}, 0)"
    if metric.kind is Kind.DERIVED:

        def put_in(found: re.Match[str]) -> str:
            return f"({_figure(question, question.metric(found[0]))})"

        names = "|".join(map(re.escape, question.bound.formulas[metric.id].names))
        return re.sub(rf"\b({names})\b", put_in, str(metric.expression))
    return question.bound.aggregates[metric.id].sql


def _limits(question: Question, metric: Metric, *, stock: bool) -> str:
    window = question.selection.window
    if window is None:
        return "true"
    until = f"r.{metric.date} < date '{window.period.end}'"
    return until if stock else f"r.{metric.date} >= date '{window.period.start}'\n  and {until}"


def _literal(value: object) -> str:
    """A bound text as SQL for reading; what runs in the app is always bound."""
    return "'" + str(value).replace("'", "''") + "'"
