"""Reference joins: what customers, products and people know of the rows of facts.

A row of facts never multiplies: each key has one entry, the newest; a person the one valid on the
day of the row. What the row says itself comes first. Keys match as they stand, by the name of the
entry, or where one entry alone is written the same but for case, blanks and punctuation.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from salesdash.datasets import CUSTOMERS, PEOPLE, PRODUCTS, Dataset
from salesdash.datasets.keys import folded
from salesdash.engine import Asks, identifier
from salesdash.selection import Organisation
from salesdash.warehouse.coverage import day

Columns = Sequence[tuple[str, str]]
Params = dict[str, object]


@dataclass(frozen=True)
class Link:
    """A reference set: its key, the field with the name of a key, the fields it tells of rows."""

    dataset: Dataset
    key: str
    name: str
    fields: tuple[str, ...]
    alias: str


LINKS = (
    Link(
        CUSTOMERS,
        "customer",
        "customer_name",
        ("customer_name", "segment", "region", "country", "province", "city", "person"),
        "c",
    ),
    Link(
        PRODUCTS,
        "product",
        "product_name",
        ("product_name", "category", "subcategory", "brand"),
        "p",
    ),
    Link(PEOPLE, "person", "person", ("team", "manager", "region", "role"), "n"),
)

SAID_FIRST: Mapping[str, tuple[str, ...]] = {"region": ("v", "n", "c")}
"""Who is asked first where several know: the organisation before the map."""

STATED = """
select
    {counts}
from {relation} as r
where r.counts
"""

KEYS = """
select distinct
    r.{key} as key
from {relation} as r
where r.counts
  and r.{key} is not null
order by key
"""

ENTRIES = """
select
    coalesce(r.{key}, r.{name}) as key,
    max(r.{name}) as name
from {relation} as r
where r.counts
  and coalesce(r.{key}, r.{name}) is not null
