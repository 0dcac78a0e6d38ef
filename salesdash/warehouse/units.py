"""Units of which rows came or went between two cuts, as SQL: what each did to figures, and said.

A unit is what an import replaces as a whole: the lines of a document, a deal. Rows without key are
one where days, amounts and keys are the same: a file that brings them again changes nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from salesdash.datasets import Dataset, Kind
from salesdash.engine import identifier
from salesdash.metrics.aggregates import Aggregate
from salesdash.metrics.definitions import Metric
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse import tables
from salesdash.warehouse.families import day
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

STATES = ("stage", "outcome", "status")
NUMBERS = ("amount", "quantity", "cost", "profit")
NAMES = ("customer_name", "customer", "person", "team", "product_name", "region", "channel")
KEYS = ("customer", "product")
NO_CHANGE = "customer_since"
"""A day that says nothing about the row."""

TOUCHES = """
    select
        {unit} as unit,
        r.{event} as event
    from {table} as r
    where r.{event} > $since
      and r.{event} <= $until
"""

SIDE = """
    select
        {side} as side,
        {unit} as unit,
        {key} as key,
        r.event,
        r.sheet,
        r.record{fields}
    from {relation} as r
    where {unit} in (select t.unit from touched as t)
"""

VALUED = """
    select
        {unit} as unit,
        p.span{figures}
    from ({scope}) as r
    join (values {spans}) as p(span, span_start, span_end)
        on {day} >= p.span_start
        and {day} < p.span_end
    where {unit} in (select t.unit from touched as t)
      and ({picked})
    group by
        {unit},
        p.span
