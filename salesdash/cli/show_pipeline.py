"""Pipeline movement as a table from opening to closing, and the deals behind its parts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from salesdash import formats
from salesdash.cli.grid import grid
from salesdash.metrics import Unit
from salesdash.texts import t

Facts = Mapping[str, Any]

MOST = 20
"""So many deals, the largest of all parts; --json has all."""

CONVERSION = ("stage", "share", "deals", "moved_on", "lost", "open")

DEALS = ("part", "deal", "owner", "amount", "then", "now", "pushed", "file")


def words(facts: Facts, lang: str) -> str:
    """The sentence, the parts, the largest deals, conversion, and what is not known."""
    lines = [facts["headline"], "", _parts(facts, lang)]
    if facts["deals"]:
        lines += ["", _deals(facts, lang)]
    left = len(facts["deals"]) - MOST
    if left > 0:
        lines.append(t("movement.cli.more", lang, count=left))
    if facts["conversion"]:
        lines += ["", _conversion(facts, lang)]
    if facts["pushes"]:
        lines += ["", _pushes(facts, lang)]
    return "\n".join([*lines, *(["", *facts["notes"]] if facts["notes"] else [])])


def _parts(facts: Facts, lang: str) -> str:
    head = [t(f"movement.cli.{name}", lang) for name in ("part", "deals", "amount")]
    ends = (("opening", facts["opening"]), ("closing", facts["closing"]))
    first, last = ([_end(facts, name, lang), *_figures(facts, level, lang)] for name, level in ends)
    rows = [
        [each["name"], *_figures(facts, each, lang, "signed")]
        for each in facts["parts"]
        if each["deals"]
    ]
    return grid(head, [first, *rows, last], [False, True, True])


def _end(facts: Facts, name: str, lang: str) -> str:
    moment = facts["between"]["from" if name == "opening" else "to"]
    day = formats.date(date.fromisoformat(moment["day"]), lang, "exact")
    return t("movement.end", lang, name=t(f"movement.{name}", lang), day=day)


def _figures(
    facts: Facts, each: Facts, lang: str, style: formats.Style = "exact"
) -> tuple[str, str]:
    amount = formats.value(each["amount"], Unit.MONEY, facts["currency"], lang, style)
    return f"{each['deals']:,}", amount


def _deals(facts: Facts, lang: str) -> str:
    names = {each["part"]: each["name"] for each in facts["parts"]}
    found = sorted(facts["deals"], key=lambda each: -abs(each["amount"]))[:MOST]
    rows = [
        [
            names[each["part"]],
            each["name"] or each["deal"] or each["customer"] or "",
            each["owner"] or "",
            formats.value(each["amount"], Unit.MONEY, facts["currency"], lang, "signed"),
            *(_day(each[f"expected_{side}"], lang) for side in ("then", "now")),
            str(each["pushed"] or ""),
            each["file"] or "",
        ]
        for each in found
    ]
    head = [t(f"movement.cli.{name}", lang) for name in DEALS]
    return grid(head, rows, [False, False, False, True, True, True, True])


def _conversion(facts: Facts, lang: str) -> str:
    head = [t(f"passages.cli.{name}", lang) for name in CONVERSION]
    rows = [
        [
            each["stage"],
            formats.value(each["share"], Unit.SHARE, facts["currency"], lang),
            *(f"{each[name]:,}" for name in CONVERSION[2:]),
        ]
        for each in facts["conversion"]
    ]
    return grid(head, rows, [False, *[True] * (len(CONVERSION) - 1)])


def _pushes(facts: Facts, lang: str) -> str:
    """Open deals by how often their expected close was put off."""
    head = [t(f"pushed.cli.{name}", lang) for name in ("times", "deals", "amount")]
    rows = [
        [
            str(each["times"]),
            f"{each['deals']:,}",
            formats.value(each["amount"], Unit.MONEY, facts["currency"], lang, "exact"),
        ]
        for each in facts["pushes"]
    ]
    return grid(head, rows, [True, True, True])


def _day(text: str | None, lang: str) -> str:
    return formats.date(date.fromisoformat(text), lang, "exact") if text else formats.DASH
