"""What an import did, would do, or has to ask, in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from salesdash import formats
from salesdash.cli import show_picture
from salesdash.cli.grid import grid
from salesdash.commands.replies import rows_of
from salesdash.ingest import COMPUTED
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
    parts = facts.get("parts", [facts])
    lines = [_head(parts, lang)]
    for part in parts:
        if len(parts) > 1:
            name = t(f"datasets.{part['dataset']}", lang)
            lines += ["", t("cli.import.part", lang, dataset=name)]
        lines += [*_counts(part, lang), _kind(part, lang), ""]
        lines += [_mapping(part["columns"], lang)]
        lines += [str(warning["text"]) for warning in part["warnings"]]
        lines += show_picture.lines(part["picture"], lang) if "picture" in part else ()
    if facts.get("kpis"):
        lines += ["", t("cli.import.kpis", lang), _kpis(facts, lang)]
    if facts["event"] is not None:
        lines += ["", *_hints(parts, lang)]
    return "\n".join(lines)


def _kind(part: Facts, lang: str) -> str:
    """Which program's export it was taken for, and what that rests on."""
    return t("cli.import.kind", lang, kind=part["profile_title"], rests_on=part["rests_on"])


def _head(parts: Sequence[Facts], lang: str) -> str:
    """What happened, and to how many rows of what."""
    first = parts[0]
    rows = rows_of(((part["dataset"], part["counts"]["loaded"]) for part in parts), lang)
    if first["event"] is None:
        return t("cli.import.dry", lang, file=first["file"], rows=rows)
    if len(parts) == 1:
        return t("cli.import.done", lang, file=first["file"], rows=rows, event=first["event"])
    events = t("ui.list_comma", lang).join(str(part["event"]) for part in parts)
    return t("cli.import.done_group", lang, file=first["file"], rows=rows, events=events)


def _hints(parts: Sequence[Facts], lang: str) -> list[str]:
    """What can be done next."""
    bad = [part["event"] for part in parts if part["counts"]["rejected"]]
    lines = [t("cli.import.rejects", lang, event=event) for event in bad]
    if len(parts) > 1:
        lines.append(t("cli.import.undo_group", lang, event=parts[0]["event"]))
    return lines or [t("cli.import.undo", lang, event=parts[0]["event"])]


def _counts(facts: Facts, lang: str) -> list[str]:
    counts = {name: f"{count:,}" for name, count in facts["counts"].items()}
    lines = [t("cli.import.counts", lang, **counts)]
    if any(facts["counts"][name] for name in ASIDE):
        lines.append(t("cli.import.aside", lang, **counts))
    if facts["counts"].get("vanished"):
        lines.append(t("cli.import.vanished", lang, count=facts["counts"]["vanished"]))
    as_of = (facts["as_of"] or "").replace("T", " ")
    words = {
        "dataset": t(f"datasets.{facts['dataset']}", lang),
        "mode": t(f"imports_page.mode.{facts['mode']}", lang),
        "basis": t(f"amount.basis.{facts['amount_basis']}", lang),
        "as_of": as_of,
    }
    key = "cli.import.facts" if facts["amount"] else "cli.import.facts_bare"
    lines.append(t(key, lang, **words))
    return [*lines, *_amount(facts, lang)]


def _amount(facts: Facts, lang: str) -> list[str]:
    """Which of several columns is the amount, why, and what each adds up to."""
    sums = {each["name"]: each["total"] for each in facts["candidates"] if each["total"]}
    chosen = sums.pop(facts["amount"], None)
    if chosen is None or not sums:
        return []
    others = [_summed(name, total, lang) for name, total in sums.items()]
    words = {
        "amount": _summed(facts["amount"], chosen, lang),
        "reason": facts["amount_reason"],
        "others": t("ui.list_comma", lang).join(others),
    }
    return [t("cli.import.amount", lang, **words)]


def _summed(name: str, total: str, lang: str) -> str:
    name = t("imports_page.amount.short", lang) if name == COMPUTED else name
    shown = formats.money(Decimal(total), None, lang, "exact")
    return t("cli.import.summed", lang, option=name, total=shown)


def _mapping(columns: Sequence[Facts], lang: str) -> str:
    head = [t("cli.import." + name, lang) for name in ("header", "field", "how")]
    extra = t("cli.import.extra", lang)
    rows = [
        [
            each["header"],
            " · ".join((t("fields." + each["field"], lang), *filter(None, [each["member"]])))
            if each["field"]
            else extra,
            t("cli.how." + each["how"], lang),
        ]
        for each in columns
        if each["field"] or each["extra"]  # others feed another dataset of the file
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


def _options(question: Facts, lang: str) -> list[str]:
    """The answers to choose from; columns with what they add up to."""
    labels = [str(label) for label in question["labels"]]
    if not question.get("sums"):
        return labels
    sums = [formats.money(total, None, lang, "exact") for total in question["sums"]]
    return [
        t("cli.import.summed", lang, option=label, total=total)
        for label, total in zip(labels, sums, strict=True)
    ]


def _questions(facts: Facts, lang: str) -> str:
    parts = [t("cli.import.questions", lang, file=facts["file"])]
    for question in facts["questions"]:
        parts += ["", str(question["text"])]
        if question["options"]:
            options = " · ".join(_options(question, lang))
            parts.append("  " + t("cli.import.option", lang, options=options))
        if question["samples"] and question["id"] != "stages":  # stages stand in the text
            samples = " · ".join(question["samples"])
            parts.append("  " + t("cli.import.samples", lang, samples=samples))
        kind, _, field = question["id"].partition(":")
        answer = f"cli.import.answer.{kind}"
        answer = answer if answer in catalog(lang) else "cli.import.answer.map"
        example = next(iter(question["options"]), "")
        words = {"column": question["column"], "field": field, "example": example}
        parts.append("  " + t(answer, lang, **words))
    return "\n".join(parts)
