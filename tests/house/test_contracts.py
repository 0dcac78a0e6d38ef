"""The import contracts hold, and each is seen to fail on a planted fault."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = {
    each["name"]: each
    for each in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}

FAULTS = {
    "Floors: imports point down, and every module has a floor": [
        ("salesdash/periods/planted.py", "import salesdash.warehouse\n"),
        ("salesdash/warehouse/planted.py", "import salesdash.workspace\n"),
        ("salesdash/utils.py", "import decimal\n"),
        ("salesdash/forecasting/planted.py", "import salesdash.texts\n"),
        ("salesdash/lifetimes/planted.py", "import salesdash.forecasting\n"),
        ("salesdash/api/planted.py", "import salesdash.cli\n"),
    ],
    "Nothing in the package knows the pages": [
        ("salesdash/ui/planted.py", "import pages.planted\n")
    ],
    "Only app, pages and ui know Streamlit": [
        ("salesdash/charts/planted.py", "import streamlit\n")
    ],
    "Forecasting, lifetimes, driving know numbers and errors: no dates, no storage, no frames": [
        ("salesdash/forecasting/planted.py", "import salesdash.periods\n"),
        ("salesdash/forecasting/planted.py", "import pandas\n"),
        ("salesdash/lifetimes/planted.py", "import pyarrow\n"),
    ],
    "Only engine talks to DuckDB": [("salesdash/warehouse/planted.py", "import duckdb\n")],
    "Pages see only the UI kit, charts and analyses": [
        ("pages/planted.py", "import salesdash.warehouse\n"),
        ("pages/planted.py", "import salesdash.commands\n"),
    ],
    "Pages do not know one another": [("pages/planted.py", "import pages.overview\n")],
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter over a copy; a fresh process, because it imports the package."""
    run = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", run, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("salesdash", "pages"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "pages" / "planted.py").write_text("")
    return folder


def test_all_contracts_hold():
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert f"{len(CONTRACTS)} kept, 0 broken" in answer.stdout


def test_every_contract_has_a_planted_fault():
    assert set(FAULTS) == set(CONTRACTS)


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, all_ in FAULTS.items() for n in range(len(all_))]
)
def test_a_contract_fails_on_its_fault(copy, name, number):
    path, text = FAULTS[name][number]
    planted = copy / path
    before = planted.read_text() if planted.exists() else None
    planted.write_text('"""A planted fault."""\n\n' + text)
    try:
        answer = lint(copy)
    finally:
        if before is None:
            planted.unlink()
        else:
            planted.write_text(before)
    assert answer.returncode != 0
    assert (
        f"{name} BROKEN" in answer.stdout
        or "exhaustive" in answer.stdout.lower()
        or "planted" in answer.stdout
    )
