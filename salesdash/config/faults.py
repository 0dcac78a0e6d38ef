"""Faults of the shape, in our words: place, what is allowed, what may have been meant."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Union, get_args, get_origin
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from salesdash.config import model
from salesdash.config.checked import DATES
from salesdash.config.reader import Document, Path_
from salesdash.datasets import DATASETS, SALES
from salesdash.errors import Place, Problem
from salesdash.metrics import Count, Kind, Unit

KINDS: dict[str, type[BaseModel]] = {
    Kind.SIMPLE: model.Simple,
    Kind.RATIO: model.Ratio,
    Kind.DERIVED: model.Derived,
    Kind.STOCK: model.Stock,
    Kind.CUSTOMER: model.Customer,
    Kind.PLANNED: model.Planned,
}
METRICS = "metrics"
SHOWN = 60
"""Characters of a wrong value that a message repeats."""

_TEXT, _NUMBER, _LIST, _KEYS, _DATE = ("text", "number", "list", "keys", "date")
_WANTED = {
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": "whole",
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "string_type": _TEXT,
    "bool_type": "true_false",
    "bool_parsing": "true_false",
    "tuple_type": _LIST,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "too_short": "some",
}


@dataclass(frozen=True)
class _Meaning:
    key: str
    values: dict[str, object]
    suggestion: str | None = None


def faults(error: ValidationError, document: Document) -> tuple[tuple[Path_, Problem], ...]:
    """Each fault with the path of the value it is about, in the order of the lines."""
    found = [_fault(details, document) for details in error.errors(include_url=False)]
    return tuple(sorted(found, key=lambda pair: pair[1].place.line or 0))


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word that looks most like this one, None when none does."""
    folded = {name.lower(): name for name in known}
    found = difflib.get_close_matches(str(word).lower(), list(folded), n=1)
    return folded[found[0]] if found else None


def shortened(value: object) -> str:
    """A wrong value as a message repeats it."""
    text = str(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _fault(details: ErrorDetails, document: Document) -> tuple[Path_, Problem]:
    path = _path(details["loc"], document)
    meaning = _EXPLAINED.get(details["type"], _other)(details, path)
    place = Place(
        document.file,
        line=document.line(path),
        column=".".join(str(part) for part in path) or None,
    )
    return path, Problem(meaning.key, meaning.values, place, meaning.suggestion)


def _path(loc: Sequence[str | int], document: Document) -> Path_:
    """The location without what is not in the file: tags of unions, marks of keys."""
    path: Path_ = ()
    for number, part in enumerate(loc):
        is_tag = len(path) == len((METRICS, "id")) and path[0] == METRICS and part in KINDS
        if part == "[key]" or is_tag:
            continue
        if number == len(loc) - 1 or (*path, part) in document.lines:
            path = (*path, part)
    return path


def _unknown(_: ErrorDetails, path: Path_) -> _Meaning:
    return _Meaning("config.unknown_key", {"key": path[-1]}, nearest(path[-1], keys(path[:-1])))


def _missing(details: ErrorDetails, path: Path_) -> _Meaning:
    name = "kind" if details["type"] == "union_tag_not_found" else path[-1]
    return _Meaning("config.missing", {"key": name})


def _choice(details: ErrorDetails, path: Path_) -> _Meaning:
    allowed: tuple[str, ...]
    given = details["input"]
    if details["type"] == "union_tag_invalid":
        allowed, given = tuple(KINDS), details.get("ctx", {}).get("tag")
    elif details["type"] == "enum":
        allowed = tuple(Count) if path[-1] == "counts" else tuple(Unit)
    else:
        text = str(details.get("ctx", {}).get("expected", ""))
        allowed = tuple(part.strip("' ") for part in text.replace(" or ", ", ").split(","))
    values: dict[str, object] = {"value": shortened(given), "allowed": ", ".join(allowed)}
    return _Meaning("config.choice", values, nearest(given, allowed))


def _own(details: ErrorDetails, _: Path_) -> _Meaning:
    """A check of ours, which names its key."""
    name = str(details.get("ctx", {}).get("error"))
    known: Iterable[str] = available_timezones() if name == "timezone" else _KNOWN.get(name, ())
    values: dict[str, object] = {"value": shortened(details["input"])}
    return _Meaning(f"config.{name}", values, nearest(details["input"], known))


def _range(details: ErrorDetails, _: Path_) -> _Meaning:
    context = details.get("ctx", {})
    rule, limit = next(
        (rule, context[rule]) for rule in ("ge", "gt", "le", "lt") if rule in context
    )
    values: dict[str, object] = {"value": shortened(details["input"]), "limit": limit}
    return _Meaning(f"config.range.{rule}", values)


def _currency(details: ErrorDetails, _: Path_) -> _Meaning:
    return _Meaning("config.currency", {"value": shortened(details["input"])})


def _other(details: ErrorDetails, _: Path_) -> _Meaning:
    values: dict[str, object] = {"value": shortened(details["input"])}
    wanted = _WANTED.get(details["type"])
    if wanted is None:
        return _Meaning("config.value", {**values, "detail": details["msg"]})
    return _Meaning(f"config.wanted.{wanted}", values)


_KNOWN: dict[str, tuple[str, ...]] = {
    "field": SALES.names,
    "date_role": DATES,
    "dataset": tuple(DATASETS),
}

_EXPLAINED: dict[str, Callable[[ErrorDetails, Path_], _Meaning]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "union_tag_not_found": _missing,
    "union_tag_invalid": _choice,
    "literal_error": _choice,
    "enum": _choice,
    "value_error": _own,
    "string_pattern_mismatch": _currency,
    **dict.fromkeys(("greater_than", "greater_than_equal", "less_than", "less_than_equal"), _range),
}


def keys(path: Path_) -> tuple[str, ...]:
    """Keys that may stand in the mapping at a path."""
    shapes: list[object] = [model.Config]
    for part in path:
        shapes = [inner for shape in shapes for inner in _inside(shape, part)]
    return tuple(dict.fromkeys(name for shape in shapes for name in _fields(shape)))


def _inside(shape: object, part: str | int) -> Iterator[object]:
    """The shapes that may stand under a key or number: of a field, a mapping's value, an item."""
    field = _fields(shape).get(str(part))
    if field is not None:
        yield from _alternatives(field.annotation)
    elif get_origin(shape) is dict or (get_origin(shape) is tuple and isinstance(part, int)):
        yield from _alternatives(get_args(shape)[1 if get_origin(shape) is dict else 0])


def _alternatives(annotation: object) -> Iterator[object]:
    """The members of a union, bare."""
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from _alternatives(each)
    else:
        yield annotation


def _fields(shape: object) -> Mapping[str, FieldInfo]:
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return shape.model_fields
    return {}
