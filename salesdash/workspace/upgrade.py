"""Bring a workspace file to the newest schema: a backup of the file first, then all or nothing."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from salesdash.errors import StorageError

HEAD = "0008"
"""The newest migration; kept here so that a start that needs none doesn't load alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(
    engine: Engine,
    path: Path,
    now: datetime,
    head: str = HEAD,
    migrations: Path = MIGRATIONS,
) -> Path | None:
    """Migrate to `head`; returns the backup that was made, None when nothing was at stake.

    Raises StorageError `workspace.newer` for a file of a newer salesdash; it is left untouched.
    """
    with engine.connect() as connection:
        found = revision(connection)
    if found == head:
        return None
    known = _known(migrations)
    if found is not None and found not in known:
        raise StorageError("workspace.newer", found=found, known=head, path=str(path))
    kept = copy(path, path.parent / "backups" / _backup_name(found, now)) if found else None
    _migrate(engine, head, migrations)
    return kept


def revision(connection: Connection) -> str | None:
    """The schema version written in the file, None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    return None if found is None else str(found)


def copy(path: Path, target: Path) -> Path:
    """A consistent copy of a SQLite file, also while it is being written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as sink:
        source.backup(sink)
    return target


def _backup_name(found: str, now: datetime) -> str:
    return f"workspace-{now:%Y%m%dT%H%M%S}-schema-{found}.sqlite"


def _known(migrations: Path) -> set[str]:
    return {path.name.split("_")[0] for path in (migrations / "versions").glob("[0-9]*.py")}


def _migrate(engine: Engine, head: str, migrations: Path) -> None:
    from alembic import command  # 150 ms, and only needed when there is something to do
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, head)
