"""Asks what was planned, and what became of exactly that: each plan against its own days."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from salesdash.datasets import DATASETS, MARKET, Dataset
from salesdash.metrics import plans
from salesdash.metrics.arithmetic import Number, minus, plus
from salesdash.metrics.binding import Bound
from salesdash.metrics.definitions import Metric
from salesdash.metrics.figures import NO_ROWS, OTHER, Figure, Measured, Members
from salesdash.metrics.own import OVER
from salesdash.metrics.plans import Plan, Planned
from salesdash.metrics.slots import Slot
from salesdash.periods import Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse.stated import standing, stated
from salesdash.warehouse.warehouse import Warehouse

Ask = Callable[[str, Sequence[Period], tuple[str, ...]], Measured]
"""Figures of a metric in periods, by dimensions."""

Picked = dict[Slot, dict[Members, list[Plan]]]
"""Plans by where they hold and whom they are about."""

REACHED = Figure(None, "metrics.reason.reached")


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
        about: dict[tuple[str, str, bool], list[Metric]] = {}
        for metric in metrics:
            key = metric.dataset, str(metric.of), metric.exact
            about.setdefault(key, []).append(metric)
        found = {}
        for (dataset, of, exact), each in about.items():
            known = self._exact(of) if exact else self._known(DATASETS[dataset], of)
            asked = {slot: slot.whole if exact else slot.period for slot in slots}
            picked = self._picked(known, asked, whole=exact or dataset == MARKET.name)
            blank = Figure(None, "metrics.reason.no_plan", (("dataset", dataset),))
            if exact:
                blank = Figure(None, "metrics.reason.no_target", (("metric", of),))
            for metric in each:
                found[metric.id] = Planned(blank, self._figures(metric, picked))
        return found

    def _figures(self, metric: Metric, picked: Picked) -> dict[Slot, dict[Members, Figure]]:
        name = metric.measures or str(metric.of)
        match metric.takes:
            case "plan":
                return _plan(picked)
            case "missing":
                return self._became(name, picked, _missing)
            case _ if self.bound.get(name).ahead:
                return self._became(name, picked, _expected)
            case _:
                ends = self.warehouse.ends(self.bound.get(name).dataset, self.selection.cut)
                return self._became(name, picked, partial(_summed, ends=ends))

    def _known(self, dataset: Dataset, of: str) -> list[Plan]:
        """Plans of files, about members that are looked at."""
        every = stated(self.warehouse, dataset, self.bound.fiscal, self.selection.cut)
        ours = (each.plan for each in every if each.metric in (None, of))
        return [plan for plan in ours if _fits(plan, self.selection.filters)]

    def _exact(self, of: str) -> list[Plan]:
        """Targets about just what is looked at; none where a filter lets several members pass."""
        narrowed = [each for each in self.selection.filters if each.dimension not in self.by]
        if any(len(each.values) > 1 or each.exclude for each in narrowed):
            return []
        every = standing(self.warehouse, self.bound.fiscal, self.selection.cut)
        scope = {*self.by, *(each.dimension for each in self.selection.filters)}
        ours = (e.plan for e in every if e.metric == of and {*e.plan.dimensions} == scope)
        return [plan for plan in ours if _fits(plan, self.selection.filters)]

    def _picked(
        self, known: Sequence[Plan], asked: Mapping[Slot, Period], *, whole: bool
    ) -> Picked:
        """The plans that hold in each slot, by members."""
        needed = {*self.by, *(each.dimension for each in self.selection.filters)}
        found: Picked = {}
        for slot, period in asked.items():
            together = found.setdefault(slot, {})
            for plan in plans.chosen(known, period, needed, whole=whole):
                together.setdefault(self._members(plan), []).append(plan)
        return found

    def _members(self, plan: Plan) -> Members:
        names = tuple(plan.member(name) for name in self.by)
        if self.kept is None or names[0] in self.kept:
            return names
        return (OTHER, *names[1:])

    def _became(
        self, of: str, picked: Picked, put: Callable[[Sequence[Plan], Sequence[Figure]], Figure]
    ) -> dict[Slot, dict[Members, Figure]]:
        """What became of the plans, each on its own days and by its own members, `put` together."""
        levels: dict[tuple[str, ...], dict[Period, None]] = {}
        for plan in (p for each in picked.values() for some in each.values() for p in some):
            levels.setdefault(plan.dimensions, {})[plan.period] = None
        answers = {
            level: (self.ask(of, tuple(periods), level), {p: n for n, p in enumerate(periods)})
            for level, periods in levels.items()
        }

        def figure(each: Sequence[Plan]) -> Figure:
            found = []
            for plan in each:
                measured, numbers = answers[plan.dimensions]
                found.append(measured.figure(of, numbers[plan.period], None, plan.members))
            return put(each, found)

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


def _plan(picked: Picked) -> dict[Slot, dict[Members, Figure]]:
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
    asked: Sequence[Plan], figures: Sequence[Figure], ends: tuple[date | None, date | None]
) -> Figure:
    """The sum of what became of plans; days without a row within the data are 0."""
    first, edge = ends
    reached = [
        plan
        for plan in asked
        if first is not None
        and edge is not None
        and first < plan.period.end
        and plan.period.start <= edge
    ]
    if edge is None or not reached:
        return NO_ROWS
    last = max(plan.period.last_day for plan in asked)
    running = ("metrics.note.plans_running", (("last", last), ("edge", edge)))
    return _total(figures).noted(*([running] if last > edge else []))


def _expected(_: Sequence[Plan], figures: Sequence[Figure]) -> Figure:
    """What is expected in the days of plans still to come."""
    coming = [each for each in figures if each.reason != OVER]
    return _total(coming) if coming else figures[0]


def _missing(asked: Sequence[Plan], figures: Sequence[Figure]) -> Figure:
    """What the targets still lack of what became of them so far."""
    made = _total(figures)
    if made.value is None:
        return made
    left = minus(sum((plan.value for plan in asked), Decimal(0)), made.value)
    return Figure(left).noted(*made.notes) if left > 0 else REACHED


def _total(figures: Sequence[Figure]) -> Figure:
    """The sum, where no row is 0; blank when one of them is for another reason."""
    blank = next((each for each in figures if each.value is None and each != NO_ROWS), None)
    if blank is not None:
        return blank
    total: Number = 0
    for each in figures:
        total = plus(total, each.value or 0)
    return Figure(total).noted(*(note for each in figures for note in each.notes))
