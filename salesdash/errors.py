"""The errors of salesdash: typed, worded in the locales, and each says whose turn it is.

    SalesdashError
    |-- ConfigError        owner   config.yaml cannot be used (all its problems are collected)
    |-- InputError         user    what was given cannot be accepted; nothing was stored
    |   |-- FileError              the file cannot be read: empty, damaged, encrypted ...
    |   |-- DataRefused            the file was read, its rows cannot be accepted as they are
    |   |-- UsageError             a command, metric, dimension or period that does not exist
    |   |-- QueryError             a question in SQL that is refused, wrong, or too much
    |   `-- Stopped                somebody stopped the work before it was done
    |-- Conflict           user    somebody else was faster; both versions are known
    `-- StorageError       us      the home cannot be used: disk full, locked, damaged ...
        |-- HomeBusy               another process owns this home
        `-- DiskFull               no room left; nothing was lost

An error carries a text key and values, never prose: `texts` finds the words under
``errors.<key>`` in the reader's language. A `Problem` is the same as a value, for places that
collect many before they stop.
"""

from dataclasses import dataclass, field
from typing import Literal

Turn = Literal["owner", "user", "us"]
Values = dict[str, object]


@dataclass(frozen=True)
class Place:
    """Where something is: file, sheet, record or line number (both from 1), column header."""

    file: str | None = None
    sheet: str | None = None
    line: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Problem:
    """One fault that was found and noted: text key, its values, its place, a suggestion."""

    key: str
    values: Values = field(default_factory=dict)
    place: Place = Place()
    suggestion: str | None = None


class SalesdashError(Exception):
    """Anything salesdash says on purpose. `key` names the words, `values` fill them."""

    turn: Turn = "us"

    def __init__(self, key: str, *, place: Place | None = None, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.place = place or Place()
        self.values: Values = values

    def __str__(self) -> str:
        """Key, values and place: for logs, not for screens."""
        facts = {**self.values, **{k: v for k, v in vars(self.place).items() if v is not None}}
        return f"{self.key} {facts}" if facts else self.key


class ConfigError(SalesdashError):
    """config.yaml cannot be used; `problems` lists every fault with its line."""

    turn: Turn = "owner"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("config.invalid", count=len(problems))
        self.problems = problems


class InputError(SalesdashError):
    """What the user gave cannot be accepted; nothing was stored."""

    turn: Turn = "user"


class FileError(InputError):
    """The file cannot be read."""


class DataRefused(InputError):
    """The file was read, but its rows cannot be accepted as they are."""


class UsageError(InputError):
    """A command, option, metric, dimension or period that does not exist."""


class QueryError(InputError):
    """A question in SQL that is refused, wrong, or asks for too much."""


class Stopped(InputError):
    """Somebody stopped the work before it was done; nothing was stored."""


class Conflict(SalesdashError):
    """Somebody else was faster; `mine` and `theirs` are both known."""

    turn: Turn = "user"


class StorageError(SalesdashError):
    """The home cannot be used."""


class HomeBusy(StorageError):
    """Another process owns this home."""


class DiskFull(StorageError):
    """No room left on the disk; nothing was lost."""
