"""The history of an action: who changed what, when, as clauses that each language words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from salesdash.analysis.answers import Amount, Member, Name, Reason
from salesdash.metrics import Metric, Unit
from salesdash.workspace import Revision, Standing

NOTHING = Reason("actions.history.nothing")
NAMED = ("text", "owner", "due", "priority", "metric", "scope", "expected", "check")
"""What is told of an action, in this order."""


@dataclass(frozen=True)
class Deed:
    """What somebody did to an action at a moment.

    `kept` is False for what was put aside, since somebody else had been faster.
    """

    who: str
    at: datetime
    told: tuple[Reason, ...]
    kept: bool = True


def build(revisions: Iterable[Revision], metrics: Mapping[str, Metric]) -> tuple[Deed, ...]:
    """What was done, the newest first; a revision that changed nothing is left out."""
    known: dict[str, Any] = {}
    found = []
    for each in revisions:
        told = tuple(_clauses(known, each, metrics))
        if told:
            found.append(Deed(each.who, each.at, told, each.kept))
        if each.kept:
            known |= each.content
    return tuple(reversed(found))


def _clauses(
    known: Mapping[str, Any], revision: Revision, metrics: Mapping[str, Metric]
) -> Iterator[Reason]:
    new = revision.content
    if not known:
        yield Reason("actions.history.made")
    elif new.get("state", known.get("state")) != known.get("state"):
        yield Reason(f"actions.history.state.{Standing(new['state']).value}")
    merged = {**known, **new}
    for name in NAMED:
        if name not in new or _plain(new[name]) == _plain(known.get(name)):
            continue
        if known or name != "text":  # what was written down is the title of its page
            then, now = (said(name, content, metrics) for content in (known, merged))
            key = "actions.history.set" if then == NOTHING or not known else "actions.history.moved"
            field = Reason(f"actions.field.{name}")
            yield Reason(key, (("field", field), ("then", then), ("now", now)))


def _plain(value: object) -> object:
    """Nothing, however it is kept; priorities were normal before there were any."""
    return None if value in ("", [], "normal") else value


def said(name: str, content: Mapping[str, Any], metrics: Mapping[str, Metric]) -> Reason:
    """What stands in a field of a row, or of a revision, where days are text."""
    value = content.get(name)
    if name == "priority":
        return Reason(f"actions.priority.{value or 'normal'}")
    if value in (None, "", []):
        return NOTHING
    said = _WRITTEN.get(name, Member)(value)
    if name == "expected":
        metric = metrics.get(str(content.get("metric")))
        said = Amount(Decimal(value), metric.unit if metric else Unit.NUMBER, "signed")
    return Reason("actions.history.as_is", (("value", said),))


def _scope(rows: list[list[Any]]) -> Member:
    return Member(" · ".join(" / ".join(m or "—" for m in values) for _, values, _ in rows))


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


_WRITTEN: Mapping[str, Callable[[Any], object]] = {
    "due": _day,
    "check": _day,
    "metric": lambda name: Name("metric", name),
    "scope": _scope,
}
