"""Untrusted work in a process of its own: a file that kills its reader kills nobody else.

`run` starts a fresh Python, bounds its memory and processor time, kills it at the wall clock, and
brings back a JSON-able result, progress, or an error of our own tree. Arguments and results are
JSON; files are handed over by path.
"""

import importlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from salesdash import errors
from salesdash.errors import FileError, Place, SalesdashError

log = logging.getLogger(__name__)

TICK_SECONDS = 0.05
BEHIND = 5
"""How nice a strict child is to all others."""

MIB = 1 << 20
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


@dataclass(frozen=True)
class Watch:
    """What the parent does while it waits: take progress, and tick; raising there ends the child.

    How far the child is, is told again at every tick: whoever listens can give up at any time.
    """

    on_progress: Callable[[float, str], None] | None = None
    tick: Callable[[], None] | None = None


def run(
    function: str,
    arguments: dict[str, Any],
    limits: Limits | None = None,
    watch: Watch | None = None,
) -> Any:  # noqa: ANN401 - whatever JSON the function returns
    """Call ``module:function`` with keyword arguments in a child and return its JSON result.

    The function may call `progress(share, step)` of this module. Errors of the tree travel back as
    themselves; a child that dies raises FileError("file.child_died"), one that breaks in any other
    way FileError("file.child_failed").
    """
    limits, watch = limits or Limits(), watch or Watch()
    process = subprocess.Popen(
        [sys.executable, "-c", "from salesdash.engine.child import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if limits.strict else None,  # it may be a file
        env=_environment(limits),
        start_new_session=True,  # a group of its own, which is ended as a whole
    )
    assert process.stdin is not None
    assert process.stdout is not None
    order = {"function": function, "arguments": arguments, "limits": asdict(limits)}
    try:
        with process.stdin as pipe:
            pipe.write(json.dumps(order).encode())
        return _wait(process, limits, watch)
    finally:
        _end(process)
        process.stdout.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a child that still runs, with whatever it started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()


def _environment(limits: Limits) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _NEEDED_VARIABLES
        or (not limits.strict and (name in _KEPT_VARIABLES or name.startswith(_KEPT_PREFIXES)))
    }
    root = str(Path(errors.__file__).parents[1])
    return {**kept, "PYTHONPATH": root, "PYTHONUTF8": "1"}


def _wait(process: subprocess.Popen[bytes], limits: Limits, watch: Watch) -> Any:  # noqa: ANN401
    messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
    assert process.stdout is not None
    threading.Thread(target=_listen, args=(process.stdout, messages), daemon=True).start()
    deadline = time.monotonic() + limits.wall_seconds
    far: tuple[float, str] | None = None
    while True:
        try:
            message = messages.get(timeout=TICK_SECONDS)
        except queue.Empty:
            _tick(watch, far)
            if time.monotonic() > deadline:
                raise FileError("file.too_slow", seconds=limits.wall_seconds) from None
            continue
        if message is None:
            raise _death(process, limits)
        if "progress" not in message:
            return _outcome(message)
        far = message["progress"], message["step"]
        if watch.on_progress is not None:
            watch.on_progress(*far)


def _tick(watch: Watch, far: tuple[float, str] | None) -> None:
    if watch.tick is not None:
        watch.tick()
    if watch.on_progress is not None and far is not None:
        watch.on_progress(*far)


def _outcome(message: dict[str, Any]) -> Any:  # noqa: ANN401
    if "error" in message:
        raise _rebuilt(message["error"])
    return message["result"]


def _listen(stream: IO[bytes], messages: "queue.Queue[dict[str, Any] | None]") -> None:
    try:
        for line in stream:
            messages.put(json.loads(line))
    except ValueError:  # the stream was closed, or the child was killed within a line
        pass
    messages.put(None)


def _death(process: subprocess.Popen[bytes], limits: Limits) -> SalesdashError:
    code = process.wait()
    if code in (-getattr(signal, "SIGXCPU", 24), -getattr(signal, "SIGALRM", 14)):
        return FileError("file.too_slow", seconds=limits.cpu_seconds)
    return FileError("file.child_died", memory=limits.memory_mib, code=code)


def _rebuilt(message: dict[str, Any]) -> SalesdashError:
    kind = getattr(errors, message["class"])
    error: SalesdashError = kind(
        message["key"], place=Place(**message["place"]), **message["values"]
    )
    return error


# --- the child's side -----------------------------------------------------------------------


def progress(share: float, step: str) -> None:
    """Tell the parent how far the work is: 0 to 1, and the text key of the step."""
    _say({"progress": share, "step": step})


_out: IO[bytes] | None = None


def _say(message: dict[str, Any]) -> None:
    if _out is not None:
        _out.write(json.dumps(message, default=str).encode() + b"\n")
        _out.flush()


def alarm(seconds: float) -> None:
    """Let the system end this child after so long, whatever it is doing then."""
    if _out is not None and hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound(limits: dict[str, int]) -> None:
    """Ask the system for the limits; without `resource` (Windows) only the wall clock holds."""
    try:
        import resource
    except ImportError:
        return
    memory, cpu = limits["memory_mib"] * MIB, limits["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits["strict"]:
        os.nice(BEHIND)
        with suppress(OSError):  # Linux only
            Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def serve(order: dict[str, Any]) -> dict[str, Any]:
    """Do the work of an order and put its outcome into a message."""
    module, _, name = order["function"].partition(":")
    try:
        work = getattr(importlib.import_module(module), name)
        return {"result": work(**order["arguments"])}
    except SalesdashError as error:
        values = {k: v if isinstance(v, int | float) else str(v) for k, v in error.values.items()}
        kind = type(error).__name__
        return {
            "error": {"class": kind, "key": error.key, "values": values, "place": vars(error.place)}
        }
    except MemoryError:
        memory = order["limits"]["memory_mib"]
        return _failure("file.too_much_memory", memory=memory)
    except BaseException as error:  # noqa: BLE001 - readers raise PanicException and worse
        sys.stderr.write(traceback.format_exc())
        return _failure("file.child_failed", detail=f"{type(error).__name__}: {error}"[:300])


def _failure(key: str, **values: object) -> dict[str, Any]:
    return {"error": {"class": "FileError", "key": key, "values": values, "place": {}}}


def main() -> None:
    """Read an order from standard input, work, answer on standard output."""
    global _out
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C is for the parent, who ends its child
    _out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not mix with the messages.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        order = json.loads(sys.stdin.buffer.read())
    except ValueError:
        return  # whoever asked has gone before all of it was said
    _bound(order["limits"])
    _say(serve(order))
