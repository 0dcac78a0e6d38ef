"""How far long work is: one line on the terminal, drawn over and over, gone at the end."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from salesdash.imports.running import under_way
from salesdash.texts import t

SECONDS = 0.3
WIDTH = 24
"""Signs of the bar."""


@dataclass(frozen=True)
class Far:
    """A file, how far it is (0 to 1) in which step (a text key; "": not begun)."""

    file: str
    share: float
    step: str


def here() -> list[Far]:
    """What this process works on."""
    return [Far(work.name, work.share, work.step) for work in under_way()]


@contextmanager
def shown(ask: Callable[[], Sequence[Far]], lang: str, out: TextIO | None = None) -> Iterator[None]:
    """While the block runs, say on the terminal how far the work is; to a file nothing is said."""
    out = out or sys.stderr
    if not out.isatty():
        yield
        return
    ended = threading.Event()
    drawing = threading.Thread(target=_draw, args=(ask, lang, out, ended), daemon=True)
    drawing.start()
    try:
        yield
    finally:
        ended.set()
        drawing.join()


def _draw(ask: Callable[[], Sequence[Far]], lang: str, out: TextIO, ended: threading.Event) -> None:
    drawn = False
    while not ended.wait(SECONDS):
        for far in ask()[:1]:
            out.write(f"\r\x1b[K{line(far, lang)}")
            out.flush()
            drawn = True
    if drawn:
        out.write("\r\x1b[K")
        out.flush()


def line(far: Far, lang: str) -> str:
    """The file, a bar, and what is being done."""
    done = round(far.share * WIDTH)
    bar = "█" * done + "░" * (WIDTH - done)
    step = t(far.step or "step.reading", lang)
    return f"{far.file}  {bar} {far.share:4.0%}  {step}"
