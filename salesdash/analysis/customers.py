"""Who buys: come, back, still there and lost; how many stay; who makes most of it.

All counts are asked of the metrics; only "returning" is worked out: those who bought in a period
less its new and reactivated customers. The window (12 months unless chosen otherwise) says when a
customer is lost, and is that of retention.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesdash.analysis import comparison, headline, kpis, spans, split, trend
from salesdash.analysis.answers import (
    Amount,
    Change,
    Figure,
    Number,
    Reason,
    Tile,
    Trend,
)
from salesdash.analysis.asking import Choice, Question, answered, note
from salesdash.analysis.breakdown import Breakdown, Listing, Order
from salesdash.analysis.changes import difference, plus
from salesdash.analysis.spans import Slot
from salesdash.analysis.standing import Concentration
from salesdash.config import Settings
from salesdash.errors import UsageError
from salesdash.metrics import Measured, Unit
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.latest import last_days

CUSTOMER = "customer"
ACTIVE, NEW, BACK, LOST = (
    "active_customers",
    "new_customers",
    "reactivated_customers",
    "lost_customers",
)
RETENTION = "customer_retention"
TILES = (ACTIVE, NEW, LOST, RETENTION)
VALUE, ORDERS = "sales", "orders"

PERIODS = {Grain.MONTH: 12, Grain.QUARTER: 8, Grain.YEAR: 5}
"""How many periods are shown, by their grain."""


@dataclass(frozen=True)
class Watch:
    """How customers are watched: periods, the window in months (None: as configured), length."""

    grain: Grain = Grain.MONTH
    months: int | None = None
    limit: int = 10


@dataclass(frozen=True)
class Flow:
    """One period: who bought, and of them new, back, and the others; who was lost in it."""

    period: Period
    running: bool
    active: Number | None
    new: Number | None
    back: Number | None
    returning: Number | None
    lost: Number | None


@dataclass(frozen=True)
class Flows:
    """Customers period by period; `reason` says why parts of the first ones are blank."""

    metric: str
    grain: Grain
    flows: tuple[Flow, ...]
    reason: Reason | None


@dataclass(frozen=True)
class Buyers:
    """The largest customers: their value as a breakdown, and beside each line orders and last day.

    Blank for "other". `dataset` is that of the rows.
    """

    breakdown: Breakdown
    orders: tuple[Number | None, ...]
    last: tuple[date | None, ...]

    @property
    def metric(self) -> str:
        """What they are ordered by."""
        return self.breakdown.metric


@dataclass(frozen=True)
class Customers:
    """The whole page. `without`: lines that name no customer, left out of all counts."""

    months: int
    tiles: tuple[Tile, ...]
    flows: Flows
    retention: Trend | None
    buyers: Buyers
    concentration: Concentration
    without: Reason | None
    headline: Reason


def is_known(warehouse: Warehouse, dataset: str) -> bool:
    """Whether any row names a customer."""
    return any(one.name == CUSTOMER for one in warehouse.dimensions(dataset))


def build(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date, watch: Watch
) -> Customers:
    """All about the customers of a selection.

    Raises UsageError when no metric with a customer adds up.
    """
    settings = _windowed(settings, watch.months)
    everything = Question(warehouse, settings, selection, today)
    question = everything.about(value_metric(everything))
    tiles = tuple(name for name in TILES if name in settings.metrics)
    listing = Listing(value_metric(question), CUSTOMER, Order.VALUE, watch.limit)
    listed = split.listed(question, listing, CUSTOMER)
    slots = _slots(question, watch.grain)
    asked = (question.selection.window, *(slot.asked for slot in slots))
    counted = question.measure(_there(question, (ACTIVE, NEW, BACK, LOST)), asked)
    figures = {name: counted.figure(name) for name in counted.ids}
    return Customers(
        months=settings.window_months,
        tiles=kpis.build(warehouse, settings, selection, today, tiles),
        flows=_flows(counted, slots, watch.grain),
        retention=_retention(question, slots, watch.grain),
        buyers=_buyers(question, comparison.told(question, listing, listed)),
        concentration=listed.concentration,
        without=note(figures[ACTIVE]) if ACTIVE in figures else None,
        headline=_headline(question, {name: f.value for name, f in figures.items()}),
    )


def _windowed(settings: Settings, months: int | None) -> Settings:
    """The settings with another window; they differ, so that nothing remembered is mixed up."""
    if months is None or months == settings.window_months:
        return settings
    return replace(settings, window_months=months, hash=f"{settings.hash} {months}")


def value_metric(question: Question) -> str:
    """What customers are ordered by: sales, else the first metric of the same rows that adds up."""
    bound = question.bound
    wanted = (VALUE, question.settings.overview.trend, *bound.metrics)
    dataset = question.settings.metrics[ACTIVE].dataset if ACTIVE in bound.metrics else None
    for name in wanted:
        known = bound.metrics.get(name)
        if known is not None and known.dataset == (dataset or known.dataset) and bound.splits(name):
            return name
    raise UsageError("customers.no_value")


def _there(question: Question, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in question.bound.metrics)


def _slots(question: Question, grain: Grain) -> tuple[Slot, ...]:
    """The last periods up to the end of what is looked at."""
    fiscal = question.settings.fiscal
    last = fiscal.unit(grain, question.end - timedelta(days=1))
    first = fiscal.previous(grain, last, PERIODS[grain] - 1)
    return spans.slots(grain, Period(first.start, last.end), question.end, fiscal)


def _flows(counted: Measured, slots: Sequence[Slot], grain: Grain) -> Flows:
    """The periods, which were counted after the window."""
    names = counted.ids
    flows, reason = [], None
    for number, slot in enumerate(slots, start=1):
        found = {name: answered(counted.figure(name, number)) for name in names}
        active, new, back, lost = (
            found.get(name, Figure(None)).value for name in (ACTIVE, NEW, BACK, LOST)
        )
        returning = None
        if active is not None and new is not None and back is not None:
            returning = difference(difference(active, new), back)
        elif active is not None and reason is None:
            reason = next((found[n].reason for n in (NEW, BACK) if n in found), None)
        flows.append(
            Flow(slot.asked or slot.unit, slot.running, active, new, back, returning, lost)
        )
    return Flows(ACTIVE, grain, tuple(flows), reason)


def _retention(question: Question, slots: Sequence[Slot], grain: Grain) -> Trend | None:
    """Retention at the end of each of the periods, beside a year earlier."""
    if RETENTION not in question.bound.metrics:
        return None
    whole = Window(Period(slots[0].unit.start, question.end))
    selection = replace(question.selection, window=whole)
    return trend.build(
        question.warehouse,
        question.settings,
        selection,
        question.today,
        Choice(RETENTION, grain=grain),
    )


def _buyers(question: Question, found: Breakdown) -> Buyers:
    """The largest customers by value, with their orders in the window and their last purchase."""
    members = tuple(line.member or None for line in found.lines if line.member is not None)
    shown = question.selection.where(CUSTOMER, *members)
    asked = replace(question, selection=shown)
    dataset = question.metric(found.metric).dataset
    orders = None
    if ORDERS in question.bound.metrics:
        orders = asked.measure((ORDERS,), (question.selection.window,), by=(CUSTOMER,))
    days = last_days(question.warehouse, dataset, CUSTOMER, shown, question.end)
    return Buyers(
        found,
        tuple(
            None
            if orders is None or line.member is None
            else orders.figure(ORDERS, 0, None, (line.member or None,)).value
            for line in found.lines
        ),
        tuple(
            days.get(line.member or None) if line.member is not None else None
            for line in found.lines
        ),
    )


def _headline(question: Question, now: dict[str, Number | None]) -> Reason:
    """Whether the base grew or shrank in the window; else how many bought."""
    new, back, lost = (now.get(name) for name in (NEW, BACK, LOST))
    if new is None or back is None or lost is None:
        change = Change(Figure(now.get(ACTIVE)), Figure(None), None, None, None)
        subject = (ACTIVE, Unit.COUNT)
        return headline.sentence(question.selection, question.today, subject, change)
    came = plus(new, back)
    net = difference(came, lost)
    values: headline.Values = (
        ("when", headline.when(question.selection.window, question.today)),
        ("net", Amount(net if net > 0 else -net)),
        ("came", Amount(came)),
        ("lost", Amount(lost)),
    )
    side = "grew" if net > 0 else "shrank" if net < 0 else "level"
    return Reason(f"analysis.customers.{side}", values)
