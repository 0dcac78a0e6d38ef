"""Frozen values that cross processes and are kept in the log: dataclass <-> JSON."""

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self, Union, get_args, get_origin, get_type_hints

Json = Any

_PLAIN = (str, int, float, bool, type(None))


class Frozen:
    """A frozen dataclass that can be written as JSON and read back equal."""

    def to_json(self) -> dict[str, Json]:
        """Plain dicts, lists and scalars; dates and decimals as text."""
        result: dict[str, Json] = to_json(self)
        return result

    @classmethod
    def from_json(cls, data: dict[str, Json]) -> Self:
        """The value that `to_json` wrote. Unknown keys are ignored, missing ones take defaults."""
        result: Self = from_json(cls, data)
        return result


def to_json(value: object) -> Json:
    """The value as JSON: dataclasses become objects, tuples lists, decimals and dates text."""
    if type(value) in _PLAIN:  # first: samples of columns are many
        return value
    if is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list | frozenset):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum | Decimal | Path) else value


def from_json(kind: Any, data: Json) -> Any:  # noqa: ANN401 - shaped by `kind`
    """The value of type `kind` that `to_json` wrote."""
    if data is None:
        return None
    if is_dataclass(kind):
        return _dataclass(kind, data)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return from_json(_without_none(kind), data)
    if origin is tuple:
        return _tuple(get_args(kind), data)
    if origin is dict:
        return {key: from_json(get_args(kind)[1], item) for key, item in data.items()}
    return _scalar(kind, data)


def _dataclass(kind: Any, data: Json) -> Any:  # noqa: ANN401 - shaped by `kind`
    hints = _hints(kind)
    known = {f.name: data[f.name] for f in fields(kind) if f.name in data}
    return kind(**{name: from_json(hints[name], item) for name, item in known.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    return get_type_hints(kind)


def _without_none(kind: Any) -> Any:  # noqa: ANN401 - a type expression
    return next(part for part in get_args(kind) if part is not type(None))


def _tuple(parts: tuple[Any, ...], data: Json) -> tuple[Any, ...]:
    if len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004 - tuple[T, ...]
        if parts[0] in (str, int):  # samples of columns: many, and nothing to find out
            return tuple(data)
        return tuple(from_json(parts[0], item) for item in data)
    return tuple(from_json(part, item) for part, item in zip(parts, data, strict=True))


def _scalar(kind: Any, data: Json) -> Any:  # noqa: ANN401 - shaped by `kind`
    if get_origin(kind) is Literal or kind in (object, Any):
        return data
    if kind is datetime or kind is date:
        return kind.fromisoformat(data)
    return kind(data)
