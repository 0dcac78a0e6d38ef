"""The one function through which every face asks figures: many metrics, windows and members.

All windows are cut into segments of time, so one scan answers the additive metrics of a dataset in
all of them and one more each kind of distinct key. Totals are asked, never summed over members;
what is made of several datasets is put together from their figures, never by joining rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesdash.engine import identifier
from salesdash.metrics.answers import Answers
from salesdash.metrics.assembly import Assembler
from salesdash.metrics.binding import Bound
from salesdash.metrics.compiler import Source
from salesdash.metrics.definitions import Kind, Metric
from salesdash.metrics.figures import OTHER, Figure, Measured
from salesdash.metrics.slots import Asked, Slot, cut_time
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection
from salesdash.warehouse.asker import Asker
from salesdash.warehouse.breadth import is_few
from salesdash.warehouse.families import Family, Wide, day, roles
from salesdash.warehouse.limits import Limits
from salesdash.warehouse.pairs import can_pair
from salesdash.warehouse.planned import Planner
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.standings import Size, standings
from salesdash.warehouse.warehouse import Warehouse

MANY = 3_000_000
"""Beyond so many rows a filter is asked by itself: all others at once would be waited for."""

__all__ = ["OTHER", "Figure", "Measured", "measure"]


def measure(  # noqa: PLR0913 - one question has a subject, a selection, and four ways to cut it
    warehouse: Warehouse,
    bound: Bound,
    ids: tuple[str, ...],
    selection: Selection,
    *,
    windows: Sequence[Asked] | None = None,
    by: tuple[str, ...] = (),
    grain: Grain | None = None,
    top: int | None = None,
) -> Measured:
    """Figures of metrics in windows, by dimensions and units of time.

    `windows`: as many as wanted, they may overlap; None among them: all dates; left out: the
    selection's own. `grain` cuts each window into units. `top` keeps the members of the first
    dimension with the largest figure of the first metric in the first window and asks the others
    together as `OTHER`. A metric whose rows lack a filter or dimension is blank and says so.
    Raises UsageError for an unknown or broken metric, or a dimension that no dataset has.
    """
    asked = (selection.window,) if windows is None else tuple(windows)
    order = bound.order(ids)
    blank = Limits(warehouse, selection, by).blanks(bound, order)
    split = Split(by)
    if top is not None and by:
        rows_of = _Rows(warehouse, bound, selection, Split(by[:1]))
        kept = rows_of.largest(ids[0], asked[0], top)
        if kept is None:
            ranked = measure(warehouse, bound, ids[:1], selection, windows=asked[:1], by=by[:1])
            kept = tuple(members[0] for members in ranked.members()[:top])
        split = Split(by, kept)
    metrics = [bound.metrics[name] for name in order if name not in blank]
    rows_of = _Rows(warehouse, bound, selection, split)
    families = rows_of.families(metrics)
    spans = {role: warehouse.span(*role, selection.cut) for role in families}
    time = cut_time(asked, grain, bound.fiscal, _union(spans.values()))
    found = {}
    for role, family in families.items():
        ends = warehouse.ends(role[0], selection.cut)
        answers = rows_of.answers(family, time.within(spans[role], ends[1]), ends)
        found.update({metric.id: answers for metric in family.metrics})

    def ask(name: str, periods: Sequence[Period], dimensions: tuple[str, ...]) -> Measured:
        return measure(warehouse, bound, (name,), selection, windows=periods, by=dimensions)

    planner = Planner(warehouse, bound, selection, by, split.kept, ask)
    planned = planner.planned((m for m in metrics if m.kind is Kind.PLANNED), time.slots)
    assembler = Assembler(bound, found, planned, blank)
    rows = assembler.rows(ids, order, time.slots, whole=not by)
    return Measured(ids, time.periods, by, time.buckets, rows, assembler.blanks(order))


@dataclass(frozen=True)
class Split:
    """A breakdown: its dimensions, and the members of the first that are `kept` (None: all)."""

    by: tuple[str, ...]
    kept: tuple[str | None, ...] | None = None

    def sql(self) -> tuple[tuple[str, ...], dict[str, object]]:
        """SQL of the dimensions, with all but the kept members as one, and its parameters."""
        dimensions = tuple(identifier(name) for name in self.by)
        return (dimensions, {}) if self.kept is None else _folded(dimensions, self.kept)


@dataclass(frozen=True)
class _Rows:
    """The rows behind a question: whose, of which selection, by which members."""

    warehouse: Warehouse
    bound: Bound
    selection: Selection
    split: Split

    def largest(self, metric: str, window: Asked, count: int) -> tuple[str | None, ...] | None:
        """The members with the largest sums, ranked where the rows lie.

        None where figures must be asked one by one, or are at hand.
        """
        period = window.period if isinstance(window, Window) else window
        few = self._is_few(self.bound.get(metric).dataset, self.split.by)
        if period is None or few or not can_pair(self.bound, metric):
            return None
        asked = (self.warehouse, self.bound, metric, self.selection)
        found = standings(*asked, (period, None), self.split.by[0], Size.VALUE, count)
        if found is None:
            return None
        ordered = sorted(found.first, key=lambda one: (-one.now, one.member is None, one.member))
        return tuple(one.member for one in ordered[:count])

    def families(self, metrics: Iterable[Metric]) -> dict[tuple[str, str], Family]:
        """The metrics by dataset and date role, each with the rows it looks at."""
        dimensions, params = self.split.sql()
        found = {}
        for (dataset, role), each in roles(metrics).items():
            needed = {*self.split.by, *_read(self.bound, each)}
            scope = self.warehouse.scope(dataset, self.selection, needed)
            scope = Scope(scope.sql, {**scope.params, **params})
            source = Source(day(dataset, role), dimensions)
            wide = self._wide(dataset, source, needed, params)
            few = wide is not None or self._is_few(dataset, self.split.by)
            found[dataset, role] = Family(dataset, role, each, scope, source, self.bound, few, wide)
        return found

    def _wide(
        self, dataset: str, source: Source, needed: set[str], params: Mapping[str, object]
    ) -> Wide | None:
        """None without filters, and where there would be too much to keep."""
        filters = self.selection.filters
        names = tuple(dict.fromkeys(each.dimension for each in filters))
        if not filters or self.warehouse.rows(dataset) > MANY:
            return None
        if not self._is_few(dataset, (*names, *self.split.by)):
            return None
        everything = replace(self.selection, filters=())
        scope = self.warehouse.scope(dataset, everything, needed | {*names})
        wider = (*(identifier(name) for name in names), *source.dimensions)
        scope = Scope(scope.sql, {**scope.params, **params})
        return Wide(scope, Source(source.day, wider), names, filters)

    def _is_few(self, dataset: str, by: tuple[str, ...]) -> bool:
        """Of other filters a breakdown is not kept: the next ones would ask it again."""
        if self.split.by == by and by and self.selection.filters:
            return False
        first = self.split.by[:1] if self.split.kept is not None else ()
        kept = {name: len(self.split.kept or ()) for name in first}
        return is_few(self.warehouse, dataset, by, self.selection.cut, kept)

    def answers(
        self, family: Family, slots: Mapping[Slot, Slot], ends: tuple[date | None, date | None]
    ) -> Answers:
        """What the statements say of a family; of past states what an import showed then."""
        found = Asker(self.warehouse, family, self.selection.cut).answers(slots, ends)
        states = tuple(metric for metric in family.metrics if metric.is_of_then)
        for cut, each in self._showing(family.dataset, slots.values() if states else (), ends[1]):
            rows = replace(self, selection=replace(self.selection, cut=cut))
            (then,) = rows.families(states).values()
            until = ends[0], each[0].period.last_day
            shown = Asker(self.warehouse, then, cut).answers({slot: slot for slot in each}, until)
            found.shown.update(dict.fromkeys(each, shown))
        return found

    def _showing(
        self, dataset: str, slots: Iterable[Slot], last: date | None
    ) -> Iterable[tuple[int, list[Slot]]]:
        """Events that show the end of past slots, with those slots."""
        found: dict[int, list[Slot]] = {}
        for slot in slots:
            end = slot.period.end
            if last is not None and end <= last:
                cut = self.warehouse.shown(dataset, end, self.selection.cut)
                if cut is not None:
                    found.setdefault(cut, []).append(slot)
        return found.items()


def _read(bound: Bound, metrics: Iterable[Metric]) -> set[str]:
    """Columns that the metrics read."""
    aggregates = (bound.aggregates[m.id] for m in metrics if m.id in bound.aggregates)
    return {column for aggregate in aggregates for column in aggregate.columns}


def _union(spans: Iterable[Period | None]) -> Period | None:
    """From the first day of all to the last."""
    known = [span for span in spans if span is not None]
    if not known:
        return None
    return Period(min(span.start for span in known), max(span.end for span in known))


def _folded(
    dimensions: tuple[str, ...], kept: Sequence[str | None]
) -> tuple[tuple[str, ...], dict[str, object]]:
    """The first dimension with all but the kept members as one, and the names as parameters."""
    sql, names = dimensions[0], [name for name in kept if name is not None]
    params: dict[str, object] = {f"top_{n}": name for n, name in enumerate(names)}
    marks = ", ".join(f"${mark}" for mark in params)
    tests = [f"{sql} in ({marks})"] if names else []
    if None in kept:
        tests.append(f"{sql} is null")
    chosen = " or ".join(tests) or "false"
    params["top_other"] = OTHER
    return (f"case when {chosen} then {sql} else $top_other end", *dimensions[1:]), params
