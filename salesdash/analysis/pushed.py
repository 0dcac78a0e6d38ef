"""How often the expected close of open deals was put off: a bar for never, once, twice, more."""

from collections.abc import Sequence
from decimal import Decimal

from salesdash.analysis import deals
from salesdash.analysis.answers import Reason
from salesdash.analysis.bars import Bar, Bars, Column
from salesdash.analysis.pipeline import narrow
from salesdash.analysis.rows import Rows
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse import pushed as asking
from salesdash.warehouse.pushed import PutOff, Times

OFTEN = 3
"""From so many times on deals stand together."""

COLUMNS = (Column("deals", Unit.COUNT), Column("amount", Unit.MONEY))


def build(warehouse: Warehouse, selection: Selection) -> Bars | None:
    """A bar for each number of times; None where fewer than two exports stand."""
    found = told(warehouse, selection)
    if found is None:
        return None
    bars = tuple(_bar(found, *each) for each in (*((n, n) for n in range(OFTEN)), (OFTEN, None)))
    shown = bars if found else ()
    return Bars("pushed", Reason("pushed.heading"), COLUMNS, shown, 0, (0, 1))


def told(warehouse: Warehouse, selection: Selection) -> tuple[Times, ...] | None:
    """The same as counts, each number of times for itself."""
    return asking.by_times(warehouse, narrow(warehouse, selection)[0])


def rows(warehouse: Warehouse, selection: Selection, which: PutOff, limit: int) -> Rows:
    """The deals behind a bar, the largest first."""
    table = asking.rows(warehouse, narrow(warehouse, selection)[0], which, limit + 1)
    return Rows(table.slice(0, limit), table.num_rows > limit)


def _bar(found: Sequence[Times], low: int, high: int | None) -> Bar:
    each = [one for one in found if low <= one.times and (high is None or one.times <= high)]
    amount: Decimal | None = deals.total([one.amount for one in each])
    key = f"pushed.{'more' if high is None else ('never', 'once', 'twice')[low]}"
    label = Reason(key, (("count", low),))
    return Bar(label, (sum(one.deals for one in each), amount), which=PutOff(low, high))
