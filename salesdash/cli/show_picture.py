"""What a dry run saw of a file, in words: months that change, odd values, unknown keys."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from salesdash import formats
from salesdash.cli.grid import grid
from salesdash.metrics import Unit
from salesdash.periods import Grain, Period
from salesdash.texts import t

MONTHS, KEYS, SAMPLES = 12, 10, 3
"""So many are shown at most; --json has all."""

Facts = Mapping[str, Any]


def lines(picture: Facts, lang: str) -> Iterator[str]:
    """Each part after an empty line and a heading; nothing of what there is nothing of."""
    for heading, body in (
        ("cli.import.months", _months(picture["months"], lang)),
        ("cli.import.odd", "\n".join(_odd(picture, lang))),
        ("cli.import.keys", unmatched(picture["unmatched"], lang)),
    ):
        if body:
            yield from ("", t(heading, lang), body)


def _months(months: Sequence[Facts], lang: str) -> str:
    """The last months that change: sums, of rows where there is no amount."""
    if not months:
        return ""
    money = any(month[side] is not None for month in months for side in ("before", "after"))
    names = ("before", "after") if money else ("rows_before", "rows_after")
    head = [t(f"charts.{name}", lang) for name in ("tip.when", "sums.then", "sums.now")]
    head += [t("charts.sums.change", lang), ""]
    unit = Unit.MONEY if money else Unit.COUNT
    rows = [_month(month, names, unit, lang) for month in months[-MONTHS:]]
    return grid(head, rows, [False, True, True, True])


def _month(month: Facts, names: tuple[str, str], unit: Unit, lang: str) -> list[str]:
    start = date.fromisoformat(month["month"])
    then, now = (month[name] for name in names)
    period = Period(start, start.replace(day=28))
    return [
        formats.unit_label(Grain.MONTH, period, lang),
        *(formats.value(value, unit, None, lang, "exact") for value in (then, now)),
        formats.value((now or 0) - (then or 0), unit, None, lang, "signed"),
        t("charts.sums.restated", lang) if month["restated"] else "",
    ]


def _odd(picture: Facts, lang: str) -> Iterator[str]:
    """A line for each gap and each kind of odd value, with the records of the oddest."""
    for gap in picture["gaps"]:
        first, last = (date.fromisoformat(gap[end]) for end in ("from", "to"))
        days = formats.date_range(Period.through(first, last), lang, "exact")
        yield "  " + t(f"picture.what.gap_{gap['grain']}", lang, days=days)
    for found in picture["suspicious"]:
        what = t(f"picture.what.{found['what']}", lang, **_values(found, lang))
        records = t("ui.list_comma", lang).join(
            f"{sample['record']:,}" for sample in found["samples"][:SAMPLES]
        )
        yield "  " + t("cli.import.odd_line", lang, what=what, count=found["rows"], records=records)
    if picture["repeats"]:
        what = t("picture.what.repeats", lang)
        yield "  " + t("cli.import.odd_rows", lang, what=what, count=picture["repeats"])


def _values(found: Facts, lang: str) -> dict[str, str]:
    unit = Unit.MONEY if found["field"] == "amount" else Unit.NUMBER
    unit = Unit.SHARE if found["what"] == "share" else unit
    told = {name: found[key] for name, key in (("low", "below"), ("high", "above"))}
    values = {
        name: formats.value(value, unit, None, lang, "exact")
        for name, value in {**told, "total": found["total"]}.items()
    }
    return {**values, "field": t(f"fields.{found['field']}", lang)}


def unmatched(found: Sequence[Facts], lang: str) -> str:
    """Keys that lists lack, those with most rows first."""
    pairs = [(lost, key) for lost in found for key in lost["found"]]
    pairs.sort(key=lambda pair: (-pair[1]["rows"], pair[1]["key"]))
    head = [t(f"picture.keys.{name}", lang) for name in ("key", "of", "rows", "amount", "meant")]
    rows = [
        [
            key["key"],
            t(f"fields.{lost['field']}", lang),
            f"{key['rows']:,}",
            formats.money(key["amount"], None, lang, "exact"),
            _meant(key, lang),
        ]
        for lost, key in pairs[:KEYS]
    ]
    return grid(head, rows, [False, False, True, True]) if rows else ""


def _meant(key: Facts, lang: str) -> str:
    if key["nearest"] is None:
        return ""
    kind = "same" if key["same"] else "near"
    return t(f"picture.keys.{kind}", lang, nearest=key["nearest"])
