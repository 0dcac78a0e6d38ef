"""A desk over a few typed rows, with four metrics."""

from collections.abc import Iterable
from datetime import date, datetime
from types import SimpleNamespace

from salesdash.metrics import Kind, Metric, Unit, Words
from salesdash.periods import FiscalCalendar, WorkCalendar
from tests.warehouse.build import Row, build

NOW = datetime(2026, 4, 1, 9, 30)
TODAY = NOW.date()


def _metric(name: str, **facts) -> Metric:
    words = Words(name.title(), name + "-zh")
    return Metric(id=name, name=words, description=words, formula=words, **facts)


METRICS = {
    metric.id: metric
    for metric in (
        _metric("sales", kind=Kind.SIMPLE, unit=Unit.MONEY, sql="sum(amount)"),
        _metric("orders", kind=Kind.SIMPLE, unit=Unit.COUNT, sql="count(distinct document)"),
        _metric("profit", kind=Kind.SIMPLE, unit=Unit.MONEY, sql="sum(profit)"),
        _metric(
            "margin", kind=Kind.RATIO, unit=Unit.SHARE, numerator="profit", denominator="sales"
        ),
        _metric("broken", kind=Kind.SIMPLE, unit=Unit.MONEY, sql="sum(nothing)"),
        _metric("helper", kind=Kind.SIMPLE, unit=Unit.COUNT, sql="count(*)", hidden=True),
    )
}

SETTINGS = SimpleNamespace(
    fiscal=FiscalCalendar(),
    work=WorkCalendar(),
    window_months=12,
    metrics=METRICS,
    company=SimpleNamespace(currency="EUR", timezone="Europe/Berlin"),
)


def desk(rows: Iterable[Row], today: date = TODAY, lang: str = "en", **others) -> SimpleNamespace:
    """What a command is given; the home has a warehouse only. `others`: rows by their dataset."""
    home = SimpleNamespace(warehouse=build(rows, **others))
    return SimpleNamespace(home=home, settings=SETTINGS, today=today, now=NOW, who="Ann", lang=lang)
