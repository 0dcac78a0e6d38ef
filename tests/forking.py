"""A Python of its own that imports what is needed once, and forks for each order it is given.

Orders and answers are JSON, a line each. Nothing but imports may happen in it: no thread, no open
file. A module that is such a Python reads its orders in a `main` of its own.
"""

import atexit
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def asked(module: str, *order: Any) -> Any:
    """What the Python of a module answers to an order; it starts with the first one."""
    server = _server(module)
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps(order) + "\n")
    server.stdin.flush()
    return json.loads(server.stdout.readline())


@cache
def _server(module: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", module]
    server = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(server.communicate)
    return server
