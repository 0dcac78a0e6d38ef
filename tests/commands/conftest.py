"""A terminal in this process, over a home of its own."""

import pytest

from salesdash.cli import main
from salesdash.commands.replies import loads

ORDERS = """Order,Date,Customer,Region,Amount
A-1,2025-10-05,Ann,South,200.00
A-2,2026-07-05,Ann,North,100.00
A-3,2026-08-10,Bob,South,40.00
A-4,2026-10-11,Bob,North,120.00
A-5,2026-11-17,Bob,South,30.00
"""


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys):
    """Runs a command line; (exit code, document or text, what stood on stderr)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(ORDERS)

    def run(line, *, json=True, lang="en"):
        before = ["--home", str(tmp_path / "home"), "--today", "2026-11-18", "--as", "Ann"]
        argv = [*before, "--lang", lang, *line.split(), *(["--json"] if json else [])]
        code = main(argv, lambda _: 0)
        out, err = capsys.readouterr()
        return code, loads(out) if json else out, err

    run("import orders.csv")
    return run
