"""A question that can be given up: nobody waits for a page that was left."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from typing import TypeVar

import pyarrow as pa

from salesdash.engine.connection import Engine, Parameters, Row, Transaction

T = TypeVar("T")

TICK_SECONDS = 0.05

_pool = ThreadPoolExecutor(max_workers=16, thread_name_prefix="ask")


class Watched:
    """An engine whose questions run in a worker thread while `tick` is called every 50 ms.

    If `tick` raises, the running statement is interrupted and the exception goes on: a rerun or a
    closed tab stops its query.
    """

    def __init__(self, engine: Engine, tick: Callable[[], None]) -> None:
        self._engine = engine
        self._tick = tick

    def rows(self, sql: str, params: Parameters | None = None) -> list[Row]:
        """All rows as tuples."""
        return self._wait(lambda session: session.rows(sql, params))

    def arrow(self, sql: str, params: Parameters | None = None) -> pa.Table:
        """All rows as one Arrow table."""
        return self._wait(lambda session: session.arrow(sql, params))

    def describe(self, sql: str, params: Parameters | None = None) -> tuple[tuple[str, str], ...]:
        """(name, type) of the columns that the statement would return."""
        return self._engine.describe(sql, params)

    def _wait(self, ask: Callable[[Transaction], T]) -> T:
        with self._engine.session() as session:
            future: Future[T] = _pool.submit(ask, session)
            try:
                while True:
                    try:
                        return future.result(timeout=TICK_SECONDS)
                    except StillRunning:
                        if future.done():
                            raise
                        self._tick()
            finally:
                if not future.done():
                    session.interrupt()
                    future.exception()