group by coalesce(r.{key}, r.{name})
order by key
"""

NEWEST = """(
        select
            {columns}
        from (
            select
                coalesce(n.{key}, n.{name}) as entry_key,
                n.*,
                row_number() over (
                    partition by coalesce(n.{key}, n.{name})
                    order by {order}n.event desc, n.sheet desc, n.record desc
                ) as place
            from {relation} as n
            where n.counts
        ) as ranked
        where place = 1
    )"""

VALID = """(
        select
            {columns},
            starts,
            least(
                coalesce(active_to, date '9999-12-30'),
                coalesce(
                    lead(starts) over (
                        partition by person
                        order by starts, event, sheet, record
                    ) - 1,
                    date '9999-12-30'
                )
            ) as ends
        from (
            select
                n.*,
                n.person as entry_key,
                coalesce(n.active_from, date '0001-01-01') as starts
            from {relation} as n
            where n.counts
              and n.person is not null
        ) as entries
    )"""
"""Entries of people without overlap: the later one that begins ends the one before."""


@dataclass(frozen=True)
class Known:
    """A reference set with rows, as facts of one dataset see it.

    `columns`: what it tells. `aliases`: keys of facts that are written otherwise, with its own.
    `unmatched`: keys of facts it doesn't have.
    """

    link: Link
    relation: str
    columns: tuple[str, ...]
    aliases: Mapping[str, str]
    unmatched: tuple[str, ...]


def look(asks: Asks, link: Link, relation: str, columns: Columns, facts: str) -> Known | None:
    """What a reference set knows of facts; None when it is empty or tells nothing."""
    extras = tuple(name for name, _ in columns if name.startswith("x_"))
    fields = (*link.fields, *extras)
    counts = ",\n    ".join(f"count(r.{identifier(name)})" for name in fields)
    stated = asks.rows(STATED.format(counts=counts, relation=relation))[0]
    told = tuple(name for name, count in zip(fields, stated, strict=True) if count)
    if not told:
        return None
    key, name = identifier(link.key), identifier(link.name)
    entries: dict[str, str | None] = dict(
        asks.rows(ENTRIES.format(key=key, name=name, relation=relation))
    )
    written = [row[0] for row in asks.rows(KEYS.format(key=key, relation=facts))]
    aliases = _aliases([each for each in written if each not in entries], entries)
    lost = tuple(each for each in written if each not in entries and each not in aliases)
    return Known(link, relation, told, aliases, lost)


def _aliases(written: Sequence[str], entries: Mapping[str, str | None]) -> dict[str, str]:
    """For keys that no entry has: the one entry of that name, or written the same."""
    by_name: dict[str, list[str]] = {}
    by_fold: dict[str, list[str]] = {}
    for key, name in entries.items():
        by_name.setdefault(name or key, []).append(key)
        for fold in {folded(key), folded(name or key)}:
            by_fold.setdefault(fold, []).append(key)
    found = {}
    for each in written:
        same = by_name.get(each) or by_fold.get(folded(each), [])
        if len(same) == 1 and folded(each):
            found[each] = same[0]
    return found


def joined(
    base: str,
    dataset: Dataset,
    columns: Columns,
    known: Sequence[Known],
    organisation: Organisation,
) -> tuple[str, Params]:
    """The rows with what the sets tell of them, as a relation, and the parameters in it."""
    params: Params = {}
    joins: list[str] = []
    person = "r.person"
    for each in known:
        link, keyed = each.link, f"r.{identifier(each.link.key)}"
        if link.key == "person":
            keyed = person
        elif "person" in each.columns and "person" in dataset.names:
            person = f"coalesce(r.person, {link.alias}.person)"
        if each.aliases:
            other = f"{link.alias}_written"
            joins.append(_renamed(each, other, keyed, params))
            keyed = f"coalesce({other}.known, {keyed})"
        joins += _joins(each, keyed, dataset, organisation)
    own = tuple(name for name, _ in columns)
    listed = [f"{_said(name, own, known, organisation)} as {identifier(name)}" for name in own]
    listed += [
        f"{_said(name, own, known, organisation)} as {identifier(name)}"
        for name in added(own, known)
    ]
    selected, rest = ",\n        ".join(listed), "\n    ".join(joins)
    return f"(\n    select\n        {selected}\n    from {base} as r\n    {rest}\n)", params


def added(own: Sequence[str], known: Iterable[Known]) -> tuple[str, ...]:
    """Columns that the facts have from reference sets alone."""
    names = dict.fromkeys(name for each in known for name in each.columns)
    return tuple(name for name in names if name not in own)


def _joins(each: Known, keyed: str, dataset: Dataset, organisation: Organisation) -> list[str]:
    link = each.link
    columns = ",\n            ".join(("entry_key", *map(identifier, each.columns)))
    key, name = identifier(link.key), identifier(link.name)
    order = "n.active_from desc nulls last, " if link.dataset is PEOPLE else ""
    newest = NEWEST.format(columns=columns, key=key, name=name, order=order, relation=each.relation)
    found = [f"left join {newest} as {link.alias} on {link.alias}.entry_key = {keyed}"]
    if link.dataset is PEOPLE and organisation is Organisation.THEN:
        valid, on = VALID.format(columns=columns, relation=each.relation), day(dataset)
        found.append(
            f"left join {valid} as v on v.entry_key = {keyed}"
            f"\n        and r.{on} >= v.starts and r.{on} <= v.ends"
        )
    return found


def _renamed(each: Known, other: str, keyed: str, params: Params) -> str:
    """Keys written otherwise, beside the key of the entry."""
    rows = []
    for number, (written, key) in enumerate(each.aliases.items()):
        names = f"{other}_{number}", f"{other}_is_{number}"
        params.update(zip(names, (written, key), strict=True))
        rows.append(f"(${names[0]}, ${names[1]})")
    values = ", ".join(rows)
    return f"left join (values {values}) as {other}(written, known) on {other}.written = {keyed}"


def _said(name: str, own: Sequence[str], known: Sequence[Known], organisation: Organisation) -> str:
    """A column: what the row says, else the sets in order; of today's organisation the reverse."""
    tellers = []
    for each in known:
        if name in each.columns and name != each.link.key:
            people = each.link.dataset is PEOPLE
            tellers += ["v"] * (people and organisation is Organisation.THEN) + [each.link.alias]
    first = SAID_FIRST.get(name, ())
    tellers.sort(key=lambda teller: first.index(teller) if teller in first else 0)
    parts = [f"{teller}.{identifier(name)}" for teller in tellers]
    row = [f"r.{identifier(name)}"] if name in own else []
    today = organisation is Organisation.TODAY and "n" in tellers
    parts = [*parts[:1], *row, *parts[1:]] if today else [*row, *parts]
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"
