"""How good the data are: what to look at, gravest first, and the health of each dataset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from salesdash.analysis import fields, health
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.asking import bound
from salesdash.analysis.health import Health, Log
from salesdash.config import Settings
from salesdash.datasets import DATASETS
from salesdash.warehouse import Warehouse
from salesdash.warehouse.edges import FACTS
from salesdash.warehouse.quality import Rows

TOLD = 3
"""So many findings make the sentence."""


@dataclass(frozen=True)
class Quality:
    """All datasets that hold rows, those with most to look at first within their order.

    `findings`: what is to look at, gravest first; `headline` tells the first of them.
    """

    datasets: tuple[Health, ...]
    findings: tuple[Reason, ...]
    headline: Reason
    lead: Reason | None
    seen: date


def build(
    warehouse: Warehouse, settings: Settings, today: date, log: Log, cut: int | None = None
) -> Quality:
    """The quality of everything that is stored; with a cut as it stood after that event."""
    moments = (event.at.date() for event in log.events if event.id == cut)
    seen = min((today, *moments))
    readers = fields.readers(bound(warehouse, settings))
    found = []
    for dataset in DATASETS.values():
        rows = Rows(warehouse, dataset, seen, cut)
        filled = rows.filled()
        if filled.rows or any(each.dataset == dataset.name for each in log.waiting):
            found.append(health.of(rows, filled, settings, log, readers))
    findings = tuple(_findings(found))
    return Quality(tuple(found), findings, *_told(found, findings), seen)


# --- the sentence --------------------------------------------------------------------------------


def _findings(found: Sequence[Health]) -> Iterator[Reason]:
    """What is to look at, gravest first: old, missing, unknown, out, twice, ahead."""
    late = sorted((each for each in found if each.fresh.stale), key=lambda h: -(h.fresh.age or 0))
    if late:
        age, name = late[0].fresh.age, ("dataset", Name("dataset", late[0].dataset))
        yield Reason("quality.found.old", (name, ("count", age)))
        if len(late) > 1:
            yield Reason("quality.found.old_too", (("count", len(late) - 1),))
    for each in sorted(found, key=lambda h: -h.covered.empty):
        if each.covered.empty:
            name = ("dataset", Name("dataset", each.dataset))
            of = ("months", len(each.covered.months))
            yield Reason("quality.found.months", (name, ("count", each.covered.empty), of))
    yield from _unknown(found)
    for key, counts in (
        ("rejected", [each.rejected for each in found]),
        ("across", [each.repeats.across for each in found]),
        ("ahead", [each.filled.ahead for each in found if each.dataset in FACTS]),
        ("early", [each.filled.early for each in found]),
    ):
        if sum(counts):
            yield Reason(f"quality.found.{key}", (("count", sum(counts)),))


def _unknown(found: Sequence[Health]) -> Iterator[Reason]:
    """Keys in no list, each counted once however many datasets use it."""
    keys: dict[str, set[str]] = {}
    for lost in (lost for each in found for lost in each.lost):
        keys.setdefault(lost.reference, set()).update(k.key for k in lost.keys if not k.same)
    for reference, unknown in sorted(keys.items(), key=lambda pair: -len(pair[1])):
        if unknown:
            yield Reason(f"quality.found.unknown.{reference}", (("count", len(unknown)),))


def _told(found: Sequence[Health], findings: Sequence[Reason]) -> tuple[Reason, Reason | None]:
    """The sentence and the line under it."""
    if not found:
        return Reason("quality.headline.nothing"), None
    if not findings:
        ends = [each.fresh.until for each in found if each.fresh.until is not None]
        key = "quality.headline.fine" if ends else "quality.headline.fine_undated"
        return Reason(key, (("until", max(ends, default=None)),)), None
    rest = findings[TOLD:]
    lead = Reason("quality.lead", (("list", tuple(rest)),)) if rest else None
    return Reason("quality.headline.found", (("list", tuple(findings[:TOLD])),)), lead
