"""The quality of data in words: the sentence, a line a dataset, and one dataset in full."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from salesdash import formats
from salesdash.cli import show_picture
from salesdash.cli.grid import grid
from salesdash.metrics import Unit
from salesdash.periods import FiscalCalendar, Grain
from salesdash.texts import t

MOST = 10
"""So many lines of each kind; --json has all."""

Facts = Mapping[str, Any]


def words(facts: Facts, lang: str) -> str:
    """The whole document; of a single dataset with everything that is known."""
    lines = [facts["headline"], *filter(None, [facts["lead"]])]
    found = facts["datasets"]
    if found:
        lines += ["", _datasets(found, lang)]
    if len(found) == 1:
        lines += _details(found[0], lang)
    elif found:
        lines += ["", t("cli.quality.more", lang)]
    return "\n".join(lines)


def _datasets(found: Sequence[Facts], lang: str) -> str:
    names = ("name", "rows", "until", "age", "months")
    head = [t(f"quality.datasets.{name}", lang) for name in names]
    head += [t(f"cli.quality.{name}", lang) for name in ("unknown", "rejected", "twice")]
    return grid(head, [_dataset(each, lang) for each in found], [False, *[True] * 7])


def _dataset(found: Facts, lang: str) -> list[str]:
    whole = len(found["months"])
    with_rows = whole - found["empty_months"]
    unknown = sum(not key["same"] for lost in found["unmatched"] for key in lost["found"])
    return [
        t(f"datasets.{found['dataset']}", lang),
        f"{found['rows']:,}",
        formats.date(_day(found["until"]), lang, "exact"),
        formats.days(found["age_days"], lang),
        t("quality.datasets.of", lang, count=with_rows, months=whole) if whole else formats.DASH,
        f"{unknown:,}",
        f"{sum(each['rows'] for each in found['rejected']):,}",
        f"{found['repeats']['rows']:,}",
    ]


def _details(found: Facts, lang: str) -> Iterator[str]:
    empty = [_month(each["month"], lang) for each in found["months"] if not each["rows"]]
    comma = t("ui.list_comma", lang)
    for heading, body in (
        ("cli.quality.empty_months", comma.join(empty)),
        ("quality.fields.title", _fields(found["fields"], lang)),
        ("picture.keys.title", show_picture.unmatched(found["unmatched"], lang)),
        ("quality.rejected.title", _rejected(found["rejected"], lang)),
        ("quality.restated.title", _restated(found["restated"], lang)),
    ):
        if body:
            yield from ("", t(heading, lang), body)


def _fields(found: Sequence[Facts], lang: str) -> str:
    head = [t(f"quality.fields.{name}", lang) for name in ("field", "empty", "share", "metrics")]
    rows = [
        [
            t(f"fields.{each['field']}", lang),
            f"{each['empty']:,}",
            formats.share(each["share"], lang),
            t("ui.list_comma", lang).join(each["metrics"]),
        ]
        for each in found[:MOST]
    ]
    return grid(head, rows, [False, True, True]) if rows else ""


def _rejected(found: Sequence[Facts], lang: str) -> str:
    names = ("event", "reason", "column", "rows", "example")
    head = [t(f"quality.rejected.{name}", lang) for name in names]
    rows = [
        [
            str(each["event"]),
            each["reason"],
            each["column"] or "",
            f"{each['rows']:,}",
            each["example"] or "",
        ]
        for each in found[:MOST]
    ]
    return grid(head, rows, [True, False, False, True]) if rows else ""


def _restated(found: Sequence[Facts], lang: str) -> str:
    head = [t(f"quality.restated.{name}", lang) for name in ("month", "before", "after", "by")]
    rows = [
        [
            _month(each["month"], lang),
            *(formats.value(each[side], Unit.MONEY, None, lang, "exact") for side in SIDES),
            str(each["event"]),
        ]
        for each in found[:MOST]
    ]
    return grid(head, rows, [False, True, True, True]) if rows else ""


SIDES = ("before", "after")


def _month(start: str, lang: str) -> str:
    month = FiscalCalendar().unit(Grain.MONTH, date.fromisoformat(start))
    return formats.unit_label(Grain.MONTH, month, lang)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
