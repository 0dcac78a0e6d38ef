"""A forecast as a table, with what it rests on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from salesdash import formats
from salesdash.cli.grid import grid
from salesdash.metrics import Unit
from salesdash.texts import t

Facts = Mapping[str, Any]


def words(facts: Facts, lang: str) -> str:
    """The periods to come with their intervals, the model, its errors, the notes."""
    head = [t("cli.forecast." + name, lang) for name in ("period", "mean", "half", "wide")]
    rows = [_line(point, facts, lang) for point in facts["points"]]
    table = grid(head, rows, [False, True, True, True])
    return "\n".join([_title(facts, lang), "", table, "", *_told(facts, lang), *facts["notes"]])


def _title(facts: Facts, lang: str) -> str:
    first, last = facts["history"][0], facts["history"][-1]
    span = {"first": first["period"], "last": last["period"], "count": len(facts["history"])}
    grain = t(f"analysis.grain.{facts['grain']}", lang)
    if "file" in facts:
        what = t("cli.forecast.column", lang, file=facts["file"], value=facts["value"])
    else:
        what = facts["definition"]["name"][lang]
        members = [" / ".join(str(v) for v in each["values"]) for each in facts["filters"]]
        what = " · ".join([what, *members])
    return t("cli.forecast.title", lang, what=what, grain=grain, **span)


def _told(facts: Facts, lang: str) -> Iterator[str]:
    error, model = facts["error"], t(f"forecast.model.{facts['model']}", lang)
    yield t("cli.forecast.model", lang, model=model)
    if error["smape"] is not None:
        smape = formats.share(float(error["smape"]) / 100, lang)
        yield t("cli.forecast.smape", lang, smape=smape)
    if error["mase"] is not None:
        yield t("cli.forecast.mase", lang, mase=formats.number(error["mase"], lang))
    if facts["coverage"] is not None:
        yield t("cli.forecast.coverage", lang, share=formats.share(facts["coverage"], lang))
    if facts.get("deals"):
        yield _deals(facts["deals"], facts, lang)
    edge = facts.get("data_edge")
    if edge:
        day = formats.date(date.fromisoformat(edge), lang, "exact")
        yield t("cli.forecast.edge", lang, edge=day)


def _deals(deals: Facts, facts: Facts, lang: str) -> str:
    """The running period as its deals will end it."""
    figures = {
        name: _figure(deals[name], facts, lang) for name in ("made", "mean", "low_80", "high_80")
    }
    error = formats.share(float(deals["error"]), lang)
    count = formats.number(round(float(deals["from_open"])), lang)
    told = {"period": deals["period"], "error": error, "open": count, "moments": deals["moments"]}
    return t("cli.forecast.deals", lang, **told, **figures)


def _line(point: Facts, facts: Facts, lang: str) -> list[str]:
    half, wide = (
        " – ".join(_figure(point[end + level], facts, lang) for end in ("low_", "high_"))
        for level in ("50", "80")
    )
    return [point["period"], _figure(point["mean"], facts, lang), half, wide]


def _figure(value: Any, facts: Facts, lang: str) -> str:  # noqa: ANN401  JSON
    if "file" in facts:
        return formats.number(value, lang)
    return formats.value(value, Unit(facts["definition"]["unit"]), facts["currency"], lang)
