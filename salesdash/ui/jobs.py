"""Long work beside the screen: it shows how far it is, and outlives a click elsewhere."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

import streamlit as st

T = TypeVar("T")

PATIENCE_SECONDS = 0.1

_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="job")


class GivenUp(Exception):
    """The work was stopped because its screen was left."""


class Job(Generic[T]):
    """Work in a thread of its own; `share` (0 to 1) and `step` (a text key) say how far it is.

    `pool`: whose threads, for work that may wait long.
    """

    def __init__(
        self, work: Callable[["Job[T]"], T], pool: ThreadPoolExecutor | None = None
    ) -> None:
        self.share = 0.0
        self.step = ""
        self._stopped = threading.Event()
        self._future: Future[T] = (pool or _pool).submit(lambda: work(self))

    def tell(self, share: float, step: str) -> None:
        """Say how far the work is; for `on_progress`."""
        self.share, self.step = min(max(share, 0.0), 1.0), step

    def tick(self) -> None:
        """Called by the work now and then: raises when it was stopped."""
        if self._stopped.is_set():
            raise GivenUp

    def stop(self) -> None:
        """Nobody waits for the result any more."""
        self._stopped.set()

    @property
    def is_done(self) -> bool:
        """Whether there is a result, or an error."""
        return self._future.done()

    @property
    def failed(self) -> bool:
        """Whether it ended with an error."""
        return self.is_done and self._future.exception() is not None

    def result(self) -> T:
        """What the work brought, or the error it ended with."""
        return self._future.result()


def follow(job: Job[T], words: Callable[[str], str], title: str = "") -> T:
    """Show how far a job is until it is done; then its result, or its error raised.

    `words` turns a step into what is shown; `title` stands there before the first step.
    """
    place = st.empty()
    while not job.is_done:
        place.progress(job.share, text=words(job.step) if job.step else title)
        time.sleep(PATIENCE_SECONDS)
    place.empty()
    return job.result()
