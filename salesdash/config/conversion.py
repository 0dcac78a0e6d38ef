"""From the shape of the file to Settings: names become terms, lists become frozen."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from salesdash.config import model, parts, team
from salesdash.config.checked import WEEKDAYS
from salesdash.config.settings import (
    AgendaLine,
    Alert,
    Company,
    Course,
    Item,
    Limits,
    Meeting,
    Overview,
    Required,
    Settings,
    Statuses,
)
from salesdash.datasets import DATASETS
from salesdash.errors import Problem
from salesdash.metrics import Kind, Metric, Thresholds, Words
from salesdash.metrics.customers import FILE
from salesdash.metrics.plans import FILE as PLANS
from salesdash.periods import Comparison, FiscalCalendar, Grain, WorkCalendar


def settings(
    config: model.Config,
    lines: Mapping[str, int | None],
    digest: str,
    problems: tuple[Problem, ...],
) -> Settings:
    """The settings of a checked file; `lines`: where each metric stands."""
    company, limits = config.company, config.limits
    metrics = _dated(
        {name: _metric(name, part, lines[name]) for name, part in config.metrics.items()}
    )
    return Settings(
        company=Company(_words(company.name), company.currency, company.timezone, company.language),
        fiscal=_fiscal(config.calendar),
        work=_work(config.calendar),
        window_months=config.customers.window_months,
        overview=_overview(config.overview, metrics),
        headers=MappingProxyType(
            {name: MappingProxyType(dict(fields)) for name, fields in config.headers.items()}
        ),
        statuses=MappingProxyType(
            {
                name: Statuses(_folded(words.counts), _folded(words.excluded))
                for name, words in config.statuses.items()
            }
        ),
        rates=MappingProxyType(
            {month: MappingProxyType(dict(rates)) for month, rates in config.rates.items()}
        ),
        limits=Limits(
            limits.upload_mb,
            limits.unpacked_mb,
            limits.reading_memory_mb,
            limits.reading_seconds,
        ),
        metrics=MappingProxyType(metrics),
        hash=digest,
        problems=problems,
        training=MappingProxyType(
            {name: _course(name, part, metrics) for name, part in config.training.items()}
        ),
        meetings=MappingProxyType(
            {name: _meeting(name, part, metrics) for name, part in config.meetings.items()}
        ),
        keep_originals_days=config.originals.keep_days,
        review=config.goals.review,
        discount_rate=config.customers.discount_rate,
    )


def _words(words: parts.Words) -> Words:
    return Words(words.en, words.zh)


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFKC", word).strip().casefold() for word in words)


def _fiscal(calendar: model.Calendar) -> FiscalCalendar:
    return FiscalCalendar(
        start_month=calendar.fiscal_year_start,
        pattern=calendar.pattern,
        anchor=calendar.anchor,
        week_start=WEEKDAYS.index(calendar.week_start),
        named_by=calendar.fiscal_year_named_by,
    )


def _work(calendar: model.Calendar) -> WorkCalendar:
    weekend = calendar.weekend
    return WorkCalendar(
        country=calendar.country,
        weekend=None if weekend is None else frozenset(map(WEEKDAYS.index, weekend)),
        extra_off=frozenset(calendar.days_off),
        extra_on=frozenset(calendar.days_on),
    )


def _overview(overview: model.Overview, metrics: Mapping[str, Metric]) -> Overview:
    """The first screen without names that are no metric; those are problems."""
    first = next((name for name, metric in metrics.items() if not metric.hidden), "")
    named = () if isinstance(overview.tiles, str) else overview.tiles
    return Overview(
        tiles=tuple(name for name in named if name in metrics),
        preset=overview.tiles if isinstance(overview.tiles, str) else None,
        trend=overview.trend if overview.trend in metrics else first,
        movers=overview.movers,
        stale_days=overview.stale_days,
        alerts=tuple(
            Alert(alert.metric, Comparison(alert.compare), alert.worse_by, alert.judgement)
            for alert in overview.alerts
            if alert.metric in metrics
        ),
        at_risk=overview.at_risk,
    )


def _course(name: str, part: team.Course, metrics: Mapping[str, Metric]) -> Course:
    """A training without levers that are no metric; those are problems."""
    items = {
        item: Item(each.en, each.zh, each.after_days, each.renew_months or part.renew_months)
        for item, each in part.items.items()
    }
    return Course(
        id=name,
        name=_words(part.name),
        description=_words(part.description),
        due_days=part.due_days,
        renew_months=part.renew_months,
        items=MappingProxyType(items),
        remind_days=part.remind_days,
        required=_required(part.required, part.due_days),
        levers=tuple(lever for lever in part.levers if lever in metrics),
    )


def _required(part: team.Required | None, due_days: int) -> Required | None:
    if part is None:
        return None
    days = due_days if part.within_days is None else part.within_days
    return Required(part.roles, part.teams, part.everybody, days, part.started_within_days)


def _meeting(name: str, part: team.Meeting, metrics: Mapping[str, Metric]) -> Meeting:
    """A kind of meeting without names that are no metric; those are problems."""
    return Meeting(
        id=name,
        name=_words(part.name),
        every=Grain(part.every),
        compare=Comparison(part.compare),
        prepare=tuple(map(_words, part.prepare)),
        agenda=tuple(
            AgendaLine(
                id=key,
                kind=line.kind,
                title=_words(line.title),
                hint=_words(line.hint),
                tiles=tuple(tile for tile in line.tiles if tile in metrics),
                minutes=line.minutes,
            )
            for key, line in part.agenda.items()
        ),
        one_to_one=part.whom == "person",
    )


def _metric(name: str, part: model.Metric, line: int | None) -> Metric:
    own = {key: getattr(part, key, None) for key in ("sql", "numerator", "denominator")}
    files = {model.Customer: FILE, model.Planned: PLANS}
    return Metric(
        id=name,
        kind=Kind(part.kind),
        name=_words(part.name),
        description=_words(part.description),
        formula=_words(part.formula),
        unit=part.unit,
        better=part.better,
        dataset=part.dataset,
        date=part.date or DATASETS[part.dataset].date or "",
        thresholds=Thresholds(part.thresholds.warning, part.thresholds.bad),
        hidden=part.hidden,
        needs=part.needs,
        **own,
        expression=getattr(part, "expression", None),
        where=getattr(part, "where", None),
        until=getattr(part, "until", None),
        only_now=getattr(part, "only_now", False),
        months=getattr(part, "months", None),
        least=getattr(part, "least", None),
        matures=getattr(part, "matures", None),
        ahead=getattr(part, "ahead", False),
        file=files.get(type(part)),
        counts=part.counts.value if isinstance(part, model.Customer) else None,
        of=getattr(part, "of", None),
        takes=getattr(part, "takes", None),
        measures=getattr(part, "measures", None),
        exact=getattr(part, "exact", False),
        line=line,
    )


def _dated(metrics: dict[str, Metric]) -> dict[str, Metric]:
    """Ratios and derived metrics with the dataset and date of their first part."""
    found = {}
    for name, metric in metrics.items():
        base, seen = metric, {name}
        while not base.is_asked:
            named = re.findall(r"[a-z_]\w*", base.expression or "")
            first = (
                base.numerator or base.of or next((each for each in named if each in metrics), "")
            )
            if first not in metrics or first in seen:
                break
            seen.add(first)
            base = metrics[first]
        if metric.kind is not Kind.PLANNED:
            metric = replace(metric, dataset=base.dataset, date=base.date)
        found[name] = metric
    return found
