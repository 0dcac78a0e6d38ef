from pathlib import Path

import pytest

from salesdash.workspace.databases import Database, Sqlite
from tests.postgresql import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A place for a new workspace, once of each kind."""
    if request.param == "sqlite":
        return Sqlite(tmp_path / "workspace.sqlite")
    server: Server = request.getfixturevalue("server")
    return server.place(tmp_path)
