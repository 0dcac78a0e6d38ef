"""A schema of a PostgreSQL server, version 15 or newer, reached by psycopg.

One writer at a time: a transaction that writes holds an advisory lock of its schema, so that
processes wait for each other, too. A reader sees one state for as long as it looks.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from salesdash.errors import DiskFull, HomeBusy, StorageError, UsageError

DRIVER = "postgresql+psycopg"
SCHEMES = ("postgresql", "postgres", DRIVER)
OLDEST = 15
PATIENCE = "30s"
CONNECT_SECONDS = 10
OVERFLOW = 20
"""Connections beyond those that are kept, for a moment when many look on."""

SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
PARAMETERS = frozenset(
    ("host", "port", "service", "passfile", "sslmode", "sslrootcert", "sslcert", "sslkey")
)
"""Parameters of a connection that an address may carry, none of them a secret."""

SETTINGS = {
    "search_path": "{schema}",
    "synchronous_commit": "on",  # what is acknowledged is on the disk, whatever the server's habit
    "lock_timeout": PATIENCE,
    "tcp_keepalives_idle": "30",  # a machine that is gone must not keep the lock
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}

MEANINGS = (
    ("53100", DiskFull, "disk.full"),
    ("25006", StorageError, "workspace.readonly"),
    ("42501", StorageError, "workspace.forbidden"),
    ("28", StorageError, "workspace.denied"),
    ("3D000", StorageError, "workspace.no_database"),
    ("55P03", StorageError, "workspace.busy"),
    ("40P01", StorageError, "workspace.busy"),
    ("54000", StorageError, "workspace.too_long"),
    ("53300", StorageError, "workspace.busy"),
    ("08", StorageError, "workspace.server_gone"),
    ("57P", StorageError, "workspace.server_gone"),
    ("XX00", StorageError, "workspace.corrupt"),
)
"""By the first letters of the SQLSTATE."""

REFUSALS = (
    ("password", "workspace.denied"),
    ("role ", "workspace.denied"),
    ("pg_hba", "workspace.denied"),
    ("database ", "workspace.no_database"),
)
"""By words, for a connection that did not come about: libpq gives no SQLSTATE then."""


@dataclass(frozen=True)
class Postgresql:
    """The schema `schema` of the database at `url`, which carries no password."""

    url: URL
    schema: str
    folder: Path

    @classmethod
    def of(cls, address: str, folder: Path, schema: str = "") -> Self:
        """The place that an address like postgresql://ana@host/db?schema=salesdash names.

        `schema`: the one to take where the address names none. Raises UsageError for anything
        else, and for a password in it, without repeating it.
        """
        try:
            url = make_url(address.strip())
        except (ArgumentError, ValueError):
            raise UsageError("workspace.address") from None
        if url.drivername not in SCHEMES or not (url.database or "service" in url.query):
            raise UsageError("workspace.address")
        if url.password is not None or any("password" in name for name in url.query):
            raise UsageError("workspace.password")
        named = str(url.query.get("schema", schema))
        rest = url.set(drivername=DRIVER).difference_update_query(["schema"])
        for name in rest.query:
            if name not in PARAMETERS:
                raise UsageError("workspace.parameter", name=name)
        if not SCHEMA.fullmatch(named):
            raise UsageError("workspace.schema", name=named)
        return cls(rest, named, folder)

    @property
    def shown(self) -> str:
        """The address, with its schema."""
        named = self.url.set(drivername="postgresql").update_query_dict({"schema": self.schema})
        return named.render_as_string(hide_password=True)

    def engine(self) -> Engine:
        """Connections; the password comes from where libpq looks (PGPASSWORD, ~/.pgpass ...)."""
        settings = {name: value.format(schema=self.schema) for name, value in SETTINGS.items()}
        made = create_engine(
            self.url,
            connect_args={
                "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
                "connect_timeout": CONNECT_SECONDS,
                "application_name": "salesdash",
            },
            pool_pre_ping=True,
            max_overflow=OVERFLOW,
        )
        event.listen(made, "connect", self._prepare, insert=True)  # before the dialect's own look
        event.listen(made, "begin", self._begin)
        return made

    def ready(self, connection: Connection) -> None:
        """Make the schema; who may not make one can be given an empty one."""
        known = text("select 1 from pg_namespace where nspname = :schema")
        if connection.execute(known, {"schema": self.schema}).first() is None:
            connection.exec_driver_sql(f"create schema {self.schema}")

    def drop(self, connection: Connection) -> None:
        """Empty the schema; it stays, since who made it may have been somebody else."""
        tables = self._tables(connection)
        if tables:
            connection.exec_driver_sql(f"drop table {tables} cascade")
        connection.exec_driver_sql("drop function if exists refuse()")

    def error(self, error: DBAPIError) -> StorageError:
        """By SQLSTATE; by words where there is none."""
        detail = " ".join(str(error.orig).split())
        state = getattr(error.orig, "sqlstate", None)
        if state is None and isinstance(error, DataError):  # psycopg refuses a NUL itself
            return StorageError("workspace.characters", path=self.shown)
        if state is None and error.connection_invalidated:
            return StorageError("workspace.server_gone", path=self.shown, detail=detail)
        for mark, kind, key in MEANINGS:
            if state is not None and state.startswith(mark):
                return kind(key, path=self.shown, detail=detail)
        if state is not None:
            return StorageError("workspace.failed", detail=detail)
        for mark, key in REFUSALS:
            if mark in detail:
                return StorageError(key, path=self.shown, detail=detail)
        return StorageError("workspace.server_gone", path=self.shown, detail=detail)

    def own(self, engine: Engine) -> Connection:
        """An advisory lock that lasts as long as its connection."""
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        asked = text("select pg_try_advisory_lock(:lock)")
        if not connection.execute(asked, {"lock": _lock("home", self.schema)}).scalar():
            connection.close()
            raise HomeBusy("workspace.owned", path=self.shown)
        return connection

    def compact(self, engine: Engine) -> None:
        """Write the tables anew without rows that are gone."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"vacuum full {self._tables(connection)}")

    def _tables(self, connection: Connection) -> str:
        asked = text("select quote_ident(tablename) from pg_tables where schemaname = :schema")
        return ", ".join(sorted(connection.execute(asked, {"schema": self.schema}).scalars()))

    def _prepare(self, connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401
        info = connection.info
        if info.server_version < OLDEST * 10_000:
            found = info.server_version // 10_000
            raise StorageError("workspace.old_server", found=found, oldest=OLDEST)
        encoding = info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StorageError("workspace.encoding", path=self.shown, found=encoding)

    def _begin(self, connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") == "AUTOCOMMIT":
            return
        if options.get("writes", False):
            asked = text("select pg_advisory_xact_lock(:lock)")
            connection.execute(asked, {"lock": _lock("writer", self.schema)})
        else:
            connection.exec_driver_sql("set transaction isolation level repeatable read, read only")


def _lock(role: str, schema: str) -> int:
    """The number of an advisory lock: a signed whole number of eight bytes."""
    digest = hashlib.sha256(f"salesdash {role} {schema}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
