"""What all sessions of this process share: options, settings, answers, the demo being built."""

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Literal

from salesdash.commands.office import DEFAULT_HOME, DEMO_HOME, Options
from salesdash.config import Watcher
from salesdash.ui.idle import Idle
from salesdash.ui.jobs import Job
from salesdash.ui.memory import Answers

Kind = Literal["own", "demo"]

KEPT_ANSWERS = 512
FREEZES = (1, 2, 4, 8, 16)
"""Runs after which what was loaded so far leaves the care of the garbage collector."""

OPTIONS = ("home", "config", "today", "as")


@dataclass
class Process:
    """Made once; safe between threads. `idle`: who asks ahead, in a server that serves people."""

    options: Options
    answers: Answers = field(default_factory=lambda: Answers(KEPT_ANSWERS))
    watcher: Watcher = field(init=False)
    demo_job: Job[None] | None = None
    idle: Idle | None = None
    runs: int = 0
    lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.watcher = Watcher(self.options.config)

    def place(self, kind: Kind) -> Path:
        """The folder of a home; the demo stands beside the own one."""
        if kind == "own":
            return self.options.home
        if self.options.home == DEFAULT_HOME:
            return DEMO_HOME
        return self.options.home.with_name(f"{self.options.home.name}-demo")

    def building(self, build: Callable[[Job[None]], None]) -> Job[None]:
        """The one building of the demo company that all sessions wait for."""
        with self.lock:
            if self.demo_job is None:
                self.demo_job = Job(build)
            return self.demo_job

    def built(self) -> None:
        """The building has ended, well or not."""
        with self.lock:
            self.demo_job = None

    def settle(self) -> None:
        """After a run: Streamlit collects garbage then, which costs more than the run itself.

        What the first runs have loaded stays for good, so it is taken out of the collector's way.
        """
        self.runs += 1
        if self.runs in FREEZES:
            freeze()


def freeze() -> None:
    """Take everything that is alive now out of the garbage collector's way."""
    gc.collect()
    gc.freeze()


_lock = RLock()
_shared: list[Process] = []


def shared() -> Process:
    """The one of this process; options come from whoever started it, by the environment."""
    with _lock:
        if not _shared:
            given = {
                name: os.environ[f"SALESDASH_{name.upper()}"]
                for name in OPTIONS
                if os.environ.get(f"SALESDASH_{name.upper()}")
            }
            _shared.append(Process(Options.read(given)))
        return _shared[0]


def stir() -> None:
    """A screen runs now: what this process asks ahead, if anything, gives way to it."""
    for known in _shared:
        if known.idle is not None:
            known.idle.stir()


def forget() -> None:
    """Begin anew with other options; for tests."""
    with _lock:
        _shared.clear()
