import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, insert

from salesdash.errors import StorageError
from salesdash.workspace import Draft, EventKind, Priority, Source, Stamp, State, Workspace
from salesdash.workspace.attendance import Attendance
from salesdash.workspace.databases import Sqlite
from salesdash.workspace.metadata import metadata
from salesdash.workspace.upgrade import HEAD, MIGRATIONS, migrate, upgrade

NOW = datetime(2026, 11, 23, 9, 0)

STEP = """
from alembic import op

revision = "{revision}"
down_revision = {down!r}


def upgrade():
    {body}
"""

WRITTEN = {"who": "Ana", "at": NOW, "version": 1}
_MADE = {"made_by": "Ana", "made_at": NOW}
BEFORE: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "meetings",
        {
            "id": 1,
            "kind": "weekly",
            "period": "week:2026-W47",
            "state": "closed",
            "cut": 1,
            "first_day": date(2026, 11, 16),
            "last_day": date(2026, 11, 22),
            "opened_by": "Ana",
            "opened_at": NOW,
            "answers": '{"a": 1.0}',
        },
    ),
    (
        "meeting_lines",
        {"id": 1, "meeting": 1, "kind": "goals", "title": {}, "hint": {}, "tiles": []},
    ),
    ("attendance", {"id": 1, "meeting": 1, "person": "Bo", "present": True}),
    ("actions", {"id": 1, "text": "call", "owner": "Bo", "state": "open", "line": 1, **_MADE}),
    ("actions", {"id": 2, "text": "write", "owner": "Bo", "state": "done", **_MADE}),
)
"""Rows of the tables as they were at schema 0005."""


@pytest.fixture
def path(tmp_path: Path):
    workspace = Workspace.open(tmp_path / "workspace.sqlite", NOW)
    workspace.log.begin(Draft(EventKind.IMPORT, "Ana", NOW))
    workspace.close()
    return tmp_path / "workspace.sqlite"


def later(tmp_path: Path, body: str) -> Path:
    """A folder of migrations with one more step than today's."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((MIGRATIONS / "env.py").read_text())
    for source in (MIGRATIONS / "versions").glob("[0-9]*.py"):
        (folder / "versions" / source.name).write_text(source.read_text())
    step = STEP.format(revision="9999", down=HEAD, body=body)
    (folder / "versions" / "9999_more.py").write_text(step)
    return folder


def facts(path: Path) -> tuple[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("select version_num from alembic_version").fetchone()
        (count,) = connection.execute("select count(*) from events").fetchone()
    return version, count


def test_the_newest_migration_is_the_one_the_code_expects():
    numbers = [p.name.split("_")[0] for p in (MIGRATIONS / "versions").glob("[0-9]*.py")]
    assert max(numbers) == HEAD


def test_migrations_and_schema_say_the_same(path):
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_opening_again_changes_nothing(path):
    before = path.read_bytes()
    Workspace.open(path, NOW).close()
    assert path.read_bytes() == before
    assert not (path.parent / "backups").exists()


def test_a_migration_keeps_a_backup_first(path, tmp_path):
    engine = create_engine(f"sqlite:///{path}")
    folder = later(tmp_path, 'op.execute("create table more (a integer)")')
    kept = upgrade(Sqlite(path), engine, NOW, "9999", folder)
    engine.dispose()
    assert facts(path) == ("9999", 1)
    assert kept is not None
    assert kept.name == f"workspace-20261123T090000-schema-{HEAD}.sqlite"
    assert facts(kept) == (HEAD, 1)


def test_a_migration_that_fails_changes_nothing(path, tmp_path):
    workspace = Workspace(path)
    body = 'op.execute("create table more (a integer)"); op.execute("nonsense")'
    with pytest.raises(Exception, match="nonsense"):
        upgrade(workspace.database, workspace._engine, NOW, "9999", later(tmp_path, body))
    workspace.close()
    assert facts(path) == (HEAD, 1)
    with closing(sqlite3.connect(path)) as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master")}
    assert "more" not in tables


def test_a_newer_file_is_refused_with_both_versions(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update alembic_version set version_num = '0042'")
    with pytest.raises(StorageError) as error:
        Workspace.open(path, NOW)
    assert error.value.key == "workspace.newer"
    assert error.value.values["found"] == "0042"
    assert facts(path) == ("0042", 1)


class TestOnBoth:
    def test_migrations_and_schema_say_the_same(self, place):
        workspace = Workspace.open(place, NOW)
        with workspace._engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        workspace.close()

    def test_a_migration_keeps_a_backup_first_and_fails_whole(self, place, tmp_path):
        workspace = Workspace.open(place, NOW)
        workspace.log.begin(Draft(EventKind.IMPORT, "Ana", NOW))
        body = 'op.execute("create table more (a integer)"); op.execute("nonsense")'
        folder = later(tmp_path, body)
        with pytest.raises(Exception, match="nonsense"):
            upgrade(workspace.database, workspace._engine, NOW, "9999", folder)
        (folder / "versions" / "9999_more.py").write_text(
            STEP.format(revision="9999", down=HEAD, body=body.partition(";")[0])
        )
        kept = upgrade(workspace.database, workspace._engine, NOW, "9999", folder)
        assert kept is not None
        assert facts(kept) == (HEAD, 1)
        with pytest.raises(StorageError) as error:
            Workspace.open(place, NOW)
        assert (error.value.key, error.value.values["found"]) == ("workspace.newer", "9999")
        workspace.close()

    def test_what_a_team_wrote_before_actions_had_aims_comes_along(self, place):
        workspace = Workspace(place)
        with workspace._engine.execution_options(writes=True).begin() as connection:
            place.ready(connection)
            migrate(connection, "0005")
            tables = MetaData()
            tables.reflect(connection)
            for name, row in BEFORE:
                connection.execute(insert(tables.tables[name]).values(**row, **WRITTEN))
        assert upgrade(place, workspace._engine, NOW) is not None
        (meeting,) = workspace.meetings.all()
        assert (meeting.kind, meeting.person, meeting.state) == ("weekly", "", State.CLOSED)
        assert workspace.meetings.get(1).answers == '{"a": 1.0}'
        assert workspace.meetings.attendance(1) == Attendance(("Bo",), ())
        one, two = workspace.actions.all()
        assert (one.origin, one.meeting, one.priority) == (Source("line", "1"), 1, Priority.NORMAL)
        assert (two.origin, two.metric, two.scope) == (None, None, ())
        reopened = workspace.meetings.reopen(1, "why", Stamp("Ana", NOW))
        assert (reopened.state, workspace.reopenings.answers(1, 1)) == (State.OPEN, '{"a": 1.0}')
        workspace.close()


def test_guards_are_set_up_by_the_helper_that_knows_both_databases():
    for path in (MIGRATIONS / "versions").glob("[0-9]*.py"):
        assert "create trigger" not in path.read_text().lower(), path.name
