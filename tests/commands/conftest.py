"""A terminal in this process, over a home of its own."""

import shutil
from pathlib import Path

import pytest

from salesdash.commands.replies import loads
from tests.terminal import typed

ORDERS = """Order,Date,Customer,Region,Amount
A-1,2025-10-05,Ann,South,200.00
A-2,2026-07-05,Ann,North,100.00
A-3,2026-08-10,Bob,South,40.00
A-4,2026-10-11,Bob,North,120.00
A-5,2026-11-17,Bob,South,30.00
"""


WHEN = ("--today", "2026-11-18", "--as", "Ann")


@pytest.fixture(scope="session")
def bought(tmp_path_factory) -> Path:
    """A folder with the orders and a home that holds them; to be copied."""
    folder: Path = tmp_path_factory.mktemp("bought")
    (folder / "orders.csv").write_text(ORDERS)
    said = typed("--home", folder / "home", *WHEN, "import", folder / "orders.csv")
    assert said.code == 0, said.err
    return folder


@pytest.fixture
def terminal(tmp_path, monkeypatch, bought):
    """Runs a command line; (exit code, document or text, what stood on stderr)."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(bought, tmp_path, dirs_exist_ok=True)

    def run(line, *, json=True, lang="en"):
        before = ("--home", tmp_path / "home", *WHEN, "--lang", lang)
        said = typed(*before, *line.split(), *(["--json"] if json else []))
        return said.code, loads(said.out) if json else said.out, said.err

    return run
