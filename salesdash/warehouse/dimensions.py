"""Dimensions and their members: what can be filtered and broken down by."""

import re
from dataclasses import dataclass

from salesdash.datasets import CUSTOMERS, EXTRA_PREFIX, PEOPLE, PRODUCTS, Dataset
from salesdash.engine import Asks, identifier
from salesdash.warehouse.coverage import day

FEW = 200
"""An extra column with more different values than this is not offered as a filter."""

SHAPES = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+"  # e-mail
    r"|\+?[\d\s().-]{7,}"  # phone, long number
    r"|[0-9a-f]{8}-[0-9a-f-]{13,}"  # uuid
    r"|https?://.*"
    r"|.{60,}",  # addresses, remarks
    re.IGNORECASE,
)
PRIVATE = re.compile(
    r"e_?mail|phone|mobile|\btel\b|_tel|fax|address|street|postal|zip|邮箱|电话|手机|地址|邮编|身份证",
    re.IGNORECASE,
)
IDENTIFIERS = re.compile(
    r"(^|_)(id|no|nr|number|code|uuid|guid)$|编号$|编码$|单号$|号码$", re.IGNORECASE
)

MEMBERS = """
select
    {column} as value,
    count(*) as rows
from {relation} as r
where {condition}
group by {column}
order by rows desc, value
limit $limit
"""

NAMES = """
select
    ranked.key,
    ranked.name
from (
    select
        {key} as key,
        {name} as name,
        row_number() over (
            partition by {key}
            order by {day} desc nulls last, event desc, sheet desc, record desc
        ) as place
    from {relation} as r
    where {key} is not null
      and {name} is not null
) as ranked
where ranked.place = 1
order by ranked.key
"""

DISPLAY = {"customer": "customer_name", "product": "product_name"}
"""Fields that hold a key, and the field that says its name."""

Held = tuple[str, dict[str, object]]
"""Rows as SQL to stand after `from`, and its parameters."""

ADDED = tuple(
    dict.fromkeys(field for one in (CUSTOMERS, PRODUCTS, PEOPLE) for field in one.dimensions)
)
"""Fields that facts may have from reference sets."""


@dataclass(frozen=True)
class Dimension:
    """`members`: different values; `offered`: good as a filter; `extra`: not a canonical field."""

    name: str
    members: int
    offered: bool
    extra: bool


def dimensions(
    asks: Asks, dataset: Dataset, columns: tuple[str, ...], held: Held
) -> tuple[Dimension, ...]:
    """All dimensions that hold at least one value: canonical fields, then extra columns.

    `columns`: of the rows, then those that reference sets add.
    """
    extras = tuple(name for name in columns if name.startswith(EXTRA_PREFIX))
    added = tuple(name for name in columns if name in ADDED and name not in dataset.names)
    names = dataset.dimensions + added + extras
    counts = ",\n    ".join(f"count(distinct {identifier(name)})" for name in names)
    relation, params = held
    found = asks.rows(f"select\n    {counts}\nfrom {relation} as r", params)[0]
    filled = [(name, int(count)) for name, count in zip(names, found, strict=True) if count]
    return tuple(
        Dimension(name, count, _is_offered(asks, held, name, count), name in extras)
        for name, count in filled
    )


def members(
    asks: Asks, held: Held, dimension: str, limit: int, search: str | None
) -> tuple[tuple[str, int], ...]:
    """(value, rows) by falling number of rows; `search`: only values that contain it."""
    column = identifier(dimension)
    relation, known = held
    condition, params = f"{column} is not null", {**known, "limit": limit}
    if search:
        condition += f" and contains(lower({column}), lower($search))"
        params["search"] = search
    sql = MEMBERS.format(column=column, relation=relation, condition=condition)
    return tuple((value, rows) for value, rows in asks.rows(sql, params))


def names(asks: Asks, dataset: Dataset, held: Held, dimension: str) -> dict[str, str]:
    """Key -> the name on its newest row that has one; empty where keys are names themselves."""
    shown = DISPLAY.get(dimension)
    if shown is None or shown not in dataset.names:
        return {}
    key, name = identifier(dimension), identifier(shown)
    relation, params = held
    sql = NAMES.format(key=key, name=name, day=day(dataset), relation=relation)
    return dict(asks.rows(sql, params))


def _is_offered(asks: Asks, held: Held, name: str, count: int) -> bool:
    """Canonical dimensions always; extras with few values that are not private or ids."""
    if not name.startswith(EXTRA_PREFIX):
        return True
    if count > FEW or PRIVATE.search(name) or IDENTIFIERS.search(name):
        return False
    sample = members(asks, held, name, FEW, None)
    shaped = sum(1 for value, _ in sample if SHAPES.fullmatch(value))
    return shaped * 2 <= len(sample)
