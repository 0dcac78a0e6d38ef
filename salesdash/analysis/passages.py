"""Stage conversion: of the deals seen in a stage, how many went on, were lost, are still there."""

from salesdash.analysis.answers import Member, Name
from salesdash.analysis.bars import Bar, BarRole, Bars, Column
from salesdash.analysis.deals import FEW
from salesdash.analysis.pipeline import narrow
from salesdash.analysis.rows import Rows
from salesdash.analysis.stages import ordered
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse import passages as asking
from salesdash.warehouse.passages import Passage, Seen, stages

COLUMNS = (
    Column("moved_on_rate", Unit.SHARE),
    Column("seen", Unit.COUNT),
    Column("moved_on", Unit.COUNT),
    Column("lost", Unit.COUNT),
    Column("still", Unit.COUNT),
)


def build(warehouse: Warehouse, selection: Selection) -> Bars | None:
    """A bar a stage, in their order; None where fewer than two exports stand."""
    found = told(warehouse, selection)
    if found is None:
        return None
    bars = tuple(_bar(each) for each in found)
    return Bars("passages", Name("dimension", "stage"), COLUMNS, bars, 0, (0, 1))


def told(warehouse: Warehouse, selection: Selection) -> tuple[Passage, ...] | None:
    """The same as counts, a stage each."""
    return asking.passages(warehouse, narrow(warehouse, selection)[0], order(warehouse))


def rows(warehouse: Warehouse, selection: Selection, seen: Seen, limit: int) -> Rows:
    """The deals behind a bar as they are now, the largest first.

    Those that left the data since are in the bar and have no row any more.
    """
    narrowed = narrow(warehouse, selection)[0]
    table = asking.rows(warehouse, narrowed, order(warehouse), seen, limit + 1)
    return Rows(table.slice(0, limit), table.num_rows > limit)


def order(warehouse: Warehouse) -> tuple[str, ...]:
    """The stages that any deal was ever open in, in their order."""
    known = ordered(stages(warehouse), lambda s: s.stage, lambda s: s.probability, lambda _: None)
    return tuple(each.stage for each in known)


def _bar(found: Passage) -> Bar:
    rate = found.moved_on / found.deals
    figures = (rate, found.deals, found.moved_on, found.lost, found.stayed)
    role: BarRole = "plain" if found.deals >= FEW else "faint"
    return Bar(Member(found.stage), figures, which=Seen(found.stage), role=role)
