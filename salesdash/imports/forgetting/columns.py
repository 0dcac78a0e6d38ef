"""Columns of an import that name somebody, and those that hold contacts of somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from salesdash.datasets import PEOPLE
from salesdash.imports.forgetting.subject import Kind

CONTACTS = ("lead_name",)
"""Names of people, in rows of a customer who is forgotten."""


@dataclass(frozen=True)
class Columns:
    """What the mapping of an import says of its columns.

    `private`: extra columns that hold e-mails, phones, addresses and the like; `hidden` are their
    places and `veiled` their headers. `places`: number of a column -> its field; `fields`: header
    -> field. `count`: how many columns there are.
    """

    private: tuple[str, ...] = ()
    places: Mapping[int, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    veiled: frozenset[str] = frozenset()
    count: int = 0


def columns_of(kind: Kind, *mappings: Mapping[str, Any] | None) -> Columns:
    """Read the mappings that the log keeps of one table.

    Contacts of a person stand in the list of people only: elsewhere they are those of customers.
    """
    known = [c for mapping in mappings for c in (mapping or {}).get("columns") or []]
    of = {str((mapping or {}).get("dataset")) for mapping in mappings}
    hides = kind is Kind.CUSTOMER or of == {PEOPLE.name}
    veiled = [c for c in known if hides and not c.get("field") and not c.get("filter", True)]
    return Columns(
        private=tuple(str(c["extra"]) for c in veiled if c.get("extra")),
        places={int(c["index"]): str(c["field"]) for c in known if c.get("field")},
        fields={str(c["header"]): str(c["field"]) for c in known if c.get("field")},
        hidden=frozenset(int(c["index"]) for c in veiled),
        veiled=frozenset(str(c["header"]) for c in veiled),
        count=max((int(c["index"]) for c in known), default=-1) + 1,
    )
