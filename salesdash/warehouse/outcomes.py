"""What other rows tell of a row: won deals of the lead they came from, orders of their payments.

A row never multiplies: the others of each key are one row before they are joined.
"""

from collections.abc import Iterable

from salesdash.datasets.shape import Told
from salesdash.engine import identifier

OTHERS = """(
        select
            d.{key} as key,
            {fields}
        from {relation} as d
        where d.counts
          and {where}
          and d.{key} is not null
        group by d.{key}
    )"""

JOINED = """(
    select
        r.*,
        {fields}
    from {relation} as r
    {joins}
)"""


def is_read(told: Told | None, names: Iterable[str]) -> bool:
    """Whether a question reads what only the other dataset knows."""
    return told is not None and not told.names.isdisjoint(names)


def joined(told: Told, relation: str, others: str) -> str:
    """The rows with what the `others` tell of them, as a relation."""
    places, joins = range(len(told.links)), []
    pairs = tuple(zip((field.name for field in told.fields), told.sources, strict=True))
    least = ",\n            ".join(f"min(d.{source}) as {name}" for name, source in pairs)
    for place, (own, other) in zip(places, told.links, strict=True):
        key = identifier(other)
        rows = OTHERS.format(key=key, fields=least, relation=others, where=told.where)
        joins.append(f"left join {rows} as w{place} on w{place}.key = r.{identifier(own)}")
    of_all = {name: ", ".join(f"w{place}.{name}" for place in places) for name, _ in pairs}
    fields = ",\n        ".join(f"least({each}) as {name}" for name, each in of_all.items())
    return JOINED.format(fields=fields, relation=relation, joins="\n    ".join(joins))
