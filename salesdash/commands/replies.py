"""What a command answers: a document for JSON and an exit code; errors become documents too."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from math import isfinite
from pathlib import Path

from salesdash import texts
from salesdash.errors import ConfigError, Place, Problem, SalesdashError, UsageError

OK, REFUSED, USAGE = 0, 1, 2
"""Exit codes: done; data refused or a question is open; wrong usage or configuration."""

Document = object
"""What JSON can hold, with `Decimal` for exact numbers."""


@dataclass(frozen=True)
class Reply:
    """The answer of a command: one document, and the exit code it means."""

    document: Document
    exit: int = OK


def refusal(error: SalesdashError, lang: str) -> Reply:
    """An error as reply: {error: {key, text, place, turn}}, with all problems of a config."""
    body: dict[str, object] = {
        "key": error.key,
        "text": texts.error(error, lang),
        "place": place(error.place),
        "turn": error.turn,
    }
    if isinstance(error, ConfigError):
        body["problems"] = [problem(each, lang) for each in error.problems]
    return Reply({"error": body}, exit_code(error))


def exit_code(error: SalesdashError) -> int:
    """2 for wrong usage and configuration, 1 for everything that is refused or cannot be done."""
    return USAGE if isinstance(error, UsageError | ConfigError) else REFUSED


def place(where: Place) -> dict[str, object] | None:
    """A place without its empty parts; None when nothing is known."""
    known = {name: value for name, value in vars(where).items() if value is not None}
    return known or None


def problem(found: Problem, lang: str) -> dict[str, object]:
    """A noted fault in the reader's language: {key, text, place, suggestion}."""
    return {
        "key": found.key,
        "text": texts.error(found, lang),
        "place": place(found.place),
        "suggestion": found.suggestion,
    }


def plain(value: object) -> Document:
    """Dataclasses, enums, dates, paths and tuples as JSON knows them; numbers stay exact."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | bool | int | Decimal):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    return _composite(value)


def _composite(value: object) -> Document:
    if isinstance(value, date):  # a datetime is a date, and says its time too
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Path) else repr(value)


def dumps(document: Document) -> str:
    """JSON text of a document, indented; a `Decimal` is written digit for digit as a number."""
    return "".join(_pieces(document, ""))


def loads(text: str) -> Document:
    """A document from JSON text; numbers with a point come back as exact `Decimal`."""
    loaded: Document = json.loads(text, parse_float=Decimal)
    return loaded


def _pieces(value: Document, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        members = [
            (json.dumps(str(name), ensure_ascii=False) + ": ", each) for name, each in value.items()
        ]
        yield from _block(members, "{}", indent)
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        yield from _block([("", each) for each in value], "[]", indent)
    elif isinstance(value, list):
        yield "[" + ", ".join(_scalar(each) for each in value) + "]"
    else:
        yield _scalar(value)


def _block(members: list[tuple[str, Document]], ends: str, indent: str) -> Iterator[str]:
    deeper = indent + "  "
    yield ends[0]
    for number, (head, value) in enumerate(members):
        yield ("," if number else "") + "\n" + deeper + head
        yield from _pieces(value, deeper)
    yield "\n" + indent + ends[1]


def _scalar(value: Document) -> str:
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else "null"
    return json.dumps(value, ensure_ascii=False)


def rows_of(parts: Iterable[tuple[str, int]], lang: str) -> str:
    """How many rows of which dataset, in words: "8,800 deals, 12 customers"."""
    told = (texts.t(f"rows.{dataset}", lang, count=count) for dataset, count in parts)
    return texts.t("ui.list_comma", lang).join(told)
