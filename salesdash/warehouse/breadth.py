"""How wide a breakdown is: sums of all days by few members are kept, others asked for a window."""

from collections.abc import Mapping, Sequence
from math import prod
from types import MappingProxyType

from salesdash.metrics.daily import MOST
from salesdash.warehouse.warehouse import Warehouse


def is_few(
    warehouse: Warehouse,
    dataset: str,
    by: Sequence[str],
    cut: int | None = None,
    kept: Mapping[str, int] = MappingProxyType({}),
) -> bool:
    """So few members and days that their sums may be kept; without a breakdown always.

    Nothing is asked to find out: members are known once somebody looked at the dimensions. `kept`:
    dimensions of which so many members have a name, all others being one.
    """
    if not by:
        return True
    first, last = warehouse.ends(dataset, cut)
    found = [kept.get(name, warehouse.breadth(dataset, name)) for name in by]
    members = [each + 1 for each in found if each is not None]  # the empty one, or the others
    if first is None or last is None or len(members) < len(by):
        return False
    return prod(members) * ((last - first).days + 1) <= MOST
