"""Sheets of one shape are one table: equal headers, or all but a few of the widest sheet's."""

from salesdash.ingest.headers import fold

SHARED = 0.8
"""A sheet that lacks more columns than this leaves is another table."""


def groups(headers: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Sheet names in groups, the widest sheet of each group first, groups in order of the book."""
    order = list(headers)
    waiting = sorted(order, key=lambda name: (-len(headers[name]), order.index(name)))
    found: list[list[str]] = []
    for name in waiting:
        group = next((g for g in found if _belongs(headers[name], headers[g[0]])), None)
        if group is None:
            found.append([name])
        else:
            group.append(name)
    return [tuple(g) for g in sorted(found, key=lambda g: min(order.index(n) for n in g))]


def _belongs(columns: tuple[str, ...], widest: tuple[str, ...]) -> bool:
    mine, theirs = {fold(c) for c in columns}, {fold(c) for c in widest}
    return mine <= theirs and len(mine) >= SHARED * len(theirs)


class Order:
    """Puts the cells of one sheet where the united table has them; what it lacks stays empty."""

    def __init__(self, columns: tuple[str, ...], widest: tuple[str, ...]) -> None:
        places = {fold(column): i for i, column in enumerate(columns)}
        self._places = [places.get(fold(column), -1) for column in widest]

    def of(self, cells: list[str]) -> list[str]:
        """The cells in the table's order."""
        return [cells[i] if i >= 0 else "" for i in self._places]
