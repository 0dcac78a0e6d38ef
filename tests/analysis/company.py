"""A company of a few typed rows, and settings with the metrics that tell the kinds apart."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from salesdash.config import Alert, Company, Limits, Overview, Settings
from salesdash.metrics import Kind, Metric, Thresholds, Unit, Words
from salesdash.periods import Comparison, FiscalCalendar, Grain, WorkCalendar, current
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from tests.warehouse.build import build

TODAY = date(2026, 11, 18)
EDGE = date(2026, 11, 17)
FISCAL = FiscalCalendar()


def words(text: str) -> Words:
    return Words(text, text)


def metric(name: str, kind: Kind, unit: Unit, **more) -> Metric:
    return Metric(name, kind, words(name), words(name), words(name), unit, **more)


METRICS = (
    metric("sales", Kind.SIMPLE, Unit.MONEY, sql="sum(amount)"),
    metric("orders", Kind.SIMPLE, Unit.COUNT, sql="count(distinct document)", needs=("document",)),
    metric("units", Kind.SIMPLE, Unit.NUMBER, sql="sum(quantity)"),
    metric("cost", Kind.SIMPLE, Unit.MONEY, sql="sum(cost)", better="down"),
    metric("gross_profit", Kind.DERIVED, Unit.MONEY, expression="sales - cost"),
    metric("margin", Kind.RATIO, Unit.SHARE, numerator="gross_profit", denominator="sales"),
    metric("aov", Kind.RATIO, Unit.MONEY, numerator="sales", denominator="orders"),
    metric("buyers", Kind.CUSTOMER, Unit.COUNT, file="customers.sql", counts="buyers"),
    metric("retained", Kind.CUSTOMER, Unit.COUNT, file="customers.sql", counts="retained"),
    metric("before", Kind.CUSTOMER, Unit.COUNT, file="customers.sql", counts="before"),
    metric("retention", Kind.RATIO, Unit.SHARE, numerator="retained", denominator="before"),
    metric("extra", Kind.SIMPLE, Unit.NUMBER, sql="sum(x_missing)"),
)


def settings(
    *,
    tiles: tuple[str, ...] = ("sales", "orders", "aov", "margin"),
    movers: tuple[str, ...] = ("region", "channel"),
    alerts: tuple[Alert, ...] = (),
    limits: Mapping[str, Thresholds] | None = None,
    fiscal: FiscalCalendar = FISCAL,
) -> Settings:
    """Settings by hand; `limits` are thresholds of metrics. Equal arguments, equal hash."""
    given = limits or {}
    named = {m.id: m for m in METRICS}
    for name, threshold in given.items():
        old = named[name]
        named[name] = Metric(**{**vars(old), "thresholds": threshold})
    return Settings(
        company=Company(words("Muster"), "USD", "UTC", "en"),
        fiscal=fiscal,
        work=WorkCalendar(),
        window_months=12,
        overview=Overview(tiles, "sales", movers, 7, alerts),
        headers={},
        statuses={},
        limits=Limits(200, 1000, 1000, 60),
        metrics=named,
        hash=repr((tiles, movers, alerts, given, fiscal)),
    )


def sale(day: str, amount: object, **more: object) -> dict[str, object]:
    """One line of an order of its own, unless `document` says otherwise."""
    return {"order_date": day, "amount": str(amount), **more}


def warehouse(rows: Iterable[Mapping[str, object]]) -> Warehouse:
    """Rows with a document each."""
    return build({"document": f"D{n}", **row} for n, row in enumerate(rows, 1))


def selection(
    grain: Grain = Grain.MONTH, edge: date = EDGE, comparison: Comparison = Comparison.LAST_YEAR
) -> Selection:
    """The unit to the edge."""
    return Selection(current(grain, edge, FISCAL), comparison)


def money(text: str) -> Decimal:
    return Decimal(text)
