"""A leaderboard as a table: places first, then those without one and why."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]


def words(facts: Facts, lang: str) -> str:
    """The sentence, the places, and what to know about them."""
    heads = ["rank", "member", "value", "then", "rank_then", "why"]
    if facts["per_day"]:
        heads.insert(3, "ranked")
    rows = [
        [_cell(line, said, name) for name in heads]
        for line, said in zip(facts["lines"], facts["words"], strict=True)
    ]
    table = grid(
        [t(f"leaders.cli.{name}", lang) for name in heads],
        rows,
        [name not in ("member", "why") for name in heads],
    )
    return "\n".join([facts["sentence"], "", table, "", *facts["notes"]])


def _cell(line: Facts, said: Facts, name: str) -> str:
    return str(said[name] if name in said else line[name] or "")
