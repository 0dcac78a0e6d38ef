"""Processes that are killed: forks of one Python that has imported everything already.

A test that kills a writer at each of its steps needs a process a step, and to start one takes
longer than all it does. Nothing but imports has happened in the Python that is forked: no thread,
no open file.
"""

import atexit
import importlib
import json
import os
import subprocess
import sys
import traceback
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def ending(function: str, *arguments: str) -> int:
    """How a call of `module:function` ends in a process of its own: 0, 1 if it raises, -signal."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps([function, *arguments]) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())


@cache
def _server() -> "subprocess.Popen[str]":
    order = [sys.executable, "-m", "tests.doomed"]
    server = subprocess.Popen(
        order, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(server.communicate)
    return server


def main() -> None:
    """Fork for each line of standard input; say on standard output how the fork ended."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        module, _, function = name.partition(":")
        call = getattr(importlib.import_module(module), function)
        fork = os.fork()
        if fork == 0:
            ended = 1
            try:
                call(*arguments)
                ended = 0
            finally:
                if ended:
                    traceback.print_exc()
                os._exit(ended)
        _, status = os.waitpid(fork, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()


if __name__ == "__main__":
    main()
