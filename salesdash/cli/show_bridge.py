"""A bridge as a table: each lever then and now, and its part of the change."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]
COLUMNS = ("lever", "then", "now", "part")


def words(facts: Facts, lang: str) -> str:
    """The sentence and the parts; or why there are none."""
    if facts["why"]:
        return str(facts["why"])
    head, told = [t(f"bridge.cli.{name}", lang) for name in COLUMNS], facts["words"]
    rows = [_line(*pair) for pair in zip(facts["parts"], told["parts"], strict=True)]
    lines = [facts["sentence"], "", grid(head, rows, [False, True, True, True])]
    lines.append(t("bridge.cli.from", lang, **{n: told[n] for n in ("start", "now", "change")}))
    lines += [f"{each['name']}: {each['reason']}" for each in facts["dropped"]]
    return "\n".join(lines)


def _line(part: Facts, said: Facts) -> list[str]:
    values = [said[side] if part[side] is not None else "" for side in ("then", "now")]
    return [part["name"], *values, said["part"]]
