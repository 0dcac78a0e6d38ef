"""Workspaces of tests are made by what the migrations said before: they are as if migrated."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from salesdash.workspace import Workspace, upgrade
from salesdash.workspace.databases import Database, Postgresql, Sqlite
from tests import migrated

NOW = datetime(2026, 11, 23, 9, 0)
TRIGGERS = {
    "sqlite": "select name, sql from sqlite_master order by name",
    "postgresql": "select tgname, pg_get_triggerdef(pg_trigger.oid, true) from pg_trigger "
    "join pg_class on pg_class.oid = tgrelid where not tgisinternal "
    "and relnamespace::regnamespace::text = current_schema() order by tgname",
}


def another(place: Database, folder: Path, name: str) -> Database:
    """A second place of that kind."""
    if isinstance(place, Postgresql):
        return Postgresql(place.url, f"{place.schema}_{name}", folder)
    return Sqlite(folder / f"{name}.sqlite")


def made(place: Database) -> list[Any]:
    """All that is in a new workspace: tables, columns, keys, indexes, triggers, the version."""
    workspace = Workspace.open(place, NOW)
    try:
        return _seen(workspace._engine)
    finally:
        workspace.close()


def _seen(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        look = inspect(connection)
        tables = sorted(look.get_table_names())
        keys = [(look.get_pk_constraint(each), look.get_foreign_keys(each)) for each in tables]
        more = [(look.get_unique_constraints(each), look.get_indexes(each)) for each in tables]
        columns = [[str(column) for column in look.get_columns(each)] for each in tables]
        triggers = connection.execute(text(TRIGGERS[engine.dialect.name])).all()
        return [tables, keys, more, columns, triggers, upgrade.revision(connection)]


def test_what_is_said_again_leaves_what_the_migrations_leave(
    place: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made(another(place, tmp_path, "heard"))
    again = made(place)
    monkeypatch.setattr(upgrade, "migrate", migrated.MIGRATE)
    assert again == made(another(place, tmp_path, "migrated"))
    assert "events" in again[0]
    assert len(again[4]) > 10
