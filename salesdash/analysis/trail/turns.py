"""What changed within a write: field by field, then and now."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from salesdash import texts
from salesdash.analysis.answers import Amount, Member, Reason
from salesdash.analysis.trail.scene import Said, Scene, scope, short, words_of
from salesdash.metrics import Unit
from salesdash.workspace import Written
from salesdash.workspace.trail import Values

NOTHING = Reason("trail.nothing")
EMPTY: tuple[object, ...] = (None, "", [], {})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+")

AMOUNTS = frozenset(("target", "floor", "stretch", "baseline", "expected"))
"""Fields that are in the unit of the row's metric."""

QUIET = frozenset(("answers", "query", "value", "mapping", "series", "basis"))
"""Fields that are not for reading."""


def turns(written: Written, said: Said, scene: Scene) -> Iterator[Reason]:
    """What changed; of what was new, what it says."""
    before = written.before or {}
    names = said.fields if said.fields is not None else sorted(set(written.content) - QUIET)
    for name in names:
        then, now = before.get(name), written.content.get(name)
        if name not in written.content or _same(then, now):
            continue
        values = (("then", value(name, before, scene)), ("now", value(name, _all(written), scene)))
        moved = then not in EMPTY
        if said.bare:
            yield Reason("trail.turn.bare" if moved else "trail.turn.only", values)
        else:
            key = "trail.turn.moved" if moved else "trail.turn.set"
            yield Reason(key, (("field", label(name)), *values))


def label(name: str) -> object:
    """What a field is called; one without a word by its own name."""
    key = f"trail.field.{name}"
    return Reason(key) if key in texts.catalog("en") else Member(name.replace("_", " "))


def value(name: str, row: Values, scene: Scene) -> object:
    """What stands in a field, as a sentence may hold it."""
    found = row.get(name)
    if found in EMPTY:
        return NOTHING
    if name in AMOUNTS:
        return _amount(found, row, scene)
    if name in _BY_NAME:
        return _BY_NAME[name](found, row, scene)
    return _by_type(found)


def _by_type(found: object) -> object:
    if isinstance(found, bool):
        return Reason("trail.yes" if found else "trail.no")
    if isinstance(found, int | Decimal):
        return found
    if isinstance(found, date | datetime):
        return found
    if isinstance(found, str):
        return _text(found)
    if isinstance(found, Mapping) and set(found) <= {"en", "zh"}:
        return words_of(found)
    return short(json.dumps(found, ensure_ascii=False, default=str))


def _text(found: str) -> object:
    if DAY.fullmatch(found):
        return date.fromisoformat(found)
    if MOMENT.fullmatch(found):
        return date.fromisoformat(found[:10])
    key = f"trail.code.{found}"
    if key in texts.catalog("en"):
        return Reason(key)
    return Reason("trail.quoted", (("text", short(found)),))


def _amount(found: object, row: Values, scene: Scene) -> object:
    metric = scene.settings.metrics.get(str(row.get("metric")))
    try:
        return Amount(Decimal(str(found)), metric.unit if metric else Unit.NUMBER, "exact")
    except InvalidOperation:
        return short(found)


_BY_NAME: Mapping[str, Callable[[Any, Values, Scene], object]] = {
    "metric": lambda found, _row, scene: scene.metric(found),
    "scope": lambda found, _row, _scene: scope(found),
    "course": lambda found, _row, scene: scene.course(found),
    "text": lambda found, _row, _scene: Reason("trail.quoted", (("text", short(found)),)),
    "owner": lambda found, _row, _scene: Member(str(found)),
    "person": lambda found, _row, _scene: Member(str(found)),
    "witness": lambda found, _row, _scene: Member(str(found)),
    "origin": lambda found, _row, _scene: Member(str(found)),
}


def _all(written: Written) -> Values:
    return {**(written.before or {}), **written.content}


def _same(then: object, now: object) -> bool:
    """Days are text in revisions; nothing is nothing, however it is kept."""
    nothing = (*EMPTY, "normal")  # priorities were normal before there were any
    return str(then) == str(now) or (then in nothing and now in nothing)
