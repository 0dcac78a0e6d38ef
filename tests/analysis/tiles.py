"""Tiles made by hand."""

from datetime import date
from decimal import Decimal

from salesdash.analysis import changes
from salesdash.analysis.answers import Figure, Mover, Movers, Reason, Tile
from salesdash.metrics import Kind, Metric, Unit, Words
from salesdash.periods import Comparison, FiscalCalendar, Grain, current
from salesdash.selection import Selection

TODAY = date(2026, 11, 18)
TEXT = Words("x", "x")


def selection(comparison=Comparison.LAST_YEAR, grain=Grain.QUARTER) -> Selection:
    return Selection(current(grain, date(2026, 11, 17), FiscalCalendar()), comparison)


def tile(name="sales", now=None, then=None, *, unit=Unit.MONEY, better="up", **more) -> Tile:
    """Now and then as text; None is no data."""
    metric = Metric(name, Kind.SIMPLE, TEXT, TEXT, TEXT, unit, better)
    figures = [Figure(None if x is None else _number(x, unit)) for x in (now, then)]
    facts = {
        "change": changes.change(metric, *figures),
        "status": None,
        "spark": (),
        "spark_last_year": (),
        "spark_grain": Grain.MONTH,
        "spark_running": False,
    }
    return Tile(metric=name, unit=unit, figure=figures[0], **{**facts, **more})


def _number(text: object, unit: Unit) -> Decimal | float:
    return float(str(text)) if unit is Unit.SHARE else Decimal(str(text))


def movers(*parts, better="up") -> Movers:
    """Parts as (member, then, change); "…" stands for the other members."""
    made = [
        Mover(
            None if m == "…" else m,
            None,
            Decimal(t + c),
            Decimal(t),
            Decimal(c),
            3 if m == "…" else 1,
        )
        for m, t, c in parts
    ]
    change = sum((part.change for part in made), Decimal(0))
    best = max(float(p.change) / float(change) for p in made)
    return Movers("sales", Unit.MONEY, "region", tuple(made), change, best, better)


NOTHING = Reason("analysis.reason.before_data", (("first", date(2026, 1, 1)),))
