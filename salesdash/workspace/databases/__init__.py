"""Where a workspace is kept: a SQLite file in its home, or a schema of a PostgreSQL server."""

from salesdash.workspace.databases.database import Database
from salesdash.workspace.databases.postgresql import Postgresql
from salesdash.workspace.databases.sqlite import Sqlite

__all__ = ["Database", "Postgresql", "Sqlite"]
