"""The work of a child, done in this process: a fresh Python for each small file costs a second.

What a child is sent and answers is the same JSON, made and read by the same functions. What only
a process has (limits of memory and time, a death of its own, ticks while it is silent) is tested
where a test is marked `child`, and by every test that starts salesdash itself.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from salesdash.engine import Limits, child

_listening = threading.local()


def run(
    function: str,
    arguments: dict[str, Any],
    limits: Limits | None = None,
    watch: child.Watch | None = None,
) -> Any:
    """`child.run`, here."""
    order = {"function": function, "arguments": arguments, "limits": asdict(limits or Limits())}
    listener = _Listener(watch or child.Watch())
    _listening.to = listener
    try:
        message = child.serve(json.loads(json.dumps(order)))
    finally:
        _listening.to = None
    if listener.left is not None:
        raise listener.left
    return child._outcome(json.loads(json.dumps(message, default=str)))


def say(message: dict[str, Any]) -> None:
    """`child._say`: what the work tells goes to whoever asked for it in this thread."""
    listener: Callable[[dict[str, Any]], None] | None = getattr(_listening, "to", None)
    if listener is not None:
        listener(message)


class _Listener:
    """Tells progress to a watch; one who leaves ends the work, as a child would be ended."""

    def __init__(self, watch: child.Watch) -> None:
        self.watch = watch
        self.left: BaseException | None = None

    def __call__(self, message: dict[str, Any]) -> None:
        try:
            if self.watch.tick is not None:
                self.watch.tick()
            if self.watch.on_progress is not None:
                self.watch.on_progress(message["progress"], message["step"])
        except BaseException as left:
            self.left = left
            raise