"""


@dataclass(frozen=True)
class Between:
    """After event `since` up to event `until`, in spans of days that do not overlap.

    `selection`: its filters.
    """

    since: int
    until: int
    spans: tuple[Period, ...]
    selection: Selection


@dataclass(frozen=True, eq=False)
class Units:
    """The units of one dataset that moved, as the start of a statement that goes on with `moved`.

    `metrics`: all that are made of its rows by days; of those of `adding` each unit says what it
    added or took, as effect_0, effect_1 ...
    """

    warehouse: Warehouse
    dataset: Dataset
    at: Between
    metrics: tuple[Metric, ...]
    adding: tuple[str, ...]
    aggregates: Mapping[str, Aggregate]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """What a unit says: its days, numbers, states and names."""
        others = (name for name in (*NUMBERS, *STATES, *NAMES) if name in self.dataset.names)
        return (*self._days, *others)

    @cached_property
    def sql(self) -> Scope:
        """`restated_units.sql` and its parameters."""
        effects = range(len(self.adding))
        valued, params = self._valued()
        differing = [f"e.effect_{n} <> 0" for n in effects]
        text = statement("restated_units.sql").format(
            touches="    union all".join(self._touches()),
            sides="    union all".join(self._sides()),
            told="".join(self._told()),
            valued=valued,
            effects="".join(
                f",\n        coalesce(sum(v.effect_{n}), 0) as effect_{n}" for n in effects
            ),
            columns="".join(self._columns()),
            dates=_any(self._days),
            amounts=_any(name for name in NUMBERS if name in self.fields),
            states=_any(name for name in STATES if name in self.fields),
            differs="\n       or ".join([*differing, _any(self.fields)]),
        )
        return Scope(text, {**params, "since": self.at.since, "until": self.at.until})

    @property
    def _days(self) -> tuple[str, ...]:
        fields = self.dataset.fields
        return tuple(f.name for f in fields if f.kind is Kind.DATE and f.name != NO_CHANGE)

    def _touches(self) -> Iterator[str]:
        current, past = self.dataset.name, tables.past(self.dataset.name)
        for table, event in ((current, "valid_from"), (past, "valid_from"), (past, "valid_to")):
            yield TOUCHES.format(unit=_unit(self.dataset), table=identifier(table), event=event)

    def _sides(self) -> Iterator[str]:
        known = self.dataset
        for side, cut in enumerate((self.at.since, self.at.until)):
            yield SIDE.format(
                side=side,
                unit=_unit(known),
                key=f"r.{identifier(known.unit)}" if known.unit else "cast(null as varchar)",
                fields="".join(f",\n        r.{identifier(name)}" for name in self.fields),
                relation=self.warehouse.relation(known.name, cut),
            )

    def _told(self) -> Iterator[str]:
        for name in self.fields:
            for side in (0, 1):
                yield f",\n        {_said(name, side, self.dataset)} as {_side(name, side)}"

    def _columns(self) -> Iterator[str]:
        for number in range(len(self.adding)):
            yield f",\n        e.effect_{number}"
        for name in self.fields:
            for side in (0, 1):
                yield f",\n        t.{_side(name, side)}"

    def _valued(self) -> tuple[str, dict[str, object]]:
        """Figures of the units at either cut: those of now, and those of then with a minus."""
        selects: list[str] = []
        params: dict[str, object] = {}
        for side, cut in enumerate((self.at.since, self.at.until)):
            for role, metrics in self._roles.items():
                found = self._scope(cut, metrics, f"side_{len(selects)}_")
                params.update(found.params)
                selects.append(
                    VALUED.format(
                        unit=_unit(self.dataset),
                        figures="".join(self._figures(role, side)),
                        scope=found.sql,
                        spans=_spans(self.at.spans),
                        day=day(self.dataset.name, role),
                        picked=" or ".join(dict.fromkeys(self._picked(m) for m in metrics)),
                    )
                )
        return "    union all".join(selects), params

    @cached_property
    def _roles(self) -> dict[str, list[Metric]]:
        found: dict[str, list[Metric]] = {}
        for metric in self.metrics:
            found.setdefault(metric.date, []).append(metric)
        return found

    def _figures(self, role: str, side: int) -> Iterator[str]:
        """What a unit has of each metric that is dated by this role."""
        dated = {metric.id for metric in self._roles[role]}
        sign = "" if side else "- "
        for number, name in enumerate(self.adding):
            value = f"{sign}coalesce({self.aggregates[name].sql}, 0)" if name in dated else "0"
            yield f",\n        {value} as effect_{number}"

    def _picked(self, metric: Metric) -> str:
        """The rows a metric looks at."""
        aggregate = self.aggregates.get(metric.id)
        return f"({aggregate.where})" if aggregate is not None and aggregate.where else "true"

    def _scope(self, cut: int, metrics: Iterable[Metric], mark: str) -> Scope:
        """The rows that count at a cut, under parameters of their own."""
        known = self.aggregates
        read = {c for metric in metrics if metric.id in known for c in known[metric.id].columns}
        selection = replace(self.at.selection, cut=cut)
        found = self.warehouse.scope(self.dataset.name, selection, read)
        if not found.params:
            return found
        names = re.compile(rf"\$({'|'.join(found.params)})\b")
        params = {f"{mark}{name}": value for name, value in found.params.items()}
        return Scope(names.sub(rf"${mark}\1", found.sql), params)


def _unit(dataset: Dataset) -> str:
    """SQL of what tells a unit from others; without key by what no reference set fills in."""
    days = (field.name for field in dataset.fields if field.kind is Kind.DATE)
    told = (*days, *(name for name in (*NUMBERS, *KEYS) if name in dataset.names))
    said = ", '|', ".join(f"r.{identifier(name)}" for name in told)
    same = f"concat('row ', {said})"
    return f"coalesce(r.{identifier(dataset.unit)}, {same})" if dataset.unit else same


def _side(name: str, side: int) -> str:
    return identifier(f"{name}_{('then', 'now')[side]}")


def _any(names: Iterable[str]) -> str:
    differing = (f"t.{_side(name, 0)} is distinct from t.{_side(name, 1)}" for name in names)
    return "\n       or ".join(differing) or "false"


def _said(name: str, side: int, dataset: Dataset) -> str:
    """SQL of what a unit says at a cut: a sum, the first day, a word; of several words two."""
    value = f"case when s.side = {side} then s.{identifier(name)} end"
    kind = dataset.field(name).kind
    if kind in (Kind.MONEY, Kind.NUMBER):
        return f"sum({value})"
    if kind is Kind.DATE:
        return f"min({value})"
    least, most = f"min({value})", f"max({value})"
    return f"case when {least} < {most} then concat({least}, ' ... ', {most}) else {least} end"


def _spans(spans: Iterable[Period]) -> str:
    rows = (
        f"({number}, {_date(span.start)}, {_date(span.end)})" for number, span in enumerate(spans)
    )
    return ", ".join(rows)


def _date(day: date) -> str:
    return f"date '{day.isoformat()}'"
