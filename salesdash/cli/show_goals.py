"""Goals as a table, riskiest first, and the revisions and reviews of one."""

from collections.abc import Callable, Mapping
from typing import Any

from salesdash import formats
from salesdash.cli import show_import, show_levers
from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]


def words(facts: Facts, lang: str) -> str:
    """What `goals` answers, whatever it was asked to do."""
    shown = next((show for name, show in OTHERS if name in facts), None)
    if "goals" not in facts:
        return (shown or show_import.words)(facts, lang)
    if not facts["goals"] and "notes" not in facts:
        return t("cli.goals.none", lang)
    names = ("goal", "what", "period", "target", "actual", "reached", "status", "chance", "pace")
    head = [t("cli.goals." + name, lang) for name in names]
    rows = [_line(goal, lang) for goal in facts["goals"]]
    notes = [*facts.get("notes", ())]
    if facts.get("dry_run"):
        notes.append(t("cli.goals.dry_run", lang))
    table = grid(head, rows, [True, False, False, True, True, True])
    advice = ["", _check(facts, lang)] if "check" in facts else []
    return "\n".join((table, *notes, *advice))


def _check(facts: Facts, lang: str) -> str:
    """The five lines of SMART, each with its word and sentence."""
    lines = [f"{t('smart.title', lang)}: {t('smart.note', lang)}"]
    lines += [f"  {each['name']} · {each['word']} · {each['text']}" for each in facts["check"]]
    return "\n".join(lines)


def _line(goal: Facts, lang: str) -> list[str]:
    told = goal["words"]
    reached = None if goal["reached"] is None else float(goal["reached"])
    return [
        _number(goal, lang),
        told["goal"],
        told["period"],
        told["target"],
        told["actual"],
        formats.share(reached, lang),
        told["state"],
        told["chance"],
        "; ".join(part for part in (told["told"], *goal["notes"], _due(goal, lang)) if part),
    ]


def _due(goal: Facts, lang: str) -> str:
    return t("cli.goals.due", lang) if goal["review_due_since"] else ""


def _number(goal: Facts, lang: str) -> str:
    """Of a target of a file that it is one; of one that is not set nothing."""
    if goal["origin"] == "import":
        return t("cli.goals.imported", lang)
    return "" if goal["goal"] is None else str(goal["goal"])


def _revisions(facts: Facts, lang: str) -> str:
    names = ("version", "target", "reached", "who", "at", "why")
    rows = [
        [
            str(each["version"]),
            t("cli.goals.withdrawn", lang) if each["withdrawn"] else each["target_told"],
            formats.share(None if each["reached"] is None else float(each["reached"]), lang),
            each["who"],
            each["at"].replace("T", " "),
            each["why"],
        ]
        for each in facts["revisions"]
    ]
    return grid([t("cli.goals." + name, lang) for name in names], rows, [True, True, True])


def _reviews(facts: Facts, lang: str) -> str:
    """One line a review, with what was said; a corrected one says its version."""
    if not facts["reviews"]:
        return t("cli.goals.no_reviews", lang)
    names = ("review", "day", "who", "word", "rule", "actual", "target")
    head = [*(t("cli.goals." + name, lang) for name in names), ""]
    numbers = [True, False, False, False, False, True, True]
    return grid(head, [_review(each, lang) for each in facts["reviews"]], numbers)


def _review(review: Facts, lang: str) -> list[str]:
    then, number = review["figures"]["words"], str(review["review"])
    said = (
        review["note"],
        *(
            f"{t('cli.goals.' + name, lang)}: {review[field]}"
            for name, field in (("decision", "decision"), ("next", "next_step"))
            if review[field]
        ),
    )
    return [
        number if review["version"] == 1 else f"{number}.{review['version']}",
        review["day"],
        review["who"],
        t(f"reviews.word.{review['word']}", lang),
        then["state"],
        then["actual"],
        then["target"],
        "; ".join(part for part in said if part),
    ]


OTHERS: tuple[tuple[str, Callable[[Facts, str], str]], ...] = (
    ("revisions", _revisions),
    ("reviews", _reviews),
    ("levers", show_levers.words),
    ("check", _check),
)
"""What stands in documents without goals."""
