"""Asks what was planned, and what became of exactly that: each plan against its own days."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesdash.datasets import DATASETS, MARKET, Dataset
from salesdash.metrics import plans
from salesdash.metrics.arithmetic import Number, plus
from salesdash.metrics.binding import Bound
from salesdash.metrics.definitions import Metric
from salesdash.metrics.figures import NO_ROWS, OTHER, Figure, Measured, Members, Note
from salesdash.metrics.plans import Plan, Planned
from salesdash.metrics.slots import Slot
from salesdash.periods import Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse.stated import stated
from salesdash.warehouse.warehouse import Warehouse

Ask = Callable[[str, Sequence[Period], tuple[str, ...]], Measured]
"""Figures of a metric in periods, by dimensions."""


@dataclass(frozen=True)
class Planner:
    """One question; `kept`: members of the first dimension that stand by themselves, None: all."""

    warehouse: Warehouse
    bound: Bound
    selection: Selection
    by: tuple[str, ...]
    kept: tuple[str | None, ...] | None
    ask: Ask

    def planned(self, metrics: Iterable[Metric], slots: Sequence[Slot]) -> dict[str, Planned]:
        """The figures of planned metrics."""
        about: dict[tuple[str, str], list[Metric]] = {}
        for metric in metrics:
            about.setdefault((metric.dataset, str(metric.of)), []).append(metric)
        found = {}
        for (dataset, of), each in about.items():
            picked = self._picked(DATASETS[dataset], of, slots)
            for metric in each:
                blank = Figure(None, "metrics.reason.no_plan", (("dataset", dataset),))
                figures = self._actual(of, picked) if metric.takes == "actual" else _plan(picked)
                found[metric.id] = Planned(blank, figures)
        return found

    def _picked(
        self, dataset: Dataset, of: str, slots: Sequence[Slot]
    ) -> dict[Slot, dict[Members, list[Plan]]]:
        """The plans that hold in each slot, by members."""
        filters = self.selection.filters
        every = stated(self.warehouse, dataset, self.bound.fiscal, self.selection.cut)
        ours = [each.plan for each in every if each.metric in (None, of)]
        known = [plan for plan in ours if _fits(plan, filters)]
        needed = {*self.by, *(each.dimension for each in filters)}
        found: dict[Slot, dict[Members, list[Plan]]] = {}
        for slot in slots:
            together = found.setdefault(slot, {})
            for plan in plans.chosen(known, slot.period, needed, whole=dataset is MARKET):
                together.setdefault(self._members(plan), []).append(plan)
        return found

    def _members(self, plan: Plan) -> Members:
        names = tuple(plan.member(name) for name in self.by)
        if self.kept is None or names[0] in self.kept:
            return names
        return (OTHER, *names[1:])

    def _actual(
        self, of: str, picked: Mapping[Slot, Mapping[Members, Sequence[Plan]]]
    ) -> dict[Slot, dict[Members, Figure]]:
        """What became of the plans, each on its own days and by its own members."""
        levels: dict[tuple[str, ...], dict[Period, None]] = {}
        for plan in (p for each in picked.values() for some in each.values() for p in some):
            levels.setdefault(plan.dimensions, {})[plan.period] = None
        answers = {
            level: (self.ask(of, tuple(periods), level), {p: n for n, p in enumerate(periods)})
            for level, periods in levels.items()
        }
        ends = self.warehouse.ends(self.bound.get(of).dataset, self.selection.cut)

        def figure(each: Sequence[Plan]) -> Figure:
            found = []
            for plan in each:
                measured, numbers = answers[plan.dimensions]
                found.append(measured.figure(of, numbers[plan.period], None, plan.members))
            return _summed(found, [plan.period for plan in each], ends)

        return {
            slot: {members: figure(each) for members, each in together.items()}
            for slot, together in picked.items()
        }


def _fits(plan: Plan, filters: Iterable[Filter]) -> bool:
    """Its members are among those wanted; whether it names them at all is asked later."""
    return all(
        each.dimension not in plan.dimensions
        or (plan.member(each.dimension) in each.values) is not each.exclude
        for each in filters
    )


def _plan(
    picked: Mapping[Slot, Mapping[Members, Sequence[Plan]]],
) -> dict[Slot, dict[Members, Figure]]:
    """What was planned; a note where plans hold for a part of the period only."""
    found: dict[Slot, dict[Members, Figure]] = {}
    for slot, together in picked.items():
        length = (slot.period.end - slot.period.start).days
        for members, each in together.items():
            figure = Figure(sum((plan.value for plan in each), Decimal(0)))
            if plans.covered(each) < length:
                first = min(plan.period.start for plan in each)
                last = max(plan.period.last_day for plan in each)
                facts = (("first", first), ("last", last))
                figure = figure.noted(("metrics.note.plans_part", facts))
            found.setdefault(slot, {})[members] = figure
    return found


def _summed(
    figures: Sequence[Figure], periods: Sequence[Period], ends: tuple[date | None, date | None]
) -> Figure:
    """The sum of what became of plans; days without a row within the data are 0."""
    first, edge = ends
    reached = [
        period
        for period in periods
        if first is not None and edge is not None and first < period.end and period.start <= edge
    ]
    if edge is None or not reached:
        return NO_ROWS
    blank = next((each for each in figures if each.value is None and each != NO_ROWS), None)
    if blank is not None:
        return blank
    total: Number = 0
    for each in figures:
        total = plus(total, each.value or 0)
    notes: list[Note] = [note for each in figures for note in each.notes]
    last = max(period.last_day for period in periods)
    if last > edge:
        notes.append(("metrics.note.plans_running", (("last", last), ("edge", edge))))
    return Figure(total).noted(*notes)
