"""What the workspace asks of a database."""

from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from salesdash.errors import StorageError


class Database(Protocol):
    """A place for one workspace. Nothing is opened before the first question."""

    @property
    def shown(self) -> str:
        """Where it is, in a line that people may read: never with a password."""

    @property
    def folder(self) -> Path:
        """The home it belongs to; backups go there."""

    def engine(self) -> Engine:
        """Connections to it. A transaction with the option `writes` has it for itself."""

    def ready(self, connection: Connection) -> None:
        """Make room for tables, where there is none yet."""

    def drop(self, connection: Connection) -> None:
        """Take away all that is in it."""

    def error(self, error: DBAPIError) -> StorageError:
        """What went wrong, as an error of ours."""

    def own(self, engine: Engine) -> Connection | None:
        """Keep everybody else's homes out as long as that connection is open.

        Raises HomeBusy when another home has it.
        """

    def compact(self, engine: Engine) -> None:
        """Leave nothing that is not in its tables any more."""
