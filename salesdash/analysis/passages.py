"""Stage conversion: of the deals seen in a stage, how many went on, were lost, are still there."""

from salesdash.analysis.answers import Member, Name
from salesdash.analysis.bars import Bar, Bars, Column
from salesdash.analysis.deals import FEW
from salesdash.analysis.pipeline import narrow
from salesdash.analysis.stages import ordered
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.passages import Passage, passages, stages

COLUMNS = (
    Column("moved_on_rate", Unit.SHARE),
    Column("seen", Unit.COUNT),
    Column("moved_on", Unit.COUNT),
    Column("lost", Unit.COUNT),
    Column("still", Unit.COUNT),
)


def build(warehouse: Warehouse, selection: Selection) -> Bars | None:
    """A bar a stage, in their order; None where fewer than two exports stand."""
    known = ordered(stages(warehouse), lambda s: s.stage, lambda s: s.probability, lambda _: None)
    found = passages(warehouse, narrow(warehouse, selection)[0], [each.stage for each in known])
    if found is None:
        return None
    bars = tuple(_bar(each) for each in found)
    return Bars("passages", Name("dimension", "stage"), COLUMNS, bars, 0, (0, 1))


def _bar(found: Passage) -> Bar:
    rate = found.moved_on / found.deals
    figures = (rate, found.deals, found.moved_on, found.lost, found.stayed)
    return Bar(Member(found.stage), figures, role="plain" if found.deals >= FEW else "faint")
