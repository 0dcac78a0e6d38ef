import shutil
from pathlib import Path

import pytest

from salesdash.workspace import Workspace
from tests.imports.build import NOW, opened_home


@pytest.fixture(scope="session")
def fresh_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty workspace file: making one takes longer than a test."""
    path = tmp_path_factory.mktemp("log") / "workspace.sqlite"
    Workspace.open(path, NOW).close()
    return path


@pytest.fixture
def folder(tmp_path: Path, fresh_log: Path) -> Path:
    """A folder for a home."""
    path = tmp_path / "home"
    path.mkdir()
    shutil.copy(fresh_log, path / "workspace.sqlite")
    return path


@pytest.fixture
def home(folder: Path):
    home = opened_home(folder)
    yield home
    home.close()
