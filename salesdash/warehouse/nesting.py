"""Which dimension lies within another: each of its members within one member of the other."""

from dataclasses import dataclass

from salesdash.engine import identifier
from salesdash.selection import Selection
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

SEEN = 3
"""Members must have so many rows on average: whoever was seen once lies within anything."""

STRAY = 0.05
"""At most this part of the members may lie within several: towns of one name in two provinces."""

GLANCE, EVERY = 20_000, 2**62
"""So many rows tell of most dimensions that they don't lie within one, all rows that one does."""


@dataclass(frozen=True)
class Nesting:
    """A dimension beside another: its members, the rows that show both, members within several."""

    members: int
    rows: int
    strays: int
    several: bool

    @property
    def holds(self) -> bool:
        """Whether the members lie within one of several others each, as far as rows tell."""
        seen = self.rows >= SEEN * self.members
        return self.several and seen and self.strays <= STRAY * self.members


def nesting(
    warehouse: Warehouse, dataset: str, parent: str, child: str, most: int = EVERY
) -> Nesting:
    """How a dimension lies within another, over at most so many rows that count.

    Raises UsageError for a dimension that the dataset has not.
    """
    for name in (parent, child):
        warehouse.ensure_dimension(dataset, name)
    scope = warehouse.scope(dataset, Selection(None), (parent, child))
    sql = statement("nesting.sql").format(
        child=identifier(child), parent=identifier(parent), scope=scope.sql
    )
    ((members, rows, strays, several),) = warehouse.engine.rows(sql, {**scope.params, "most": most})
    return Nesting(members, int(rows or 0), strays, bool(several))


def first_within(
    warehouse: Warehouse, dataset: str, parent: str, children: tuple[str, ...]
) -> str | None:
    """The first of some dimensions that lies within another; None where none does.

    Asked once for these data. Raises UsageError for a dimension that the dataset has not.
    """
    members = {one.name: one.members for one in warehouse.dimensions(dataset)}

    def ask() -> str | None:
        for child in children:
            strays = nesting(warehouse, dataset, parent, child, GLANCE).strays
            if strays > STRAY * members.get(child, 0):
                continue
            found = nesting(warehouse, dataset, parent, child)
            if found.holds:
                return child
            if not found.several:
                break  # all lies within the only one
        return None

    return warehouse.recent(("within", dataset, parent, children), ask)
