"""What became of rows: the deals that were won tell it of the leads they came from.

A row never multiplies: the deals of each key are one row before they are joined.
"""

from collections.abc import Iterable

from salesdash.datasets.shape import Told
from salesdash.engine import identifier

WON = """(
        select
            d.{key} as key,
            max(d.outcome) as outcome,
            min(d.close_date) as won_date
        from {relation} as d
        where d.counts
          and d.outcome = 'won'
          and d.{key} is not null
        group by d.{key}
    )"""


def is_read(told: Told | None, names: Iterable[str]) -> bool:
    """Whether a question reads what only the other dataset knows."""
    return told is not None and not {field.name for field in told.fields}.isdisjoint(names)


def joined(told: Told, relation: str, others: str) -> str:
    """The rows with what the `others` tell of them, as a relation."""
    joins, aliases = [], []
    for number, (own, other) in enumerate(told.links):
        alias = f"w{number}"
        won = WON.format(key=identifier(other), relation=others)
        joins.append(f"left join {won} as {alias} on {alias}.key = r.{identifier(own)}")
        aliases.append(alias)
    outcome = ", ".join(f"{alias}.outcome" for alias in aliases)
    day = ", ".join(f"{alias}.won_date" for alias in aliases)
    listed = f"r.*,\n        coalesce({outcome}) as outcome,\n        least({day}) as won_date"
    linked = "\n    ".join(joins)
    return f"(\n    select\n        {listed}\n    from {relation} as r\n    {linked}\n)"
