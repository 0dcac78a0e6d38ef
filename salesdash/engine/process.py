"""The process of a child, as its parent sees it: started, asked, heard, ended."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from salesdash import errors

_NEEDED_VARIABLES = ("PATH", "TZ", "SYSTEMROOT")
_KEPT_VARIABLES = ("HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP")
_KEPT_PREFIXES = ("COVERAGE", "COV_")


@dataclass(frozen=True)
class Limits:
    """What a child may use: address space in MiB, processor and wall seconds.

    `strict`: it can write no file, knows nothing of its environment, yields to everybody else, and
    is the first that the system ends when memory is short.
    """

    memory_mib: int = 6144
    cpu_seconds: int = 600
    wall_seconds: int = 900
    strict: bool = False


class Process:
    """A fresh Python that serves orders, one JSON document a line, until nobody asks any more."""

    def __init__(self, system: "subprocess.Popen[bytes]") -> None:
        self._system = system
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    @classmethod
    def start(cls, limits: Limits) -> Self:
        """Start one; it bounds itself when it is asked."""
        return cls(
            subprocess.Popen(
                [sys.executable, "-c", "from salesdash.engine.child import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if limits.strict else None,  # it may be a file
                env=_environment(limits),
                start_new_session=True,  # a group of its own, which is ended as a whole
            )
        )

    def ask(self, order: dict[str, Any]) -> None:
        """Send an order. One that is gone already is heard of as such."""
        assert self._system.stdin is not None
        with suppress(BrokenPipeError):
            self._system.stdin.write(json.dumps(order).encode() + b"\n")
            self._system.stdin.flush()

    def heard(self, seconds: float) -> dict[str, Any] | None:
        """Its next message, None when it is gone. Raises queue.Empty when it says nothing."""
        return self._messages.get(timeout=seconds)

    def _listen(self) -> None:
        assert self._system.stdout is not None
        try:
            for line in self._system.stdout:
                self._messages.put(json.loads(line))
        except ValueError:  # the stream was closed, or the child was killed within a line
            pass
        self._messages.put(None)

    def code(self) -> int:
        """With what it ended, once it does."""
        return self._system.wait()

    def end(self) -> None:
        """End it if it still runs, with whatever it started."""
        process = self._system
        if process.poll() is None:
            if hasattr(os, "killpg"):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):  # of an order that it did not read to the end
                    stream.close()


def _environment(limits: Limits) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _NEEDED_VARIABLES
        or (not limits.strict and (name in _KEPT_VARIABLES or name.startswith(_KEPT_PREFIXES)))
    }
    root = str(Path(errors.__file__).parents[1])
    return {**kept, "PYTHONPATH": root, "PYTHONUTF8": "1"}
