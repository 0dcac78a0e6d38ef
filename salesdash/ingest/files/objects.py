"""JSON becomes tables: a list of records, one record a line, or lists within an object.

Numbers keep their exact text, records within records become columns with dotted names, lists
within records stay JSON in their cell. Records are read one by one, twice: the first time finds
the columns. What is not strict JSON is refused with its place.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from typing import IO, Any

from salesdash.errors import FileError, Problem
from salesdash.ingest.files.elements import (
    CHUNK,
    SPACE,
    Elements,
    Repeated,
    as_record,
    doubled,
    invalid,
)
from salesdash.ingest.files.encoding import Text
from salesdash.ingest.files.lexer import Record

LIST_DEPTH = 4
"""So deep within an object lists of records are looked for."""

COLUMN_LIMIT = 2000
HEADER = -1
"""The line of the labels, which stand in every record."""

_NAN = object()
"""What NaN and Infinity become: JSON does not have them, and some programs write them."""

Source = Callable[[], Iterator[tuple[int, Any]]]
"""Starts over: the numbered records of a table, each as Python values or a `_Fault`."""


@dataclass(frozen=True)
class _Fault:
    """A line that is no record."""

    text: str


class Objects:
    """The tables of a JSON file as sheets; the first row of each holds its columns."""

    labelled = True

    def __init__(self, text: Text) -> None:
        self._decoder = json.JSONDecoder(
            object_pairs_hook=as_record,
            parse_float=str,
            parse_int=str,
            parse_constant=lambda _: _NAN,
        )
        self._path = text.path
        self._odd: Counter[str] = Counter()
        self.hidden: set[str] = set()
        try:
            self._sources = self._found()
            self._columns = {name: self._columns_of(each) for name, each in self._sources.items()}
        except RecursionError:
            raise FileError("file.json_too_deep") from None
        self._columns = {name: found for name, found in self._columns.items() if found}
        if not self._columns:
            raise FileError("file.json_no_table")
        self.names = list(self._columns)

    def records(self, name: str) -> Iterator[Record]:
        """The header, then the records of a table, with the line or number of each."""
        columns = self._columns[name]
        yield Record(HEADER, list(columns))
        for number, value in self._sources[name]():
            if isinstance(value, _Fault):
                yield Record(number, [value.text], fault="reject.no_record")
                continue
            cells = dict(_flat(value))
            yield Record(number, [_text(cells.get(column)) for column in columns])

    def notes(self) -> list[Problem]:
        """Lists of records that stay JSON, and values that are no JSON."""
        return [Problem(key, {"count": count}) for key, count in self._odd.items()]

    def _columns_of(self, source: Source) -> tuple[str, ...]:
        columns: dict[str, None] = {}
        for _, value in source():
            if isinstance(value, _Fault):
                continue
            for column, cell in _flat(value):
                columns[column] = None
                if cell is _NAN:
                    self._odd["reading.no_number"] += 1
                elif _is_nested(cell):
                    self._odd["reading.nested_lists"] += 1
            if len(columns) > COLUMN_LIMIT:
                raise FileError("file.too_many_columns", count=len(columns), limit=COLUMN_LIMIT)
        return tuple(columns)

    def _found(self) -> dict[str, Source]:
        """Where the records are: in one list, in lists within an object, or one a line."""
        with self._path.open(encoding="utf-8-sig") as file:
            first = _first_sign(file)
        if first == "[":
            return {"": self._listed}
        if self._has_lines():
            return {"": self._lines}
        value = self._whole()
        lists = dict(_lists(value))
        if not lists and isinstance(value, dict):
            lists = {"": [value]}
        return {name: _numbered(values) for name, values in lists.items()}

    def _has_lines(self) -> bool:
        """Whether the first line is a record by itself, and another one follows."""
        with self._path.open(encoding="utf-8-sig") as file:
            lines = list(islice((line for line in file if line.strip()), 2))
        try:
            records = [self._decoder.decode(line.strip()) for line in lines[:1]]
        except Repeated:
            return True
        except ValueError:
            return False
        return isinstance(records[0], dict) and len(lines) > 1

    def _lines(self) -> Iterator[tuple[int, Any]]:
        with self._path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                text = line.strip()
                if not text:
                    continue
                try:
                    value = self._decoder.decode(text)
                except Repeated as error:
                    raise doubled(error, number) from None
                except ValueError:
                    value = None
                yield number, value if isinstance(value, dict) else _Fault(text)

    def _whole(self) -> Any:  # noqa: ANN401 - any JSON
        text = self._path.read_text(encoding="utf-8-sig")
        try:
            return self._decoder.decode(text.strip(SPACE))
        except Repeated as error:
            raise doubled(error, None) from None
        except json.JSONDecodeError as error:
            raise invalid(error.lineno) from None

    def _listed(self) -> Iterator[tuple[int, Any]]:
        """The records of one list, never all at once; a list of lists begins with its labels."""
        labels: list[str] | None = None
        with self._path.open(encoding="utf-8-sig") as file:
            for number, value in enumerate(Elements(file, self._decoder), start=1):
                if isinstance(value, list) and number == 1:
                    labels = _labels(value)
                elif labels is not None:
                    yield number, _labelled(value, labels)
                else:
                    yield number, value if isinstance(value, dict) else _Fault(_text(value))


def _labels(values: list[Any]) -> list[str]:
    return [_text(value) or f"Column {place}" for place, value in enumerate(values, start=1)]


def _labelled(value: object, labels: list[str]) -> object:
    """A list as a record, if it is as long as the list of labels."""
    if not isinstance(value, list) or len(value) != len(labels):
        return _Fault(_text(value))
    return dict(zip(labels, value, strict=True))


def _numbered(values: list[Any]) -> Source:
    def source() -> Iterator[tuple[int, Any]]:
        for number, value in zip(count(1), values, strict=False):
            yield number, value if isinstance(value, dict) else _Fault(_text(value))

    return source


def _lists(value: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """The lists of records within an object, by their dotted place."""
    if isinstance(value, list):
        if any(isinstance(each, dict) for each in value):
            yield path, value
    elif isinstance(value, dict) and depth < LIST_DEPTH:
        for key, each in value.items():
            yield from _lists(each, f"{path}.{key}" if path else key, depth + 1)


def _flat(record: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """The cells of a record; those of records within it under dotted names."""
    for key, value in record.items():
        name = f"{path}.{key}" if path else key
        if isinstance(value, dict) and value:
            yield from _flat(value, name)
        else:
            yield name, value


def _is_nested(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict | list) for each in value)


def _text(value: object) -> str:
    """A value as exact text: numbers as they stand, lists of records as JSON."""
    if value is None or value is _NAN or value == {}:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and not _is_nested(value):
        return "; ".join(map(_text, value))
    return json.dumps(value, ensure_ascii=False, default=lambda _: None)


def _first_sign(file: IO[str]) -> str:
    while chunk := file.read(CHUNK):
        text = chunk.lstrip(SPACE)
        if text:
            return text[0]
    return ""
