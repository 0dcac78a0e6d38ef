"""From a wish to goals: a period cut into months, a target relative to what was reached before."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from salesdash.analysis.asking import answered, bound, edge
from salesdash.analysis.progress import exact
from salesdash.config import Settings
from salesdash.errors import UsageError
from salesdash.metrics import Better, Metric, Unit
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period, between, compare, parse
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.questions import measure
from salesdash.workspace import Basis, Terms, period_of

BEFORE = (Comparison.PREVIOUS.value, Comparison.LAST_YEAR.value)
"""What a relative target may be relative to; else the code of a period."""

REPEATS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
PLACES = {Unit.COUNT: Decimal(1), Unit.MONEY: Decimal("0.01")}
OTHER_PLACES = Decimal("0.0001")

DIGITS = 15
"""Before the point; what is more is a slip of the hand."""

_SHORT = (
    (re.compile(r"\d{4}"), "year:{}"),
    (re.compile(r"(\d{4})-?[Qq](\d)"), "quarter:{}"),
    (re.compile(r"\d{4}-P?\d{2}"), "month:{}"),
    (re.compile(r"\d{4}-W\d{2}"), "week:{}"),
)
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_SCALES = {"k": 3, "千": 3, "万": 4, "m": 6, "百万": 6, "千万": 7, "亿": 8, "b": 9, "bn": 9}
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\s*[$¥€£]?\s*"
    r"(?P<digits>[+-]?(?:\d{1,3}(?:[,_ ]\d{3})+|\d+)(?:\.\d+)?)"
    r"\s*(?P<scale>k|m|bn?|千万|百万|[千万亿])?\s*(?:[$¥€£元]|(?P<percent>%))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to set; `terms.target` counts only while `percent` is None.

    `each`: the period is cut into such units, each gets a goal. `percent` on top of `of`, which
    is "previous", "last-year" or the code of a period.
    """

    terms: Terms
    each: Grain | None = None
    percent: Decimal | None = None
    of: str = Comparison.LAST_YEAR.value


@dataclass(frozen=True)
class Plan:
    """Where wishes become terms: the data, the settings, the day."""

    warehouse: Warehouse
    settings: Settings
    today: date

    def terms(self, wish: Wish) -> tuple[Terms, ...]:
        """The terms of each goal a wish means.

        Raises UsageError: an unknown metric or dimension, a period that isn't made of whole
        units, a basis that has no figure or isn't over yet, floor and stretch the wrong way round.
        """
        metric = bound(self.warehouse, self.settings).get(wish.terms.metric)
        self._must_fit(metric, wish.terms.scope)
        periods = occurrences(wish.terms.period, wish.each, self.settings.fiscal)
        return tuple(self._one(metric, wish, period) for period in periods)

    def copies(self, goals: Sequence[Terms], percent: Decimal) -> tuple[Terms, ...]:
        """The same goals for the period after theirs, so many per cent higher."""
        return tuple(self._copy(terms, percent) for terms in goals)

    def _copy(self, terms: Terms, percent: Decimal) -> Terms:
        metric = bound(self.warehouse, self.settings).metrics.get(terms.metric)
        unit = Unit.NUMBER if metric is None else metric.unit

        def moved(value: Decimal | None) -> Decimal | None:
            return None if value is None else rounded(value * (1 + percent / 100), unit)

        return replace(
            terms,
            period=following(terms.period, self.settings.fiscal),
            target=moved(terms.target) or terms.target,
            floor=moved(terms.floor),
            stretch=moved(terms.stretch),
            basis=None,
            parent=None,
            series=None,
        )

    def edge(self, metric: str) -> date:
        """The data edge of a metric; today without data or without the metric."""
        return self._edge(metric) or self.today

    def _edge(self, metric: str) -> date | None:
        found = bound(self.warehouse, self.settings)
        known = found.datasets(metric) if metric in found.metrics else ()
        return edge(self.warehouse, self.today, None, known)

    def _must_fit(self, metric: Metric, scope: tuple[Filter, ...]) -> None:
        """Raise UsageError for a dimension that rows behind the metric don't have."""
        selection = Selection(None, filters=scope)
        for dataset in bound(self.warehouse, self.settings).datasets(metric.id):
            self.warehouse.scope(dataset, selection)

    def _one(self, metric: Metric, wish: Wish, period: Period) -> Terms:
        terms = replace(wish.terms, period=period)
        if wish.percent is not None:
            basis = self._basis(metric, wish, period)
            target = basis.value * (1 + basis.percent / 100)
            terms = replace(terms, target=rounded(target, metric.unit), basis=basis)
        check_sides(terms, metric.better)
        return terms

    def _basis(self, metric: Metric, wish: Wish, period: Period) -> Basis:
        earlier = self._earlier(wish, period)
        reached = self._edge(metric.id)
        if reached is None or reached < earlier.last_day:
            raise UsageError(
                "goal.base_runs", first=earlier.start, last=earlier.last_day, edge=reached or "-"
            )
        found = bound(self.warehouse, self.settings)
        scope = Selection(None, filters=wish.terms.scope)
        measured = measure(self.warehouse, found, (metric.id,), scope, windows=(earlier,))
        value = answered(measured.figure(metric.id)).value
        if value is None:
            raise UsageError("goal.base_empty", first=earlier.start, last=earlier.last_day)
        return Basis(wish.of, wish.percent or Decimal(0), earlier, exact(value))

    def _earlier(self, wish: Wish, period: Period) -> Period:
        """The days a relative target is worked out from."""
        if wish.of not in BEFORE:
            return period_from(wish.of, self.edge(wish.terms.metric), self.settings.fiscal)
        window = between(period.start, period.last_day, self.settings.fiscal)
        earlier = compare(window, Comparison(wish.of), self.settings.fiscal)
        return period if earlier is None else earlier.period


