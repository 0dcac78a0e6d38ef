"""Mapping memory: how columns were mapped the last time a file had these headers."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from salesdash.workspace.rows import Stamp, save
from salesdash.workspace.schema import mappings

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


@dataclass(frozen=True)
class Remembered:
    """A mapping somebody confirmed."""

    mapping: dict[str, Any]
    who: str
    at: datetime
    version: int


class Mappings:
    """Mappings by dataset and header fingerprint."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def known(self, fingerprint: str) -> tuple[Remembered, ...]:
        """What was confirmed for these headers, for each dataset they fed."""
        question = select(mappings).filter_by(fingerprint=fingerprint).order_by(mappings.c.id)
        with self._workspace.reading() as connection:
            rows = connection.execute(question).mappings().all()
        return tuple(Remembered(r["mapping"], r["who"], r["at"], r["version"]) for r in rows)

    def all(self) -> tuple[Remembered, ...]:
        """All that was confirmed, newest first."""
        question = select(mappings).order_by(mappings.c.id.desc())
        with self._workspace.reading() as connection:
            rows = connection.execute(question).mappings().all()
        return tuple(Remembered(r["mapping"], r["who"], r["at"], r["version"]) for r in rows)

    def remember(
        self, key: tuple[str, str], mapping: dict[str, Any], stamp: Stamp, version: int | None
    ) -> int:
        """Keep a mapping for (dataset, fingerprint); returns its version.

        `version`: the one read before, 0 for none, None to overwrite. Raises Conflict.
        """
        named = {"dataset": key[0], "fingerprint": key[1]}
        with self._workspace.writing() as connection:
            return save(connection, mappings, (named, {"mapping": mapping}), stamp, version)
