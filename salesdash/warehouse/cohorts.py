"""Cohorts: customers by when they first bought, and what became of them afterwards.

A customer began on the first day with a line of a positive amount within what is selected, or on
the stated "customer since" day when that is earlier: the same day that counts new customers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from salesdash.engine import identifier
from salesdash.metrics.arithmetic import Number
from salesdash.metrics.binding import Bound
from salesdash.metrics.segments import Segments
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.families import day
from salesdash.warehouse.pairs import row_value
from salesdash.warehouse.probes import Probes
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

SINCE = "customer_since"

OPENED = """openings as (
    select
        customer,
        member
    from (
        select
            l.customer as customer,
            l.member as member,
            row_number() over (
                partition by l.customer
                order by l.event, l.sheet, l.record
            ) as place
        from (
            select
                scoped.*,
                {day} as day_seen,
                {member} as member
            from (
{scope}
            ) as scoped
            where amount > 0
              and customer is not null
        ) as l
        join firsts as f
            on f.customer = l.customer and f.first_on = l.day_seen
    ) as ranked
    where place = 1
),"""
"""The member of a dimension on each customer's first line."""

JOINED = """left join openings as o
        on o.customer = f.customer"""


@dataclass(frozen=True)
class Part:
    """What some customers did in one stretch: how many of them bought, and their sum."""

    customers: int
    figure: Number


Member = str | None
"""Of the dimension that was asked by; None: the empty one, or none was asked."""


@dataclass(frozen=True)
class Cube:
    """How many customers began in each stretch, and the parts of each beginning and stretch.

    Both by the member of the first purchase. Stretch 0 is all time before; None: never began.
    """

    sizes: Mapping[tuple[Member, int | None], int] = field(default_factory=dict)
    parts: Mapping[tuple[Member, int | None, int], Part] = field(default_factory=dict)


@dataclass(frozen=True)
class Buyer:
    """A customer of a cohort in some days; `orders` are 0 where no line has a document."""

    customer: str
    began: date
    orders: int
    figure: Number


def is_stated(warehouse: Warehouse, dataset: str, cut: int | None) -> bool:
    """Whether any row says since when somebody is a customer."""
    return True in Probes(warehouse, cut).of(dataset, (SINCE,))[SINCE]


def cube(  # noqa: PLR0913 - a metric of a selection, over time, by a dimension
    warehouse: Warehouse,
    bound: Bound,
    metric: str,
    selection: Selection,
    segments: Segments,
    end: date,
    by: str | None = None,
) -> Cube:
    """Beginnings and what followed, in one scan of the rows before the day `end`.

    `metric`: one sum or count of rows. The window is not looked at. Raises UsageError for a filter
    or dimension that the rows do not have.
    """
    definition, aggregate = bound.get(metric), bound.aggregates[metric]
    needed = {*aggregate.columns, *((by,) if by else ()), SINCE}
    if by is not None:
        warehouse.ensure_dimension(definition.dataset, by)
    scope = warehouse.scope(definition.dataset, selection, needed)
    on = day(definition.dataset, definition.date)
    places = {"scope": scope.sql, "day": on}
    sql = statement("cohorts.sql").format(
        **places,
        value=row_value(aggregate),
        stretch=segments.sql_number(on),
        began=segments.sql_number("f.day_began"),
        since=_since(warehouse, definition.dataset, selection.cut),
        opened=OPENED.format(**places, member=identifier(by)) if by else "",
        member="o.member" if by else "cast(null as varchar)",
        joined=JOINED if by else "",
    )
    rows = warehouse.engine.rows(sql, {**scope.params, "end": end})
    sizes, parts = {}, {}
    for member, began, stretch, customers, figure in rows:
        if stretch is None:
            sizes[member, began] = int(customers)
        else:
            parts[member, began, int(stretch)] = Part(int(customers), figure or 0)
    return Cube(sizes, parts)


def buyers(  # noqa: PLR0913 - a metric of a selection, of a cohort in a period
    warehouse: Warehouse,
    bound: Bound,
    metric: str,
    selection: Selection,
    began: Period,
    period: Period,
) -> tuple[Buyer, ...]:
    """The customers behind one part, the largest first: began in one period, bought in another."""
    definition, aggregate = bound.get(metric), bound.aggregates[metric]
    scope = warehouse.scope(
        definition.dataset, selection, {*aggregate.columns, SINCE, "document", "customer"}
    )
    sql = statement("cohort_customers.sql").format(
        scope=scope.sql,
        day=day(definition.dataset, definition.date),
        value=row_value(aggregate),
        since=_since(warehouse, definition.dataset, selection.cut),
    )
    days = {
        "began": began.start,
        "began_end": began.end,
        "start": period.start,
        "end": period.end,
    }
    rows = warehouse.engine.rows(sql, {**scope.params, **days})
    return tuple(Buyer(name, on, int(orders), figure or 0) for name, on, orders, figure in rows)


def _since(warehouse: Warehouse, dataset: str, cut: int | None) -> str:
    return SINCE if is_stated(warehouse, dataset, cut) else "cast(null as date)"
