"""A terminal in this process, over a home of its own."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

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

Terminal = Callable[..., tuple[int, Any, str]]
WHEN = ("--today", "2026-11-18", "--as", "Ann")


@pytest.fixture(scope="session")
def bought(tmp_path_factory) -> Path:
    """A folder with the orders and a home that holds them; to be copied."""
    folder: Path = tmp_path_factory.mktemp("bought")
    (folder / "orders.csv").write_text(ORDERS)
    said = typed("--home", folder / "home", *WHEN, "import", folder / "orders.csv")
    assert said.code == 0, said.err
    return folder


def over(folder: Path) -> Terminal:
    """A terminal over the home in that folder."""

    def run(line: str, *, json: bool = True, lang: str = "en") -> tuple[int, Any, str]:
        before = ("--home", folder / "home", *WHEN, "--lang", lang)
        said = typed(*before, *line.split(), *(["--json"] if json else []))
        return said.code, loads(said.out) if json else said.out, said.err

    return run


@pytest.fixture
def terminal(tmp_path, monkeypatch, bought):
    """Runs a command line; (exit code, document or text, what stood on stderr)."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(bought, tmp_path, dirs_exist_ok=True)
    return over(tmp_path)
