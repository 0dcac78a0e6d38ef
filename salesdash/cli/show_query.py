"""Figures as a table, each written by its unit."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from salesdash import formats
from salesdash.cli.grid import grid
from salesdash.metrics import Unit
from salesdash.periods import Period
from salesdash.texts import t

Facts = Mapping[str, Any]

MOST_ROWS = 6
"""So many rows are named in a note."""


def words(facts: Facts, lang: str) -> str:
    """The table with its total, the dates it is about, and how far the data reach."""
    if facts["data_edge"] is None:
        return t("cli.query.empty", lang)
    columns = facts["columns"]
    figures = [name for name in columns if name in facts["total"]]
    lead = columns[: len(columns) - len(figures)]
    head = [
        *(_lead_title(name, lang) for name in lead),
        *(_title(n, facts, lang) for n in figures),
    ]
    rows = [_line(row, columns, facts, lang) for row in facts["rows"]]
    if lead:
        total = [t("cli.column.total", lang), *[""] * (len(lead) - 1)]
        rows.append(
            [*total, *(_figure(name, facts["total"][name], facts, lang) for name in figures)]
        )
    table = grid(head, rows, [*[False] * len(lead), *[True] * len(figures)])
    return "\n".join([table, "", _about(facts, lang), *_told(facts, lang)])


def _told(facts: Facts, lang: str) -> Iterator[str]:
    """Why metrics are blank, and what to know about the others."""
    for metric, reason in facts["blank"].items():
        yield t("cli.query.note", lang, about=_name(metric, facts, lang), note=reason)
    for note in facts["notes"]:
        about = _name(note["metric"], facts, lang)
        rows = [" · ".join(_cell(cell, lang) for cell in row) for row in note["rows"]]
        if rows and len(rows) < len(facts["rows"]):
            listed = t("charts.list", lang).join(rows[:MOST_ROWS])
            if len(rows) > MOST_ROWS:
                listed = t("cli.query.more", lang, rows=listed, count=len(rows) - MOST_ROWS)
            about = t("cli.query.of_rows", lang, metric=about, rows=listed)
        yield t("cli.query.note", lang, about=about, note=note["note"])


def _name(metric: str, facts: Facts, lang: str) -> str:
    return str(facts["definitions"][metric]["name"][lang])


def _cell(value: object, lang: str) -> str:
    return t("cli.column.empty", lang) if value is None else str(value)


def _about(facts: Facts, lang: str) -> str:
    edge = formats.date(date.fromisoformat(facts["data_edge"]), lang, "exact")
    if facts["period"] is None:
        return t("cli.query.all_dates", lang, edge=edge)
    about = t("cli.query.period", lang, period=_range(facts["period"], lang), edge=edge)
    if facts["comparison"] is None:
        return about
    against = t("cli.query.against", lang, period=_range(facts["comparison"], lang))
    return "\n".join([about, against, *_lengths(facts, lang)])


def _lengths(facts: Facts, lang: str) -> Iterator[str]:
    """That chosen days are more or fewer than those looked at, and sums by the day."""
    if "lengths" not in facts:
        return
    yield t("analysis.note.lengths", lang, **facts["lengths"])
    for metric, ratio in facts["per_day"].items():
        if ratio is not None:
            change = formats.change(ratio, lang)
            yield t("cli.query.per_day", lang, metric=_name(metric, facts, lang), change=change)


def _range(span: Facts, lang: str) -> str:
    period = Period.through(date.fromisoformat(span["from"]), date.fromisoformat(span["to"]))
    return formats.date_range(period, lang, "exact")


def _line(row: list[Any], columns: list[str], facts: Facts, lang: str) -> list[str]:
    cells = []
    for name, value in zip(columns, row, strict=True):
        if name in facts["total"]:
            cells.append(_figure(name, value, facts, lang))
        else:
            cells.append(_cell(value, lang))
    return cells


def _metric(column: str, facts: Facts) -> tuple[str, str]:
    """The metric a column belongs to, and what of it: "", previous, change or change_ratio."""
    for suffix in ("_change_ratio", "_change", "_previous", ""):
        metric = column.removesuffix(suffix)
        if column.endswith(suffix) and metric in facts["definitions"]:
            return metric, suffix.strip("_")
    raise KeyError(column)


def _lead_title(name: str, lang: str) -> str:
    for key in (f"fields.{name}", f"periods.grain.{name}"):
        found = t(key, lang)
        if found != key:
            return found
    return name


def _title(column: str, facts: Facts, lang: str) -> str:
    metric, part = _metric(column, facts)
    return t("cli.column." + part, lang) if part else _name(metric, facts, lang)


def _figure(column: str, value: Any, facts: Facts, lang: str) -> str:  # noqa: ANN401  JSON
    metric, part = _metric(column, facts)
    unit = Unit(facts["definitions"][metric]["unit"])
    if part == "change_ratio":
        return formats.change(value, lang)
    if part == "change" and unit is Unit.SHARE:
        return formats.points(value, lang)
    return formats.value(value, unit, facts["currency"], lang, style="exact")
