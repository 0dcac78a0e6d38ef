"""Bring a workspace to the newest schema: a copy of it first, then all or nothing."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from salesdash.errors import StorageError
from salesdash.workspace.copying import REVISION, copy_rows
from salesdash.workspace.databases import Database, Sqlite

HEAD = "0011"
"""The newest migration; kept here so that a start that needs none doesn't load alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(
    database: Database,
    engine: Engine,
    now: datetime,
    head: str = HEAD,
    migrations: Path = MIGRATIONS,
) -> Path | None:
    """Migrate to `head`; returns the backup that was made, None when nothing was at stake.

    Raises StorageError `workspace.newer` for one of a newer salesdash; it is left untouched.
    """
    with engine.connect() as connection:
        found = revision(connection)
    if found == head:
        return None
    known = _known(migrations)
    if found is not None and found not in known:
        raise StorageError("workspace.newer", found=found, known=head, path=database.shown)
    kept = None
    if found:
        name = f"workspace-{now:%Y%m%dT%H%M%S}-schema-{found}.sqlite"
        kept = copy(database, engine, database.folder / "backups" / name)
    with engine.execution_options(writes=True).begin() as connection:
        database.ready(connection)
        migrate(connection, head, migrations)
    return kept


def revision(connection: Connection) -> str | None:
    """The schema version written in it, None for a new one."""
    if not inspect(connection).has_table(REVISION):
        return None
    found = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    return None if found is None else str(found)


def copy(database: Database, engine: Engine, target: Path) -> Path:
    """A consistent copy in a SQLite file of the same schema, also while it is being written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(database, Sqlite):
        database.copy(target)
        return target
    draft = target.with_name(f"{target.name}.draft")
    draft.unlink(missing_ok=True)
    file = Sqlite(draft).engine()
    try:
        with engine.begin() as source, file.execution_options(writes=True).begin() as sink:
            migrate(sink, str(revision(source)))
            copy_rows(source, sink)
    finally:
        file.dispose()
    return draft.replace(target)


def migrate(connection: Connection, head: str, migrations: Path = MIGRATIONS) -> None:
    """Bring the tables to `head`, within a transaction."""
    from alembic import command  # 150 ms, and only needed when there is something to do
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, head)


def _known(migrations: Path) -> set[str]:
    return {path.name.split("_")[0] for path in (migrations / "versions").glob("[0-9]*.py")}
