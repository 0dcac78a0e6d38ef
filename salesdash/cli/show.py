"""Documents of commands as words and tables for people, and as CSV for spreadsheets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from salesdash.cli import (
    show_bridge,
    show_clv,
    show_cohorts,
    show_compare,
    show_drivers,
    show_forecast,
    show_forget,
    show_goals,
    show_import,
    show_inbox,
    show_leaderboard,
    show_pipeline,
    show_quality,
    show_query,
    show_segments,
    show_sql,
    show_training,
)
from salesdash.cli.grid import grid
from salesdash.commands.replies import Document
from salesdash.commands.tables import csv_text
from salesdash.texts import t

PREVIEW_ROWS = 10
MIB = 1024 * 1024

Facts = Mapping[str, Any]


def words(command: str, document: Document, lang: str) -> str:
    """The document of a command for people."""
    return WORDS[command](document, lang)


def csv(command: str, document: Document) -> str:
    """The rows of a document as formula-safe CSV; several files follow one another."""
    return CSVS[command](document)


def _csv(document: Facts | list[Facts]) -> str:
    tables = document if isinstance(document, list) else [document]
    if "csv" in tables[0]:
        return str(tables[0]["csv"])
    return "\n".join(
        csv_text(table["columns"], table["rows"]) for table in tables if "columns" in table
    )


def error(document: Document) -> str:
    """The sentence of a refusal."""
    return str(document["error"]["text"]) if isinstance(document, dict) else ""


def _is_refusal(error: object) -> bool:
    """Whether it says what went wrong; the errors of a forecast's model are figures."""
    return isinstance(error, dict) and "text" in error


def asides(document: Document) -> Iterator[str]:
    """What people should hear while a program gets the document: errors of single files."""
    for each in document if isinstance(document, list) else [document]:
        if isinstance(each, dict) and _is_refusal(each.get("error")):
            yield str(each["error"]["text"])


def _imports(events: Sequence[Facts], lang: str) -> str:
    if not events:
        return t("commands.imports.none", lang)
    head = [
        t("cli.column." + name, lang)
        for name in (
            "event",
            "kind",
            "dataset",
            "file",
            "mode",
            "loaded",
            "rejected",
            "who",
            "at",
            "status",
        )
    ]
    rows = [
        [
            str(event["event"]),
            _kind(event, lang),
            t("datasets." + event["dataset"], lang),
            event["file"] or "",
            event["mode"] or "",
            str(event["counts"].get("loaded", "")),
            str(event["counts"].get("rejected", "")),
            event["who"],
            event["at"].replace("T", " "),
            t(
                "cli.status."
                + (
                    "done"
                    if event["live"]
                    else "undone"
                    if event["status"] == "done"
                    else event["status"]
                ),
                lang,
            ),
        ]
        for event in events
    ]
    return grid(head, rows, [True, False, False, False, False, True, True])


def _kind(event: Facts, lang: str) -> str:
    """What happened; of one of several events that happened as one, with which."""
    kind = t("cli.kind." + event["kind"], lang, target=event["target"])
    if event["group"] in (None, event["event"]):
        return kind
    return t("cli.kind.part", lang, kind=kind, group=event["group"])


def _sentence(key: str) -> Callable[[Facts, str], str]:
    def say(facts: Facts, lang: str) -> str:
        # the facts of the demo name a language of their own
        return t("cli.event." + key, lang, **{k: v for k, v in facts.items() if k != "lang"})

    return say


def _turned(key: str) -> Callable[[Facts, str], str]:
    """Undo and redo; of what one file brought, all of it."""

    def say(facts: Facts, lang: str) -> str:
        parts = facts.get("parts")
        if parts is None:
            return t("cli.event." + key, lang, **facts)
        comma = t("ui.list_comma", lang)
        events, targets = (
            comma.join(str(each[name]) for each in parts) for name in ("event", "target")
        )
        return t(f"cli.event.{key}_group", lang, events=events, targets=targets)

    return say


def _backup(facts: Facts, lang: str) -> str:
    size = f"{int(facts['bytes']) / MIB:.1f} MB"
    return t("cli.event.backed_up", lang, file=facts["file"], size=size)


