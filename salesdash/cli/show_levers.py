"""The levers of a goal as a table, the easiest first."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]
COLUMNS = ("lever", "now", "needed", "range", "best", "standing")


def words(facts: Facts, lang: str) -> str:
    """What is still to be made, then the levers; or why there are none."""
    if facts["why"]:
        return str(facts["why"])
    head = [t(f"levers.cli.{name}", lang) for name in COLUMNS]
    rows = [_line(each) for each in facts["levers"]]
    told = [
        t("levers.cli.left", lang, count=facts["working_days_left"], times=_times(facts)),
        grid(head, rows, [False, True, True, True, True]),
    ]
    names = {each["lever"]: t(f"levers.name.{each['lever']}", lang) for each in facts["dropped"]}
    told += [f"{names[each['lever']]}: {each['reason']}" for each in facts["dropped"]]
    return "\n".join(told)


def _line(lever: Facts) -> list[str]:
    told, best = lever["words"], lever["best"]
    return [
        told["lever"],
        told["now"],
        told["needed"],
        told["range"],
        f"{best['name']} {told['best']}" if best else "",
        "; ".join(part for part in (told["standing"], lever["note"]) if part),
    ]


def _times(facts: Facts) -> str:
    return f"{float(facts['times']):.2f}"
