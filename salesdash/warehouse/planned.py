"""Asks what was planned, and what became of exactly that: each plan against its own days."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesdash.datasets import DATASETS, MARKET, TARGETS, Dataset
from salesdash.engine import identifier
from salesdash.metrics import plans
from salesdash.metrics.arithmetic import Number, plus
from salesdash.metrics.binding import Bound
from salesdash.metrics.definitions import Metric
from salesdash.metrics.figures import NO_ROWS, OTHER, Figure, Measured, Members, Note
from salesdash.metrics.plans import Plan, Planned
from salesdash.metrics.slots import Slot
from salesdash.periods import Grain, Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

DEFAULT_METRIC = "sales"
"""What a target without a metric is about."""

NO_SCOPE = frozenset({"metric", "status", "customer_name", "product_name"})

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
        known = [plan for plan in self._read(dataset, of) if _fits(plan, filters)]
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

    def _read(self, dataset: Dataset, of: str) -> list[Plan]:
        """All plans at the cut. The newest target of a period and scope stands; markets add up."""
        names = scopes(dataset)
        is_target = dataset is TARGETS
        sql = statement("plans.sql").format(
            value="target" if is_target else "amount",
            scopes=",\n    ".join(identifier(name) for name in names),
            relation=self.warehouse.relation(dataset.name, self.selection.cut),
            about=f"coalesce(r.metric, '{DEFAULT_METRIC}') = $metric" if is_target else "true",
        )
        rows = self.warehouse.engine.rows(sql, {"metric": of} if is_target else {})
        found: dict[tuple[tuple[str, ...], tuple[str, ...], Period], Decimal] = {}
        for first, last, value, *stated in rows:
            scope = [(name, each) for name, each in zip(names, stated, strict=True) if each]
            dimensions, members = (tuple(part[n] for part in scope) for n in (0, 1))
            key = dimensions, members, self._period(first, last)
            if key not in found or not is_target:
                found[key] = found.get(key, Decimal(0)) + value
        return [Plan(*key, value) for key, value in found.items()]

    def _period(self, first: date, last: date | None) -> Period:
        if last is None:
            return self.bound.fiscal.unit(Grain.MONTH, first)
        return Period.through(first, max(first, last))


def scopes(dataset: Dataset) -> tuple[str, ...]:
    """Fields of a plan that say what it is about."""
    return tuple(name for name in dataset.dimensions if name not in NO_SCOPE)


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
