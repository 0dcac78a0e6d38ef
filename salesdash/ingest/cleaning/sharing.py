"""Money off an order shared among its lines, so that these add up to what the order came to.

A line bears it in proportion to its amount. Rounded as running sums, the shares of an order add up
exactly: 1 off three lines of 10 leaves 29, not 3 x 9.6667.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from salesdash.datasets import SQL_TYPES, Kind
from salesdash.engine import Engine
from salesdash.errors import Problem
from salesdash.ingest.cleaning.totals import plain
from salesdash.ingest.mapping.plan import NumberFormat, Off

if TYPE_CHECKING:
    from salesdash.ingest.cleaning.statement import Statement

SHARED = ("amount", "original_amount")
"""Fields that bear a share; the others say what a piece costs, or what is said of the order."""

MONEY = SQL_TYPES[Kind.MONEY]
ON_LINE = "abs(coalesce(p.off_line, 0))"


def parse(statement: "Statement") -> None:
    """The columns of money off beside the parsed cells: `off_line`, `off_order`, `off_net`."""
    off, price = statement.mapping.off, statement.mapping.column("price")
    if off is None:
        return
    form = price.number if price is not None and price.number is not None else NumberFormat()
    for part, index in vars(off).items():
        if index is not None:
            statement.parse_money(f"off_{part}", index, replace(form, plain=False, factor=1))


def less_line(statement: "Statement", amount: str) -> str:
    """The amount of a line less what the line itself has off."""
    off = statement.mapping.off
    if off is None or off.line is None:
        return amount
    return f"cast({amount} - {ON_LINE} as {MONEY})"


def shared(statement: "Statement", name: str) -> str:
    """A field, if of the line's money with its share of what the order has off."""
    value, off = statement.fields[name], statement.mapping.off
    order = statement.fields.get("document")
    if off is None or order is None or name not in SHARED:
        return value
    if off.order is None and off.net is None:
        return value
    lines = f"sum({statement.lines}) over (partition by {order})"
    rest = _rest(off, order, lines)
    kept = f"(1 - least({rest}, {lines}) / nullif({lines}, 0))"
    until = f"sum({value}) over (partition by {order} order by sheet, record)"
    before = f"({until} - {value})"
    ends = [f"cast(round({each} * {kept}, 4) as {MONEY})" for each in (until, before)]
    is_less = f"{order} is not null and coalesce({rest} > 0, false)"
    return f"case when {is_less} then {' - '.join(ends)} else {value} end"


def _rest(off: Off, order: str, lines: str) -> str:
    """What is off an order beside what is off its lines."""
    if off.net is not None:
        return f"({lines} - max(p.off_net) over (partition by {order}))"
    on_lines = f"sum({ON_LINE}) over (partition by {order})" if off.line is not None else "0"
    return f"(max(abs(p.off_order)) over (partition by {order}) - {on_lines})"


def told(engine: Engine, rows: str) -> tuple[Problem, ...]:
    """That something is off, and how much of the rows that count; `rows`: the clean rows as SQL."""
    asked = f"select sum(list_amount - amount) filter (counts) from {rows}"  # noqa: S608
    ((total,),) = engine.rows(asked)
    return (Problem("cleaning.money_off", {"total": plain(total)}),) if total else ()
