"""What an import did, would do, or has to ask, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from salesdash import formats
from salesdash.cli.grid import grid
from salesdash.metrics import Unit
from salesdash.texts import catalog, t

ASIDE = ("blank", "totals", "repeated_headers", "outside")

Facts = Mapping[str, Any]


def words(document: Facts | list[Facts], lang: str) -> str:
    """The document of one import, or of several."""
    files = document if isinstance(document, list) else [document]
    return "\n\n".join(_one(facts, lang) for facts in files)


def _one(facts: Facts, lang: str) -> str:
    if "error" in facts:
        return str(facts["error"]["text"])
    if "questions" in facts:
        return _questions(facts, lang)
    if facts["duplicate_of"] is not None:
        return t("cli.import.already", lang, file=facts["file"], event=facts["duplicate_of"])
    event = facts["event"]
    head = "dry" if event is None else "done"
    parts = [t("cli.import." + head, lang, file=facts["file"], event=event), *_counts(facts, lang)]
    parts += ["", _mapping(facts["columns"], lang)]
    parts += [str(warning["text"]) for warning in facts["warnings"]]
    if facts.get("kpis"):
        parts += ["", t("cli.import.kpis", lang), _kpis(facts, lang)]
    if event is not None:
        hint = "rejects" if facts["counts"]["rejected"] else "undo"
        parts += ["", t("cli.import." + hint, lang, event=event)]
    return "\n".join(parts)


def _counts(facts: Facts, lang: str) -> list[str]:
    counts = {name: f"{count:,}" for name, count in facts["counts"].items()}
    lines = [t("cli.import.counts", lang, **counts)]
    if any(facts["counts"][name] for name in ASIDE):
        lines.append(t("cli.import.aside", lang, **counts))
    as_of = (facts["as_of"] or "").replace("T", " ")
    lines.append(t("cli.import.facts", lang, **{**facts, "as_of": as_of}))
    return lines


def _mapping(columns: Sequence[Facts], lang: str) -> str:
    head = [t("cli.import." + name, lang) for name in ("header", "field", "how")]
    extra = t("cli.import.extra", lang)
    rows = [
        [
            each["header"],
            t("fields." + each["field"], lang) if each["field"] else extra,
            t("cli.how." + each["how"], lang),
        ]
        for each in columns
    ]
    return grid(head, rows)


def _kpis(facts: Facts, lang: str) -> str:
    head = [t("cli.column.metric", lang), t("cli.import.before", lang), t("cli.import.after", lang)]
    rows = [
        [
            kpi["name"][lang],
            *(_figure(kpi, side, lang) for side in ("before", "after")),
        ]
        for kpi in facts["kpis"]
    ]
    return grid(head, rows, [False, True, True])


def _figure(kpi: Facts, side: str, lang: str) -> str:
    return formats.value(kpi[side], Unit(kpi["unit"]), kpi["currency"], lang, style="exact")


def _questions(facts: Facts, lang: str) -> str:
    parts = [t("cli.import.questions", lang, file=facts["file"])]
    for question in facts["questions"]:
        parts += ["", str(question["text"])]
        if question["options"]:
            options = " · ".join(map(str, question["labels"]))
            parts.append("  " + t("cli.import.option", lang, options=options))
        answer = "cli.import.answer." + question["id"].partition(":")[0]
        parts.append("  " + t(answer if answer in catalog(lang) else "cli.import.answer.map", lang))
    return "\n".join(parts)
