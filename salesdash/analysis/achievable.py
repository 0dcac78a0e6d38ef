"""Achievable: a target beside the best and the latest that the figure itself has done before."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from salesdash.analysis.answers import Amount, Judgement, Number, Reason, When
from salesdash.analysis.changes import difference, ratio
from salesdash.analysis.progress import exact
from salesdash.analysis.record import Earlier, Record
from salesdash.metrics import Unit
from salesdash.periods import FiscalCalendar, between

ENOUGH = 4
"""With fewer earlier units nothing is judged."""

STRETCH, FAR = Decimal("1.1"), Decimal("1.5")
"""Beyond the best so far up to STRETCH times: a stretch; up to FAR times: ambitious."""


NEAR = 0.2
"""Closer to the best than this, the difference is told instead of a multiple."""


@dataclass(frozen=True)
class Held:
    """A target held against a record: how it is judged, the case, what there is to say of it."""

    judgement: Judgement
    case: str
    parts: tuple[Reason, ...]


def held(target: Decimal, record: Record, fiscal: FiscalCalendar) -> Held:
    """How hard a target is by the record of its figure; `parts` begin with its place in it."""
    growth = tuple(_growth(target, record, fiscal))
    if not record.units:
        return Held("warning", "no_history", (_none(record, fiscal), *growth))
    is_down = record.subject.better == "down"
    count = sum(_is_better(target, each.value, down=is_down) for each in record.units)
    total, top = len(record.units), best(record)
    if count == total and target != top.value:
        parts = (_beyond(target, top, record, fiscal), *growth)
        judgement, case = _far(target, exact(top.value), down=is_down)
    else:
        parts = (_within(count, record, fiscal), *growth)
        judgement, case = ("good", "reach") if count else ("warning", "easy")
    if total < ENOUGH:
        return Held("warning", "few", (*parts, _few(record, fiscal)))
    return Held(judgement, case, parts)


def best(record: Record) -> Earlier:
    """The earlier unit with the best figure, the newest of equal ones."""
    sign = -1 if record.subject.better == "down" else 1
    return max(record.units, key=lambda each: (sign * exact(each.value), each.period.start))


def named(each: Earlier, unit: Unit, fiscal: FiscalCalendar) -> Reason:
    """Q4 2025: 812K."""
    window = between(each.period.start, each.period.last_day, fiscal)
    values = (("when", When(window, bare=True)), ("value", Amount(each.value, unit)))
    return Reason("smart.earlier", values)


def _is_better(target: Decimal, value: Number, *, down: bool) -> bool:
    return target < exact(value) if down else target > exact(value)


def _far(target: Decimal, top: Decimal, *, down: bool) -> tuple[Judgement, str]:
    """How far beyond the best: in times of it; with nothing before, any target is far."""
    worse, better = (target, top) if down else (top, target)
    if worse <= 0 or better > worse * FAR:
        return "bad", "never"
    return ("warning", "ambitious") if better > worse * STRETCH else ("good", "stretch")


def _beyond(target: Decimal, top: Earlier, record: Record, fiscal: FiscalCalendar) -> Reason:
    """1.6 times your best quarter (Q4 2025: 812K), or 5 % above it; shares by their points."""
    unit, value = record.subject.unit, exact(top.value)
    side = "down" if record.subject.better == "down" else "up"
    values: tuple[tuple[str, object], ...] = (
        ("unit", _unit(record, fiscal)),
        ("earlier", named(top, unit, fiscal)),
    )
    if unit in (Unit.SHARE, Unit.MULTIPLE) or value <= 0:
        style = "points" if unit is Unit.SHARE else "short"
        gap = Amount(abs(target - value), unit, style)  # type: ignore[arg-type]  # one of the two
        return Reason(f"smart.achievable.past_{side}", (*values, ("gap", gap)))
    part = float(target / value)
    if abs(part - 1) < NEAR:
        return Reason(
            f"smart.achievable.past_{side}", (*values, ("gap", Amount(abs(part - 1), Unit.SHARE)))
        )
    times = Amount(part, Unit.MULTIPLE)
    return Reason(f"smart.achievable.beyond_{side}", (*values, ("times", times)))


def _within(count: int, record: Record, fiscal: FiscalCalendar) -> Reason:
    """Better than 9 of the last 12 quarters."""
    total = len(record.units)
    units = Reason(f"smart.units.{_grain(record, fiscal)}", (("count", total),))
    if not count:
        return Reason("smart.achievable.always", (("units", units),))
    side = "down" if record.subject.better == "down" else "up"
    return Reason(f"smart.achievable.within_{side}", (("number", count), ("units", units)))


def _growth(target: Decimal, record: Record, fiscal: FiscalCalendar) -> Iterator[Reason]:
    """+34 % on last year (606K), +12 % on the quarter before (725K)."""
    unit = record.subject.unit
    for name, earlier in (("last_year", record.last_year), ("before", record.before)):
        if earlier is None:
            continue
        gap = difference(target, earlier.value)
        part = ratio(unit, gap, earlier.value)
        change = Amount(gap, unit, "signed") if part is None else Amount(part, unit, "change")
        values: tuple[tuple[str, object], ...] = (
            ("change", change),
            ("value", Amount(earlier.value, unit)),
            ("unit", _unit(record, fiscal)),
        )
        yield Reason(f"smart.achievable.{name}", values)


def _none(record: Record, fiscal: FiscalCalendar) -> Reason:
    return Reason("smart.achievable.none", (("unit", _unit(record, fiscal)),))


def _few(record: Record, fiscal: FiscalCalendar) -> Reason:
    count = len(record.units)
    units = Reason(f"smart.units.{_grain(record, fiscal)}", (("count", count),))
    return Reason("smart.achievable.few", (("units", units),))


def _unit(record: Record, fiscal: FiscalCalendar) -> Reason:
    return Reason(f"smart.unit.{_grain(record, fiscal)}")


def _grain(record: Record, fiscal: FiscalCalendar) -> str:
    window = between(record.period.start, record.period.last_day, fiscal)
    return "range" if window.grain is None else window.grain.value
