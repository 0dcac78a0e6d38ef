"""The elements of a JSON list, decoded one after the other: never all of them at once."""

import json
from collections import Counter
from typing import IO, Any

from salesdash.errors import FileError, Place

CHUNK = 1 << 20
SPACE = " \t\r\n"


class Repeated(ValueError):
    """An object that names one key twice."""


def as_record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs; Repeated if one key comes twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise Repeated(counts.most_common(1)[0][0])
    return found


class Elements:
    """The elements of the list that a text is, decoded one after the other."""

    def __init__(self, file: IO[str], decoder: json.JSONDecoder) -> None:
        self._file, self._decoder = file, decoder
        self._text, self._at, self._lines = "", 0, 0
        self._is_end = self._has_begun = False
        self._skip()
        self._at += 1  # the bracket

    def __iter__(self) -> "Elements":
        return self

    def __next__(self) -> Any:  # noqa: ANN401 - any JSON
        sign = self._skip()
        if sign == "]":
            raise self._ended()
        if self._has_begun:
            if sign != ",":
                raise invalid(self._line())
            self._at += 1
            self._skip()
        self._has_begun = True
        return self._decoded()

    def _ended(self) -> StopIteration:
        self._at += 1
        if self._skip():
            raise invalid(self._line())
        self._file.close()
        return StopIteration()

    def _decoded(self) -> Any:  # noqa: ANN401 - any JSON
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except Repeated as error:
                raise doubled(error, self._line()) from None
            except json.JSONDecodeError as error:
                if self._is_end:
                    raise invalid(self._line(error.pos)) from None
                self._more()
                continue
            if end == len(self._text) and not self._is_end:  # a number could go on
                self._more()
                continue
            self._at = end
            return value

    def _skip(self) -> str:
        """The next sign that is no space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if self._is_end:
                return ""
            self._more()

    def _more(self) -> None:
        size = max(CHUNK, len(self._text) - self._at)  # twice as much for a record that is long
        chunk = self._file.read(size)
        self._is_end = not chunk
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :] + chunk, 0

    def _line(self, at: int | None = None) -> int:
        return self._lines + self._text.count("\n", 0, self._at if at is None else at) + 1


def invalid(line: int) -> FileError:
    """What is no JSON from this line on."""
    return FileError("file.json_invalid", place=Place(line=line))


def doubled(error: Repeated, line: int | None) -> FileError:
    """A record that would lose a value."""
    return FileError("file.json_repeated_key", place=Place(line=line), name=str(error))
