"""Sheets that repeat another one: a cleaned sheet beside the raw one, a copy of last week.

Such sheets have equal headers and would be united, and every row would count twice. A column with
another value in each row of a sheet finds the same rows, and these are mostly alike.
"""

from itertools import combinations

from salesdash.engine import Engine
from salesdash.ingest.reading import Table
from salesdash.ingest.relation import relation

KEYS = 8
"""A column that names rows is one of the first."""

FEW = 3
"""Fewer rows may be the same by chance."""

ALIKE = 0.7
"""Share of the cells of two rows that are one and the same row: a number in each sheet, 1, 2, 3,
finds rows that have little else in common."""


def repeated(engine: Engine, table: Table) -> dict[int, int]:
    """Number of a sheet of this table -> that of the earlier sheet whose rows it repeats."""
    found: dict[int, int] = {}
    sizes: dict[int, int] = dict(
        engine.rows(f"select sheet, count(*) from ({relation(table)}) group by 1")  # noqa: S608
    )
    keys = _keys(engine, table, sum(sizes.values())) if len(sizes) > 1 else []
    for first, second in combinations(sorted(sizes), 2):
        least = min(sizes[first], sizes[second])
        if least < FEW or first in found or second in found:
            continue
        if any(_repeats(engine, table, key, (first, second), least) for key in keys):
            found[second] = first
    return found


def _keys(engine: Engine, table: Table, rows: int) -> list[int]:
    """The columns with another value in each row of a sheet, though not in all of the table."""
    columns = range(min(KEYS, len(table.columns)))
    counts = ", ".join(f"count(distinct (sheet, c{i})), count(distinct c{i})" for i in columns)
    asked = f"select {counts} from ({relation(table)})"  # noqa: S608 - own columns
    (answer,) = engine.rows(asked)
    return [i for i in columns if answer[2 * i] == rows > answer[2 * i + 1]]


def _repeats(engine: Engine, table: Table, key: int, sheets: tuple[int, int], least: int) -> bool:
    """Whether most rows of the smaller of two sheets stand in the other one as well."""
    width = len(table.columns)
    alike = " + ".join(f"cast(a.c{i} is not distinct from b.c{i} as integer)" for i in range(width))
    asked = (
        f"select count(*), coalesce(sum({alike}), 0) "  # noqa: S608 - own columns and numbers
        f"from ({relation(table)}) a join ({relation(table)}) b on a.c{key} = b.c{key} "
        f"where a.sheet = {sheets[0]} and b.sheet = {sheets[1]}"
    )
    ((shared, cells),) = engine.rows(asked)
    return bool(2 * shared > least and cells >= ALIKE * shared * width)
