"""Bind definitions to columns once: what cannot work is marked, the rest works."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Protocol

from salesdash.datasets import BOOKKEEPING, DATASETS, EXTRA_PREFIX
from salesdash.engine import Engine, Expression, identifier
from salesdash.errors import Place, Problem, SalesdashError, UsageError
from salesdash.metrics.aggregates import Aggregate, Merge, read_aggregate, read_condition
from salesdash.metrics.arithmetic import Arithmetic, read_arithmetic
from salesdash.metrics.definitions import Kind, Metric
from salesdash.periods import FiscalCalendar

Columns = Mapping[str, Sequence[tuple[str, str]]]
"""(name, SQL type) of the columns of each dataset."""

NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL", "DOUBLE", "FLOAT")
DAYS = ("DATE",)
CONDITIONS = ("BOOLEAN",)

_UNLIKE = {NUMBERS: "not_a_number", DAYS: "not_a_day", CONDITIONS: "not_a_condition"}


class Rules(Protocol):
    """What binding reads of the settings."""

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """All definitions by id."""
        ...

    @property
    def fiscal(self) -> FiscalCalendar:
        """Units of time."""
        ...

    @property
    def window_months(self) -> int:
        """The window of customer metrics."""
        ...


@dataclass(frozen=True, eq=False)
class Bound:
    """Definitions that were checked against columns.

    `metrics` work; `broken` don't, each with its problem. `aggregates` and `formulas` are the
    read forms of simple and stock, ratio and derived ones.
    """

    metrics: Mapping[str, Metric]
    broken: Mapping[str, Problem]
    fiscal: FiscalCalendar
    window_months: int
    aggregates: Mapping[str, Aggregate] = field(default_factory=dict)
    formulas: Mapping[str, Arithmetic] = field(default_factory=dict)
    _orders: dict[tuple[str, ...], tuple[str, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why some metrics are broken, in the order of the file."""
        return tuple(sorted(self.broken.values(), key=lambda p: p.place.line or 0))

    @property
    def offered(self) -> tuple[Metric, ...]:
        """Metrics to choose from: working and not hidden, in the order of the file."""
        return tuple(metric for metric in self.metrics.values() if not metric.hidden)

    def get(self, metric: str) -> Metric:
        """The metric; raises UsageError, naming the nearest, when there is none that works."""
        if metric in self.metrics:
            return self.metrics[metric]
        if metric in self.broken:
            raise UsageError("metric.broken", metric=metric)
        names = [m.id for m in self.offered]
        near = difflib.get_close_matches(metric, names, n=1)
        raise UsageError("metric.unknown", metric=metric, nearest=near[0] if near else "")

    def months(self, metric: str) -> int:
        """The window of a metric: its own, else that of customer metrics."""
        return self.metrics[metric].months or self.window_months

    def order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The metrics with all they are made of, parts before wholes; remembered."""
        asked = tuple(ids)
        if asked not in self._orders:
            self._orders[asked] = self._sorted(asked)
        return self._orders[asked]

    def _sorted(self, ids: Iterable[str]) -> tuple[str, ...]:
        graph: dict[str, tuple[str, ...]] = {}
        waiting = list(ids)
        while waiting:
            name = waiting.pop()
            if name not in graph:
                self.get(name)
                graph[name] = self.parts(name)
                waiting += graph[name]
        return tuple(TopologicalSorter(graph).static_order())

    def parts(self, metric: str) -> tuple[str, ...]:
        """The metrics that a ratio or derived one is made of; none otherwise."""
        return _parts(self.metrics[metric], self.formulas)

    def datasets(self, *ids: str) -> tuple[str, ...]:
        """The datasets whose rows metrics are made of, in the order they are met.

        Targets that people may also set by hand need no rows.
        """
        metrics = (self.metrics[name] for name in self.order(ids))
        made = (m for m in metrics if m.is_asked or (m.kind is Kind.PLANNED and not m.exact))
        return tuple(dict.fromkeys(m.dataset for m in made))

    def is_additive(self, metric: str) -> bool:
        """True when the parts of a breakdown, and neighbouring periods, sum to the whole."""
        stock = (self.metrics[part].kind is Kind.STOCK for part in self.order((metric,)))
        return self.splits(metric) and not any(stock) and not self._looks_back(metric)

    def _looks_back(self, metric: str) -> bool:
        """Made of months before the period too: neighbouring periods overlap."""
        return any(self.metrics[part].months is not None for part in self.order((metric,)))

    def looks_ahead(self, metric: str) -> bool:
        """Made of what is expected: of a period that is over nothing is known."""
        return any(self.metrics[part].ahead for part in self.order((metric,)))

    def splits(self, metric: str) -> bool:
        """True when the parts of a breakdown sum to the whole; those of a state do, too."""
        definition = self.get(metric)
        if definition.kind in (Kind.SIMPLE, Kind.STOCK):
            return self.aggregates[metric].merge is Merge.ADD
        if definition.kind is Kind.DERIVED:
            formula = self.formulas[metric]
            return formula.linear and all(self.splits(part) for part in formula.names)
        return False


def bind(rules: Rules, columns: Columns | None = None) -> Bound:
    """Check all definitions; without columns against the fields of the datasets alone.

    Extra columns (x_...) are then taken for granted. Never raises for a broken metric.
    """
    binder = _Binder(rules.metrics, columns)
    broken = binder.broken()
    return Bound(
        metrics={id_: m for id_, m in rules.metrics.items() if id_ not in broken},
        broken=broken,
        fiscal=rules.fiscal,
        window_months=rules.window_months,
        aggregates=binder.aggregates,
        formulas=binder.formulas,
    )


def _parts(metric: Metric, formulas: Mapping[str, Arithmetic]) -> tuple[str, ...]:
    if metric.kind is Kind.RATIO:
        return (str(metric.numerator), str(metric.denominator))
    if metric.kind is Kind.PLANNED:
        return (str(metric.of), *([metric.measures] if metric.measures else []))
    return formulas[metric.id].names if metric.id in formulas else ()


class _Binder:
    """Reads each definition, then follows what each is made of."""

    def __init__(self, metrics: Mapping[str, Metric], columns: Columns | None) -> None:
        self._metrics = metrics
        self._columns = {name: _columns(name, columns) for name in DATASETS}
        self._strict = columns is not None
        self.aggregates: dict[str, Aggregate] = {}
        self.formulas: dict[str, Arithmetic] = {}

    def broken(self) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        for metric in self._metrics.values():
            try:
                self._read(metric)
            except SalesdashError as error:
                found[metric.id] = _problem(metric, error)
        for loop in self._loops(found):
            for name in loop:
                path = " → ".join((*loop, loop[0]))
                cycle = UsageError("config.metric.cycle", path=path)
                found[name] = _problem(self._metrics[name], cycle)
        self._spread(found)
        return {name: found[name] for name in self._metrics if name in found}

    def _read(self, metric: Metric) -> None:
        match metric.kind:
            case Kind.SIMPLE | Kind.STOCK:
                self._read_aggregate(metric)
            case Kind.DERIVED:
                self.formulas[metric.id] = read_arithmetic(str(metric.expression))
            case Kind.RATIO | Kind.CUSTOMER | Kind.PLANNED:
                pass
        for part in _parts(metric, self.formulas):
            if part not in self._metrics:
                raise UsageError(
                    "config.metric.unknown_part", name=part, nearest=_near(part, self._metrics)
                )
        if metric.kind is Kind.PLANNED:
            self._check_planned(metric)

    def _check_planned(self, metric: Metric) -> None:
        """What is set against plans must add up over their days and members."""
        for name in _parts(metric, self.formulas):
            part = self._metrics[name]
            merge = read_aggregate(str(part.sql)).merge if part.kind is Kind.SIMPLE else None
            if merge is not Merge.ADD:
                raise UsageError("config.metric.planned", name=name)

    def _read_aggregate(self, metric: Metric) -> None:
        plain = read_aggregate(str(metric.sql))
        if metric.where is not None:
            self._check(metric, read_condition(metric.where), CONDITIONS)
        aggregate = plain.picking(metric.where)
        self._must_know(metric, {*aggregate.columns, metric.date, *metric.needs})
        self._check(metric, aggregate, NUMBERS)
        if metric.ahead and (metric.where is None or aggregate.merge is not Merge.ADD):
            raise UsageError("config.metric.ahead")
        if metric.until is not None:
            self._check(metric, read_condition(metric.until), DAYS)
            if aggregate.merge is not Merge.ADD:  # what began less what ended
                raise UsageError("config.metric.until")
        read = aggregate.columns
        if metric.matures is not None:
            lasting = read_condition(metric.matures)
            self._check(metric, lasting, NUMBERS)
            read |= lasting.columns
        if DATASETS[metric.dataset].is_told(metric.date):
            read |= {metric.date}
        needs = metric.needs or _default_needs(plain)
        self.aggregates[metric.id] = replace(aggregate, needs=needs, columns=read)

    def _must_know(self, metric: Metric, columns: Iterable[str]) -> None:
        known = self._columns[metric.dataset]
        for column in sorted(columns):
            taken = column.startswith(EXTRA_PREFIX) and not self._strict
            if column not in known and not taken:
                raise UsageError(
                    "config.metric.unknown_column", name=column, nearest=_near(column, known)
                )

    def _check(self, metric: Metric, read: Aggregate | Expression, types: tuple[str, ...]) -> None:
        """Let the database read SQL over the columns it names."""
        known = self._columns[metric.dataset]
        self._must_know(metric, read.columns)
        used = sorted(read.columns) or [metric.date]
        _check_type(read.sql, tuple((name, known.get(name, "VARCHAR")) for name in used), types)

    def _loops(self, broken: Mapping[str, Problem]) -> Iterator[tuple[str, ...]]:
        """Each circle of definitions once, in the order one walks it."""
        graph = {
            name: [p for p in _parts(metric, self.formulas) if p in self._metrics]
            for name, metric in self._metrics.items()
            if name not in broken
        }
        while True:
            try:
                TopologicalSorter(graph).prepare()
            except CycleError as error:
                loop = tuple(reversed(error.args[1][1:]))
                yield loop
                graph = {name: parts for name, parts in graph.items() if name not in loop}
            else:
                return

    def _spread(self, broken: dict[str, Problem]) -> None:
        """What is made of a broken metric is broken too."""
        again = True
        while again:
            again = False
            for metric in self._metrics.values():
                if metric.id in broken:
                    continue
                bad = [p for p in _parts(metric, self.formulas) if p in broken]
                if bad:
                    fault = UsageError("config.metric.broken_part", name=bad[0])
                    broken[metric.id], again = _problem(metric, fault), True


def _problem(metric: Metric, error: SalesdashError) -> Problem:
    place = Place(file="config.yaml", line=metric.line, column=f"metrics.{metric.id}")
    nearest = error.values.get("nearest")
    return Problem(error.key, error.values, place, str(nearest) if nearest else None)


def _near(name: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(name, list(known), n=1)
    return found[0] if found else ""


def _columns(dataset: str, columns: Columns | None) -> dict[str, str]:
    """Columns a metric may read: of a bound warehouse, else the fields; never bookkeeping.

    Also what another dataset tells of the rows.
    """
    known = DATASETS[dataset]
    told = {field.name: field.sql_type for field in known.told.fields} if known.told else {}
    if columns is None or dataset not in columns:
        return {field.name: field.sql_type for field in known.fields} | told
    own = {*BOOKKEEPING, "valid_from", "valid_to"}
    return {name: sql_type for name, sql_type in columns[dataset] if name not in own} | told


def _default_needs(aggregate: Aggregate) -> tuple[str, ...]:
    """A single column read as it is must hold something; cleverer SQL names its own needs."""
    return (aggregate.argument,) if {aggregate.argument} == aggregate.columns else ()


@cache
def _scratch() -> Engine:
    return Engine.open(None, memory="256MB", threads=1, allowed=())


@lru_cache(maxsize=4096)
def _check_type(sql: str, columns: tuple[tuple[str, str], ...], types: tuple[str, ...]) -> None:
    """Let DuckDB read the SQL over an empty row set: unknown functions, texts summed ..."""
    fields = ",\n    ".join(
        f"cast(null as {sql_type}) as {identifier(name)}" for name, sql_type in columns
    )
    try:
        found = _scratch().describe(f"select {sql} as figure\nfrom (select {fields}) as r")
    except SalesdashError as error:
        detail = error.values.get("detail", error.key)
        raise UsageError("config.metric.refused", detail=detail) from error
    sql_type = found[0][1]
    if not sql_type.startswith(types):
        raise UsageError(f"config.metric.{_UNLIKE[types]}", type=sql_type.lower())
