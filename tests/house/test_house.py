"""What the project keeps to: sizes, docstrings, no machine or registry in what is committed."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES, PAGE_LINES = 350, 40

PACKAGE = sorted((ROOT / "salesdash").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))


def committed() -> list[Path]:
    """Files git knows, and new ones it would not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return sorted(file for file in files if file.is_file())


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*PACKAGE, *PAGES, ROOT / "app.py"], ids=name)
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{name(path)} has no docstring"


@pytest.mark.parametrize("path", PACKAGE, ids=name)
def test_a_module_fits_the_eye(path):
    assert len(path.read_text("utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_is_a_recipe(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= PAGE_LINES
    assert "ensure_opened()" in text, "the guard against running a page without app.py"


def test_no_drawer_for_everything():
    assert not [
        name(path) for path in PACKAGE if path.stem in ("utils", "helpers", "misc", "common")
    ]


FORBIDDEN = {
    "a registry address": re.compile(
        r"(?:--index-url|--extra-index-url|index-url\s*=|https?://[^\s'\"]*(?:pypi|pythonhosted|npmjs|/simple/))",
        re.IGNORECASE,
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/[\w.]|[A-Z]:\\Users\\",
        re.MULTILINE,
    ),
    "unfinished work": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
}
THIS = Path(__file__)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_file_holds(what):
    found = []
    for path in committed():
        if path == THIS:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}: {hit.group(0)}" for hit in FORBIDDEN[what].finditer(text)]
    assert not found


def test_the_patterns_above_would_catch():
    bad = {
        "a registry address": [
            "--index-url http://h/simple/",
            "https://pypi.org/project/x",
            "http://10.0.0.1/simple/x",
        ],
        "a path of one machine": [
            "open('/work/main/x')",
            "C:\\Users\\ann",
            "/home/ann/salesdash",
            "/root/x",
        ],
        "unfinished work": ["# TODO: later"],
    }
    for what, lines in bad.items():
        for line in lines:
            assert FORBIDDEN[what].search(line), line


def test_the_lock_holds_every_wish_with_hashes_and_no_more_than_the_tools_lock():
    pin = re.compile(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE | re.IGNORECASE)
    runtime = dict(pin.findall((ROOT / "requirements.txt").read_text("utf-8")))
    tools = dict(pin.findall((ROOT / "requirements-dev.txt").read_text("utf-8")))
    wished = re.findall(
        r"^([a-z0-9-]+)", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE
    )
    assert set(wished) <= set(runtime)
    assert {each: tools.get(each) for each in runtime} == runtime, "both locks agree"
    for lock in ("requirements.txt", "requirements-dev.txt"):
        blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"))
        assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0])


def test_what_the_package_imports_is_wished_for():
    """A fresh machine has the runtime lock only: nothing may be there by luck."""
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    wished = f"\n{lock}".lower().replace("_", "-")
    homes = packages_distributions()
    for path in [*PACKAGE, *PAGES]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for top in (
                {each.split(".")[0] for each in names}
                - {"salesdash", "pages"}
                - sys.stdlib_module_names
            ):
                assert any(
                    f"\n{home.lower().replace('_', '-')}==" in wished for home in homes.get(top, [])
                ), f"{name(path)}: {top}"


def test_scipy_is_imported_where_something_is_fitted_only():
    """400 ms that no start of the app, the terminal or a page has to wait for."""
    found = {
        name(path)
        for path in [*PACKAGE, *PAGES]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import) and "scipy" in ast.unparse(node)
    }
    assert {Path(path).parent.name for path in found} == {"lifetimes"}
    code = "import sys, salesdash.cli, salesdash.lifetimes; print('scipy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_warnings_are_errors_and_the_coverage_floor_stands():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    assert config["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    assert config["coverage"]["report"]["fail_under"] >= 95
