"""Scopes of goals: whether the data still know their members, and by which names."""

from collections.abc import Sequence

from salesdash.analysis.answers import Reason
from salesdash.errors import UsageError
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse


def gone(
    warehouse: Warehouse, scope: Sequence[Filter], datasets: Sequence[str], cut: int | None = None
) -> Reason | None:
    """A member of the scope that the data no longer have."""
    for each in scope:
        for member in each.values:
            one = Selection(None, filters=(Filter(each.dimension, (member,)),), cut=cut)
            found = [_has_rows(warehouse, dataset, one) for dataset in datasets]
            if found and True not in found and None not in found:
                return Reason("goals.reason.no_member", (("member", member or ""),))
    return None


def names(
    warehouse: Warehouse, scope: Sequence[Filter], datasets: Sequence[str]
) -> tuple[str, ...]:
    """Members of the scope as people know them; several of one dimension stand together."""
    told = []
    for each in scope:
        known: dict[str, str] = {}
        for dataset in datasets:
            known = {**warehouse.names(dataset, each.dimension), **known}
        told.append(" / ".join(known.get(m or "", m or "—") for m in each.values))
    return tuple(told)


def _has_rows(warehouse: Warehouse, dataset: str, one: Selection) -> bool | None:
    """Whether any row fits; None in a dataset without rows, which the figure then tells."""
    if warehouse.first_date(dataset, one.cut) is None:
        return None
    try:
        return warehouse.rows_behind(dataset, one, 1).num_rows > 0
    except UsageError:  # no row has such a column
        return False
