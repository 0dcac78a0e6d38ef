"""Trainings as a table: who stands where, what a file would bring, what was undone."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]


def words(facts: Facts, lang: str) -> str:
    """What `training` answers, whatever it was asked to do."""
    if "people" in facts and "headline" in facts:
        return _board(facts, lang)
    return _import(facts, lang) if "refused" in facts else t("learning.cli.undone", lang, **facts)


def _board(facts: Facts, lang: str) -> str:
    """A line for each course that is asked of somebody or begun."""
    rows = [
        [
            _name(person, lang),
            each["name"],
            f"{each['done']}/{each['of']}",
            t(f"learning.asked.{each['asked']}", lang),
            t(f"learning.state.{each['state']}", lang),
            each["due"] or "",
        ]
        for person in facts["people"]
        for each in person["courses"]
        if each["state"] != "none"
    ]
    names = ("person", "course", "done", "asked", "state", "until")
    head = [t(f"learning.cli.{name}", lang) for name in names]
    table = [grid(head, rows, [False, False, True])] if rows else []
    return "\n".join([facts["headline"], *table, *facts["warnings"]])


def _name(person: Facts, lang: str) -> str:
    if person["left"] is None:
        return str(person["person"])
    return t("learning.left", lang, name=person["person"], day=person["left"])


def _import(facts: Facts, lang: str) -> str:
    key = "would" if facts["dry_run"] else "brought"
    told = {name: facts[name] for name in ("file", "known", "lapsed")}
    lines = [t(f"learning.cli.{key}", lang, count=facts["new"], **told)]
    if facts["newcomers"]:
        names = t("ui.list_comma", lang).join(facts["newcomers"])
        lines.append(t("learning.newcomers", lang, count=len(facts["newcomers"]), names=names))
    if facts["step"] is not None:
        lines.append(t("learning.cli.way_back", lang, step=facts["step"]))
    if facts["refused"]:
        lines.append(t("learning.refused_rows", lang, count=len(facts["refused"])))
        columns = ("line", "person", "course", "date", "reason")
        head = [t(f"learning.cli.{name}", lang) for name in columns]
        rows = [[str(each[name]) for name in columns] for each in facts["refused"]]
        lines.append(grid(head, rows, [True]))
    return "\n".join(lines)
