"""Customer segments as a table, and the customers of one."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]
HEADS = ("rfm.heading", "pipeline.column.segment_customers", "pipeline.column.segment_figure")
LISTED = ("customer", "last", "orders", "recency", "frequency", "money")
ROWS = 20
"""So many customers are listed; `--json` has all."""


def words(facts: Facts, lang: str) -> str:
    """The sentence and the segments; of one that was asked for its customers."""
    if facts["why"]:
        return str(facts["why"])
    heads = [t(key, lang) for key in HEADS]
    told = facts["words"]["figures"]
    rows = [
        [each["name"], f"{each['customers']:,}", figure]
        for each, figure in zip(facts["segments"], told, strict=True)
    ]
    if facts["then"]:
        heads.append(t("pipeline.column.segment_then", lang))
        rows = [
            [*row, f"{each['then']:,}"] for row, each in zip(rows, facts["segments"], strict=True)
        ]
    lines = [facts["sentence"], "", grid(heads, rows, [False, *[True] * (len(heads) - 1)])]
    if facts["segment"] is not None:
        names = [t(f"rfm.list.{name}", lang) for name in LISTED]
        listed = [[str(one[name]) for name in LISTED] for one in facts["list"][:ROWS]]
        lines += ["", grid(names, listed, [False, *[True] * (len(names) - 1)])]
    return "\n".join(lines)
