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
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from salesdash import errors
from salesdash.engine.process import Limits, Process
from salesdash.errors import FileError, Place, SalesdashError

log = logging.getLogger(__name__)

TICK_SECONDS = 0.05
BEHIND = 5
"""How nice a strict child is to all others."""

MIB = 1 << 20
WORN_MIB = 512
"""A child that holds so much after its work is not given more: what it holds would be missing."""


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
    seat = None if limits.strict else _seat.get()
    process = (seat.taken() if seat else None) or Process.start(limits)
    is_fit = False
    try:
        process.ask({"function": function, "arguments": arguments, "limits": asdict(limits)})
        message = _wait(process, limits, watch)
        is_fit = "result" in message and not message["worn"]
    finally:
        if seat is not None and is_fit:
            seat.process = process
        else:
            process.end()
    return _outcome(message)


@contextmanager
def shared() -> Iterator[None]:
    """What is run within, in this thread, is done by one process in turn: starting it costs.

    A process that failed, or holds much memory after its work, does no more.
    """
    seat = _Seat()
    token = _seat.set(seat)
    try:
        yield
    finally:
        _seat.reset(token)
        if seat.process is not None:
            seat.process.end()


@dataclass
class _Seat:
    """A process that waits for its next order, if there is one."""

    process: Process | None = None

    def taken(self) -> Process | None:
        """The process, which waits no more."""
        process, self.process = self.process, None
        return process


_seat: ContextVar[_Seat | None] = ContextVar("seat", default=None)


def _wait(process: Process, limits: Limits, watch: Watch) -> dict[str, Any]:
    deadline = time.monotonic() + limits.wall_seconds
    far: tuple[float, str] | None = None
    while True:
        try:
            message = process.heard(TICK_SECONDS)
        except queue.Empty:
            _tick(watch, far)
            if time.monotonic() > deadline:
                raise FileError("file.too_slow", seconds=limits.wall_seconds) from None
            continue
        if message is None:
            raise _death(process, limits)
        if "progress" not in message:
            return message
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


def _death(process: Process, limits: Limits) -> SalesdashError:
    code = process.code()
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
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    memory, cpu = limits["memory_mib"] * MIB, spent + limits["cpu_seconds"]
    # only the lower of both limits: the next order may ask for another one
    most = {kind: resource.getrlimit(kind)[1] for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU)}
    if limits["strict"]:
        most = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: cpu + 5}
    resource.setrlimit(resource.RLIMIT_AS, (memory, most[resource.RLIMIT_AS]))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, most[resource.RLIMIT_CPU]))
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


def _is_worn() -> bool:
    """Whether this process holds much of the memory that its work took; Linux alone can tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return False
    return pages * os.sysconf("SC_PAGESIZE") > WORN_MIB * MIB


def main() -> None:
    """Read orders from standard input, a line each; work, answer on standard output."""
    global _out
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C is for the parent, who ends its child
    _out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not mix with the messages.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin.buffer:
        try:
            order = json.loads(line)
        except ValueError:
            return  # whoever asked has gone before all of it was said
        _bound(order["limits"])
        _say({**serve(order), "worn": _is_worn()})
