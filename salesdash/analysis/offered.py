"""What can be filtered and broken down by, over the rows of several datasets."""

from collections import Counter
from collections.abc import Iterable

from salesdash.warehouse import Dimension, Warehouse
from salesdash.warehouse.edges import FACTS


def dimensions(
    warehouse: Warehouse, datasets: Iterable[str] = FACTS, *, shared: bool = False
) -> tuple[Dimension, ...]:
    """Dimensions that hold values in any of the datasets, or (`shared`) in all of them.

    `members` are those of the dataset with most.
    """
    asked = tuple(datasets)
    found: dict[str, list[Dimension]] = {}
    for dataset in asked:
        for one in warehouse.dimensions(dataset):
            found.setdefault(one.name, []).append(one)
    return tuple(
        Dimension(
            name,
            max(one.members for one in held),
            any(one.offered for one in held),
            held[0].extra,
        )
        for name, held in found.items()
        if not shared or len(held) == len(asked)
    )


def members(
    warehouse: Warehouse, dimension: str, limit: int, datasets: Iterable[str] = FACTS
) -> tuple[str, ...]:
    """The members with most rows over all datasets, most first."""
    rows: Counter[str] = Counter()
    for dataset in _holding(warehouse, dimension, datasets):
        rows.update(dict(warehouse.members(dataset, dimension, limit)))
    ranked = sorted(rows, key=lambda member: (-rows[member], member))
    return tuple(ranked[:limit])


def names(warehouse: Warehouse, dimension: str, datasets: Iterable[str] = FACTS) -> dict[str, str]:
    """Display names of members that are keys; the first dataset that knows one wins."""
    found: dict[str, str] = {}
    for dataset in reversed(_holding(warehouse, dimension, datasets)):
        found.update(warehouse.names(dataset, dimension))
    return found


def _holding(warehouse: Warehouse, dimension: str, datasets: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        dataset
        for dataset in datasets
        if any(one.name == dimension for one in warehouse.dimensions(dataset))
    )
