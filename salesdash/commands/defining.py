"""The commands `metrics` and `check`: what is defined, and what is wrong with it."""

from salesdash import config
from salesdash.commands.arguments import Nothing
from salesdash.commands.hints import near
from salesdash.commands.office import Desk, Office
from salesdash.commands.replies import OK, USAGE, Document, Reply, plain, problem
from salesdash.datasets import DATASETS
from salesdash.errors import Problem, UsageError
from salesdash.metrics import Bound, Metric, bind


def bound(desk: Desk) -> Bound:
    """The metrics of the config, checked against the columns of the home."""
    warehouse = desk.home.warehouse
    return bind(desk.settings, {name: warehouse.columns(name) for name in DATASETS})


def known(found: Bound, name: str) -> Metric:
    """The metric of that id; UsageError with the nearest that is offered, or that it is broken."""
    if name in found.broken:
        raise UsageError("metric.broken", metric=name)
    if name not in found.metrics:
        offered = [metric.id for metric in found.offered]
        raise UsageError("metric.unknown", metric=name, **near(name, offered))
    return found.metrics[name]


def definition(metric: Metric) -> dict[str, Document]:
    """A metric in full: {id, name, description, formula, unit, better, kind, date, sql, ...}."""
    facts = {
        "id": metric.id,
        "name": dict(metric.name),
        "description": dict(metric.description),
        "formula": dict(metric.formula),
        "kind": metric.kind,
        "dataset": metric.dataset,
        "date": metric.date,
        "unit": metric.unit,
        "better": metric.better,
        "sql": metric.sql,
        "where": metric.where,
        "until": metric.until,
        "months": metric.months,
        "least": metric.least,
        "matures": metric.matures,
        "ahead": metric.ahead or None,
        "of": metric.of,
        "takes": metric.takes,
        "measures": metric.measures,
        "numerator": metric.numerator,
        "denominator": metric.denominator,
        "expression": metric.expression,
        "file": metric.file,
    }
    return {name: plain(value) for name, value in facts.items() if value is not None}


def metrics(desk: Desk, _: Nothing) -> Reply:
    """Every metric that is offered, in the order of the config; broken ones with their problem."""
    found = bound(desk)
    return Reply(
        [
            {**definition(metric), "problem": _told(found.broken.get(metric.id), desk.lang)}
            for metric in desk.settings.metrics.values()
            if not metric.hidden
        ]
    )


def _told(found: Problem | None, lang: str) -> Document:
    return problem(found, lang) if found else None


def check(office: Office, _: Nothing) -> Reply:
    """Problems of the config with their lines: {config, ok, metrics, problems}; exit 2 if any."""
    found = config.check(office.options.config)
    problems, count = list(found.problems), 0
    if found.settings is not None:
        problems += bind(found.settings).problems
        count = len(found.settings.metrics)
    document = {
        "config": str(office.options.config),
        "ok": not problems,
        "metrics": count,
        "problems": [problem(each, office.lang) for each in _once(problems)],
    }
    return Reply(document, USAGE if problems else OK)


def _once(problems: list[Problem]) -> list[Problem]:
    """Each problem once, in the order of the file."""
    found = {(each.key, each.place, str(each.values)): each for each in problems}
    return sorted(found.values(), key=lambda each: each.place.line or 0)
