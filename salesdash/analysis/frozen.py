"""Answers as JSON text and back, exactly: what a closed meeting and a review keep.

Each class is written by its name with its fields; decimals, dates, enums keep their kind. The same
answer is the same text, byte for byte. A field that a later version adds needs a default.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_type_hints

from salesdash.analysis import answers, evidence, looks, minutes
from salesdash.metrics import Kind, Metric, Thresholds, Unit, Words
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period, Window
from salesdash.selection import Filter, Organisation, Selection
from salesdash.workspace import Standing

MARK = "~"
_CLASSES: tuple[type[Any], ...] = (
    *(answers.Reason, answers.Amount, answers.Name, answers.Member, answers.When, answers.Figure),
    *(answers.Status, answers.Change, answers.Tile, answers.Notice),
    *(Metric, Thresholds, Words, FiscalCalendar, Period, Window, Selection, Filter),
    *(Comparison, Grain, Kind, Unit, Organisation, Standing),
)
"""What may stand where an annotation does not say it."""


def _stated(kind: Any, known: dict[str, type[Any]]) -> dict[str, type[Any]]:  # noqa: ANN401 - an annotation of any shape
    """The classes that an annotation names, and those that their fields name, by name."""
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum)):
        if known.setdefault(kind.__name__, kind) is not kind:
            raise TypeError(f"two classes are called {kind.__name__}")
        parts = get_type_hints(kind).values() if is_dataclass(kind) else ()
    else:
        parts = get_args(kind)
    for part in parts:
        _stated(part, known)
    return known


_KNOWN = {each.__name__: each for each in _CLASSES}
for _kept in (minutes.Minutes, looks.Look, evidence.Evidence):
    _stated(_kept, _KNOWN)
_VALUES: dict[str, Callable[[str], object]] = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
}


def dumps(answer: object) -> str:
    """The text of an answer."""
    return json.dumps(_plain(answer), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def loads(text: str) -> Any:  # noqa: ANN401 - whatever was written
    """The answer of a text; ValueError for anything that `dumps` does not write."""
    return _whole(json.loads(text))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return {MARK: type(value).__name__, "value": value.value}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return {MARK: "decimal", "value": str(value)}
    if isinstance(value, date):
        name = "moment" if isinstance(value, datetime) else "date"
        return {MARK: name, "value": value.isoformat()}
    if is_dataclass(value) and _KNOWN.get(type(value).__name__) is type(value):
        parts = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {MARK: type(value).__name__, **parts}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _whole(value: object) -> object:
    if isinstance(value, list):
        return tuple(_whole(each) for each in value)
    if not isinstance(value, dict):
        return value
    name = str(value.get(MARK))
    if name in _VALUES:
        return _VALUES[name](value["value"])
    kind = _KNOWN.get(name)
    if kind is None:
        raise ValueError(f"{name} is nothing that was kept")
    if issubclass(kind, Enum):
        return kind(value["value"])
    known = {each.name for each in fields(kind)}
    return kind(**{key: _whole(part) for key, part in value.items() if key in known})
