"""DuckDB's exceptions become ours at this border, and only here."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from salesdash.errors import DiskFull, HomeBusy, SalesdashError, StorageError, UsageError

NO_SPACE = re.compile(r"no space left|disk full|max_temp_directory_size", re.IGNORECASE)
LOCKED = re.compile(r"could not set lock|conflicting lock", re.IGNORECASE)
HOLDER = re.compile(r"PID (\d+)")

BAD_STATEMENT = (
    duckdb.ParserException,
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.SyntaxException,
    duckdb.ConversionException,
    duckdb.OutOfRangeException,
    duckdb.InvalidInputException,
)


def meaning(error: duckdb.Error) -> SalesdashError:
    """The error of ours that says what a DuckDB error means."""
    text = str(error)
    first_line = text.splitlines()[0] if text else type(error).__name__
    if NO_SPACE.search(text):
        return DiskFull("disk.full")
    if LOCKED.search(text):
        holder = HOLDER.search(text)
        return HomeBusy("home.busy", pid=holder.group(1) if holder else "?")
    if isinstance(error, duckdb.InterruptException):
        return StorageError("engine.interrupted")
    if isinstance(error, duckdb.OutOfMemoryException):
        return StorageError("engine.memory")
    if isinstance(error, BAD_STATEMENT):
        return UsageError("engine.statement", detail=first_line)
    return StorageError("engine.failed", detail=first_line)


@contextmanager
def translated(on_fatal: Callable[[], None] | None = None) -> Iterator[None]:
    """Run a block; a DuckDB error in it leaves as one of ours, with the original as its cause.

    A FatalException means that the instance is dead (disk full while checkpointing, mostly):
    `on_fatal` closes it, the data on disk is intact.
    """
    try:
        yield
    except duckdb.FatalException as error:
        if on_fatal is not None:
            on_fatal()
        raise meaning(error) from error
    except duckdb.Error as error:
        raise meaning(error) from error