def _workspace(facts: Facts, lang: str) -> str:
    if facts["rows"] is None:
        return t("cli.event.workspace", lang, place=facts["place"])
    return t("cli.event.moved", lang, **{**facts, "rows": sum(facts["rows"].values())})


def _rejects(facts: Facts, lang: str) -> str:
    if "target" in facts:
        return t("cli.event.repaired", lang, **facts)
    if not facts["rejects"]:
        return t("cli.rejects.none", lang, event=facts["event"])
    names = ("sheet", "record", "column", "value", "reason")
    rows = [
        ["" if each[name] is None else str(each[name]) for name in names]
        for each in facts["rejects"]
    ]
    return grid([t("cli.column." + name, lang) for name in names], rows, [False, True])


def _metrics(metrics: Sequence[Facts], lang: str) -> str:
    head = [t("cli.column." + name, lang) for name in ("metric", "name", "definition")]
    table = grid(head, [[m["id"], m["name"][lang], m["formula"][lang]] for m in metrics])
    broken = [str(m["problem"]["text"]) for m in metrics if m["problem"]]
    return "\n".join([table, *broken])


def _check(facts: Facts, lang: str) -> str:
    if facts["ok"]:
        return t("commands.check.fine", lang, config=facts["config"], count=facts["metrics"])
    return "\n".join(str(each["text"]) for each in facts["problems"])


def _read(files: Sequence[Facts], lang: str) -> str:
    return "\n\n".join(_read_one(file, lang) for file in files)


def _read_one(file: Facts, lang: str) -> str:
    if file["error"]:
        return str(file["error"]["text"])
    facts = {**file, "rows": len(file["rows"]), "rejected": file["books"]["rejected"]}
    parts = [t(f"cli.read.{_way(file)}", lang, **{**facts, "delimiter": repr(file["delimiter"])})]
    parts += [str(note["text"]) for note in file["notes"]]
    if file["columns"]:
        parts.append(
            grid(file["columns"], [[c or "" for c in row] for row in file["rows"][:PREVIEW_ROWS]])
        )
    if len(file["rows"]) > PREVIEW_ROWS:
        parts.append(t("cli.read.more", lang, count=len(file["rows"]) - PREVIEW_ROWS))
    parts += [
        t("cli.read.rejected", lang, line=bad["line"], reason=bad["reason"])
        for bad in (*file["repaired"][:PREVIEW_ROWS], *file["rejected"][:PREVIEW_ROWS])
    ]
    return "\n".join(parts)


def _way(file: Facts) -> str:
    """Text cut by a delimiter, a sheet, or a table without either."""
    if file["delimiter"] is not None:
        return "facts"
    return "workbook" if file["sheet"] and file["header_line"] else "table"


CSVS: Mapping[str, Callable[[Any], str]] = dict.fromkeys(("read", "query", "sql", "rejects"), _csv)
"""Commands whose rows can be had as CSV."""

WORDS: Mapping[str, Callable[[Any, str], str]] = {
    "demo": _sentence("demo"),
    "import": show_import.words,
    "read": _read,
    "watch": show_inbox.words,
    "imports": _imports,
    "undo": _turned("undone"),
    "redo": _turned("redone"),
    "rebuild": _sentence("rebuilt"),
    "rejects": _rejects,
    "forget": show_forget.words,
    "metrics": _metrics,
    "check": _check,
    "quality": show_quality.words,
    "query": show_query.words,
    "compare": show_compare.words,
    "sql": show_sql.words,
    "bridge": show_bridge.words,
    "drivers": show_drivers.words,
    "cohorts": show_cohorts.words,
    "leaderboard": show_leaderboard.words,
    "segments": show_segments.words,
    "clv": show_clv.words,
    "pipeline": show_pipeline.words,
    "goals": show_goals.words,
    "training": show_training.words,
    "forecast": show_forecast.words,
    "backup": _backup,
    "restore": _sentence("restored"),
    "workspace": _workspace,
}
"""How each command's document reads."""
