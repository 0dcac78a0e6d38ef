"""A comparison as a table: where one is, the members, the others, the total."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid

Facts = Mapping[str, Any]


def words(facts: Facts, _: str) -> str:
    """The sentence, the table as on the screen, and why there are no contributions if so."""
    told = facts["words"]
    table = grid(told["columns"], told["rows"], told["figures"])
    return "\n".join(
        part for part in (facts["sentence"], "", table, facts["apart"]) if part is not None
    )
