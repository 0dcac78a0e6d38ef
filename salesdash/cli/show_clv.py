"""What customers are worth: the sentence, the models, a line a customer, and who is at risk."""

from collections.abc import Mapping
from typing import Any

from salesdash.cli.grid import grid
from salesdash.texts import t

Facts = Mapping[str, Any]
COLUMNS = ("customer", "purchases", "last", "alive", "orders", "value")
FIGURES = [False, True, True, True, True, True]


def words(facts: Facts, lang: str) -> str:
    """Why there are no figures, or all of them; and those at risk either way."""
    lines = [facts["sentence"], *facts["notes"]]
    if facts["parameters"]:
        lines += ["", *_models(facts, lang), "", _people(facts, lang)]
    return "\n".join((*lines, *_risks(facts, lang)))


def _models(facts: Facts, lang: str) -> list[str]:
    parameters = {name: f"{value:.3f}" for name, value in facts["parameters"].items()}
    counts = {name: f"{facts[name]:,}" for name in ("customers", "returning", "alive")}
    likelihood = f"{facts['log_likelihood']:.1f}"
    return [
        t("worth.cli.models", lang, **parameters, **counts, likelihood=likelihood),
        t("worth.cli.whole", lang, **facts["words"], alive=counts["alive"]),
    ]


def _people(facts: Facts, lang: str) -> str:
    head = [t(f"worth.column.{name}", lang) for name in COLUMNS]
    rows = [
        [
            each["name"],
            f"{each['purchases']:,}",
            str(each["last"]),
            *(said[name] for name in ("alive", "orders", "value")),
        ]
        for each, said in zip(facts["top"], facts["words"]["top"], strict=True)
    ]
    return grid(head, rows, FIGURES)


def _risks(facts: Facts, lang: str) -> list[str]:
    found = facts["at_risk"]
    if not facts["customers"]:
        return []
    if not found["count"]:
        return ["", t("risk.none", lang)]
    stake = facts["words"]["stake"]
    told = ["", t("worth.cli.risk", lang, count=found["count"], stake=stake)]
    join = t("risk.why.join", lang)
    for each in found["customers"]:
        reason = join.join(each["reasons"])
        told.append(t("risk.first", lang, customer=each["name"], reason=reason))
    return told
