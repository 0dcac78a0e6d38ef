"""Goals as a table, riskiest first, and the revisions of one."""

from collections.abc import Mapping
from typing import Any

from salesdash import formats
from salesdash.cli import show_import
from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]


def words(facts: Facts, lang: str) -> str:
    """What `goals` answers, whatever it was asked to do."""
    if "goals" not in facts and "revisions" not in facts:
        return show_import.words(facts, lang)
    if "revisions" in facts:
        return _revisions(facts, lang)
    if not facts["goals"]:
        return t("cli.goals.none", lang)
    names = ("goal", "what", "period", "target", "actual", "reached", "status", "pace")
    head = [t("cli.goals." + name, lang) for name in names]
    rows = [_line(goal, lang) for goal in facts["goals"]]
    return grid(head, rows, [True, False, False, True, True, True])


def _line(goal: Facts, lang: str) -> list[str]:
    told = goal["words"]
    reached = None if goal["reached"] is None else float(goal["reached"])
    return [
        t("cli.goals.imported", lang) if goal["goal"] is None else str(goal["goal"]),
        told["goal"],
        told["period"],
        told["target"],
        told["actual"],
        formats.share(reached, lang),
        told["state"],
        "; ".join(part for part in (told["told"], *goal["notes"]) if part),
    ]


def _revisions(facts: Facts, lang: str) -> str:
    names = ("version", "target", "who", "at", "why")
    rows = [
        [
            str(each["version"]),
            t("cli.goals.withdrawn", lang) if each["withdrawn"] else each["target_told"],
            each["who"],
            each["at"].replace("T", " "),
            each["why"],
        ]
        for each in facts["revisions"]
    ]
    return grid([t("cli.goals." + name, lang) for name in names], rows, [True, True])
