"""The command line as tests type it: `main` in this process, or all of `python -m salesdash`."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from salesdash import cli, config
from salesdash.config import load

ROOT = Path(__file__).resolve().parents[1]
Word = str | Path


@dataclass(frozen=True)
class Said:
    """What a command line left behind: its exit code, what it printed, what it said beside."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on standard output, numbers exact."""
        return json.loads(self.out, parse_float=Decimal)


def typed(*words: Word) -> Said:
    """The command line run in this process: no Python to start, the same way from there."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.main([str(word) for word in words], _no_app)
    return Said(code, out.getvalue(), err.getvalue())


def started(*words: Word) -> Said:
    """The command line as a process of its own, as a user has it."""
    order = [sys.executable, "-m", "salesdash", *words]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, check=False)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def command(home: Path, *words: Word, by: Callable[..., Said] = typed) -> dict[str, Any]:
    """The document of a command that succeeds, with --json, as Ana."""
    said = by("--home", home, "--as", "Ana", "--json", *words)
    assert said.code == 0, said.err + said.out
    document: dict[str, Any] = said.document
    return document


def read_once(path: Path) -> config.Settings:
    """`config.load`, once for a file that stays as it is."""
    return _settings(path, path.read_bytes()) if path.is_file() else load(path)


@cache
def _settings(path: Path, _content: bytes) -> config.Settings:
    return load(path)


def _no_app(start: object) -> int:
    raise AssertionError(f"nobody asked for the app: {start}")
