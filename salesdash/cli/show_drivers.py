"""Drivers as a table: each slice with its part, the rest, the total; or why there are none."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]
COLUMNS = ("slice", "before", "after", "part", "share")


def words(facts: Facts, lang: str) -> str:
    """The sentence, the slices that sum to the total with the rest, what was searched."""
    told = facts["words"]
    head = [t(f"driving.cli.{name}", lang) for name in COLUMNS]
    rows = [
        [each["slice"], each["before"], each["after"], each["change"], each["share"]]
        for each in told["drivers"]
    ]
    for name in ("rest", "total") if rows else ("total",):
        part = told[name]
        label = t(f"driving.cli.{name}", lang)
        rows.append([label, part["before"], part["after"], part["change"], ""])
    pairs = zip(told["drivers"], facts["drivers"], strict=True)
    whys = [f"{said['slice']}: {each['why']}" for said, each in pairs]
    lines = [facts["reason"], "", grid(head, rows, [False, True, True, True, True])]
    return "\n".join([*lines, *([""] if whys else []), *whys, "", *facts["notes"]])
