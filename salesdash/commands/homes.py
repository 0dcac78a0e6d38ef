"""The homes that this process owns: opened once, shared by screens and /api, closed at the end.

Each carries the process's address, so that the terminal asks here instead of opening the files.
"""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import RLock

from salesdash.commands import address
from salesdash.commands.address import Address
from salesdash.config import Settings
from salesdash.errors import HomeBusy
from salesdash.imports.home import Home, opened

PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 0.1

_lock = RLock()
_announced: list[Address] = []


def announce(where: Address) -> None:
    """From now on every home that this process opens here carries this address."""
    with _lock:
        _announced[:] = [where]
        for path in opened:
            address.write(path, where)


def get(
    path: Path, *, now: datetime, settings: Settings, pause: Callable[[float], None] = time.sleep
) -> Home:
    """The open home of that folder; it is opened when this process does not own it yet.

    A command of the terminal that has it for a moment is waited for, then HomeBusy.
    """
    with _lock:
        known = opened.get(path.resolve())
        if known is not None:
            known.calendars = settings  # config.yaml may have changed since
            return known
        home = _patiently(lambda: Home.open(path, now=now, settings=settings), pause)
        for where in _announced:
            address.write(home.path, where)
        return home


def close(path: Path) -> None:
    """Let go of one home: its files may be replaced, another process may open it."""
    with _lock:
        for where in _announced:
            address.remove(path, where)
        home = opened.get(path.resolve())
        if home is not None:
            home.close()


def close_all() -> None:
    """Let go of all homes: the process ends."""
    with _lock:
        for path in list(opened):
            close(path)
        _announced.clear()


def _patiently(attempt: Callable[[], Home], pause: Callable[[float], None]) -> Home:
    waited = 0.0
    while True:
        try:
            return attempt()
        except HomeBusy:
            if waited >= PATIENCE_SECONDS:
                raise
            pause(PAUSE_SECONDS)
            waited += PAUSE_SECONDS