def occurrences(period: Period, each: Grain | None, fiscal: FiscalCalendar) -> tuple[Period, ...]:
    """The units a period is cut into; UsageError when it isn't made of whole ones."""
    if each is None:
        return (period,)
    units = fiscal.units(each, period)
    if units[0].start != period.start or units[-1].end != period.end:
        raise UsageError("goal.not_whole", first=period.start, last=period.last_day, each=each)
    return units


def following(period: Period, fiscal: FiscalCalendar) -> Period:
    """The unit after a unit; after a free range the equally long one."""
    window = between(period.start, period.last_day, fiscal)
    if window.grain is not None:
        return fiscal.previous(window.grain, period, -1)
    return Period(period.end, period.end + timedelta(days=period.days))


def period_from(text: str, edge: date, fiscal: FiscalCalendar) -> Period:
    """The whole period a code means: 2026-Q4, 2026-10, 2026, 2026-W41, a range, or as in a URL.

    Raises UsageError for anything else, and for a range that ends before it begins.
    """
    found = _RANGE.fullmatch(text)
    if found is not None:
        first, last = _day(text, found[1]), _day(text, found[2])
        return period_of(first, last)
    window = parse(_code(text), edge, fiscal)
    if window is None:
        raise UsageError("period.unknown", code=text, suggestion="2026-Q4")
    return window.unit or window.period


def amount(text: str) -> Decimal:
    """A target as people type it: 500000, $500,000, 1.2M, 50万元, 35%. UsageError for the rest."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().replace("−", "-"))
    if found is None or (found["sign"] and not found["digits"][0].isdigit()):
        raise UsageError("goal.number", value=text)
    number = Decimal(found["sign"] + re.sub(r"[,_\s]", "", found["digits"]))
    if number.adjusted() >= DIGITS:
        raise UsageError("goal.huge", count=DIGITS)
    number = number.scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
    return number / 100 if found["percent"] else number


def target(text: str, unit: Unit) -> Decimal:
    """A target in the unit of its metric; of a share in per cent, with or without the sign."""
    return percent(text) / 100 if unit is Unit.SHARE else amount(text)


def percent(text: str) -> Decimal:
    """So many per cent: 5, 5%, -3 %."""
    number = amount(text)
    return number * 100 if text.rstrip().endswith(("%", "％")) else number


def rounded(target: Decimal, unit: Unit) -> Decimal:
    """A worked-out target to whole things, cents, or four places."""
    return target.quantize(PLACES.get(unit, OTHER_PLACES), ROUND_HALF_UP)


def check_sides(terms: Terms, better: Better) -> None:
    """UsageError unless the floor is worse than the target and the stretch better."""
    low, high = terms.floor, terms.stretch
    if better == "down":
        low, high = high, low
    wrong = (low is not None and low >= terms.target) or (high is not None and high <= terms.target)
    if wrong:
        raise UsageError(
            "goal.bounds", floor=terms.floor, target=terms.target, stretch=terms.stretch
        )


def _code(text: str) -> str:
    for shape, code in _SHORT:
        found = shape.fullmatch(text)
        if found is not None:
            parts = found.groups()
            return code.format("Q".join(parts) if parts else text)
    return text


def _day(text: str, day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise UsageError("period.unknown", code=text, suggestion="2026-Q4") from None
