"""Scope: the rows a selection looks at, as SQL text and parameters."""

from dataclasses import dataclass

from salesdash.datasets import Dataset, Kind
from salesdash.engine import identifier
from salesdash.errors import UsageError
from salesdash.selection import Filter, Organisation, Selection
from salesdash.warehouse.coverage import day

TODAY = """(
    select
        r.* exclude (team),
        coalesce(t.team, r.team) as team
    from {relation} as r
    left join (
        select
            person,
            team
        from (
            select
                person,
                team,
                row_number() over (
                    partition by person
                    order by {day} desc nulls last, event desc, sheet desc, record desc
                ) as place
            from {relation} as newest
            where person is not null and team is not null
        ) as ranked
        where place = 1
    ) as t on t.person = r.person
)"""
"""Each row under the team its person is in now: the one on the person's newest row."""


@dataclass(frozen=True)
class Scope:
    """`sql`: a complete select of all columns; `params`: the values its $names stand for."""

    sql: str
    params: dict[str, object]


def compose(  # noqa: PLR0913 - a relation, what may be asked of it, and how
    relation: str,
    dataset: Dataset,
    allowed: frozenset[str],
    selection: Selection,
    *,
    people: bool = False,
    marked: bool = False,
) -> Scope:
    """Filters and organisation over a relation; only rows that count, no date limits.

    `people`: who is in which team today is known from the people, else from the newest rows.
    `marked`: all rows, and a column `fits` that says whether filters keep a row that counts.
    Raises UsageError for a filter on something that is not `allowed`.
    """
    conditions, params = ["r.counts"], dict[str, object]()
    for number, condition in enumerate(selection.filters):
        if condition.dimension not in allowed:
            raise UsageError(
                "dimension.unknown", dimension=condition.dimension, known=sorted(allowed)
            )
        sql, bound = _condition(condition, f"filter_{number}")
        conditions.append(sql)
        params.update(bound)
    today = selection.organisation is Organisation.TODAY and not people
    if today and {"person", "team"} <= {*dataset.names}:
        relation = TODAY.format(relation=relation, day=day(dataset))
    where = "\n  and ".join(conditions)
    if marked:
        return Scope(f"select\n    r.*,\n    ({where}) as fits\nfrom {relation} as r", params)
    return Scope(f"select r.*\nfrom {relation} as r\nwhere {where}", params)


def filterable(dataset: Dataset, columns: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Columns a filter may name: names, codes, and all extra columns."""
    texts = {field.name for field in dataset.fields if field.kind in (Kind.TEXT, Kind.CODE)}
    return frozenset(name for name, _ in columns if name in texts or name.startswith("x_"))


def _condition(condition: Filter, name: str) -> tuple[str, dict[str, object]]:
    column = f"r.{identifier(condition.dimension)}"
    values = [value for value in condition.values if value is not None]
    params: dict[str, object] = {f"{name}_{n}": value for n, value in enumerate(values)}
    marks = ", ".join(f"${mark}" for mark in params)
    parts = [f"{column} in ({marks})"] if values else []
    if None in condition.values:
        parts.append(f"{column} is null")
    chosen = " or ".join(parts) or "false"
    if not condition.exclude:
        return f"({chosen})", params
    # `not (x in ...)` would lose the rows without a value
    return f"not coalesce({chosen}, false)", params
