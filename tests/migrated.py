"""A new workspace for a test: what the migrations say to its database, said again.

Alembic reads and plans all migrations for each new workspace: ten times as long as its database
takes to make the tables. `tests/workspace/test_migrated.py` holds that both leave the same.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from salesdash.workspace import upgrade

MIGRATE = upgrade.migrate
LOOKS = ("select", "pragma", "show")
"""How statements begin that only look."""

_said: dict[str, list[tuple[str, Any]]] = {}


def migrate(connection: Connection, head: str, migrations: Path = upgrade.MIGRATIONS) -> None:
    """`upgrade.migrate`; for a new workspace by the statements that it took the first time."""
    dialect = connection.dialect.name
    usual = (head, migrations) == (upgrade.HEAD, upgrade.MIGRATIONS)
    if not usual or upgrade.revision(connection) is not None:
        MIGRATE(connection, head, migrations)
    elif dialect in _said:
        for statement, parameters in _said[dialect]:
            connection.exec_driver_sql(statement, parameters)
    else:
        _said[dialect] = _heard(connection, head)


def _heard(connection: Connection, head: str) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.strip().lower().startswith(LOOKS):
            heard.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", hear)
    try:
        MIGRATE(connection, head)
    finally:
        event.remove(connection, "before_cursor_execute", hear)
    return heard
