"""Choices made in the app that belong to the home, not to a browser."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from salesdash.workspace.rows import Stamp, find, save
from salesdash.workspace.schema import settings

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


@dataclass(frozen=True)
class Setting:
    """A kept value (anything JSON-able) with its version."""

    value: Any
    who: str
    at: datetime
    version: int


class Settings:
    """Values by key."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def read(self, key: str) -> Setting | None:
        """The setting, None if it was never made."""
        with self._workspace.reading() as connection:
            row = find(connection, settings, {"key": key})
        return None if row is None else Setting(row["value"], row["who"], row["at"], row["version"])

    def write(
        self,
        key: str,
        value: Any,  # noqa: ANN401 - whatever JSON can hold
        stamp: Stamp,
        version: int | None = None,
    ) -> int:
        """Keep a value; returns its version.

        `version`: the one read before, 0 for none, None to overwrite. Raises Conflict.
        """
        with self._workspace.writing() as connection:
            return save(connection, settings, ({"key": key}, {"value": value}), stamp, version)
