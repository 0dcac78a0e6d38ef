"""Answers made by hand: those of the pictures in the design, and some that are hard to draw."""

from datetime import date
from decimal import Decimal

from salesdash.analysis.answers import (
    Change,
    Figure,
    Mover,
    Movers,
    Number,
    Point,
    Series,
    Trend,
)
from salesdash.metrics import Unit
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period, Window

FISCAL = FiscalCalendar()
NOW = [4.1, 3.4, 4.66, 4.3, 4.6, 4.96, 4.23, 4.36, 4.9, 4.7]
THEN = [3.85, 3.33, 4.3, 4.2, 4.38, 4.7, 4.3, 4.46, 5.03, 5.03, 5.6, 6.4]


def months(year: int) -> tuple[Period, ...]:
    return FISCAL.units(Grain.MONTH, Period(date(year, 1, 1), date(year + 1, 1, 1)))


def line(periods, values, *, running=None, member=None, role="current", label=None) -> Series:
    points = []
    for n, period in enumerate(periods):
        value = values[n] if n < len(values) else None
        if running is not None and n == running[0]:
            points.append(Point(running[1], running[2], running=True))
        else:
            points.append(Point(period, value))
    return Series(member, tuple(points), role, label)


def money(values, factor=1_000_000) -> list[Number]:
    return [Decimal(str(value)) * factor for value in values]


def trend(series, reference=(), **more) -> Trend:
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    facts = {
        "metric": "sales",
        "unit": Unit.MONEY,
        "grain": Grain.MONTH,
        "window": Window(
            Period(date(2026, 1, 1), date(2026, 11, 18)), Grain.YEAR, year, to_date=True
        ),
        "comparison": Comparison.LAST_YEAR if reference else Comparison.NONE,
        "average": None,
        "average_periods": None,
        "cumulative": False,
        "dimension": None,
        "total": Change(Figure(None), Figure(None), None, None, None),
        "additive": True,
        "headline": None,
    }
    return Trend(series=tuple(series), reference=tuple(reference), **{**facts, **more})


def year_to_date(factor=1_000_000) -> Trend:
    """The trend of the overview picture."""
    running = (10, Period(date(2026, 11, 1), date(2026, 11, 18)), Decimal("2.91") * factor)
    same_days = Point(
        Period(date(2025, 11, 1), date(2025, 11, 18)), Decimal("3.25") * factor, running=True
    )
    return trend(
        [line(months(2026), money(NOW, factor), running=running)],
        [
            line(months(2025), money(THEN, factor), role="reference"),
            Series(None, (same_days,), "reference"),
        ],
    )


def breakdown(members=("North", "South", "East", "West", "Online", "Export")) -> Trend:
    """Seven lines, some close together, with a running month."""
    series, running_days = [], Period(date(2026, 11, 1), date(2026, 11, 18))
    for n, member in enumerate(members):
        values = money([(6 - n) * 0.1 + 0.05 * ((k * (n + 2)) % 5) for k in range(10)])
        running = (10, running_days, values[-1] / 2)
        series.append(line(months(2026), values, running=running, member=member, role="category"))
    rest = (10, running_days, Decimal(100_000))
    series.append(line(months(2026), money([0.2] * 10), running=rest, role="other"))
    return trend(series, dimension="region")


def margin() -> Trend:
    """A ratio: far from zero, close to last year's."""
    values = [0.312, 0.318, 0.309, 0.321, 0.315, 0.322, 0.317, 0.319, 0.314, 0.318]
    running = (10, Period(date(2026, 11, 1), date(2026, 11, 18)), 0.3165)
    before = [0.31, 0.312, 0.313, 0.314, 0.311, 0.312, 0.316, 0.315, 0.318, 0.319, 0.3, 0.31]
    same_days = Point(Period(date(2025, 11, 1), date(2025, 11, 18)), 0.3161, running=True)
    return trend(
        [line(months(2026), values, running=running)],
        [line(months(2025), before, role="reference"), Series(None, (same_days,), "reference")],
        metric="gross_margin",
        unit=Unit.SHARE,
        additive=False,
    )


def movers() -> Movers:
    """The contributions of the overview picture: they add up to −650 thousand."""
    facts = [
        ("North · Key accounts", 2_000, -418),
        ("North · Distributors", 900, -192),
        ("West · Pumps", 700, -121),
        ("East · Valves", 500, -74),
        ("South · Online", 400, 96),
    ]
    parts = [
        Mover(
            name, None, Decimal(then + change) * 1000, Decimal(then) * 1000, Decimal(change) * 1000
        )
        for name, then, change in facts
    ]
    rest = Mover(None, None, Decimal(3_120_000), Decimal(3_061_000), Decimal(59_000), 14)
    return Movers("sales", Unit.MONEY, "segment", (*parts, rest), Decimal(-650_000), 418 / 650)
